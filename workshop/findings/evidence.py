"""What stands behind a finding or a recommendation: how many points, how many people, from which groups and agencies.

People are counted by participant, each once, however many points they wrote. A participant speaks for all the people of
its device, those who would rather not say where they are from included. A point from the room has no participant: it
counts as a point only. A point from a table counts for each agency at that table, and for their parents once.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from workshop.programmes.models import Agency, ColumnKind


@dataclass(frozen=True, slots=True)
class Point:
    """A contribution as evidence. ``text`` is null once the words are gone; the point still counts."""

    id: UUID
    focus_group_id: UUID
    theme_id: UUID
    column: ColumnKind
    participant_id: UUID | None
    agency_id: UUID | None
    finding_id: UUID | None
    number: int
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Voice:
    """Whom a participant speaks for: agency id → people, and how many would rather not say.

    ``agrees``: the points of others to which it said “me too”; ``votes``: finding id → its priority votes.
    """

    unsaid: int = 0
    people: Mapping[UUID, int] = field(default_factory=dict)
    agrees: frozenset[UUID] = frozenset()
    votes: Mapping[UUID, int] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many people it speaks for."""
        return self.unsaid + sum(self.people.values())


@dataclass(frozen=True, slots=True)
class AgencyEvidence:
    """One agency's share, or a parent's over several. ``people`` may be 0: points from the room have nobody."""

    name: str
    people: int
    points: int
    parts: tuple["AgencyEvidence", ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """The numbers behind something. ``agencies``: in the programme's order, those under a parent within it.

    ``more``: the people who wrote none of the points but said “me too” to one at least; ``votes``: those given to the
    findings that the points are in; a device's vote is one, whoever it speaks for.
    """

    points: int = 0
    people: int = 0
    focus_groups: tuple[UUID, ...] = ()
    agencies: tuple[AgencyEvidence, ...] = ()
    more: int = 0
    votes: int = 0


NOTHING = Evidence()


def evidence_in(points: Iterable[Point], voices: Mapping[UUID, Voice], agencies: Sequence[Agency]) -> Evidence:
    """Count ``points``; ``voices`` by participant id, ``agencies`` of the programme in its order."""
    points = list({point.id: point for point in points}.values())
    heard = {
        point.participant_id: voices.get(point.participant_id, Voice()) for point in points if point.participant_id
    }
    ids, findings = {point.id for point in points}, {point.finding_id for point in points}
    return Evidence(
        points=len(points),
        people=sum(voice.count for voice in heard.values()),
        focus_groups=tuple(dict.fromkeys(point.focus_group_id for point in points)),
        agencies=_by_agency(points, heard, agencies),
        more=sum(voice.count for who, voice in voices.items() if who not in heard and not ids.isdisjoint(voice.agrees)),
        votes=sum(
            votes for voice in voices.values() for finding_id, votes in voice.votes.items() if finding_id in findings
        ),
    )


def agencies_of_point(point: Point, voices: Mapping[UUID, Voice]) -> frozenset[UUID]:
    """The agencies that a point came from: none, one, or several for a table's device."""
    if point.participant_id is None:
        return frozenset({point.agency_id} if point.agency_id else ())
    return frozenset(voices.get(point.participant_id, Voice()).people)


def _by_agency(
    points: Sequence[Point], heard: Mapping[UUID, Voice], agencies: Sequence[Agency]
) -> tuple[AgencyEvidence, ...]:
    ids_of: dict[UUID, set[UUID]] = {}
    for point in points:
        for agency_id in agencies_of_point(point, heard):
            ids_of.setdefault(agency_id, set()).add(point.id)
    people = {agency.id: sum(voice.people.get(agency.id, 0) for voice in heard.values()) for agency in agencies}
    present = [agency for agency in agencies if agency.id in ids_of]
    families: dict[str, list[Agency]] = {}
    for agency in present:
        families.setdefault(agency.parent or agency.name, []).append(agency)
    return tuple(_family(name, members, people, ids_of) for name, members in families.items())


def _family(
    name: str, members: Sequence[Agency], people: Mapping[UUID, int], ids_of: Mapping[UUID, set[UUID]]
) -> AgencyEvidence:
    parts = tuple(AgencyEvidence(each.name, people[each.id], len(ids_of[each.id])) for each in members)
    if len(parts) == 1 and parts[0].name == name:
        return parts[0]
    points: set[UUID] = set().union(*(ids_of[each.id] for each in members))
    return AgencyEvidence(name, sum(part.people for part in parts), len(points), parts)
