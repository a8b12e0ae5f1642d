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


async def labels_in(db: AsyncSession, focus_group: FocusGroup) -> dict[UUID, str | None]:
    """What may stand beside words in this focus group: by participant's id, and for the room's by agency's id.

    Participants who all would rather not say are not in it.
    """
    query = select(Programme.minimum_count).where(Programme.id == focus_group.programme_id)
    minimum = (await db.exec(query)).one()
    agencies = await agencies_of(db, focus_group.programme_id)
    of_agencies = agency_labels(agencies, await people_who_came(db, focus_group.id), minimum)
    unsaid = await unsaid_of_participants(db, focus_group.id)
    people = await people_of_participants(db, focus_group.id)
    return of_agencies | {
        participant_id: label_of_device(spoken_for, unsaid.get(participant_id, 0), of_agencies)
        for participant_id, spoken_for in people.items()
    }


def label_of_point(
    labels: Mapping[UUID, str | None], participant_id: UUID | None, agency_id: UUID | None
) -> str | None:
    """The label of a point, of a participant or from the room; ``labels`` as ``labels_in`` gives them."""
    who = participant_id or agency_id
    return labels.get(who) if who else None
