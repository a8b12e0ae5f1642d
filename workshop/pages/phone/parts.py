"""What stands on pages in the room beside what is asked: the timer, which every moment changes, and “I’m done”."""

from typing import Any

from litestar import Litestar
from markupsafe import Markup

from workshop.database import now
from workshop.focus_groups.links import Room
from workshop.focus_groups.models import FocusGroup, Participant
from workshop.focus_groups.standing import Doing
from workshop.focus_groups.timer import timer_of

ASKING = {Doing.ROAMING, Doing.THEME, Doing.PRIORITIES, Doing.SCALE}
# Where something else is asked, or nothing any more, what others wrote is no news.
ELSEWHERE = {Doing.PRIORITIES, Doing.SCALE, Doing.CLOSED, Doing.NOT_OPEN}


def parts_of(app: Litestar, room: Room, participant: Participant | None) -> dict[str, Markup]:
    """The parts by name, rendered; a part that there is no need of is empty."""
    return {"timer": meeting_timer(app, room.focus_group), "done": _done_form(app, room, participant)}


def newly_readable(app: Litestar, room: Room) -> list[tuple[str, str]]:
    """Name and address of what others wrote under each theme that a blind group's facilitator has revealed.

    Nothing while the room votes or answers, and after the end.
    """
    if not room.focus_group.is_blind or room.standing.doing in ELSEWHERE:
        return []
    link = room.focus_group.join_token
    shown = [theme for theme in room.themes if theme.id in room.revealed]
    if room.standing.doing is Doing.THEME:
        # What was revealed under an earlier theme is no news any more; that theme's page leads to it.
        shown = [theme for theme in shown if theme == room.standing.theme]
    return [(each.name, app.route_reverse("phone.others", join_token=link, theme_id=each.id)) for each in shown]


def meeting_timer(app: Litestar, focus_group: FocusGroup) -> Markup:
    """The timer as it stands now."""
    left = timer_of(focus_group, now())
    return Markup(_macros(app, "components/timer.html").timer(left)) if left else Markup()  # noqa: S704 (a macro's markup)


def _done_form(app: Litestar, room: Room, participant: Participant | None) -> Markup:
    if participant is None or room.standing.doing not in ASKING:
        return Markup()
    made, key = room.made_of_it, ("done", participant.is_done)
    if key not in made:
        made[key] = _rendered_done_form(app, room, is_done=participant.is_done)
    return Markup(made[key])  # noqa: S704 (made below)


def _rendered_done_form(app: Litestar, room: Room, *, is_done: bool) -> Markup:
    link, step = room.focus_group.join_token, room.focus_group.step_id
    has_boxes = room.standing.doing is not Doing.PRIORITIES
    to, back_to = (app.route_reverse(name, join_token=link) for name in ("phone.done", "phone.done.take-back"))
    form = _macros(app, "phone/_done.html").done(is_done, to, back_to, step or "", has_boxes)
    return Markup(form)  # noqa: S704 (a macro's markup)


def _macros(app: Litestar, template: str) -> Any:
    return app.template_engine.get_template(template).module  # type: ignore[union-attr]  # there is one
