"""People are counted once by participant, points without one as points only, agencies by name and by parent."""

from collections.abc import Sequence
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from workshop.findings.evidence import AgencyEvidence, Evidence, Point, Voice, evidence_in
from workshop.findings.speakers import speaker
from workshop.programmes.models import Agency, ColumnKind

PROGRAMME, THEME, GROUP, OTHER_GROUP = uuid4(), uuid4(), uuid4(), uuid4()
POLICE, GP, TRUST, HOUSING = (
    Agency(programme_id=PROGRAMME, name=name, parent=parent, position=place)
    for place, (name, parent) in enumerate(
        [("Police", None), ("GP practice", "Health"), ("Hospital trust", "Health"), ("Housing", None)]
    )
)
AGENCIES = [POLICE, GP, TRUST, HOUSING]


def a_point(participant: UUID | None = None, agency: Agency | None = None, group: UUID = GROUP) -> Point:
    return Point(
        id=uuid4(),
        focus_group_id=group,
        theme_id=THEME,
        column=ColumnKind.NEEDS_TO_HAPPEN,
        participant_id=participant,
        agency_id=agency.id if agency else None,
        finding_id=None,
        number=1,
        text="Send minutes.",
    )


def test_a_participant_counts_once_however_many_points() -> None:
    ann, table = uuid4(), uuid4()
    voices = {ann: Voice(0, {POLICE.id: 1}), table: Voice(2, {GP.id: 1, TRUST.id: 3}), uuid4(): Voice(9, {})}
    points = [a_point(ann), a_point(ann), a_point(table), a_point(None, TRUST, OTHER_GROUP), a_point(None)]
    assert evidence_in(points, voices, AGENCIES) == Evidence(
        points=5,
        people=7,
        focus_groups=(GROUP, OTHER_GROUP),
        agencies=(
            AgencyEvidence("Police", 1, 2),
            AgencyEvidence(
                "Health", 4, 2, (AgencyEvidence("GP practice", 1, 1), AgencyEvidence("Hospital trust", 3, 2))
            ),
        ),
    )


def test_an_agency_named_like_its_parent_is_one_family() -> None:
    health = Agency(programme_id=PROGRAMME, name="Health", parent=None, position=9)
    points = [a_point(None, health), a_point(None, GP)]
    (family,) = evidence_in(points, {}, [*AGENCIES, health]).agencies
    assert (family.name, family.people, family.points, len(family.parts)) == ("Health", 0, 2, 2)


@st.composite
def rooms(draw: st.DrawFn) -> tuple[list[Point], dict[UUID, Voice]]:
    """Points by any of some participants, or by nobody."""
    shares = st.dictionaries(st.sampled_from([each.id for each in AGENCIES]), st.integers(1, 6))
    voices = {uuid4(): Voice(draw(st.integers(0, 5)), draw(shares)) for _ in range(draw(st.integers(0, 5)))}
    authors: Sequence[UUID | None] = [None, *voices]
    points = []
    for _ in range(draw(st.integers(0, 12))):
        author = draw(st.sampled_from(authors))
        agency = draw(st.sampled_from([None, *AGENCIES])) if author is None else None
        points.append(a_point(author, agency, draw(st.sampled_from([GROUP, OTHER_GROUP]))))
    return points, voices


@given(rooms())
def test_sums_agree_whatever_is_said_twice(room: tuple[list[Point], dict[UUID, Voice]]) -> None:
    points, voices = room
    evidence = evidence_in([*points, *points], voices, AGENCIES)
    assert evidence == evidence_in(points, voices, AGENCIES)
    heard = {point.participant_id for point in points if point.participant_id}
    assert evidence.people == sum(voices[each].unsaid + sum(voices[each].people.values()) for each in heard)
    assert evidence.people == sum(each.people for each in evidence.agencies) + sum(voices[e].unsaid for e in heard)
    for family in evidence.agencies:
        assert family.points <= len(points)
        if family.parts:
            assert family.people == sum(part.people for part in family.parts)
            assert max(part.points for part in family.parts) <= family.points <= sum(p.points for p in family.parts)


def test_where_a_point_came_from_in_words() -> None:
    ann, quiet, table, pair = (uuid4() for _ in range(4))
    voices = {
        ann: Voice(0, {POLICE.id: 1}),
        quiet: Voice(1, {}),
        table: Voice(1, {TRUST.id: 3, GP.id: 1}),
        pair: Voice(0, {POLICE.id: 2}),
    }
    names = {agency.id: agency.name for agency in AGENCIES}
    said = [speaker(a_point(each), voices, names) for each in (ann, quiet, table, pair, None)]
    assert said == [
        "Police",
        "preferred not to say",
        "5 people: GP practice 1, Hospital trust 3, preferred not to say 1",
        "Police, 2 people",
        "from the room",
    ]
    assert speaker(a_point(None, HOUSING), voices, names) == "from the room: Housing"
