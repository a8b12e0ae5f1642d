"""A whole programme goes: every row that belongs to it, in the order that foreign keys ask for."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import Table, delete, func, select, update
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import SQLModel, col
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.contributions.concerns import open_concerns
from workshop.contributions.gone import note_words_gone
from workshop.contributions.models import Contribution
from workshop.contributions.questions import open_questions_by_group, unanswered_by_group
from workshop.exports.models import ExportRecord
from workshop.facts import Refused
from workshop.findings.models import Finding
from workshop.focus_groups.models import FocusGroup, Participant
from workshop.programmes.models import Programme
from workshop.recommendations.models import Recommendation, Step
from workshop.retention.models import DeletionRecord
from workshop.retention.queries import backups_for_record
from workshop.text import counted

_RECORDED: dict[str, type[SQLModel]] = {
    "focus_groups": FocusGroup,
    "devices": Participant,
    "points": Contribution,
    "findings": Finding,
    "recommendations": Recommendation,
    "exports": ExportRecord,
    "undo_steps": Step,
}


class ConcernsOpen(Refused):
    """A concern is undeletable until somebody has passed it on, a held or hidden point until somebody has answered."""


async def what_a_programme_holds(db: AsyncSession, programme_id: UUID) -> dict[str, int]:
    """What would go, as counts: focus groups, devices, points, findings, recommendations, exports, undo steps."""
    connection = await db.connection()
    counts = {}
    for words, model in _RECORDED.items():
        table = _table(model)
        query = select(func.count()).select_from(table).where(_belongs(table, programme_id))
        counts[words] = (await connection.execute(query)).scalar_one()
    return counts


async def what_holds_programme(db: AsyncSession, programme_id: UUID) -> list[str]:
    """What has to be done before the programme may go, in sentences with counts: nothing, when it may."""
    held = []
    if concerns := await open_concerns(db, programme_id):
        held.append(f"{counted(concerns, 'concern has', 'concerns have')} not been passed on yet.")
    kept = sum((await open_questions_by_group(db, programme_id)).values())
    if questions := kept + sum((await unanswered_by_group(db, programme_id)).values()):
        points = counted(questions, "held or hidden point whether it tells", "held or hidden points whether they tell")
        held.append(f"Nobody has said of {points} of a child who may be at risk.")
    return held


async def delete_programme(db: AsyncSession, programme: Programme, account_id: UUID | None = None) -> DeletionRecord:
    """Remove the programme and every row that leads to it; returns the record that remains, with counts.

    A later round that pointed to it points nowhere. Raises ConcernsOpen.
    """
    if held := await what_holds_programme(db, programme.id):
        raise ConcernsOpen(f"This programme cannot be deleted yet. {' '.join(held)}")
    counts: dict[str, Any] = dict(await what_a_programme_holds(db, programme.id))
    counts["backups"] = await backups_for_record(db, programme.created_at)
    await remove_programme(db, programme.id)
    record = DeletionRecord(
        partnership_id=programme.partnership_id,
        programme=programme.title,
        subject="The whole programme",
        counts=counts,
        reason="A coordinator deleted the programme",
        account_id=account_id,
    )
    db.add(record)
    return record


async def remove_programme(db: AsyncSession, programme_id: UUID) -> None:
    """Remove every row that leads to the programme, without a record: for what was never real (a rehearsal)."""
    note_words_gone(db)
    await db.flush()  # what follows goes past the session
    connection = await db.connection()
    later_rounds = update(Programme).where(col(Programme.previous_id) == programme_id)
    await connection.execute(later_rounds.values(previous_id=None))
    for table in tables_of_programmes():
        await connection.execute(delete(table).where(_belongs(table, programme_id)))


def tables_of_programmes() -> Iterator[Table]:
    """Every table whose foreign keys lead to a programme, and last the programme's own; children before parents.

    Read from the tables themselves, so that one made later is not forgotten.
    """
    for table in reversed(SQLModel.metadata.sorted_tables):
        if table is _table(Programme) or _way_up(table) is not None:
            yield table


def _belongs(table: Table, programme_id: UUID) -> ColumnElement[bool]:
    if table is _table(Programme):
        return table.c.id == programme_id
    way = _way_up(table)
    if way is None:
        raise LookupError(table.name)
    own, parent = way
    belongs: ColumnElement[bool] = own.in_(select(parent).where(_belongs(parent.table, programme_id)))
    return belongs


def _way_up(table: Table) -> tuple[Any, Any] | None:
    """A column of ``table`` and the one it points to on the way to a programme; one that may be null comes last."""
    if table is _table(Programme):
        return None
    for key in sorted(table.foreign_keys, key=lambda key: (bool(key.parent.nullable), key.parent.name)):
        parent = key.column.table
        if parent is not table and (parent is _table(Programme) or _way_up(parent) is not None):
            return key.parent, key.column
    return None


def _table(model: type[SQLModel]) -> Table:
    return model.__table__  # type: ignore[attr-defined,no-any-return]  # SQLModel does not declare it
