"""Backup and restore: one zip file from which an installation comes back, on SQLite or PostgreSQL.

It holds the tables' rows as JSON lines, read in one transaction, and the secret key: enough to move from one kind of
database to the other. Whoever has it has everything: keep it as confidential as the data directory.
"""

import base64
import datetime as dt
import json
import os
import tempfile
import zipfile
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Connection,
    LargeBinary,
    Select,
    Table,
    Uuid,
    column,
    insert,
    literal,
    select,
    text,
    update,
)
from sqlalchemy import table as table_of
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import JSON, Date, DateTime, Time, TypeDecorator

from workshop.database import Database, UtcDateTime
from workshop.facts import Refused
from workshop.migrations import migrate
from workshop.migrations.metadata import metadata
from workshop.retention.models import BackupRecord
from workshop.settings import Settings

FORMAT = "workshop-backup/1"
ROWS_AT_ONCE = 500


class NotABackup(Refused):
    """The file is no backup of ours, or of a later version."""


class NotEmpty(Refused):
    """There is data here already: a restore never overwrites."""


async def back_up(database: Database, settings: Settings, file: Path) -> dict[str, int]:
    """Write a consistent copy of everything to ``file`` while others go on writing; returns rows by table.

    What was acknowledged before the start is in it. The file appears whole or not at all.
    """
    async with database.writing() as db:
        db.add(BackupRecord(file_name=file.name))
    with _appearing_whole(file) as archive:
        counts = await _copy_tables(database, archive)
        archive.writestr("secret-key", settings.key)
    return counts


async def restore(database: Database, settings: Settings, file: Path) -> dict[str, int]:
    """Bring back what ``back_up`` wrote, into an empty installation; returns rows by table.

    Raises NotABackup or NotEmpty.
    """
    try:
        archive = zipfile.ZipFile(file)
        manifest = json.loads(archive.read("manifest.json"))
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as problem:
        message = f"{file} is not a backup of this product"
        raise NotABackup(message) from problem
    if manifest.get("format") != FORMAT:
        message = f"{file} was made by another version: {manifest.get('format')}"
        raise NotABackup(message)
    with archive:
        counts = await _restore_tables(database, archive, manifest)
        kept = settings.data_dir / "secret-key"
        kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.chmod(0o600)
        kept.write_bytes(archive.read("secret-key"))
    return counts


@contextmanager
def _appearing_whole(file: Path) -> Iterator[zipfile.ZipFile]:
    """A zip file that takes its name once it is complete, readable by its owner alone."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, unfinished = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as target, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            yield archive
        Path(unfinished).replace(file)
    finally:
        Path(unfinished).unlink(missing_ok=True)


async def _copy_tables(database: Database, archive: zipfile.ZipFile) -> dict[str, int]:
    async with database.reader.connect() as connection:
        if not database.is_sqlite:  # SQLite's readers see one state anyway
            _ = await connection.execution_options(isolation_level="REPEATABLE READ")
        revision = (await connection.execute(text("SELECT version_num FROM alembic_version"))).scalar_one()
        counts = {}
        for table in metadata.sorted_tables:
            count = 0
            with archive.open(f"tables/{table.name}.jsonl", "w", force_zip64=True) as lines:
                async for row in _rows(connection, table):
                    lines.write(json.dumps(row, ensure_ascii=False, default=_as_json).encode() + b"\n")
                    count += 1
            counts[table.name] = count
    archive.writestr("manifest.json", json.dumps({"format": FORMAT, "revision": revision, "rows": counts}))
    return counts


async def _rows(connection: AsyncConnection, table: Table) -> AsyncIterator[dict[str, Any]]:
    rows = await connection.stream(select(table), execution_options={"yield_per": ROWS_AT_ONCE})
    async for row in rows.mappings():
        yield dict(row)


async def _restore_tables(database: Database, archive: zipfile.ZipFile, manifest: dict[str, Any]) -> dict[str, int]:
    from alembic.util import CommandError  # noqa: PLC0415 (slow to import)

    from workshop.migrations.running import upgrade  # noqa: PLC0415 (likewise)

    def empty_tables(connection: Connection) -> None:
        try:
            upgrade(connection, manifest["revision"])
        except CommandError as problem:
            message = "This backup was made by a later version. Install that one, then restore"
            raise NotABackup(message) from problem

    async with database.turn(), database.writer.begin() as connection:
        await connection.run_sync(empty_tables)
        for table in metadata.sorted_tables:
            if table.name in manifest["rows"] and (await connection.execute(_any_row(table))).first():
                message = "There is data here already. Restore into an empty data directory and database."
                raise NotEmpty(message)
        for table in metadata.sorted_tables:
            if table.name not in manifest["rows"]:
                continue
            await _fill(connection, table, archive)
    await migrate(database)
    return dict(manifest["rows"])


async def _fill(connection: AsyncConnection, table: Table, archive: zipfile.ZipFile) -> None:
    """Insert a table's rows; what points to a row of the same table (a round to the one before) is set afterwards."""
    own = {column.name for column in table.columns if any(key.column.table is table for key in column.foreign_keys)}
    later: list[dict[str, Any]] = []
    with archive.open(f"tables/{table.name}.jsonl") as lines:
        for rows in _batches(_from_json(table, json.loads(line)) for line in lines):
            # Only the file's columns: an earlier version's tables lack later ones, whose defaults would be put in.
            there = table_of(table.name, *(column(name, table.c[name].type) for name in rows[0]))
            await connection.execute(insert(there), [row | dict.fromkeys(own & set(row)) for row in rows])
            later += [row for row in rows if any(row.get(name) is not None for name in own)]
    for row in later:
        await connection.execute(update(table).where(table.c.id == row["id"]).values({name: row[name] for name in own}))


def _any_row(table: Table) -> Select[int]:
    return select(literal(1)).select_from(table).limit(1)


def _batches(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == ROWS_AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def _as_json(value: object) -> str:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, UUID | Enum):
        return str(value)
    raise TypeError(value)


def _from_json(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    return {name: _value(table.c[name].type, value) for name, value in row.items() if name in table.c}


def _value(kind: object, value: Any) -> Any:  # noqa: PLR0911 (one line a kind)
    if value is None or isinstance(kind, JSON):
        return value
    if isinstance(kind, Uuid):
        return UUID(value)
    if isinstance(kind, LargeBinary):
        return base64.b64decode(value)
    if isinstance(kind, UtcDateTime | DateTime):
        return dt.datetime.fromisoformat(value)
    if isinstance(kind, Date):
        return dt.date.fromisoformat(value)
    if isinstance(kind, Time):
        return dt.time.fromisoformat(value)
    if isinstance(kind, TypeDecorator):
        return _value(kind.impl, value)
    return value
