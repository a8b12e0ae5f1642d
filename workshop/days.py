"""How a day is written for people, and the zone in which it is one."""

from datetime import date
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def uk_day(day: date) -> str:
    """3 March 2017."""
    return f"{day.day} {day:%B %Y}"
