"""What a focus group is called, on every screen and in every document."""

from workshop.days import uk_day
from workshop.focus_groups.models import FocusGroup
from workshop.programmes.models import Programme


def group_name(focus_group: FocusGroup, programme: Programme) -> str:
    """Its label; without one its programme's word for a meeting, and the day: “Focus group on 3 March 2017”."""
    return focus_group.label or f"{programme.group_word.capitalize()} on {uk_day(focus_group.date)}"
