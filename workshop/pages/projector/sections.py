"""Which section a projector shows: what its facilitator chose, else what the meeting's step asks for.

One more kind of section is a function that gives a ``Section`` and a template in templates/projector: ``SECTIONS`` and
``_OF_STEP`` name it.
"""

from collections.abc import Awaitable, Callable

from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.database import now
from workshop.focus_groups.models import Projected
from workshop.focus_groups.people import joined_so_far
from workshop.focus_groups.stage import Stage, takes_people_in
from workshop.focus_groups.standing import Doing
from workshop.pages.projector.findings import findings
from workshop.pages.projector.points import overview, points
from workshop.pages.projector.priorities import priorities
from workshop.pages.projector.scale import scale
from workshop.pages.projector.scene import Scene, Section
from workshop.retention.queries import due_on

MakeSection = Callable[[AsyncSession, Scene], Awaitable[Section]]


async def section_of(db: AsyncSession, scene: Scene) -> Section:
    """What is to be shown now."""
    projected, doing = scene.focus_group.projected, scene.standing.doing
    is_over = scene.stage is Stage.DELETED or (doing is Doing.CLOSED and projected in {Projected.STEP, Projected.JOIN})
    if is_over:
        return await closed(db, scene)
    if projected is not Projected.STEP:
        return await SECTIONS[projected](db, scene)
    if doing is Doing.ROAMING and scene.theme is not None:
        return await points(db, scene)
    return await _OF_STEP[doing](db, scene)


async def join(db: AsyncSession, scene: Scene) -> Section:
    """How people come in, and how many have."""
    title = scene.step.title if scene.step and scene.standing.doing is Doing.LOBBY else ""
    return Section(
        "projector/_join.html",
        title or scene.programme.title,
        scene.focus_group.label or "",
        tuple(scene.themes),
        {
            "joined": await joined_so_far(db, scene.focus_group.id),
            "can_join": takes_people_in(scene.focus_group, now()),
            "opens_at": scene.focus_group.open_from if scene.stage is Stage.OPENS_LATER else None,
        },
    )


async def step(_db: AsyncSession, scene: Scene) -> Section:
    """The step's own words: of a step that the facilitator made up, or one that has no section of its own."""
    title, beside = scene.heading
    text = scene.step.text if scene.step else ""
    return Section("projector/_step.html", title, beside, tuple(scene.themes), {"text": text})


async def closed(_db: AsyncSession, scene: Scene) -> Section:
    """Thanks, and what happens next."""
    return Section(
        "projector/_closed.html",
        "Thank you",
        scene.programme.title,
        tuple(scene.themes),
        {"words_go_on": due_on(scene.focus_group, scene.programme.retention_days)},
    )


# What a facilitator can choose instead of what the step asks for.
SECTIONS: dict[Projected, MakeSection] = {
    Projected.JOIN: join,
    Projected.POINTS: points,
    Projected.FINDINGS: findings,
    Projected.PRIORITIES: priorities,
    Projected.SCALE: scale,
}
# What the room does → what is shown of it.
_OF_STEP: dict[Doing, MakeSection] = {
    Doing.NOT_OPEN: join,
    Doing.LOBBY: join,
    Doing.ROAMING: overview,
    Doing.THEME: points,
    Doing.OWN: step,
    Doing.GROUPING: SECTIONS[Projected.FINDINGS],
    Doing.PRIORITIES: SECTIONS[Projected.PRIORITIES],
    Doing.SCALE: SECTIONS[Projected.SCALE],
    Doing.CLOSED: closed,
}
