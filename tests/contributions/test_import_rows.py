"""What rows mean in a programme's words."""

from uuid import uuid4

import pytest

from workshop.contributions.import_rows import (
    ColumnUse,
    PointRow,
    Problem,
    guess,
    headings_of,
    judge,
    person_rows,
    point_rows,
    without_personal_columns,
)
from workshop.contributions.mending import Mend, WordMend, mended
from workshop.contributions.spreadsheets import Unreadable, read_sheet
from workshop.contributions.vocabulary import Vocabulary
from workshop.programmes.models import Agency, ColumnKind, ProgrammeColumn, Theme

PROGRAMME = uuid4()
THEMES = [
    Theme(programme_id=PROGRAMME, name=name, position=i)
    for i, name in enumerate(["Planning", "Planning and outcome", "E-mail and other contact", "planning!"])
]
COLUMNS = [
    ProgrammeColumn(programme_id=PROGRAMME, kind=kind, question=question, position=i)
    for i, (kind, question) in enumerate(
        {
            ColumnKind.WORKING_WELL: "What helps?",
            ColumnKind.WORRIED_ABOUT: "What gets in the way?",
            ColumnKind.NEEDS_TO_HAPPEN: "What next?",
        }.items()
    )
]
AGENCIES = [
    Agency(programme_id=PROGRAMME, name="Children's Social Care", aliases=["CSC", "Social Work"], position=0),
    Agency(programme_id=PROGRAMME, name="Police", aliases=["CSC"], position=1),
]
WORDS = Vocabulary(THEMES, COLUMNS, AGENCIES)


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("working_well", "working_well"),
        ("Working well", "working_well"),
        ("WHAT HELPS", "working_well"),
        ("what gets in the way", "worried_about"),
        ("Worries", "worried_about"),
        ("What are we worried about?", "worried_about"),
        ("next steps", "needs_to_happen"),
        ("Needs to happen…", "needs_to_happen"),
        ("perhaps", None),
        ("", None),
    ],
)
def test_a_column_goes_by_its_kind_its_question_or_a_short_form(word: str, kind: str | None) -> None:
    assert WORDS.column(word) == kind


def test_names_go_however_they_are_spelled_unless_they_could_mean_two_things() -> None:
    assert WORDS.theme("planning AND outcome") == THEMES[1].id
    assert WORDS.theme("Planning") == THEMES[0].id
    assert WORDS.theme("planning!") == THEMES[3].id
    assert WORDS.theme("PLANNING") is None
    assert WORDS.agency("childrens social care") == AGENCIES[0].id
    assert WORDS.agency("children’s social care") == AGENCIES[0].id
    assert WORDS.agency("social work") == AGENCIES[0].id
    assert WORDS.agency("csc") is None


def test_headings_in_any_order_and_case_and_other_columns_are_not_taken() -> None:
    sheet = read_sheet(b"Email,TEXT,Organisation,Question,Topic\njo@x.org,Words,Police,What helps?,Planning\n")
    headings = headings_of(sheet)
    assert headings is not None
    (row,) = point_rows(sheet, headings)
    assert row == PointRow("2", 2, None, "Planning", "What helps?", "Police", "Words")


def test_columns_that_say_who_wrote_are_dropped_unless_a_theme_is_called_so() -> None:
    sheet = read_sheet(
        b"Start time;Your name;E-mail and other contact: what helps?;Contact;What is your e-mail?\n"
        b"1;Jo;A phone list;jo@example.org;none\n"
    )
    kept, dropped = without_personal_columns(sheet, WORDS)
    assert kept.header == ("E-mail and other contact: what helps?",)
    assert dropped == ["Start time", "Your name", "Contact", "What is your e-mail?"]
    assert [row.cells for row in kept.rows] == [("A phone list",)]


def test_the_guess_takes_the_longest_theme_and_the_programmes_own_question() -> None:
    sheet = read_sheet(
        b"Team|Planning and outcome - What gets in the way?|Planning: worried about|Other\n".replace(b"|", b";")
        + b"Police;a;b;c\nSocial work;d;e;f\n"
    )
    assert guess(sheet, WORDS) == [
        ColumnUse(is_agency=True),
        ColumnUse("Planning and outcome", "worried_about"),
        ColumnUse("Planning", "worried_about"),
        ColumnUse(),
    ]


def test_a_person_may_repeat_themselves_but_not_another() -> None:
    sheet = read_sheet(b"a;b\nTea;Tea\nTea;\n")
    rows = person_rows(sheet, [ColumnUse("Planning", "working_well")] * 2)
    judged = judge(rows, WORDS)
    assert [(point.person, point.text) for point in judged.fitting] == [(2, "Tea"), (3, "Tea")]
    assert judged.repeats == [2]
    assert judged.people == 2


def test_two_notes_with_the_same_words_are_two_points() -> None:
    rows = [PointRow(str(i), i, None, "Planning", "worries", "", "Tea") for i in (2, 3)]
    assert len(judge(rows, WORDS).fitting) == 2


def test_each_thing_that_is_wrong_is_said() -> None:
    (unfitting,) = judge([PointRow("2", 2, None, "Plans", "", "Polis", "")], WORDS).unfitting
    assert set(unfitting.problems) == set(Problem)
    assert judge([PointRow("2", 2, None, "Plans", "", "Polis", "", is_left_out=True)], WORDS).left_out == 1


@pytest.mark.parametrize("said", ["", "none", "Prefer not to say", "-"])
def test_no_agency_is_none(said: str) -> None:
    (point,) = judge([PointRow("2", 2, None, "Planning", "worries", said, "Tea")], WORDS).fitting
    assert point.agency_id is None


def test_mending_touches_what_it_names_alone() -> None:
    rows = [
        PointRow("2.0", 2, 2, "Planning", "worries", "Polis", "a"),
        PointRow("2.1", 2, 2, "Planning", "worries", "Polis", "b"),
        PointRow("3.0", 3, 3, "Planing", "worries", "", "c"),
        PointRow("4.0", 4, 4, "Planning", "worries", "?", "d"),
        PointRow("4.1", 4, 4, "Planning", "worries", "?", "e"),
        PointRow("5.0", 5, None, "Planning", "worries", "", "f"),
    ]
    changed = mended(
        rows,
        [Mend("2.0", agency="Police"), Mend("4.0", is_person_left_out=True), Mend("5.0", is_left_out=True), Mend("9")],
        [WordMend(Problem.THEME, "Planing", "Planning")],
    )
    assert [(row.agency, row.theme, row.is_left_out) for row in changed] == [
        ("Police", "Planning", False),
        ("Police", "Planning", False),
        ("", "Planning", False),
        ("?", "Planning", True),
        ("?", "Planning", True),
        ("", "Planning", True),
    ]
    assert rows[0].agency == "Polis"


def test_a_forgotten_heading_is_named() -> None:
    with pytest.raises(Unreadable, match="“theme”"):
        headings_of(read_sheet(b"text,column\na,b\n"))
    assert headings_of(read_sheet(b"one,two\na,b\n")) is None


def test_a_cell_of_megabytes_is_no_address_and_holds_nobody_up() -> None:
    cell = "a@" + "." * 1_000_000
    sheet = read_sheet(f'"What helps?","Anything else?"\n"{cell} b","{cell} b"\n'.encode())
    kept, dropped = without_personal_columns(sheet, WORDS)
    assert (kept, dropped) == (sheet, [])
