"""What the run bar's buttons and the pages of the run sheet send → clean values, or errors by field."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from workshop.database import now
from workshop.facts import NotFound
from workshop.focus_groups.models import FocusGroup, Projected
from workshop.focus_groups.run_sheet import MOST_MINUTES
from workshop.focus_groups.running import FEWEST_VOTES, MOST_VOTES, Settings
from workshop.focus_groups.timer import NONE, Countdown, countdown_of, lengthened, paused, resumed, started
from workshop.pages.board.urls import board_url
from workshop.web.answers import AnyRequest
from workshop.web.typed import Typed
from workshop.web.values import read_id, whole_number

MINUTE = 60
ALL = "all"
YES, NO = "yes", "no"


@dataclass
class StepForm:
    """Where to (nothing: to the first step), and the step at which the page showed the meeting."""

    to: str = ""
    seen: str = ""

    @property
    def step_id(self) -> UUID:
        """Where to; raises NotFound."""
        return _id(self.to)

    @property
    def seen_id(self) -> UUID | None:
        """The step that the page showed; none before the meeting. Raises NotFound."""
        return _id(self.seen) if self.seen else None


@dataclass
class ActForm:
    """One of the small acts. ``here``: the page that shows the bar, ``theme``: its theme; the rest as buttons say."""

    here: str = ""
    theme: str = ""
    timer: str = ""
    reveal: str = ""
    cover: str = ""
    projected: str = ""

    def here_url(self, request: AnyRequest, focus_group_id: UUID) -> str:
        """The page to go back to: one of this group's, and nowhere else."""
        board = board_url(request, focus_group_id)
        is_ours = self.here.startswith(board.removesuffix("board")) and self.here.isprintable()
        return self.here if is_ours else board

    def named_themes(self, named: str, themes: Sequence[UUID]) -> list[UUID]:
        """The themes that a button names: one, all of ``themes``, or none."""
        if named == ALL:
            return list(themes)
        return [theme_id for theme_id in themes if str(theme_id) == named]

    def what_to_project(self) -> tuple[Projected | None, UUID | None]:
        """What, and of which theme; raises NotFound for a theme that is none."""
        what, _, theme = self.projected.partition(":")
        if what not in set(Projected):
            return None, None
        return Projected(what), _id(theme) if theme else None


@dataclass(frozen=True, slots=True)
class TimerAct:
    """What a button does to the timer: ``word``, and for a start how many minutes."""

    word: str
    minutes: int = 0

    @classmethod
    def read(cls, sent: str) -> Self:
        """Of a button's value: “start:20”, “pause”, “resume”, “more”, “less” or “clear”."""
        word, _, minutes = sent.partition(":")
        return cls(word, min(whole_number(minutes) or 0, MOST_MINUTES))

    def upon(self, focus_group: FocusGroup) -> Countdown:
        """The timer that the group has afterwards. A start does not take a running timer back to its beginning."""
        countdown, at = countdown_of(focus_group), now()
        match self.word:
            case "start" if countdown == NONE and self.minutes:
                return started(self.minutes * MINUTE, at)
            case "pause":
                return paused(countdown, at)
            case "resume":
                return resumed(countdown, at)
            case "more" | "less":
                return lengthened(countdown, MINUTE if self.word == "more" else -MINUTE, at)
            case "clear":
                return NONE
            case _:
                return countdown


@dataclass
class SettingsForm:
    """How the room writes; a box that is not ticked is not sent."""

    is_together: str = ""
    is_blind: str = ""
    takes_late_points: str = ""
    has_me_too: str = ""
    votes_each: str = ""

    @classmethod
    def of(cls, focus_group: FocusGroup) -> Self:
        """As they are."""
        return cls(
            is_together=_word(focus_group.is_together),
            is_blind=_word(focus_group.is_blind),
            takes_late_points=YES if focus_group.takes_late_points else "",
            has_me_too=YES if focus_group.has_me_too else "",
            votes_each=str(focus_group.votes_each),
        )

    def clean(self) -> tuple[Settings, dict[str, str]]:
        """The settings, and what is wrong with them."""
        typed = Typed()
        for field, sent in (("is_together", self.is_together), ("is_blind", self.is_blind)):
            if sent not in {YES, NO}:
                typed.refuse(field, "Choose one")
        settings = Settings(
            is_blind=self.is_blind == YES,
            is_together=self.is_together == YES,
            takes_late_points=self.takes_late_points == YES,
            has_me_too=self.has_me_too == YES,
            votes_each=typed.number("votes_each", self.votes_each, FEWEST_VOTES, MOST_VOTES),
        )
        return settings, typed.errors


def _word(is_so: bool) -> str:  # noqa: FBT001 (one word for it, nothing else)
    return YES if is_so else NO


def _id(sent: str) -> UUID:
    if (found := read_id(sent)) is None:
        raise NotFound("There is nothing of that kind here")
    return found
