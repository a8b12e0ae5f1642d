"""What somebody sends about a focus group → clean values, or errors by field."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from msgspec import Struct

from workshop.database import now
from workshop.days import LONDON, london_day
from workshop.focus_groups.changes import Facts
from workshop.focus_groups.models import FocusGroup, Mode
from workshop.focus_groups.writes import MOST_PEOPLE
from workshop.programmes.models import Agency
from workshop.web.filters import uk_time
from workshop.web.typed import Typed

Errors = dict[str, str]
DATES = ("date", "open_from", "open_until")
MIDNIGHT, LAST_MINUTE = dt.time(0, 0), dt.time(23, 59)
# The date boxes post names with a hyphen, which no attribute can have.
_POSTED = {f"{date}_{part}": f"{date}-{part}" for date in DATES for part in ("day", "month", "year")}


class FocusGroupForm(Struct, rename=_POSTED):
    """A focus group's facts, as strings."""

    label: str = ""
    date_day: str = ""
    date_month: str = ""
    date_year: str = ""
    starts: str = ""
    mode: str = Mode.IN_PERSON
    place: str = ""
    meeting_link: str = ""
    facilitator: str = ""
    open_from_day: str = ""
    open_from_month: str = ""
    open_from_year: str = ""
    open_from_time: str = ""
    open_until_day: str = ""
    open_until_month: str = ""
    open_until_year: str = ""
    open_until_time: str = ""

    @classmethod
    def today(cls, facilitator: str) -> "FocusGroupForm":
        """A group that meets today, run by whoever adds it."""
        form = cls(facilitator=facilitator)
        form.put("date", london_day(now()))
        return form

    @classmethod
    def of(cls, group: FocusGroup) -> "FocusGroupForm":
        """As it stands."""
        form = cls(
            label=group.label or "",
            starts=uk_time(group.starts_at) if group.starts_at else "",
            mode=group.mode,
            place=group.place,
            meeting_link=group.meeting_link,
            facilitator=group.facilitator_email,
        )
        form.put("date", group.date)
        for name, moment in (("open_from", group.open_from), ("open_until", group.open_until)):
            if moment is not None:
                local = moment.astimezone(LONDON)
                form.put(name, local.date())
                setattr(form, f"{name}_time", uk_time(local.time()))
        return form

    def put(self, name: str, day: dt.date) -> None:
        """Fill in the three boxes of a date."""
        for part in ("day", "month", "year"):
            setattr(self, f"{name}_{part}", str(getattr(day, part)))

    def clean(self, facilitator: str | None) -> tuple[Facts | None, Errors]:
        """The facts, or none when something is wrong. ``facilitator`` is who it must be, none where it was typed."""
        typed = Typed()
        date = typed.day("date", self._parts("date"), missing="Enter the date on which it takes place")
        facts = Facts(
            label=typed.line("label", self.label) or None,
            date=date or dt.date.min,
            starts_at=typed.time("starts", self.starts),
            mode=typed.choice("mode", self.mode, Mode, "Choose how you meet"),
            place=typed.line("place", self.place),
            meeting_link=typed.web_address("meeting_link", self.meeting_link),
            facilitator_email=typed.email("facilitator", self.facilitator) if facilitator is None else facilitator,
            open_from=self._moment(typed, "open_from", MIDNIGHT),
            open_until=self._moment(typed, "open_until", LAST_MINUTE),
        )
        return (None if typed.errors else facts), typed.errors

    def _moment(self, typed: Typed, name: str, otherwise: dt.time) -> dt.datetime | None:
        day = typed.day(name, self._parts(name))
        time = typed.time(f"{name}_time", getattr(self, f"{name}_time"))
        return typed.moment(name, day, time, otherwise)

    def _parts(self, name: str) -> tuple[str, str, str]:
        return getattr(self, f"{name}_day"), getattr(self, f"{name}_month"), getattr(self, f"{name}_year")


def people_field(agency_id: UUID) -> str:
    """The name of an agency's box on the attendance page."""
    return f"people-{agency_id}"


def typed_people(data: Mapping[str, Any], agencies: Sequence[Agency]) -> dict[str, str]:
    """Field → what was typed, for each agency of the programme; anything else in the form is nobody's."""
    return {field: str(data.get(field, "")) for field in (people_field(agency.id) for agency in agencies)}


def clean_people(form: Mapping[str, str], agencies: Sequence[Agency]) -> tuple[dict[UUID, int], Errors]:
    """Agency id → people; an agency with an empty box is not in it."""
    typed = Typed()
    people = {}
    for agency in agencies:
        field = people_field(agency.id)
        if not form[field].strip():
            continue
        people[agency.id] = typed.number(field, form[field], 0, MOST_PEOPLE)
        if field in typed.errors:
            typed.errors[field] = f"{agency.name}: {typed.errors[field].lower()}"
    return people, typed.errors
