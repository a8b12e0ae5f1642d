"""What may stand beside a point where others read it: an agency by the attribution rule, a table, or nothing."""

from collections.abc import Mapping
from uuid import UUID

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.focus_groups.models import FocusGroup
from workshop.focus_groups.people import Present, SpokenFor, present_in
from workshop.programmes.models import Agency, Programme
from workshop.programmes.queries import agencies_of
from workshop.programmes.suppression import labels_in_group

TABLE = "A table"


def agency_labels(agencies: list[Agency], people: Mapping[UUID, int], minimum: int) -> dict[UUID, str | None]:
    """Agency id → what may stand beside its words in this focus group. ``people``: agency id → who came."""
    names = {agency.id: agency.name for agency in agencies}
    labels = labels_in_group({names[agency_id]: count for agency_id, count in people.items()}, minimum)
    return {agency_id: labels[names[agency_id]] for agency_id in people}


def labels_of_devices(
    participants: Mapping[UUID, SpokenFor], labels: Mapping[UUID, str | None], minimum: int
) -> dict[UUID, str | None]:
    """The label of each participant's points; ``labels`` as ``agency_labels`` gives them.

    Participants who all would rather not say are not in it. “A table” is a label like an agency's: it stands where the
    tables of several agencies have the minimum of people together. Who sits at the only table, and how few they are, is
    known in the room.
    """
    speaking = {who: each for who, each in participants.items() if each.people}
    tables = {who for who, each in speaking.items() if len(each.people) > 1 or each.unsaid}
    table = TABLE if sum(speaking[who].count for who in tables) >= minimum else None
    return {who: table if who in tables else labels.get(next(iter(each.people))) for who, each in speaking.items()}


def labels_among(present: Present, agencies: list[Agency], minimum: int) -> dict[UUID, str | None]:
    """What may stand beside words in a focus group: by participant's id, and for the room's by agency's id.

    ``agencies``: of its programme; ``minimum``: the programme's minimum count.
    """
    of_agencies = agency_labels(agencies, present.people, minimum)
    return of_agencies | labels_of_devices(present.participants, of_agencies, minimum)


async def labels_in(db: AsyncSession, focus_group: FocusGroup) -> dict[UUID, str | None]:
    """``labels_among`` those who came to this focus group."""
    query = select(Programme.minimum_count).where(Programme.id == focus_group.programme_id)
    minimum = (await db.exec(query)).one()
    agencies = await agencies_of(db, focus_group.programme_id)
    return labels_among(await present_in(db, focus_group.id), agencies, minimum)


def label_of_point(
    labels: Mapping[UUID, str | None], participant_id: UUID | None, agency_id: UUID | None
) -> str | None:
    """The label of a point, of a participant or from the room; ``labels`` as ``labels_in`` gives them."""
    who = participant_id or agency_id
    return labels.get(who) if who else None
