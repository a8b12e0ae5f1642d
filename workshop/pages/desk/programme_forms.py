"""What a coordinator sends about a programme → clean values, or errors by field."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from workshop.programmes.agency_names import NewAgency, one_line, read_agency, read_aliases, shown_agency
from workshop.programmes.frameworks import FRAMEWORKS, SIGNS_OF_SAFETY, SUGGESTED_AGENCIES, SUGGESTED_THEMES, Questions
from workshop.programmes.models import Agency, ColumnKind, GroupWord, Programme
from workshop.programmes.promises import FEWEST, LONGEST, MOST, SHORTEST
from workshop.programmes.rounds import SetUp
from workshop.programmes.writes import Details, Privacy
from workshop.web.typed import Typed

OWN, PREVIOUS = "own", "previous"
Errors = dict[str, str]
TITLE = "Enter a title, for example “Core groups 2026”"


@dataclass(frozen=True, slots=True)
class NewProgramme:
    """A programme before it is stored; ``questions`` is none where those of the round before are wanted."""

    programme: dict[str, Any]
    questions: Questions | None
    themes: list[str]
    agencies: list[NewAgency]


@dataclass
class NewProgrammeForm:
    """One page with everything that a programme needs."""

    title: str = ""
    purpose: str = ""
    group_word: str = GroupWord.FOCUS_GROUP
    framework: str = SIGNS_OF_SAFETY
    themes: str = "\n".join(SUGGESTED_THEMES)
    agencies: str = "\n".join(shown_agency(NewAgency(*agency)) for agency in SUGGESTED_AGENCIES)
    controller: str = ""
    privacy_notice_url: str = ""
    safeguarding_contacts: str = ""
    previous: str = ""

    @classmethod
    def like(cls, earlier: Programme | None, set_up: SetUp | None, controller: str) -> "NewProgrammeForm":
        """Filled in from an earlier programme: with a ``set_up`` as its next round, else with what it tells people."""
        form = cls(controller=controller)
        if earlier is not None:
            form.controller, form.privacy_notice_url = earlier.controller, earlier.privacy_notice_url
            form.safeguarding_contacts, form.group_word = earlier.safeguarding_contacts, earlier.group_word
        if earlier is not None and set_up is not None:
            form.purpose, form.previous, form.framework = earlier.purpose, str(earlier.id), PREVIOUS
            form.themes = "\n".join(set_up.themes)
            form.agencies = "\n".join(shown_agency(agency) for agency in set_up.agencies)
        return form

    def clean(self) -> tuple[NewProgramme, Errors]:
        """The programme, and what is wrong with it; ``previous`` is the page's to look up."""
        typed = Typed()
        programme = {
            "title": typed.line("title", self.title, missing=TITLE),
            "purpose": typed.text("purpose", self.purpose),
            "group_word": typed.choice("group_word", self.group_word, GroupWord, "Choose what you call a meeting"),
            "controller": typed.line("controller", self.controller),
            "privacy_notice_url": typed.web_address("privacy_notice_url", self.privacy_notice_url),
            "safeguarding_contacts": typed.text("safeguarding_contacts", self.safeguarding_contacts, longest=1_000),
        }
        questions = FRAMEWORKS[self.framework][1] if self.framework in FRAMEWORKS else None
        if questions is None and not (self.framework == PREVIOUS and self.previous):
            typed.refuse("framework", "Choose the questions that people are asked")
        themes = [typed.line("themes", line) for line in self.themes.splitlines() if one_line(line)]
        if not themes:
            typed.refuse("themes", "Enter at least one theme")
        agencies = [read_agency(line) for line in self.agencies.splitlines() if one_line(line)]
        for agency in agencies:
            name = typed.line("agencies", agency.name)
            if not name:
                typed.refuse("agencies", f"Enter a name for the agency in “{shown_agency(agency).strip()}”")
        return NewProgramme(programme, questions, themes, agencies), typed.errors


@dataclass
class DetailsForm:
    """What a programme is about."""

    title: str = ""
    purpose: str = ""
    group_word: str = ""
    eligibility_question: str = ""
    asks_role: str = ""
    previous: str = ""

    @classmethod
    def of(cls, programme: Programme) -> "DetailsForm":
        """As it stands."""
        return cls(
            title=programme.title,
            purpose=programme.purpose,
            group_word=programme.group_word,
            eligibility_question=programme.eligibility_question,
            asks_role="yes" if programme.asks_role else "",
            previous=str(programme.previous_id or ""),
        )

    def clean(self, others: Sequence[Programme]) -> tuple[Details, Errors]:
        """``others``: the programmes that may have come before."""
        typed = Typed()
        details = Details(
            title=typed.line("title", self.title, missing=TITLE),
            purpose=typed.text("purpose", self.purpose),
            group_word=typed.choice("group_word", self.group_word, GroupWord, "Choose what you call a meeting"),
            eligibility_question=typed.line("eligibility_question", self.eligibility_question),
            asks_role=self.asks_role == "yes",
            previous_id=typed.known(
                "previous", self.previous, (other.id for other in others), "Choose a programme from the list"
            ),
        )
        return details, typed.errors


