"""The steps with which a run sheet begins, read from the programme's themes, columns and scales."""

from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.focus_groups.models import FocusGroup
from workshop.focus_groups.run_sheet import Layout, NewStep, first_steps
from workshop.programmes.queries import columns_of, themes_of
from workshop.surveys.queries import scales_of


async def steps_for(db: AsyncSession, focus_group: FocusGroup, layout: Layout) -> list[NewStep]:
    """The layout for this group's programme; a scale is in it once both its anchors are worded."""
    themes = await themes_of(db, focus_group.programme_id)
    columns = await columns_of(db, focus_group.programme_id)
    scales = await scales_of(db, focus_group.programme_id)
    return first_steps(
        layout,
        [theme.id for theme in themes],
        [column.kind for column in columns],
        [scale.theme_id for scale in scales if scale.lowest and scale.highest],
    )
