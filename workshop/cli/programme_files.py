"""``workshop import | export``: a programme comes in from its file, or goes out as one of four."""

import asyncio
import os
from pathlib import Path
from uuid import UUID

import click
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.accounts.models import Partnership
from workshop.accounts.queries import partnerships
from workshop.accounts.writes import make_partnership
from workshop.cli.running import in_database, partnership_named, said_when_unwritable
from workshop.database import Database
from workshop.exports.documents import Kind, contents_of, rendered
from workshop.exports.reading import read_programme_file
from workshop.exports.writes import import_programme, record_export
from workshop.facts import NotFound, Refused
from workshop.migrations import migrate
from workshop.programmes.models import Programme
from workshop.settings import Settings
from workshop.text import normalised

FIRST_PARTNERSHIP = "Safeguarding Children Partnership"


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--partnership", help="whose programme it becomes; not needed where there is only one")
def import_command(file: Path, partnership: str | None) -> None:
    """Make a new programme from the programme file FILE; a running server goes on."""
    try:
        content = read_programme_file(file.read_bytes())
    except Refused as refusal:
        raise click.ClickException(str(refusal)) from refusal

    async def work(db: AsyncSession) -> str:
        owner = await _partnership(db, partnership)
        programme = await import_programme(db, owner.id, content)
        return f"Imported “{programme.title}” into {owner.name}: {programme.id}"

    click.echo(in_database(work))


@click.command("export")
@click.argument("programme")
@click.option(
    "--to", "file", required=True, type=click.Path(path_type=Path, dir_okay=False), help=".json .csv .xlsx .html"
)
def export_command(programme: str, file: Path) -> None:
    """Write PROGRAMME (its id, or its title when only one bears it) to a file; its ending decides what is in it."""
    ending = file.suffix.lower().removeprefix(".")
    if ending not in set(Kind):
        raise click.UsageError("The file's ending has to be .json (the programme file), .csv, .xlsx or .html.")
    kind = Kind(ending)

    async def run() -> bytes:
        database = Database(Settings().database)
        try:
            await migrate(database)
            async with database.reading(is_frozen=True) as db:
                found = await _programme(db, programme)
                contents = await contents_of(db, found, kind)
            content = await rendered(contents, kind)
            async with database.writing() as db:
                await record_export(db, found.id, kind, None)
            return content
        finally:
            await database.close()

    try:
        content = asyncio.run(run())
    except Refused as refusal:
        raise click.ClickException(str(refusal)) from refusal
    # It may hold people's words: nobody else on the machine reads it.
    with (
        said_when_unwritable(file),
        os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as target,
    ):
        target.write(content)
    click.echo(f"Wrote {file}.")
    if kind is Kind.JSON:
        click.echo("It is complete, hidden points and agencies beside words included: keep it confidential.")


async def _partnership(db: AsyncSession, name: str | None) -> Partnership:
    """The one named, or the only one; made where there is none at all."""
    if not await partnerships(db):
        return await make_partnership(db, name or FIRST_PARTNERSHIP)
    return await partnership_named(db, name)


async def _programme(db: AsyncSession, wanted: str) -> Programme:
    try:
        by_id = await db.get(Programme, UUID(wanted))
    except ValueError:
        by_id = None
    if by_id is not None:
        return by_id
    found = list(
        await db.exec(
            select(Programme).where(Programme.title == normalised(wanted), col(Programme.rehearsal_of).is_(None))
        )
    )
    if not found:
        raise NotFound(f"There is no programme “{wanted}”.")
    if len(found) > 1:
        ids = ", ".join(str(programme.id) for programme in found)
        raise Refused(f"Several programmes are called “{wanted}”. Name one by its id: {ids}")
    return found[0]
