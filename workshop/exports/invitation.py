"""How people are invited to a focus group: words for a meeting's chat, and an iCalendar file (RFC 5545)."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.days import LONDON
from workshop.focus_groups.join_address import join_link, shown_address
from workshop.focus_groups.joining_code import shown_join_code
from workshop.focus_groups.models import FocusGroup
from workshop.focus_groups.run_sheet import total_minutes
from workshop.focus_groups.steps import steps_of
from workshop.programmes import privacy
from workshop.programmes.models import Programme

if TYPE_CHECKING:
    from icalendar import Timezone

USUAL_LENGTH = dt.timedelta(hours=2)
WEB_ADDRESS = re.compile(r"https?://[!-~]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Invitation:
    """To one focus group. ``link``: where people join, ``address`` and ``code``: what they type in instead.

    ``code`` is empty while nobody may join by one. ``length`` is planned, or usual.
    """

    focus_group: FocusGroup
    programme: Programme
    link: str
    address: str
    code: str
    length: dt.timedelta

    @property
    def title(self) -> str:
        """What it is called."""
        return ": ".join(filter(None, [self.programme.title, self.focus_group.label]))


async def invitation_of(db: AsyncSession, focus_group: FocusGroup, programme: Programme, address: str) -> Invitation:
    """The group's invitation; its length is the run sheet's where that has minutes. ``address``: the installation's."""
    minutes = total_minutes(await steps_of(db, focus_group.id))
    return Invitation(
        focus_group,
        programme,
        link=join_link(address, focus_group.join_token),
        address=shown_address(address),
        code=shown_join_code(focus_group.join_code) if focus_group.join_code else "",
        length=dt.timedelta(minutes=minutes) if minutes else USUAL_LENGTH,
    )


def chat_text(invitation: Invitation) -> str:
    """What is pasted into the chat of a video call: how to join, who sees what, and where a worry belongs."""
    code = [f"Or go to {invitation.address} and type in the code {invitation.code}"] if invitation.code else []
    return "\n".join(
        [
            invitation.title,
            "",
            f"Join on your phone or computer: {invitation.link}",
            *code,
            "",
            *_promises(invitation),
        ]
    )


def calendar_file(invitation: Invitation, at: dt.datetime) -> bytes:
    """One event as an iCalendar file, made ``at`` this moment; without a time of day it takes the whole day.

    Its UID is the focus group's own, so that a later file changes the entry that an earlier one made.
    """
    from icalendar import Calendar, Event

    group = invitation.focus_group
    event = Event()
    event.add("uid", str(group.id))
    event.add("dtstamp", at)
    event.add("summary", _text(invitation.title))
    event.add("description", _text(_description(invitation)))
    if place := group.place or group.meeting_link:
        event.add("location", _text(place))
    if WEB_ADDRESS.fullmatch(group.meeting_link):
        event.add("url", group.meeting_link)
    calendar = Calendar()
    calendar.add("prodid", "-//Workshop//Invitation//EN")
    calendar.add("version", "2.0")
    if group.starts_at:
        calendar.add_component(_london())
        event.add("dtstart", dt.datetime.combine(group.date, group.starts_at, LONDON))
        event.add("duration", invitation.length)
    else:
        event.add("dtstart", group.date)
    calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def _description(invitation: Invitation) -> str:
    group, programme = invitation.focus_group, invitation.programme
    meeting = [f"Meeting: {group.meeting_link}", ""] if group.meeting_link else []
    return "\n".join(
        [
            *([programme.purpose, ""] if programme.purpose else []),
            *meeting,
            f"During the {programme.group_word} you write here, on your phone or computer: {invitation.link}",
            "",
            *_promises(invitation),
        ]
    )


def _promises(invitation: Invitation) -> list[str]:
    programme, is_blind = invitation.programme, invitation.focus_group.is_blind
    return [
        privacy.NO_ACCOUNT,
        *(f"- {sentence}" for sentence in privacy.who_sees_what(programme, is_blind=is_blind)),
        "",
        f"{privacy.NO_NAMES} {privacy.NO_REFERRAL} {privacy.NOBODY_ACTS} {privacy.WORRIED}",
        programme.safeguarding_contacts or privacy.WHOM_TO_TELL,
        privacy.IN_DANGER,
    ]


def _text(words: str) -> Any:
    """A TEXT value that says exactly ``words`` (RFC 5545, 3.3.11).

    icalendar's own would take a backslash and an N that somebody typed for the end of a line.
    """
    from icalendar import vText

    class Text(vText):
        def to_ical(self) -> bytes:
            plain = str(self).replace("\r\n", "\n").replace("\r", "\n")
            escaped = re.sub(r"([\\;,])", r"\\\1", plain).replace("\n", "\\n")
            return re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", escaped).encode()

    return Text(words)


def _london() -> "Timezone":
    """Summer time as it has been since 1996 (directive 94/21/EC, and 2000/84/EC without an end)."""
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

    zone = Timezone()
    zone.add("tzid", "Europe/London")
    hour, none = dt.timedelta(hours=1), dt.timedelta()
    for part, name, begins, month, before, after in (
        (TimezoneDaylight(), "BST", dt.datetime(1996, 3, 31, 1), 3, none, hour),  # noqa: DTZ001 (local, by RFC 5545)
        (TimezoneStandard(), "GMT", dt.datetime(1996, 10, 27, 2), 10, hour, none),  # noqa: DTZ001 (likewise)
    ):
        part.add("tzname", name)
        part.add("dtstart", begins)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        zone.add_component(part)
    return zone
