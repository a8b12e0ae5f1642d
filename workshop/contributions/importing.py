"""Writing an import: all of it or nothing, and once however often it is asked for."""

from collections.abc import Sequence
from itertools import islice
from typing import Any
from uuid import UUID, uuid4, uuid5

from sqlalchemy import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.contributions.import_rows import Point
from workshop.contributions.models import Contribution
from workshop.contributions.pending import forget_pending_import
from workshop.contributions.room import locked_focus_group
from workshop.database import now
from workshop.focus_groups.models import Audience, FocusGroup, Participant, ParticipantPeople
from workshop.focus_groups.writes import raise_revision
from workshop.text import keyed_hash

CHUNK = 500


async def import_points(
    db: AsyncSession, focus_group_id: UUID, import_id: UUID, points: Sequence[Point], key: bytes
) -> int:
    """Write the points of a pending import, with a participant for each person; how many were written.

    0: this import was written, or cancelled, before. Raises FocusGroupArchived. ``key`` keys the hashes of the words.
    """
    focus_group = await locked_focus_group(db, focus_group_id)
    if not await forget_pending_import(db, import_id):
        return 0
    participants = await _add_participants(db, focus_group, import_id, points)
    first = focus_group.last_number + 1
    focus_group.last_number += len(points)
    db.add(focus_group)
    await db.flush()  # the revision is raised in SQL, on the same row
    revision = await raise_revision(db, focus_group_id, Audience.BOARD, Audience.PROJECTOR)
    rows = (
        _row(point, participants, key)
        | {
            "focus_group_id": focus_group_id,
            "client_id": uuid5(import_id, str(place)),
            "number": first + place,
            "revision": revision,
        }
        for place, point in enumerate(points)
    )
    connection = await db.connection()
    while chunk := list(islice(rows, CHUNK)):
        await connection.execute(insert(Contribution), chunk)
    return len(points)


async def was_imported(db: AsyncSession, focus_group_id: UUID, import_id: UUID) -> bool:
    """Whether this pending import has been written already: what a second press of the button is told."""
    query = select(Contribution.id).where(
        Contribution.focus_group_id == focus_group_id, Contribution.client_id == uuid5(import_id, "0")
    )
    return (await db.exec(query)).first() is not None


async def count_there_already(db: AsyncSession, focus_group_id: UUID, points: Sequence[Point], key: bytes) -> int:
    """How many of the points are in the group already, word for word: a file that is imported a second time."""
    query = select(Contribution.words).where(
        Contribution.focus_group_id == focus_group_id, col(Contribution.words).is_not(None)
    )
    there = set(await db.exec(query))
    return sum(keyed_hash(key, point.text) in there for point in points)


async def _add_participants(
    db: AsyncSession, focus_group: FocusGroup, import_id: UUID, points: Sequence[Point]
) -> dict[int, UUID]:
    """A participant without a device for each person of the file, by the person's line."""
    agencies = {point.person: point.agency_id for point in points if point.person is not None}
    ids = {person: uuid4() for person in agencies}
    for person, agency_id in agencies.items():
        focus_group.last_participant += 1
        db.add(
            Participant(
                id=ids[person],
                focus_group_id=focus_group.id,
                client_id=uuid5(import_id, f"person {person}"),
                number=focus_group.last_participant,
                unsaid=int(agency_id is None),
            )
        )
    await db.flush()  # the people's rows point to the participants
    db.add_all(
        ParticipantPeople(participant_id=ids[person], agency_id=agency_id, people=1)
        for person, agency_id in agencies.items()
        if agency_id is not None
    )
    return ids


def _row(point: Point, participants: dict[int, UUID], key: bytes) -> dict[str, Any]:
    words = keyed_hash(key, point.text)
    return {
        "id": uuid4(),
        "theme_id": point.theme_id,
        "column": point.column,
        "participant_id": participants[point.person] if point.person is not None else None,
        # A participant's agencies stand with the participant.
        "agency_id": point.agency_id if point.person is None else None,
        "text": point.text,
        "first_words": words,
        "words": words,
        "is_hidden": False,
        "is_deleted": False,
        "created_at": now(),
        "finding_id": None,
    }
