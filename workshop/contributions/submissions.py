"""What devices send, and the rules for what one transaction of the inbox takes: an answer for each submission."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, Row, bindparam, or_, select, update

from workshop.contributions.models import Contribution
from workshop.facts import NotFound, Refused
from workshop.focus_groups.models import FocusGroup, Participant
from workshop.focus_groups.stage import is_open, takes_people_in
from workshop.focus_groups.writes import FocusGroupClosed, RoomMovedOn
from workshop.programmes.models import ColumnKind, Theme
from workshop.text import keyed_hash

MOST_KNOWN = 50_000
NOT_JOINED = "This phone is no longer part of this group. Join again, then send your words once more."
CLOSED = "This group is closed, so this could not be saved."
MOVED_ON = "The room has moved on, so this could not be saved."
NO_THEME = "This theme is no longer part of the programme. Go back to the list of themes."

_groups = FocusGroup.__table__  # type: ignore[attr-defined]
_themes = Theme.__table__  # type: ignore[attr-defined]
_participants = Participant.__table__  # type: ignore[attr-defined]
_contributions = Contribution.__table__  # type: ignore[attr-defined]
_STORED = (
    _contributions.c.id,
    _contributions.c.participant_id,
    _contributions.c.client_id,
    _contributions.c.theme_id,
    _contributions.c.column,
    _contributions.c.text,
    _contributions.c.words,
    _contributions.c.first_words,
    _contributions.c.is_deleted,
    _contributions.c.is_held,
)
_RAISE = (
    update(_groups)
    .where(_groups.c.id == bindparam("group"))
    .values(
        board_revision=_groups.c.board_revision + 1,
        projector_revision=_groups.c.projector_revision + 1,
        last_number=_groups.c.last_number + bindparam("points"),
    )
    .returning(
        _groups.c.programme_id,
        _groups.c.phase,
        _groups.c.open_from,
        _groups.c.open_until,
        _groups.c.gathering_ended_at,
        _groups.c.takes_late_points,
        _groups.c.board_revision,
        _groups.c.projector_revision,
        _groups.c.last_number,
    )
)


class NotJoined(Refused):
    """The device is not, or no longer, a participant of this focus group."""


class SameIdOtherWords(Refused):
    """The form's id was used for other words. ``stored`` is what is kept, null when it was deleted since."""

    def __init__(self, contribution_id: UUID, stored: str | None) -> None:
        super().__init__("This form has already saved other words. Keep both, or leave it as it is.", "text")
        self.contribution_id = contribution_id
        self.stored = stored


@dataclass(frozen=True, slots=True)
class Submission:
    """What a device sends: who it is (the hash of its token), where, what. ``text`` is normalised already.

    ``held_for``: why the facilitator is to look at it before anybody else reads it, empty when nothing was found.
    """

    focus_group_id: UUID
    token_hash: bytes
    theme_id: UUID
    column: ColumnKind
    client_id: UUID
    text: str
    held_for: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """What the database holds after the commit. ``text`` is null when the participant has deleted the point since."""

    contribution_id: UUID
    text: str | None
    is_new: bool
    is_held: bool = False


@dataclass(slots=True)
class Known:
    """What earlier transactions looked up: whose token it is, and which programme a theme belongs to.

    Neither ever changes. A participant that is gone takes its group along, or its words' time is over and the group is
    closed, which each transaction reads anew. A theme that another process removed makes the insert fail, upon which
    the inbox forgets everything and looks again.
    """

    participants: dict[tuple[UUID, bytes], UUID] = field(default_factory=dict)
    themes: dict[UUID, UUID] = field(default_factory=dict)

    def forget(self) -> None:
        """Look everything up again."""
        self.participants.clear()
        self.themes.clear()


