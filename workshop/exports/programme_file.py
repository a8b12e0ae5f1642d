"""The programme file, ``workshop-programme/1``: everything of a programme as JSON, confidential.

docs/programme-file.md is its documentation and carries the JSON Schema of these structs. Later versions only add
optional keys. A key with a default is written only when it holds something else.
"""

from typing import Annotated, Any, Final, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from workshop.focus_groups.models import Mode, StepKind
from workshop.focus_groups.run_sheet import MOST_MINUTES, MOST_STEPS
from workshop.focus_groups.running import FEWEST_VOTES, MOST_VOTES
from workshop.focus_groups.tables import MOST_TABLES
from workshop.programmes.models import ColumnKind, GroupWord
from workshop.text import LONGEST_TEXT

FORMAT: Final = "workshop-programme/1"
LONGEST_NAME = 500

Name = Annotated[str, Meta(min_length=1, max_length=LONGEST_NAME)]
ShortText = Annotated[str, Meta(max_length=LONGEST_NAME)]
LongText = Annotated[str, Meta(max_length=LONGEST_TEXT)]
Words = Annotated[str, Meta(min_length=1, max_length=LONGEST_TEXT)]
Index = Annotated[int, Meta(ge=0, le=10_000_000)]
People = Annotated[int, Meta(ge=0, le=100_000)]
Somebody = Annotated[int, Meta(ge=1, le=100_000)]
Day = Annotated[str, Meta(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$", examples=["2017-03-02"])]
TimeOfDay = Annotated[str, Meta(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$", examples=["14:30"])]
Moment = Annotated[
    str,
    Meta(
        pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z$",
        examples=["2017-03-02T14:30:00Z"],
    ),
]


class Part(Struct, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """What all objects of the file have in common: an unknown key is refused, a default is not written."""


class ColumnPart(Part, kw_only=True):
    """One of the three questions."""

    kind: ColumnKind
    question: Name


class AgencyPart(Part, kw_only=True):
    """A member organisation, what it sits under, what else it is called."""

    name: Name
    parent: ShortText = ""
    aliases: list[Name] = []


class ParticipantPart(Part, kw_only=True):
    """A device: how many people of which agency (by name) it spoke for, and how many would not say."""

    people: dict[Name, Somebody] = {}
    unsaid: People = 0
    role: ShortText = ""
    eligibility: ShortText = ""
    table: Annotated[int, Meta(ge=0, le=MOST_TABLES)] = 0


class ContributionPart(Part, kw_only=True):
    """A point. ``by``: its participant's index; from the room it has an ``agency`` or none. Null text: purged.

    ``held``: the facilitator alone reads it so far. ``reworded``: the facilitator put other words in its place.
    ``me_too``: the indexes of those who said that it is true of them as well.
    """

    theme: Name
    column: ColumnKind
    by: Index | UnsetType = UNSET
    agency: Name | UnsetType = UNSET
    text: Words | None
    hidden: bool = False
    held: bool = False
    reworded: bool = False
    me_too: list[Index] = []


class ScalePart(Part, kw_only=True):
    """A practice scale about a theme, or about the whole; what 0 (``lowest``) and 10 (``highest``) mean."""

    theme: Name | UnsetType = UNSET
    question: Words
    lowest: Words
    highest: Words


class ScaleAnswerPart(Part, kw_only=True):
    """What participant ``by`` answered at the first, second … asking of a scale (an index).

    ``point``: the index of the contribution that was made of what would make it one higher.
    """

    scale: Index
    asking: Annotated[int, Meta(ge=1, le=1_000)]
    by: Index
    value: Annotated[int, Meta(ge=0, le=10)]
    not_lower: LongText = ""
    one_higher: LongText = ""
    point: Index | UnsetType = UNSET


class StepPart(Part, kw_only=True):
    """A step of a run sheet. ``theme``: of a theme's step or of a scale about one; ``column``: that question alone."""

    kind: StepKind
    theme: Name | UnsetType = UNSET
    column: ColumnKind | UnsetType = UNSET
    title: ShortText = ""
    text: LongText = ""
    minutes: Annotated[int, Meta(ge=0, le=MOST_MINUTES)] = 0


class FocusGroupPart(Part, kw_only=True):
    """A meeting; ``contributions`` in their order of arrival."""

    label: ShortText = ""
    date: Day
    mode: Mode
    attendance: dict[Name, People] = {}
    participants: list[ParticipantPart]
    contributions: list[ContributionPart]
    time: TimeOfDay | UnsetType = UNSET
    place: LongText = ""
    meeting_link: LongText = ""
    facilitator: ShortText = ""
    open_from: Moment | UnsetType = UNSET
    open_until: Moment | UnsetType = UNSET
    words_deleted: Moment | UnsetType = UNSET
    archived: Moment | UnsetType = UNSET
    co_facilitators: list[Name] = []
    tables: Annotated[int, Meta(ge=0, le=MOST_TABLES)] = 0
    run_sheet: Annotated[list[StepPart], Meta(max_length=MOST_STEPS)] = []
    is_blind: bool = False
    is_together: bool = False
    takes_late_points: bool = False
    has_me_too: bool = False
    votes_each: Annotated[int, Meta(ge=FEWEST_VOTES, le=MOST_VOTES)] = 3
    are_totals_shown: bool = False
    scale_answers: list[ScaleAnswerPart] = []


class FindingPart(Part, kw_only=True):
    """A heading over contributions; ``of``: pairs of a focus group's index and a contribution's index in it.

    ``votes``: for each priority vote the index of the participant of its focus group who gave it.
    """

    theme: Name
    column: ColumnKind
    heading: Words
    of: list[tuple[Index, Index]]
    focus_group: Index | UnsetType = UNSET
    parent: Index | UnsetType = UNSET
    votes: list[Index] = []


class RecommendationPart(Part, kw_only=True):
    """What is to happen; ``theme`` null: under none. ``findings``: indexes. ``left_out``: why it is not listed."""

    theme: Name | None
    text: Words
    findings: list[Index]
    left_out: LongText | UnsetType = UNSET


Columns = Annotated[
    list[ColumnPart],
    Meta(
        min_length=len(ColumnKind),
        max_length=len(ColumnKind),
        extra_json_schema={
            "allOf": [{"contains": {"properties": {"kind": {"const": kind.value}}}} for kind in ColumnKind]
        },
    ),
]


class ProgrammeFile(Part, kw_only=True):
    """A whole programme."""

    format: Literal["workshop-programme/1"]
    title: Name
    purpose: LongText
    minimum_count: Annotated[int, Meta(ge=1, le=1_000)]
    columns: Columns
    themes: list[Name]
    agencies: list[AgencyPart]
    focus_groups: list[FocusGroupPart]
    findings: list[FindingPart]
    recommendations: list[RecommendationPart]
    group_word: GroupWord = GroupWord.FOCUS_GROUP
    eligibility_question: LongText = ""
    asks_role: bool = False
    controller: LongText = ""
    privacy_notice_url: LongText = ""
    safeguarding_contacts: LongText = ""
    retention_days: Annotated[int, Meta(ge=1, le=36_500)] = 90
    is_flat_list: bool = False
    scales: list[ScalePart] = []
    previous: Name | UnsetType = UNSET


def written(file: ProgrammeFile) -> bytes:
    """The file's bytes: UTF-8, indented, with a newline at the end."""
    return msgspec.json.format(msgspec.json.encode(file), indent=2) + b"\n"


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the file, after normalisation; docs/programme-file.md carries it."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(ProgrammeFile)}
