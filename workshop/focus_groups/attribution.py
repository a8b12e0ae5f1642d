"""What may stand beside a point where others read it: an agency by the attribution rule, a table, or nothing."""

from collections.abc import Mapping
from uuid import UUID

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.focus_groups.models import FocusGroup
from workshop.focus_groups.people import people_who_came, unsaid_of_participants
from workshop.focus_groups.queries import people_of_participants
from workshop.programmes.models import Agency, Programme
from workshop.programmes.queries import agencies_of
from workshop.programmes.suppression import labels_in_group

TABLE = "A table"


def agency_labels(agencies: list[Agency], people: Mapping[UUID, int], minimum: int) -> dict[UUID, str | None]:
    """Agency id → what may stand beside its words in this focus group. ``people``: agency id → who came."""
    names = {agency.id: agency.name for agency in agencies}
    labels = labels_in_group({names[agency_id]: count for agency_id, count in people.items()}, minimum)
    return {agency_id: labels[names[agency_id]] for agency_id in people}


def label_of_device(people: Mapping[UUID, int], unsaid: int, labels: Mapping[UUID, str | None]) -> str | None:
    """The label of a participant's points. ``people``: agency id → for how many of its people the device speaks."""
    if len(people) > 1 or (people and unsaid):
        return TABLE
    return labels.get(next(iter(people))) if people else None


async def labels_of_agencies(db: AsyncSession, focus_group: FocusGroup) -> dict[UUID, str | None]:
    """Agency id → what may stand beside its words in this focus group."""
    query = select(Programme.minimum_count).where(Programme.id == focus_group.programme_id)
    minimum = (await db.exec(query)).one()
    agencies = await agencies_of(db, focus_group.programme_id)
    return agency_labels(agencies, await people_who_came(db, focus_group.id), minimum)


async def labels_of_participants(
    db: AsyncSession, focus_group_id: UUID, labels: Mapping[UUID, str | None]
) -> dict[UUID, str | None]:
    """Participant id → what may stand beside its words, but for those who did not say; ``labels`` by agency id."""
    unsaid = await unsaid_of_participants(db, focus_group_id)
    people = await people_of_participants(db, focus_group_id)
    return {
        participant_id: label_of_device(spoken_for, unsaid.get(participant_id, 0), labels)
        for participant_id, spoken_for in people.items()
    }
