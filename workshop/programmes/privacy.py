"""Who sees what, and what writing here is not: the sentences that phones, invitations and the big screen say alike."""

from typing import Protocol

NO_ACCOUNT = "There is no account, and nobody asks for your name or e-mail address."
NO_NAMES = "Please write no names of children or families."
NO_REFERRAL = "This is not a referral."
NOBODY_ACTS = "Nobody acts on a child’s behalf because of what you write here."
WORRIED = "If you are worried about a child, tell:"
WHOM_TO_TELL = "your safeguarding lead, or children’s social care where you work."
IN_DANGER = "If a child is in immediate danger, call 999."


class Promising(Protocol):
    """What the sentences depend on: a programme."""

    @property
    def minimum_count(self) -> int:
        """So many people of an agency must take part for it to stand beside words."""
        ...

    @property
    def group_word(self) -> str:
        """What it calls its focus groups."""
        ...


def who_sees_what(programme: Promising) -> list[str]:
    """One sentence each, for those who are about to write. They are the privacy notice's rules (docs/privacy.md)."""
    word = str(programme.group_word)
    fewest = programme.minimum_count
    beside = f"Your agency stands beside your words only if at least {fewest} people from it take part in this {word}."
    coordinators = "The partnership’s coordinators see everything:"
    return [
        f"The facilitator sees your words, and may show them to everybody in the {word}.",
        f"{beside} If fewer do, it is left out or shown as “Other agencies”.",
        f"{coordinators} your words, your agency, and which points came from the same phone.",
        "What comes of it, and your words as the evidence for it, can be read by the partnership and its agencies.",
        "How many people came from each agency is counted and shown.",
        "What you write can itself show who you are.",
    ]
