"""The themes of a programme: added, renamed, put in order. Taking one away: workshop.retention.removal."""

from collections.abc import Iterable
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.facts import NotFound, Refused
from workshop.programmes.models import Theme
from workshop.programmes.queries import themes_of


class ThemeTaken(Refused):
    """Two themes of a programme would have the same name."""


async def theme_of(db: AsyncSession, programme_id: UUID, theme_id: UUID) -> Theme:
    """The programme's theme; raises NotFound."""
    theme = await db.get(Theme, theme_id)
    if theme is None or theme.programme_id != programme_id:
        raise NotFound("There is no such theme in this programme")
    return theme


async def add_theme(db: AsyncSession, programme_id: UUID, name: str) -> Theme:
    """A new theme at the end; raises ThemeTaken."""
    themes = await themes_of(db, programme_id)
    refuse_repeated_themes([*(theme.name for theme in themes), name], "name")
    theme = Theme(programme_id=programme_id, name=name, position=max((t.position for t in themes), default=-1) + 1)
    db.add(theme)
    await db.flush()  # its id is wanted at once
    return theme


async def rename_theme(db: AsyncSession, theme: Theme, name: str) -> None:
    """Another name for the theme; what was written under it stays under it. Raises ThemeTaken."""
    others = [other.name for other in await themes_of(db, theme.programme_id) if other.id != theme.id]
    refuse_repeated_themes([*others, name], "name")
    theme.name = name
    db.add(theme)


async def move_theme(db: AsyncSession, theme: Theme, places: int) -> None:
    """Move the theme down by ``places`` (up, when negative); at an end it stays there."""
    themes = await themes_of(db, theme.programme_id)
    at = next(place for place, other in enumerate(themes) if other.id == theme.id)
    moved = themes.pop(at)
    themes.insert(max(0, at + places), moved)
    for position, each in enumerate(themes):
        each.position = position
    db.add_all(themes)


def refuse_repeated_themes(names: Iterable[str], field: str = "themes") -> None:
    """Raise ThemeTaken when a name, whatever its capitals, is there twice."""
    seen: set[str] = set()
    for name in names:
        if name.casefold() in seen:
            raise ThemeTaken(f"There is a theme called “{name}” already", field)
        seen.add(name.casefold())
