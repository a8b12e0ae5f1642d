"""Uploaded files between their preview and their import: kept for an hour, since a form cannot carry 20 megabytes."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.contributions.gone import note_words_gone
from workshop.contributions.import_rows import PointRow
from workshop.contributions.models import PendingImport
from workshop.contributions.spreadsheets import Row, Sheet
from workshop.database import now
from workshop.facts import NotFound
from workshop.focus_groups.models import FocusGroup
from workshop.programmes.models import Programme

KEPT = timedelta(hours=1)
GONE = "This file is no longer here: it was imported, cancelled, or set aside for more than an hour. Upload it again."


class PendingImportGone(NotFound):
    """It was imported, cancelled, or an hour has passed."""

    def __init__(self) -> None:
        super().__init__(GONE)


async def keep_pending_import(db: AsyncSession, pending: PendingImport) -> None:
    """Keep an upload for an hour, and forget those whose hour has passed."""
    await forget_pending_imports(db)
    db.add(pending)


async def pending_import(db: AsyncSession, focus_group_id: UUID, import_id: UUID) -> PendingImport:
    """The upload of that id for this focus group. Raises PendingImportGone."""
    query = select(PendingImport).where(
        PendingImport.id == import_id,
        PendingImport.focus_group_id == focus_group_id,
        PendingImport.made_at > now() - KEPT,
    )
    if found := (await db.exec(query)).first():
        return found
    raise PendingImportGone


async def forget_pending_import(db: AsyncSession, import_id: UUID) -> bool:
    """Remove an upload; whether it was there. Of two that try at once, one is told so."""
    query = delete(PendingImport).where(col(PendingImport.id) == import_id)
    return await _forget(db, query) > 0


async def forget_pending_imports(db: AsyncSession, focus_group_id: UUID | None = None) -> int:
    """Remove every upload of a focus group, whatever its age; without one, those older than an hour. How many went."""
    query = delete(PendingImport)
    if focus_group_id is not None:
        query = query.where(col(PendingImport.focus_group_id) == focus_group_id)
    else:
        query = query.where(col(PendingImport.made_at) <= now() - KEPT)
    return await _forget(db, query)


async def forget_pending_imports_of(db: AsyncSession, account_id: UUID, partnership_id: UUID) -> int:
    """Remove what the account has uploaded to groups of the partnership. How many went."""
    groups = (
        select(FocusGroup.id)
        .join(Programme, col(Programme.id) == col(FocusGroup.programme_id))
        .where(Programme.partnership_id == partnership_id)
    )
    own = (col(PendingImport.account_id) == account_id, col(PendingImport.focus_group_id).in_(groups))
    return await _forget(db, delete(PendingImport).where(*own))


async def _forget(db: AsyncSession, query: Any) -> int:
    went = int((await db.exec(query)).rowcount)
    if went:
        note_words_gone(db)
    return went


def kept_sheet(sheet: Sheet) -> dict[str, object]:
    """A sheet as JSON."""
    return {"header": list(sheet.header), "rows": [[row.line, *row.cells] for row in sheet.rows]}


def sheet_of(pending: PendingImport) -> Sheet:
    """The sheet with one person a row that was kept. Raises PendingImportGone when the file had another shape."""
    if pending.sheet is None:
        raise PendingImportGone
    rows = tuple(Row(line, tuple(cells)) for line, *cells in pending.sheet["rows"])
    return Sheet(tuple(pending.sheet["header"]), rows)


def kept_points(rows: Sequence[PointRow]) -> list[dict[str, object]]:
    """Points as JSON."""
    return [asdict(row) for row in rows]


def points_of(pending: PendingImport) -> list[PointRow]:
    """The points that were kept; none until the columns are mapped."""
    return [PointRow(**row) for row in pending.points or []]
