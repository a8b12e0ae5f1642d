"""The practice scale on the big screen: the question and, when its facilitator shows it, how the answers are spread."""

from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.focus_groups.models import Projected, StepKind
from workshop.focus_groups.people import joined_so_far
from workshop.pages.projector.scene import Scene, Section
from workshop.surveys.overview import askings_of
from workshop.surveys.queries import asked_now, scale_about
from workshop.surveys.spread import FEWEST_SHOWN


async def scale(db: AsyncSession, scene: Scene) -> Section:
    """While people answer, only how many have: a spread that grows in sight would tell who chose what, and lead others.

    Once the facilitator has put the scale on the projector the spreads of all askings stand side by side. Answers'
    words never do.
    """
    group = scene.focus_group
    asked = await asked_now(db, group)
    is_about = scene.step is not None and scene.step.kind is StepKind.SCALE
    about = scene.step.theme_id if scene.step and is_about else (scene.theme.id if scene.theme else None)
    found = asked.scale if asked else await scale_about(db, group.programme_id, about)
    title, beside = scene.heading
    if found is None:
        text = (scene.step.text if scene.step else "") or "The question from 0 to 10 comes in a moment."
        return Section("projector/_step.html", title, beside, (), {"text": text})
    askings = await askings_of(db, group.id, found.id)
    theme = next((theme.name for theme in scene.themes if theme.id == found.theme_id), "")
    return Section(
        "projector/_scale.html",
        found.question,
        theme,
        (),
        {
            "scale": found,
            "is_asked": asked is not None,
            "answered": next((each.answers for each in askings if asked and each.asking == asked.asking), 0),
            "joined": await joined_so_far(db, group.id),
            "askings": [each for each in askings if each.spread] if group.projected is Projected.SCALE else [],
            "is_spread": group.projected is Projected.SCALE,
            "fewest": FEWEST_SHOWN,
        },
    )
