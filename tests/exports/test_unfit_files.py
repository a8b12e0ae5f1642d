"""A programme file that does not fit is refused whole, with every place named."""

import contextlib
import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exports.files import four_by_four_by_three
from workshop.exports.programme_file import ProgrammeFile
from workshop.exports.reading import UnfitFile, read_programme_file


def problems_of(file: Any) -> list[str]:
    try:
        read_programme_file(json.dumps(file).encode())
    except UnfitFile as problem:
        return problem.problems
    return []


def test_every_fault_is_named_with_its_place() -> None:
    file = four_by_four_by_three()
    file["colour"] = "red"
    del file["purpose"]
    file["columns"][0]["kind"] = "middling"
    file["focus_groups"][0]["contributions"][3]["text"] = 7
    file["focus_groups"][1]["date"] = "2 March 2017"
    file["findings"][0]["of"] = [[0]]
    assert problems_of(file) == [
        "colour: unknown key",
        "purpose: missing",
        "columns[0].kind: invalid enum value 'middling'",
        "focus_groups[0].contributions[3].text: expected text | null, got number",
        "focus_groups[1].date: expected text matching regex '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'",
        "findings[0].of[0]: expected array of length 2, got 1",
    ]


@pytest.mark.parametrize(
    ("where", "value", "problem"),
    [
        ("themes 1", "ADMINISTRATION", 'themes[1]: "ADMINISTRATION" is there twice'),
        ("columns 1 kind", "working_well", 'columns[1].kind: "working_well" is there twice'),
        ("agencies 1 aliases", ["police"], "agencies: “police” would mean both “Police” and “Example NHS Trust”."),
        ("focus_groups 0 attendance", {"Fire": 2}, 'focus_groups[0].attendance: unknown agency "Fire"'),
        ("focus_groups 0 attendance", {"the Trust": 2}, 'focus_groups[0].attendance: unknown agency "the Trust"'),
        ("focus_groups 0 date", "2017-02-30", 'focus_groups[0].date: there is no such day, "2017-02-30"'),
        *(
            (
                f"focus_groups 0 {key}",
                moment,
                f'focus_groups[0].{key}: "{moment[:10]}" is not within the years 1000 to 2999',
            )
            for key, moment in (
                ("date", "9999-12-31"),
                ("date", "0001-01-01"),
                ("open_from", "0001-01-01T00:00:00Z"),
                ("open_until", "9999-12-31T23:59:59Z"),
            )
        ),
        ("focus_groups 0 participants 0", {}, "focus_groups[0].participants[0]: speaks for nobody"),
        (
            "focus_groups 0 participants 0 people",
            {"Fire": 1},
            'focus_groups[0].participants[0].people: unknown agency "Fire"',
        ),
        ("focus_groups 0 contributions 3 theme", "X", 'focus_groups[0].contributions[3].theme: unknown theme "X"'),
        ("focus_groups 0 contributions 3 by", 3, "focus_groups[0].contributions[3].by: there is no participant 3"),
        (
            "focus_groups 0 contributions 3 agency",
            "Police",
            'focus_groups[0].contributions[3]: has both "by" and "agency"',
        ),
        (
            "focus_groups 0 contributions 12 agency",
            "Fire",
            'focus_groups[0].contributions[12].agency: unknown agency "Fire"',
        ),
        (
            "focus_groups 0 contributions 3 text",
            " \n",
            "focus_groups[0].contributions[3].text: expected text of length >= 1",
        ),
        ("findings 0 theme", "X", 'findings[0].theme: unknown theme "X"'),
        ("findings 0 of", [[4, 0]], "findings[0].of[0]: there is no contribution [4, 0]"),
        (
            "findings 0 of",
            [[0, 0]],
            "findings[0].of[0]: contribution [0, 0] has another theme or column than the finding",
        ),
        ("findings 0 of", [[0, 2], [0, 2]], "findings[0].of[1]: this contribution is in findings[0] already"),
        ("findings 0 parent", 0, "findings[0].parent: there is no finding 0 that it could sit under"),
        ("findings 0 focus_group", 4, "findings[0].focus_group: there is no focus group 4"),
        (
            "focus_groups 0 run_sheet",
            [{"kind": "theme", "theme": "X"}],
            'focus_groups[0].run_sheet[0].theme: unknown theme "X"',
        ),
        ("focus_groups 0 run_sheet", [{"kind": "theme"}], "focus_groups[0].run_sheet[0].theme: missing"),
        ("focus_groups 0 run_sheet", [{"kind": "own"}], "focus_groups[0].run_sheet[0].title: missing"),
        (
            "focus_groups 0 run_sheet",
            [{"kind": "close"}, {"kind": "welcome"}],
            "focus_groups[0].run_sheet[0]: the close has to be the last step",
        ),
        (
            "focus_groups 0 run_sheet",
            [{"kind": "welcome", "text": "Hello"}],
            'focus_groups[0].run_sheet[0].text: a step of the kind "welcome" has none',
        ),
        (
            "focus_groups 0 run_sheet",
            [{"kind": "scale", "column": "working_well"}],
            'focus_groups[0].run_sheet[0].column: a step of the kind "scale" has none',
        ),
        (
            "scales",
            [{"theme": "X", "question": "?", "lowest": "0", "highest": "10"}],
            'scales[0].theme: unknown theme "X"',
        ),
        (
            "scales",
            [{"question": "?", "lowest": "0", "highest": "10"}] * 2,
            "scales[1]: there is a scale about the same already",
        ),
        (
            "scales",
            [{"question": "?", "lowest": "", "highest": "10"}],
            "scales[0].lowest: expected text of length >= 1",
        ),
        (
            "focus_groups 0 scale_answers",
            [{"scale": 0, "asking": 1, "by": 0, "value": 5}],
            "focus_groups[0].scale_answers[0].scale: there is no scale 0",
        ),
        (
            "focus_groups 0 scale_answers",
            [{"scale": 0, "asking": 1, "by": 3, "value": 5}],
            "focus_groups[0].scale_answers[0].by: there is no participant 3",
        ),
        (
            "focus_groups 0 scale_answers",
            [{"scale": 0, "asking": 1, "by": 1, "value": 5}] * 2,
            "focus_groups[0].scale_answers[0]: participant 1 answered this twice",
        ),
        (
            "focus_groups 0 scale_answers",
            [{"scale": 0, "asking": 1, "by": 0, "value": 5, "point": 0}],
            "focus_groups[0].scale_answers[0].point: there is no contribution 0 of this participant",
        ),
        (
            "focus_groups 0 scale_answers",
            [{"scale": 0, "asking": 1, "by": 0, "value": 11}],
            "focus_groups[0].scale_answers[0].value: expected number <= 10",
        ),
        (
            "focus_groups 0 contributions 0 me_too",
            [3],
            "focus_groups[0].contributions[0].me_too: there is no participant 3",
        ),
        (
            "focus_groups 0 contributions 0 me_too",
            [0],
            "focus_groups[0].contributions[0].me_too: participant 0 is there twice",
        ),
        ("findings 0 votes", [0], "findings[0].votes: nobody votes on a finding that is no focus group's"),
        ("recommendations 0 theme", "X", 'recommendations[0].theme: unknown theme "X"'),
        ("recommendations 0 findings", [4], "recommendations[0].findings[0]: there is no finding 4"),
        ("recommendations 0 findings", [1, 1], "recommendations[0].findings[1]: finding 1 is there twice"),
    ],
)
def test_what_does_not_agree_is_refused(where: str, value: Any, problem: str) -> None:
    file = four_by_four_by_three()
    *way, last = [int(step) if step.isdigit() else step for step in where.split()]
    holder: Any = file
    for step in way:
        holder = holder[step]
    holder[last] = value
    assert any(found.startswith(problem) for found in problems_of(file)), problems_of(file)


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b'{"a": NaN}', b'"\\ud800"'])
def test_what_is_no_json_is_refused(content: bytes) -> None:
    with pytest.raises(UnfitFile, match="file: this is not JSON"):
        read_programme_file(content)


def test_a_name_that_normalises_to_another_is_there_twice() -> None:
    file = four_by_four_by_three()
    file["focus_groups"][0]["attendance"] = {"Police": 1, " Police": 2}
    assert problems_of(file) == ["focus_groups[0].attendance.Police: twice"]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(json_values)
def test_whatever_comes_in_is_read_or_refused(value: Any) -> None:
    """Never another error than UnfitFile."""
    with contextlib.suppress(UnfitFile):
        assert isinstance(read_programme_file(msgspec.json.encode(value)), ProgrammeFile)


@pytest.mark.parametrize("depth", [300, 900, 100_000])
def test_what_is_nested_too_deeply_is_refused(depth: int) -> None:
    with pytest.raises(UnfitFile, match="file"):
        read_programme_file(b"[" * depth + b"]" * depth)
