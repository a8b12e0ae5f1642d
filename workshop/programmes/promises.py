"""What a programme has promised those who joined it: it may be kept better, never worse."""

from workshop.facts import Refused

FEWEST, MOST = 3, 20
SHORTEST, LONGEST = 1, 3650


class PromiseBroken(Refused):
    """Somebody has joined and was told otherwise."""


def refuse_lower_minimum(before: int, after: int, *, has_anyone_joined: bool) -> None:
    """Raise PromiseBroken when fewer people than promised would be enough to show an agency beside words."""
    if has_anyone_joined and after < before:
        message = f"People have joined who were told {before}, so this can only rise. Enter {before} or more."
        raise PromiseBroken(message, "minimum_count")


def refuse_later_deletion(before: int, after: int, *, has_anyone_joined: bool) -> None:
    """Raise PromiseBroken when words would be kept for longer than was promised."""
    if has_anyone_joined and after > before:
        message = f"People have joined who were told {before} days, so this can only fall. Enter {before} or fewer."
        raise PromiseBroken(message, "retention_days")
