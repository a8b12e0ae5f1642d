"""The secret key and the data are their owner's alone; the address is as browsers say it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from workshop.database import Database
from workshop.migrations import migrate
from workshop.settings import NoSecretKey, Settings


@pytest.fixture
def _open_handed() -> Iterator[None]:
    """A umask as most machines have it."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


@pytest.mark.anyio
@pytest.mark.usefixtures("_open_handed")
async def test_nobody_else_on_the_machine_reads_the_data(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data")
    assert len(settings.key) > 32
    database = Database(settings.database)
    await migrate(database)
    assert {file.name: mode(file) for file in settings.data_dir.iterdir()} == dict.fromkeys(
        (
            "secret-key",
            "workshop.sqlite3",
            "workshop.sqlite3-shm",
            "workshop.sqlite3-turn",
            "workshop.sqlite3-wal",
        ),
        0o600,
    )
    assert mode(settings.data_dir) == 0o700
    await database.close()


def test_the_key_outlives_a_restart(tmp_path: Path) -> None:
    assert Settings(data_dir=tmp_path).key == Settings(data_dir=tmp_path).key


def test_an_empty_key_is_no_key(tmp_path: Path) -> None:
    (tmp_path / "secret-key").touch()
    with pytest.raises(NoSecretKey):
        _ = Settings(data_dir=tmp_path).key


def test_the_address_is_as_browsers_say_it() -> None:
    """Else its origin would be another than theirs, and its cookies those of plain http."""
    settings = Settings(base_url="HTTPS://Workshop.Example.org/Groups/")
    assert settings.is_https
    assert settings.address == "https://workshop.example.org/Groups"
