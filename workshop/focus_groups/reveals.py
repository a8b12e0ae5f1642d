"""Whether others may read what was written under a theme: at once, or in a blind group once it is revealed."""

from collections.abc import Collection
from uuid import UUID

from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.focus_groups.models import FocusGroup, Reveal
from workshop.focus_groups.writes import raise_revision
from workshop.programmes.models import Theme


def is_revealed(focus_group: FocusGroup, theme_id: UUID, revealed: Collection[UUID]) -> bool:
    """Whether the room may read the theme's points. ``revealed``: as ``revealed_themes`` gives them."""
    return not focus_group.is_blind or theme_id in revealed


async def revealed_themes(db: AsyncSession, focus_group_id: UUID) -> frozenset[UUID]:
    """The themes that the facilitator has revealed; what they mean depends on whether the group is blind."""
    query = select(Reveal.theme_id).where(Reveal.focus_group_id == focus_group_id)
    return frozenset(await db.exec(query))


async def reveal_themes(db: AsyncSession, focus_group: FocusGroup, theme_ids: Collection[UUID]) -> None:
    """Let the room read these themes of its programme; ids of other programmes' themes do nothing.

    The group's row must be locked by the caller.
    """
    query = select(Theme.id).where(Theme.programme_id == focus_group.programme_id, col(Theme.id).in_(theme_ids))
    wanted = set(await db.exec(query)) - await revealed_themes(db, focus_group.id)
    db.add_all(Reveal(focus_group_id=focus_group.id, theme_id=theme_id) for theme_id in wanted)
    await db.flush()  # the rows before whoever looks at the raised revision
    if wanted:
        await raise_revision(db, focus_group.id)


async def cover_themes(db: AsyncSession, focus_group: FocusGroup, theme_ids: Collection[UUID]) -> None:
    """Take the words of these themes off every phone and projector again."""
    query = delete(Reveal).where(col(Reveal.focus_group_id) == focus_group.id, col(Reveal.theme_id).in_(theme_ids))
    if (await db.exec(query)).rowcount:
        await raise_revision(db, focus_group.id)
