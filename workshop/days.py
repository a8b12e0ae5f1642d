"""How a day is written for people."""

from datetime import date


def uk_day(day: date) -> str:
    """3 March 2017."""
    return f"{day.day} {day:%B %Y}"
