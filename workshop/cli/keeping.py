"""``workshop backup | restore | purge``: what keeps an installation's promises."""

import asyncio
from pathlib import Path

import click

from workshop.backup import back_up, restore
from workshop.cli.running import said_when_unwritable
from workshop.database import Database
from workshop.facts import Refused
from workshop.migrations import migrate
from workshop.retention.compaction import WordsStillInFile
from workshop.retention.models import DeletionRecord
from workshop.retention.schedule import purge_what_is_due
from workshop.settings import Settings
from workshop.text import counted

NOT_REWRITTEN = (
    "What was due is deleted, but somebody who reads (a backup?) kept the files from being rewritten: its bytes are "
    "still in them. Run workshop purge again; a running server does so within the hour."
)


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup_command(file: Path) -> None:
    """Write everything to FILE, while the server goes on."""

    async def run() -> dict[str, int]:
        settings = Settings()
        database = Database(settings.database)
        try:
            await migrate(database)
            with said_when_unwritable(file):
                return await back_up(database, settings, file)
        finally:
            await database.close()

    counts = asyncio.run(run())
    click.echo(f"Wrote {file}: {counts['programme']} programmes, {counts['contribution']} points.")
    click.echo("It holds people's words and the secret key: keep it as confidential as the data directory.")


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def restore_command(file: Path) -> None:
    """Bring everything back from FILE into an empty data directory and database."""

    async def run() -> dict[str, int]:
        settings = Settings()
        database = Database(settings.database)
        try:
            return await restore(database, settings, file)
        finally:
            await database.close()

    try:
        counts = asyncio.run(run())
    except Refused as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(f"Restored {counts['programme']} programmes, {counts['contribution']} points.")
    click.echo("Words whose retention date passed since the backup go with the next run of workshop serve or purge.")


@click.command("purge")
def purge_command() -> None:
    """Delete the raw words and device links whose retention date has passed."""

    async def run() -> list[str]:
        database = Database(Settings().database)
        try:
            await migrate(database)
            records = await purge_what_is_due(database)
            return [_line(record) for record in records]
        finally:
            await database.close()

    try:
        lines = asyncio.run(run())
    except WordsStillInFile as problem:
        raise click.ClickException(NOT_REWRITTEN) from problem
    click.echo("\n".join(lines) if lines else "Nothing is due.")


def _line(record: DeletionRecord) -> str:
    counts = record.counts
    went = f"{record.programme}: {record.subject}: {counts['points']} points, {counts['devices']} devices"
    if not counts["kept"]:
        return went
    kept = counted(counts["kept"], "held or hidden point is", "held or hidden points are")
    return f"{went}; {kept} kept until somebody says whether a child is at risk"
