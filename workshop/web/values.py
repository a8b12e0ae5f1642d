"""Ids and whole numbers in what a browser sent where nobody typed anything: what is neither counts as not sent."""

from uuid import UUID

MOST = 2**63 - 1  # what a column of the database holds
Ticked = list[str] | str  # one ticked box arrives as a string


def read_id(value: str) -> UUID | None:
    """The id, or None when it is none."""
    try:
        return UUID(value)
    except ValueError:
        return None


def read_ids(ticked: Ticked) -> list[UUID]:
    """The ids among the values of ticked boxes, each once, in their order."""
    values = [ticked] if isinstance(ticked, str) else ticked
    return list(dict.fromkeys(found for value in values if (found := read_id(value))))


def whole_number(value: str, most: int = MOST) -> int | None:
    """The number from 0 to ``most``, or None when it is none (Python refuses to read thousands of digits)."""
    if not (value.isascii() and value.isdecimal() and len(value) <= len(str(most))):
        return None
    number = int(value)
    return number if number <= most else None
