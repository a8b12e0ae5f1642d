"""A backup while forty devices write: consistent, and with everything that was acknowledged before it began."""

import asyncio
import os
import random
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.faults.crowd import Writer, stored
from tests.room import Room, join
from tests.serving import ServerProcess
from workshop.settings import Settings

pytestmark = [pytest.mark.anyio, pytest.mark.slow]
WRITERS = 40


async def command(settings: Settings, *arguments: str) -> str:
    """Run ``workshop …`` on these settings; what it printed."""
    variables = {"WORKSHOP_DATA_DIR": str(settings.data_dir), "WORKSHOP_DATABASE_URL": settings.database_url}
    process = await asyncio.create_subprocess_exec(
        str(Path(sys.executable).with_name("workshop")),
        *arguments,
        env=dict(os.environ) | variables,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output = (await process.communicate())[0].decode()
    assert process.returncode == 0, output
    return output


def acknowledged(crowd: list[Writer]) -> dict[object, str]:
    return {client_id: text for writer in crowd for client_id, text in writer.acknowledged.items()}


async def test_a_backup_under_load_comes_back_consistent(
    place: tuple[ServerProcess, Room, Settings], tmp_path: Path
) -> None:
    server, room, settings = place
    chance = random.Random(20261121)  # noqa: S311 (the same crowd in every run)
    crowd = [Writer(cookie) for cookie in await asyncio.to_thread(join, server.port, room, WRITERS)]
    writing = asyncio.gather(*(writer.write_until_cut_off(server.port, room, chance) for writer in crowd))
    while len(acknowledged(crowd)) < 5 * WRITERS:  # noqa: ASYNC110 (the writers know of no event)
        await asyncio.sleep(0.01)
    before = acknowledged(crowd)
    file = tmp_path / "backup.zip"
    await command(settings, "backup", str(file))
    sent = {client_id: text for writer in crowd for client_id, text in writer.sent.items()}
    await asyncio.to_thread(server.kill)
    await writing

    elsewhere = Settings(data_dir=tmp_path / "restored", base_url=server.address)
    await command(elsewhere, "restore", str(file))
    rows = await stored(elsewhere)
    kept = dict(rows)
    assert [client_id for client_id, text in before.items() if kept.get(client_id) != text] == []  # type: ignore[call-overload]  # ids are UUIDs
    assert [text for text, count in Counter(text for _, text in rows).items() if count > 1] == []
    assert set(kept.items()) <= set(sent.items())

    restored = ServerProcess(elsewhere.data_dir)
    await asyncio.to_thread(restored.start)
    try:
        # The devices' cookies hold there too: the secret key came along.
        assert await asyncio.to_thread(join, restored.port, room, 1)
        again = [Writer(crowd[0].cookie, sent=dict(crowd[0].acknowledged))]
        going_on = asyncio.create_task(again[0].write_until_cut_off(restored.port, room, chance))
        while not again[0].acknowledged:  # noqa: ASYNC110 (the same)
            await asyncio.sleep(0.01)
        assert not again[0].other_answers
    finally:
        await asyncio.to_thread(restored.kill)
    await going_on
