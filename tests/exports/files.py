"""Programme files for tests: generated ones in which everything may occur, and one that is 4 × 4 × 3."""

import datetime as dt
import itertools
from typing import Any

from hypothesis import strategies as st

from workshop.text import normalised

KINDS = ("working_well", "worried_about", "needs_to_happen")
File = dict[str, Any]
Draw = Any  # st.DrawFn's type variable confuses mypy where one function draws things of several types
YES = st.sampled_from([True])

texts = st.text(max_size=40).map(normalised)
words = texts.filter(bool)
names = st.text(min_size=1, max_size=12).map(normalised).filter(bool)
days = st.dates(dt.date(1000, 1, 1), dt.date(2999, 12, 31)).map(lambda day: day.isoformat())
times = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59))
moments = st.builds("{}T{}:{:02}Z".format, days, times, st.integers(0, 59))


def unique_names(least: int, most: int) -> st.SearchStrategy[list[str]]:
    """Names of which none is another in capitals."""
    return st.lists(names, min_size=least, max_size=most, unique_by=str.casefold)


@st.composite
def programme_files(draw: Draw) -> File:
    """A file as the product writes it: no key holds its default."""
    themes = draw(unique_names(1, 3))
    called = draw(unique_names(0, 6))
    agencies, aliases = called[::2], called[1::2]
    scales = draw(_scales(themes))
    groups = draw(st.lists(_focus_groups(themes, agencies, len(scales)), max_size=3))
    findings = draw(_findings(themes, groups))
    file: File = {
        "format": "workshop-programme/1",
        "title": draw(names),
        "purpose": draw(texts),
        "minimum_count": draw(st.integers(1, 20)),
        "columns": [{"kind": kind, "question": draw(names)} for kind in draw(st.permutations(KINDS))],
        "themes": themes,
        "agencies": [
            draw(some(name=st.just(name), parent=names, aliases=st.just(aliases[i : i + 1]) if aliases[i:] else None))
            for i, name in enumerate(agencies)
        ],
        "focus_groups": groups,
        "findings": findings,
        "recommendations": draw(st.lists(_recommendations(themes, len(findings)), max_size=3)),
    }
    optional = some(
        group_word=st.sampled_from(["workshop", "learning event"]),
        eligibility_question=words,
        asks_role=YES,
        controller=words,
        privacy_notice_url=words,
        safeguarding_contacts=words,
        retention_days=st.integers(1, 89),
        is_flat_list=YES,
    )
    file |= draw(optional) | ({"scales": scales} if scales else {})
    return file


def some(**values: st.SearchStrategy[Any] | None) -> st.SearchStrategy[dict[str, Any]]:
    """A dict with ``name`` (when there is one) and any of the other values."""
    always = {key: value for key, value in values.items() if key == "name" and value is not None}
    maybe = {key: value for key, value in values.items() if key != "name" and value is not None}
    return st.fixed_dictionaries(always, optional=maybe)


def _people(agencies: list[str], least: int) -> st.SearchStrategy[dict[str, int]]:
    return st.dictionaries(st.sampled_from(agencies), st.integers(least, 9), min_size=1) if agencies else st.nothing()


@st.composite
def _focus_groups(draw: Draw, themes: list[str], agencies: list[str], scales: int) -> File:
    tables = draw(st.integers(0, 40))
    anybody: st.SearchStrategy[File] = st.fixed_dictionaries({"unsaid": st.integers(1, 5)})
    if agencies:
        said = some(
            unsaid=st.integers(1, 5), role=names, eligibility=names, table=st.integers(1, tables) if tables else None
        )
        anybody |= st.builds(lambda people, more: {"people": people} | more, _people(agencies, 1), said)
    participants = draw(st.lists(anybody, max_size=3))
    group: File = {
        "date": draw(days),
        "mode": draw(st.sampled_from(["in_person", "virtual", "hybrid"])),
        "participants": participants,
        "contributions": draw(st.lists(_contributions(themes, agencies, len(participants)), max_size=5)),
    }
    optional = some(
        label=names,
        attendance=_people(agencies, 0) if agencies else None,
        time=times,
        place=words,
        meeting_link=words,
        facilitator=st.just("ada@example.org"),
        co_facilitators=st.just(["fay@example.org", "gus@example.org"]),
        open_from=moments,
        open_until=moments,
        words_deleted=moments,
        archived=moments,
        run_sheet=_run_sheets(themes),
        is_blind=YES,
        is_together=YES,
        takes_late_points=YES,
        has_me_too=YES,
        votes_each=st.integers(1, 2) | st.integers(4, 20),
        are_totals_shown=YES,
    )
    group |= draw(optional) | ({"tables": tables} if tables else {})
    if answers := draw(_scale_answers(group, scales)):
        group["scale_answers"] = answers
    return group


@st.composite
def _scales(draw: Draw, themes: list[str]) -> list[File]:
    """The one about the whole first, then in the themes' order."""
    about = [None, *themes]
    chosen = [theme for theme in about if draw(st.booleans())]
    return [
        draw(st.fixed_dictionaries({"question": words, "lowest": words, "highest": words}))
        | ({"theme": theme} if theme else {})
        for theme in chosen
    ]


