"""“I'm done”: a device has said that it has no more to write in the present step."""

from uuid import UUID

from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.focus_groups.models import Audience, FocusGroup, Participant
from workshop.focus_groups.writes import raise_revision


async def say_done(db: AsyncSession, participant: Participant, step_id: UUID | None, *, is_done: bool) -> bool:
    """Keep what the device says of the step that its page showed; false when the room is at another step by now.

    The facilitator's board is told, phones are not. Saying the same twice is once.
    """
    query = select(FocusGroup.step_id).where(FocusGroup.id == participant.focus_group_id).with_for_update()
    if (await db.exec(query)).one() != step_id:
        return False
    said = update(Participant).where(col(Participant.id) == participant.id, col(Participant.is_done) != is_done)
    if (await db.exec(said.values(is_done=is_done).execution_options(synchronize_session=False))).rowcount:
        await raise_revision(db, participant.focus_group_id, Audience.BOARD)
    return True