@dataclass
class PrivacyForm:
    """What people are told before they join."""

    controller: str = ""
    privacy_notice_url: str = ""
    safeguarding_contacts: str = ""
    retention_days: str = ""
    minimum_count: str = ""

    @classmethod
    def of(cls, programme: Programme) -> "PrivacyForm":
        """As it stands."""
        return cls(**{each.name: str(getattr(programme, each.name)) for each in fields(cls)})

    def clean(self) -> tuple[Privacy, Errors]:
        """The clean values, and what is wrong with them."""
        typed = Typed()
        privacy = Privacy(
            controller=typed.line("controller", self.controller),
            privacy_notice_url=typed.web_address("privacy_notice_url", self.privacy_notice_url),
            safeguarding_contacts=typed.text("safeguarding_contacts", self.safeguarding_contacts, longest=1_000),
            retention_days=typed.number("retention_days", self.retention_days, SHORTEST, LONGEST),
            minimum_count=typed.number("minimum_count", self.minimum_count, FEWEST, MOST),
        )
        return privacy, typed.errors


_ABOUT = {
    ColumnKind.WORKING_WELL: "works well",
    ColumnKind.WORRIED_ABOUT: "people worry about",
    ColumnKind.NEEDS_TO_HAPPEN: "needs to happen",
}


@dataclass
class ColumnsForm:
    """A framework, or the partnership's own wording of each kind."""

    framework: str = ""
    working_well: str = ""
    worried_about: str = ""
    needs_to_happen: str = ""

    @classmethod
    def of(cls, questions: Questions) -> "ColumnsForm":
        """As they stand."""
        known = next((key for key, (_, asked) in FRAMEWORKS.items() if asked == questions), OWN)
        return cls(known, **{kind.value: questions[kind] for kind in ColumnKind})

    def clean(self, now: Questions) -> tuple[Questions, Errors]:
        """A question for each kind, and what is wrong with them. ``now``: what the boxes were filled in with."""
        if self.framework in FRAMEWORKS:
            chosen = FRAMEWORKS[self.framework][1]
            boxes = {kind: one_line(getattr(self, kind.value)) for kind in ColumnKind}
            if any(box and box not in {now[kind], chosen[kind]} for kind, box in boxes.items()):
                return chosen, {"framework": "You changed the words below. Choose “In our own words” to use them."}
            return chosen, {}
        typed = Typed()
        if self.framework != OWN:
            typed.refuse("framework", "Choose the questions that people are asked")
        missing = "Enter the question about what {}, or choose one of the sets above"
        return {
            kind: typed.line(kind.value, getattr(self, kind.value), missing=missing.format(about))
            for kind, about in _ABOUT.items()
        }, typed.errors


@dataclass
class NameForm:
    """The name of a theme."""

    name: str = ""

    def clean(self) -> tuple[str, Errors]:
        """One line."""
        typed = Typed()
        return typed.line("name", self.name, missing="Enter the theme"), typed.errors


@dataclass
class AgencyForm:
    """An agency: its name, what it sits under, what else it is called."""

    name: str = ""
    parent: str = ""
    aliases: str = ""

    @classmethod
    def of(cls, agency: Agency) -> "AgencyForm":
        """As it stands."""
        return cls(agency.name, agency.parent or "", ", ".join(agency.aliases))

    def clean(self) -> tuple[NewAgency, Errors]:
        """The clean values, and what is wrong with them."""
        typed = Typed()
        name = typed.line("name", self.name, missing="Enter the agency’s name")
        parent = typed.line("parent", self.parent) or None
        typed.text("aliases", self.aliases, longest=1_000)
        return NewAgency(name, parent, read_aliases(self.aliases, name)), typed.errors


@dataclass
class TitleForm:
    """The title, typed to show that it is meant."""

    title: str = ""

    def clean(self, programme: Programme) -> Errors:
        """Nothing when it is the programme's title, whatever the number of blanks."""
        if one_line(self.title) == one_line(programme.title):
            return {}
        return {"title": f"Type the title exactly as it is: {programme.title}"}