class Batch:
    """The rules for what one transaction takes."""

    def __init__(
        self, connection: Connection, submissions: list[Submission], known: Known, key: bytes, at: datetime
    ) -> None:
        self._connection = connection
        self._submissions = submissions
        self._hashes = [keyed_hash(key, submission.text) for submission in submissions]
        self._at = at
        self._counts = Counter(submission.focus_group_id for submission in submissions)
        self.groups: dict[UUID, Any] = {}
        self._participants = known.participants
        self._themes = known.themes

    def raise_revisions(self) -> None:
        """Raise each group's revision, in id order: two processes never wait for one another crosswise."""
        for focus_group_id in sorted(self._counts):
            points = self._counts[focus_group_id]
            found = self._connection.execute(_RAISE, {"group": focus_group_id, "points": points})
            if row := found.first():
                self.groups[focus_group_id] = row

    def look_up(self) -> None:
        """Read who the tokens belong to and which themes the programmes have, as far as it is not known."""
        if len(self._participants) + len(self._themes) > MOST_KNOWN:
            self._participants.clear()
            self._themes.clear()
        if tokens := {each.token_hash for each in self._submissions if self._participant(each) is None}:
            query = select(_participants.c.id, _participants.c.focus_group_id, _participants.c.token_hash)
            for row in self._connection.execute(query.where(_participants.c.token_hash.in_(tokens))):
                self._participants[row.focus_group_id, row.token_hash] = row.id
        if not {each.theme_id for each in self._submissions} <= self._themes.keys():
            programmes = {group.programme_id for group in self.groups.values()}
            themes = select(_themes.c.id, _themes.c.programme_id).where(_themes.c.programme_id.in_(programmes))
            self._themes.update({row.id: row.programme_id for row in self._connection.execute(themes)})

    def rows(self) -> dict[int, dict[str, Any]]:
        """What to insert, by the submission's place in the batch: those that no rule refuses."""
        numbers = {
            focus_group_id: group.last_number - self._counts[focus_group_id]
            for focus_group_id, group in self.groups.items()
        }
        rows: dict[int, dict[str, Any]] = {}
        for place, submission in enumerate(self._submissions):
            if self._refusal(submission):
                continue
            numbers[submission.focus_group_id] += 1
            rows[place] = {
                "id": uuid4(),
                "focus_group_id": submission.focus_group_id,
                "theme_id": submission.theme_id,
                "column": submission.column,
                "participant_id": self._participant(submission),
                "agency_id": None,
                "client_id": submission.client_id,
                "number": numbers[submission.focus_group_id],
                "text": submission.text,
                "first_words": self._hashes[place],
                "words": self._hashes[place],
                "is_hidden": False,
                "is_held": bool(submission.held_for),
                "held_for": submission.held_for,
                "is_deleted": False,
                "revision": self.groups[submission.focus_group_id].board_revision,
                "created_at": self._at,
                "finding_id": None,
            }
        return rows

    def outcomes(self, rows: dict[int, dict[str, Any]], inserted: set[UUID]) -> list[Saved | Refused]:
        """One answer a submission: what was stored now, what was stored before, or why not."""
        stored = self._stored_before(rows, inserted)
        answers: list[Saved | Refused] = []
        for place, submission in enumerate(self._submissions):
            row = rows.get(place)
            if row is not None and row["id"] in inserted:
                answers.append(Saved(row["id"], submission.text, is_new=True, is_held=row["is_held"]))
            elif earlier := self._earlier(place, stored):
                answers.append(earlier)
            else:
                answers.append(self._refusal(submission) or NotJoined(NOT_JOINED))
        return answers

    def _participant(self, submission: Submission) -> UUID | None:
        return self._participants.get((submission.focus_group_id, submission.token_hash))

    def _refusal(self, submission: Submission) -> Refused | None:
        group = self.groups.get(submission.focus_group_id)
        if group is None or self._participant(submission) is None:
            return NotJoined(NOT_JOINED)
        if not is_open(group, self._at):
            return RoomMovedOn(MOVED_ON) if takes_people_in(group, self._at) else FocusGroupClosed(CLOSED)
        if self._themes.get(submission.theme_id) != group.programme_id:
            return NotFound(NO_THEME)
        return None

    def _stored_before(self, rows: dict[int, dict[str, Any]], inserted: set[UUID]) -> list[Row[Any]]:
        """What stood in the way of an insert, and what a retry that comes after the closing was answered before."""
        places = [
            place
            for place, submission in enumerate(self._submissions)
            if self._participant(submission) and (place not in rows or rows[place]["id"] not in inserted)
        ]
        if not places:
            return []
        query = select(*_STORED).where(
            _contributions.c.participant_id.in_({self._participant(self._submissions[place]) for place in places}),
            or_(
                _contributions.c.client_id.in_({self._submissions[place].client_id for place in places}),
                _contributions.c.words.in_({self._hashes[place] for place in places}),
            ),
        )
        return list(self._connection.execute(query))

    def _earlier(self, place: int, stored: list[Row[Any]]) -> Saved | SameIdOtherWords | None:
        submission, words = self._submissions[place], self._hashes[place]
        own = [row for row in stored if row.participant_id == self._participant(submission)]
        for row in own:
            if row.client_id == submission.client_id:
                if words in {row.first_words, row.words}:
                    return Saved(row.id, row.text, is_new=False, is_held=row.is_held)
                return SameIdOtherWords(row.id, row.text)
        for row in own:
            if (row.theme_id, row.column, row.words) == (submission.theme_id, submission.column, words):
                return Saved(row.id, row.text, is_new=False, is_held=row.is_held)
        return None
