"""What devices send, and the rules for what one transaction of the inbox takes: an answer for each submission."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, or_, select, update

from workshop.contributions.models import Contribution
from workshop.contributions.point_ids import new_ids
from workshop.facts import NotFound, Refused
from workshop.focus_groups.models import FocusGroup, Participant
from workshop.focus_groups.stage import is_open, takes_people_in
from workshop.focus_groups.writes import FocusGroupClosed, RoomMovedOn
from workshop.programmes.models import ColumnKind, Theme
from workshop.text import keyed_hash

MOST_KNOWN = 50_000
# Far above what any meeting writes: a script that has found the link does not write for ever. Imports do not ask.
MOST_POINTS = 200_000
NOT_JOINED = "This phone is no longer part of this group. Join again, then send your words once more."
CLOSED = "This group is closed, so this could not be saved."
FULL = "This group holds as many points as it can, so this could not be saved."
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
# In the table's order; a new point's others are null.
COLUMNS = (
    "id",
    "focus_group_id",
    "theme_id",
    "column",
    "participant_id",
    "client_id",
    "number",
    "text",
    "first_words",
    "words",
    "is_hidden",
    "is_held",
    "held_for",
    "was_reworded",
    "is_deleted",
    "revision",
    "created_at",
)
NewPoint = tuple[Any, ...]
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
_LOWER = (
    update(_groups)
    .where(_groups.c.id == bindparam("group"))
    .values(
        board_revision=_groups.c.board_revision - 1,
        projector_revision=_groups.c.projector_revision - 1,
        last_number=_groups.c.last_number - bindparam("points"),
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
        self._known = known
        self._writers: list[UUID | None] = []

    def raise_revisions(self) -> None:
        """Raise each group's revision, in id order: two processes never wait for one another crosswise."""
        for focus_group_id in sorted(self._counts):
            points = self._counts[focus_group_id]
            found = self._connection.execute(_RAISE, {"group": focus_group_id, "points": points})
            if row := found.first():
                self.groups[focus_group_id] = row

    def look_up(self) -> None:
        """Read who the tokens belong to and which themes the programmes have, as far as it is not known."""
        participants, themes = self._known.participants, self._known.themes
        if len(participants) + len(themes) > MOST_KNOWN:
            self._known.forget()
        shown = [(each.focus_group_id, each.token_hash) for each in self._submissions]
        if tokens := {token for group, token in shown if (group, token) not in participants}:
            query = select(_participants.c.id, _participants.c.focus_group_id, _participants.c.token_hash)
            for row in self._connection.execute(query.where(_participants.c.token_hash.in_(tokens))):
                participants[row.focus_group_id, row.token_hash] = row.id
        self._writers = [participants.get(each) for each in shown]
        if not {each.theme_id for each in self._submissions} <= themes.keys():
            programmes = {group.programme_id for group in self.groups.values()}
            query = select(_themes.c.id, _themes.c.programme_id).where(_themes.c.programme_id.in_(programmes))
            themes.update({row.id: row.programme_id for row in self._connection.execute(query)})

    def rows(self) -> dict[int, NewPoint]:
        """What to insert into ``COLUMNS``, by the submission's place in the batch: those that no rule refuses."""
        numbers = {
            focus_group_id: group.last_number - self._counts[focus_group_id]
            for focus_group_id, group in self.groups.items()
        }
        senders = [(each.focus_group_id, writer) for each, writer in zip(self._submissions, self._writers, strict=True)]
        ids, rows = new_ids(senders), dict[int, NewPoint]()
        for place, each in enumerate(self._submissions):
            if self._refusal(place):
                continue
            numbers[each.focus_group_id] += 1
            rows[place] = (
                ids[place],
                each.focus_group_id,
                each.theme_id,
                each.column,
                self._writers[place],
                each.client_id,
                numbers[each.focus_group_id],
                each.text,
                self._hashes[place],  # first_words
                self._hashes[place],  # words
                False,  # is_hidden
                bool(each.held_for),
                each.held_for,
                False,  # was_reworded
                False,  # is_deleted
                self.groups[each.focus_group_id].board_revision,
                self._at,
            )
        return rows

    def groups_with_news(self, inserted: Mapping[int, NewPoint]) -> set[UUID]:
        """The groups that got a point. The others' revisions are lowered again: what is refused or repeated is no news.

        Their rows are locked since they were raised, so nobody has seen it.
        """
        with_news = {self._submissions[place].focus_group_id for place in inserted}
        for focus_group_id in sorted(self.groups.keys() - with_news):
            self._connection.execute(_LOWER, {"group": focus_group_id, "points": self._counts[focus_group_id]})
        return with_news

    def outcomes(self, inserted: Mapping[int, NewPoint]) -> list[Saved | Refused]:
        """One answer a submission: what was stored now, what was stored before, or why not."""
        stored = self._stored_before(inserted)
        answers: list[Saved | Refused] = []
        for place, submission in enumerate(self._submissions):
            if (row := inserted.get(place)) is not None:
                answers.append(Saved(row[0], submission.text, is_new=True, is_held=bool(submission.held_for)))
            elif earlier := self._earlier(place, stored):
                answers.append(earlier)
            else:
                answers.append(self._refusal(place) or NotJoined(NOT_JOINED))
        return answers

    def _refusal(self, place: int) -> Refused | None:
        submission = self._submissions[place]
        group = self.groups.get(submission.focus_group_id)
        if group is None or self._writers[place] is None:
            return NotJoined(NOT_JOINED)
        if not is_open(group, self._at):
            return RoomMovedOn(MOVED_ON) if takes_people_in(group, self._at) else FocusGroupClosed(CLOSED)
        if self._known.themes.get(submission.theme_id) != group.programme_id:
            return NotFound(NO_THEME)
        if group.last_number > MOST_POINTS:
            return FocusGroupClosed(FULL)
        return None

    def _stored_before(self, inserted: Mapping[int, NewPoint]) -> list[Row[Any]]:
        """What stood in the way of an insert, and what a retry that comes after the closing was answered before."""
        places = [place for place, writer in enumerate(self._writers) if writer and place not in inserted]
        if not places:
            return []
        query = select(*_STORED).where(
            _contributions.c.participant_id.in_({self._writers[place] for place in places}),
            or_(
                _contributions.c.client_id.in_({self._submissions[place].client_id for place in places}),
                _contributions.c.words.in_({self._hashes[place] for place in places}),
            ),
        )
        return list(self._connection.execute(query))

    def _earlier(self, place: int, stored: list[Row[Any]]) -> Saved | SameIdOtherWords | None:
        submission, words = self._submissions[place], self._hashes[place]
        own = [row for row in stored if row.participant_id == self._writers[place]]
        for row in own:
            if row.client_id == submission.client_id:
                if words in {row.first_words, row.words}:
                    return Saved(row.id, row.text, is_new=False, is_held=row.is_held)
                return SameIdOtherWords(row.id, row.text)
        for row in own:
            if (row.theme_id, row.column, row.words) == (submission.theme_id, submission.column, words):
                return Saved(row.id, row.text, is_new=False, is_held=row.is_held)
        return None
