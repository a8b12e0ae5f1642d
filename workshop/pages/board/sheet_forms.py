"""What the pages of the run sheet send → clean values, or errors by field."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from workshop.focus_groups.models import RunSheetStep, StepKind
from workshop.focus_groups.run_sheet import HEADINGS, MOST_MINUTES, Layout, NewStep
from workshop.programmes.models import ColumnKind, Theme
from workshop.web.typed import Typed

LONGEST_TEXT = 1_000
# In the order in which they are offered.
_WITHOUT_THEME = (
    StepKind.OWN,
    StepKind.WELCOME,
    StepKind.GROUPING,
    StepKind.PRIORITIES,
    StepKind.SCALE,
    StepKind.CLOSE,
)


@dataclass
class LayoutForm:
    """What the run sheet begins as."""

    layout: str = ""

    def clean(self) -> Layout:
        """The layout; one step a theme where none of ours is named."""
        return Layout(self.layout) if self.layout in set(Layout) else Layout.THEMES


@dataclass
class MoveForm:
    """Which way: up or down."""

    move: str = ""


@dataclass
class StepPartsForm:
    """A step: what it is (a kind, or a kind and a theme: “theme:” and its id), its column, words and minutes."""

    what: str = ""
    column: str = ""
    title: str = ""
    text: str = ""
    minutes: str = ""

    @classmethod
    def of(cls, step: RunSheetStep) -> Self:
        """As it is."""
        column = step.column.value if step.column else ""
        return cls(column=column, title=step.title, text=step.text, minutes=str(step.minutes))

    def clean(self, themes: Sequence[Theme], step: RunSheetStep | None = None) -> tuple[NewStep, dict[str, str]]:
        """The step and what is wrong with it; what it is stays with ``step``, where it is one that there is."""
        typed = Typed()
        kind, theme_id = (step.kind, step.theme_id) if step else self._what(typed, themes)
        is_own = kind is StepKind.OWN
        new = NewStep(
            kind=kind,
            minutes=typed.number("minutes", self.minutes, 0, MOST_MINUTES) if self.minutes.strip() else 0,
            theme_id=theme_id,
            column=ColumnKind(self.column) if kind is StepKind.THEME and self.column in set(ColumnKind) else None,
            title=typed.line("title", self.title, missing="Enter what it is called" if is_own else ""),
            text=typed.text("text", self.text, longest=LONGEST_TEXT) if is_own else "",
        )
        return new, typed.errors

    def _what(self, typed: Typed, themes: Sequence[Theme]) -> tuple[StepKind, UUID | None]:
        word, _, sent = self.what.partition(":")
        kind = typed.choice("what", word, StepKind, "Choose what happens in it")
        theme_id = typed.known("what", sent, [theme.id for theme in themes], "Choose one of the themes")
        if kind is StepKind.THEME and theme_id is None:
            typed.refuse("what", "Choose one of the themes")
        return kind, theme_id if kind in {StepKind.THEME, StepKind.SCALE} else None


def what_choices(themes: Sequence[Theme], *, has_close: bool) -> list[tuple[str, str]]:
    """(value, words) of everything that a step can be."""
    kinds = [kind for kind in _WITHOUT_THEME if not (has_close and kind is StepKind.CLOSE)]
    return [
        *((f"{StepKind.THEME}:{theme.id}", f"Theme: {theme.name}") for theme in themes),
        *((kind.value, HEADINGS[kind]) for kind in kinds),
        *((f"{StepKind.SCALE}:{theme.id}", f"Practice scale about: {theme.name}") for theme in themes),
    ]
