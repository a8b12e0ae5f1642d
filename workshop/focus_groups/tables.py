"""Breakout tables: a group split into numbered tables with one code each, gathered back into the one board.

A table is where a device sits, nothing more: nobody reads its number beside a point, which would tell who wrote it.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.facts import Refused
from workshop.focus_groups.joining_code import new_join_code
from workshop.focus_groups.models import BreakoutTable, FocusGroup, Participant, ParticipantPeople

MOST_TABLES = 40


class SomebodySitsThere(Refused):
    """Devices have joined at a table that was to go."""


@dataclass(frozen=True, slots=True)
class TableNow:
    """A table and who has joined at it; ``join_code`` is none while nobody may join."""

    number: int
    join_code: str | None
    devices: int
    people: int


async def set_tables(db: AsyncSession, focus_group: FocusGroup, count: int) -> None:
    """Have tables 1 to ``count``; none for 0. They have codes while people may join.

    The group's row must be locked by the caller. Raises SomebodySitsThere, or Refused for more than ``MOST_TABLES``.
    """
    if count > MOST_TABLES:
        raise Refused(f"Enter at most {MOST_TABLES} tables", "tables")
    seated = select(func.max(Participant.table_number)).where(Participant.focus_group_id == focus_group.id)
    last: int = (await db.exec(seated)).one() or 0
    if count < last:
        raise SomebodySitsThere(f"Devices have joined at table {last}, so there are at least {last} tables", "tables")
    there = {table.number: table for table in await _tables(db, focus_group.id)}
    for number, table in there.items():
        if number > count:
            await db.delete(table)
    for number in range(1, count + 1):
        if number not in there:
            db.add(BreakoutTable(focus_group_id=focus_group.id, number=number))
    await db.flush()
    if focus_group.join_code is not None:
        await give_codes(db, focus_group.id)


async def give_codes(db: AsyncSession, focus_group_id: UUID) -> None:
    """A join code for each table that has none."""
    without = [table for table in await _tables(db, focus_group_id) if table.join_code is None]
    for table, code in zip(without, await _unused_join_codes(db, len(without)), strict=True):
        table.join_code = code
    db.add_all(without)
    await db.flush()  # whoever looks for an unused code next must see these


async def take_codes(db: AsyncSession, focus_group_id: UUID) -> None:
    """Let the tables' codes die."""
    for table in await _tables(db, focus_group_id):
        table.join_code = None
        db.add(table)


async def unused_join_code(db: AsyncSession) -> str:
    """A code that leads to no group and no table."""
    (code,) = await _unused_join_codes(db, 1)
    return code


async def place_of_code(db: AsyncSession, join_code: str) -> tuple[str, int | None] | None:
    """Where a typed-in code leads: a group's join token, and its table where it is a table's. None for nowhere."""
    of_group = select(FocusGroup.join_token).where(FocusGroup.join_code == join_code)
    if token := (await db.exec(of_group)).first():
        return token, None
    of_table = (
        select(FocusGroup.join_token, BreakoutTable.number)
        .join(BreakoutTable, col(BreakoutTable.focus_group_id) == col(FocusGroup.id))
        .where(BreakoutTable.join_code == join_code)
    )
    return (await db.exec(of_table)).first()


async def tables_now(db: AsyncSession, focus_group_id: UUID) -> list[TableNow]:
    """The tables in order, each with how many devices and people have joined at it."""
    of_group = Participant.focus_group_id == focus_group_id
    seated = (
        select(Participant.table_number, func.count(), func.coalesce(func.sum(Participant.unsaid), 0))
        .where(of_group)
        .group_by(col(Participant.table_number))
    )
    devices = {number: (count, unsaid) for number, count, unsaid in await db.exec(seated)}
    said = (
        select(Participant.table_number, func.sum(ParticipantPeople.people))
        .join(ParticipantPeople, col(ParticipantPeople.participant_id) == col(Participant.id))
        .where(of_group)
        .group_by(col(Participant.table_number))
    )
    people = dict((await db.exec(said)).all())
    return [
        TableNow(
            table.number,
            table.join_code,
            devices.get(table.number, (0, 0))[0],
            people.get(table.number, 0) + devices.get(table.number, (0, 0))[1],
        )
        for table in await _tables(db, focus_group_id)
    ]


async def known_table(db: AsyncSession, focus_group_id: UUID, number: int | None) -> int | None:
    """The number, if the group has such a table."""
    if number is None:
        return None
    query = select(BreakoutTable.number).where(
        BreakoutTable.focus_group_id == focus_group_id, BreakoutTable.number == number
    )
    return (await db.exec(query)).first()


async def _unused_join_codes(db: AsyncSession, count: int) -> set[str]:
    codes: set[str] = set()
    while len(codes) < count:
        made = {new_join_code() for _ in range(count - len(codes))}
        of_groups = await db.exec(select(FocusGroup.join_code).where(col(FocusGroup.join_code).in_(made)))
        of_tables = await db.exec(select(BreakoutTable.join_code).where(col(BreakoutTable.join_code).in_(made)))
        codes |= made.difference(of_groups, of_tables)
    return codes


async def _tables(db: AsyncSession, focus_group_id: UUID) -> list[BreakoutTable]:
    query = select(BreakoutTable).where(BreakoutTable.focus_group_id == focus_group_id)
    return list(await db.exec(query.order_by(col(BreakoutTable.number))))
