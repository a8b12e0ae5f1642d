"""Where a point came from, in words: only for a coordinator's page, since an agency beside words can be a signature."""

from collections.abc import Mapping
from uuid import UUID

from workshop.findings.evidence import Point, Voice

NOT_SAID = "preferred not to say"


def speaker(point: Point, voices: Mapping[UUID, Voice], agencies: Mapping[UUID, str]) -> str:
    """“Police”; “4 people: Hospital trust 2, GP practice 1, preferred not to say 1”; “from the room: Housing”.

    ``agencies``: names by id, in the programme's order.
    """
    if point.participant_id is None:
        agency = agencies.get(point.agency_id) if point.agency_id else None
        return f"from the room: {agency}" if agency else "from the room"
    voice = voices.get(point.participant_id, Voice())
    shares = [(name, people) for agency_id, name in agencies.items() if (people := voice.people.get(agency_id))]
    if voice.unsaid:
        shares.append((NOT_SAID, voice.unsaid))
    if voice.count == 1:
        return shares[0][0]
    if len(shares) == 1 and shares[0][0] != NOT_SAID:
        return f"{shares[0][0]}, {voice.count} people"
    return f"{voice.count} people: " + ", ".join(f"{name} {people}" for name, people in shares)
