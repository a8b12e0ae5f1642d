"""How values read on a page: British dates and times, numbers, plurals, telephone numbers as links."""

import re
from datetime import date, datetime, time

from markupsafe import Markup, escape

from workshop.days import LONDON, uk_day
from workshop.text import counted

NOON = 12
# What templates call it.
plural = counted

# 0300 470 9100, (01483) 517898, +44 20 7946 0000, 0800 1111, 116 123, 999; no date, no time, no '101 High Street'.
TELEPHONE = re.compile(
    r"(?<![\w/.+-])"
    r"(?:\+44[ -]?\(?0?\)?(?:[ -]?\d){9,10}|\(?0\d{2,4}\)?(?:[ -]?\d){4,8}"
    r"|116 ?\d{3}|999|112|(?:101|111|119)(?! [A-Z]))"
    r"(?![\w/-]|\.\d)"
)


class NaiveDatetime(ValueError):
    """A time without its zone was to be shown: it could be an hour off."""


def uk_date(value: date | datetime) -> str:
    """3 March 2017; of a datetime, the day that it is in London."""
    return uk_day(_in_london(value) if isinstance(value, datetime) else value)


def uk_time(value: datetime | time) -> str:
    """2:30pm in London, or 2pm on the hour; of a time of day, that time."""
    moment = _in_london(value) if isinstance(value, datetime) else value
    minutes = f":{moment:%M}" if moment.minute else ""
    return f"{moment.hour % NOON or NOON}{minutes}{'am' if moment.hour < NOON else 'pm'}"


def uk_datetime(value: datetime) -> str:
    """3 March 2017, 2:30pm, in London."""
    return f"{uk_date(value)}, {uk_time(value)}"


def number(value: float) -> str:
    """1,234."""
    return f"{value:,}"


def tel_links(text: str) -> Markup:
    """The escaped text, with each telephone number in it a link that a phone can dial."""
    parts: list[Markup] = []
    end = 0
    for found in TELEPHONE.finditer(text):
        dialled = re.sub(r"[^\d+]", "", found[0].replace("(0)", ""))
        parts += [
            escape(text[end : found.start()]),
            Markup('<a class="govuk-link" href="tel:{}">{}</a>').format(dialled, found[0]),
        ]
        end = found.end()
    return Markup("").join([*parts, escape(text[end:])])


def is_web_address(text: str) -> bool:
    """Whether it may be a link: a programme file may hold any text where an address belongs, “javascript:” too."""
    return text.lower().startswith(("https://", "http://"))


def _in_london(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise NaiveDatetime(value)
    return value.astimezone(LONDON)
