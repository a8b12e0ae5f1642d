"""What the facilitator types about a practice scale."""

from dataclasses import dataclass
from typing import Self

from workshop.surveys.models import PracticeScale
from workshop.surveys.writes import ScaleWords


@dataclass
class WordsForm:
    """The question and what 0 and 10 mean. ``about``: a theme's id, or “whole”."""

    about: str = ""
    question: str = ""
    lowest: str = ""
    highest: str = ""

    @classmethod
    def of(cls, scale: PracticeScale | None, about: str) -> Self:
        """The words as they are."""
        return cls(about, scale.question, scale.lowest, scale.highest) if scale else cls(about)

    @property
    def words(self) -> ScaleWords:
        """What was typed."""
        return ScaleWords.typed(self.question, self.lowest, self.highest)


@dataclass
class AskForm:
    """Which scale: about a theme (its id), or the “whole”."""

    about: str = ""


@dataclass
class TakeOverForm:
    """Which scale the answer is to, and the theme for its point where the scale is about the whole."""

    about: str = ""
    theme: str = ""
