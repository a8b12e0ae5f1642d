"""Which day it is, in London, and how a day is written for people."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def london_day(moment: datetime) -> date:
    """The day that it is in London at this moment, which knows its zone: in summer it begins an hour before UTC's."""
    return moment.astimezone(LONDON).date()


def uk_day(day: date) -> str:
    """3 March 2017."""
    return f"{day.day} {day:%B %Y}"
