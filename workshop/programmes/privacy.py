"""Who sees what, and what writing here is not: the sentences that phones, invitations and the big screen say alike."""

from typing import Protocol

NO_ACCOUNT = "There is no account, and nobody asks for your name or e-mail address."
NO_NAMES = "Please write no names of children or families."
NO_REFERRAL = "This is not a referral."
NOBODY_ACTS = "Nobody acts on a child’s behalf because of what you write here."
WORRIED = "If you are worried about a child, tell:"
WHOM_TO_TELL = "your safeguarding lead, or children’s social care where you work."
KEPT_FOR_A_CHILD = (
    "Words that tell of a child who may be at risk are kept until they have been passed on, "
    "and words that were held back or hidden until somebody has said whether they do."
)
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


def who_sees_what(programme: Promising, *, is_blind: bool) -> list[str]:
    """One sentence each, for those who are about to write. They are the privacy notice's rules (docs/privacy.md).

    ``is_blind``: whether others' words are hidden in this focus group until they are revealed.
    """
    word = str(programme.group_word)
    fewest = programme.minimum_count
    beside = f"Your agency stands beside your words only if at least {fewest} people from it take part in this {word}."
    coordinators = "The partnership’s coordinators see everything:"
    others = f"Everybody else in the {word} can read them too"
    if is_blind:
        others = f"Nobody else in the {word} can read them until a facilitator shows them to everybody"
    return [
        "The facilitators see your words at once. Words that seem to name somebody are held back for them alone.",
        f"{others}, on phones and on the big screen. Who wrote them is not shown.",
        f"{beside} If fewer do, it is left out or shown as “Other agencies”.",
        f"{coordinators} your words, your agency, and which points came from the same phone.",
        "What comes of it, and your words as the evidence for it, can be read by the partnership and its agencies.",
        "How many people came from each agency is counted and shown.",
        "Votes and answers from 0 to 10 are counted; nobody in the room is shown whose they are.",
        "What you write can itself show who you are.",
    ]