@st.composite
def _scale_answers(draw: Draw, group: File, scales: int) -> list[File]:
    answers: list[File] = []
    for scale, asking, by in itertools.product(range(scales), (1, 2), range(len(group["participants"]))):
        if draw(st.booleans()):
            own = [
                place
                for place, point in enumerate(group["contributions"])
                if (point.get("by"), point["column"]) == (by, "needs_to_happen")
            ]
            more = some(not_lower=words, one_higher=words, point=st.sampled_from(own) if own else None)
            answers.append({"scale": scale, "asking": asking, "by": by, "value": draw(st.integers(0, 10))} | draw(more))
    return answers


def _run_sheets(themes: list[str]) -> st.SearchStrategy[list[File]]:
    theme, minutes = st.sampled_from(themes), st.integers(1, 480)
    anything = st.one_of(
        st.fixed_dictionaries(
            {"kind": st.just("theme"), "theme": theme},
            optional={"column": st.sampled_from(KINDS), "title": names, "minutes": minutes},
        ),
        st.fixed_dictionaries({"kind": st.just("scale")}, optional={"theme": theme, "minutes": minutes}),
        st.fixed_dictionaries({"kind": st.just("own"), "title": names}, optional={"text": words, "minutes": minutes}),
        st.fixed_dictionaries(
            {"kind": st.sampled_from(["welcome", "grouping", "priorities"])},
            optional={"title": names, "minutes": minutes},
        ),
    )
    return st.lists(anything, min_size=1, max_size=5) | st.lists(anything, max_size=4).map(
        lambda steps: [*steps, {"kind": "close"}]
    )


@st.composite
def _contributions(draw: Draw, themes: list[str], agencies: list[str], participants: int) -> File:
    point: File = {
        "theme": draw(st.sampled_from(themes)),
        "column": draw(st.sampled_from(KINDS)),
        "text": draw(words | st.none()),
    }
    if participants and draw(st.booleans()):
        point["by"] = draw(st.integers(0, participants - 1))
    elif agencies and draw(st.booleans()):
        point["agency"] = draw(st.sampled_from(agencies))
    point |= draw(some(hidden=YES, held=YES, reworded=YES))
    others = [place for place in range(participants) if place != point.get("by") and draw(st.booleans())]
    return point | ({"me_too": others} if others else {})


@st.composite
def _findings(draw: Draw, themes: list[str], groups: list[File]) -> list[File]:
    findings: list[File] = []
    for theme, kind in itertools.product(themes, KINDS):
        alike = [
            [g, c]
            for g, group in enumerate(groups)
            for c, point in enumerate(group["contributions"])
            if (point["theme"], point["column"]) == (theme, kind)
        ]
        if alike and draw(st.booleans()):
            findings.append(
                {"theme": theme, "column": kind, "heading": draw(words), "of": draw(st.permutations(alike))}
            )
    for i, finding in enumerate(findings):
        if i and draw(st.booleans()):
            finding["parent"] = draw(st.integers(0, i - 1))
        if draw(st.booleans()):
            finding["focus_group"] = draw(st.integers(0, len(groups) - 1))
            people = len(groups[finding["focus_group"]]["participants"])
            if votes := draw(st.lists(st.integers(0, people - 1), max_size=5)) if people else []:
                finding["votes"] = sorted(votes)
    return findings


@st.composite
def _recommendations(draw: Draw, themes: list[str], findings: int) -> File:
    behind = st.lists(st.integers(0, findings - 1), unique=True) if findings else st.just([])
    recommendation: File = {
        "theme": draw(st.sampled_from(themes) | st.none()),
        "text": draw(words),
        "findings": draw(behind),
    }
    recommendation |= draw(some(left_out=texts))
    return recommendation


def four_by_four_by_three() -> File:
    """Four focus groups, four themes, three columns: a point in each, no two alike."""
    themes = ["Administration", "Engagement", "Roles", "Outcome"]
    places = list(itertools.product(themes, KINDS))
    return {
        "format": "workshop-programme/1",
        "title": "Core groups",
        "purpose": "What helps, and what gets in the way.",
        "minimum_count": 5,
        "columns": [{"kind": kind, "question": f"What is {kind}?"} for kind in KINDS],
        "themes": themes,
        "agencies": [{"name": "Police"}, {"name": "Example NHS Trust", "parent": "Health", "aliases": ["the Trust"]}],
        "focus_groups": [
            {
                "label": label,
                "date": f"2017-03-0{number + 1}",
                "mode": "in_person",
                "attendance": {"Police": 4},
                "participants": [
                    {"people": {"Police": 1}},
                    {"people": {"Police": 2, "Example NHS Trust": 4}},
                    {"unsaid": 1},
                ],
                "contributions": [
                    {"theme": theme, "column": kind, "by": place % 3, "text": f"{label}: {theme}, {kind}"}
                    for place, (theme, kind) in enumerate(places)
                ]
                + [{"theme": themes[0], "column": KINDS[1], "agency": "Police", "text": f"{label}: from the room"}],
            }
            for number, label in enumerate(["North East", "South West", "North West", "South East"])
        ],
        "findings": [
            {
                "theme": theme,
                "column": KINDS[2],
                "heading": f"Do this about {theme}",
                "of": [[g, 3 * t + 2] for g in range(4)],
            }
            for t, theme in enumerate(themes)
        ],
        "recommendations": [
            {"theme": theme, "text": f"The board should do this about {theme}", "findings": [t]}
            for t, theme in enumerate(themes)
        ],
    }
