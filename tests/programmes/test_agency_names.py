"""A line describes an agency and reads back as the same; a name or alias means one agency only."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.programmes.agency_names import (
    NameTaken,
    NewAgency,
    read_agency,
    read_aliases,
    refuse_ambiguous_names,
    shown_agency,
    spelt_alike,
)
from workshop.programmes.frameworks import SUGGESTED_AGENCIES

NAMES = st.text(st.characters(categories=["L", "N"], include_characters=" &'-"), min_size=1).map(
    lambda words: " ".join(words.split())
)


@st.composite
def agencies(draw: st.DrawFn) -> NewAgency:
    """Agencies as ``read_agency`` leaves them."""
    name = draw(NAMES.filter(bool))
    aliases = read_aliases(", ".join(draw(st.lists(NAMES, max_size=4))), name)
    return read_agency(shown_agency(NewAgency(name, draw(NAMES) or None, aliases)))


@given(agencies())
def test_a_line_reads_back_as_the_same_agency(agency: NewAgency) -> None:
    assert read_agency(shown_agency(agency)) == agency


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("  Police ", NewAgency("Police")),
        ("Health: GP practice", NewAgency("GP practice", "Health")),
        (
            "Health:GP practice(also Primary  care,surgery)",
            NewAgency("GP practice", "Health", ("Primary care", "surgery")),
        ),
        ("Education (schools)", NewAgency("Education (schools)")),
        ("Police (Also the Constabulary, POLICE, PC, pc)", NewAgency("Police", None, ("the Constabulary", "PC"))),
        ("Police (also)", NewAgency("Police")),
        ("Police (alsoran)", NewAgency("Police (alsoran)")),
        (": Police", NewAgency("Police")),
        ("Health:", NewAgency("", "Health")),
    ],
)
def test_what_a_line_says(line: str, expected: NewAgency) -> None:
    assert read_agency(line) == expected


@given(st.text())
def test_any_line_is_read(line: str) -> None:
    agency = read_agency(line)
    assert "\n" not in agency.name
    assert agency.name.casefold() not in {alias.casefold() for alias in agency.aliases}


def test_the_suggested_agencies_are_unambiguous_and_survive_the_form() -> None:
    suggested = [NewAgency(*agency) for agency in SUGGESTED_AGENCIES]
    refuse_ambiguous_names(suggested)
    assert [read_agency(shown_agency(agency)) for agency in suggested] == suggested


@given(st.lists(agencies(), max_size=6))
def test_names_are_refused_exactly_when_one_means_two(found: list[NewAgency]) -> None:
    called = [name.casefold() for agency in found for name in (agency.name, *agency.aliases)]
    if len(called) == len(set(called)):
        refuse_ambiguous_names(found)
    else:
        with pytest.raises(NameTaken):
            refuse_ambiguous_names(found)


def test_a_parent_is_spelt_as_it_is_already() -> None:
    assert spelt_alike("hEALTH", [None, "Education", "Health"]) == "Health"
    assert spelt_alike("Justice", [None, "Health"]) == "Justice"
    assert spelt_alike(None, ["Health"]) is None
