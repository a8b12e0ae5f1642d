"""What a phone sends, cleaned or refused by field."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Self
from urllib.parse import parse_qsl
from uuid import UUID, uuid4

from workshop.facts import Refused
from workshop.focus_groups.models import Participant
from workshop.focus_groups.tables import MOST_TABLES
from workshop.focus_groups.writes import MOST_PEOPLE
from workshop.programmes.models import Agency, ColumnKind, Programme
from workshop.text import LONGEST_TEXT, normalised
from workshop.web.values import read_id, whole_number

UNSAID = "unsaid"
ROLES = {"practitioner": "Practitioner", "manager": "Manager"}
ANSWERS = {"yes": "Yes", "no": "No"}
MOST_FIELDS = 500
Errors = dict[str, str]


@dataclass(frozen=True, slots=True)
class Joining:
    """Whom a device speaks for, and at which table. ``client_id`` is the form's: sent twice, it joins once."""

    client_id: UUID
    people: dict[UUID, int]
    unsaid: int = 0
    role: str | None = None
    eligibility: str | None = None
    table: int | None = None


@dataclass
class JoinForm:
    """One person's phone."""

    client_id: str = ""
    agency: str = ""
    role: str = ""
    eligibility: str = ""
    table: str = ""

    @classmethod
    def empty(cls, table: str = "") -> Self:
        """For somebody new; ``table``: whose code led here."""
        return cls(client_id=str(uuid4()), table=shown_table(table))

    @classmethod
    def of(cls, participant: Participant, people: dict[UUID, int]) -> Self:
        """What the participant chose; no agency when the device speaks for several people."""
        agency = UNSAID if participant.unsaid == 1 and not people else ""
        if list(people.values()) == [1] and not participant.unsaid:
            agency = str(next(iter(people)))
        return cls(str(participant.client_id), agency, participant.role or "", participant.eligibility or "")

    def clean(self, agencies: Sequence[Agency], programme: Programme) -> tuple[Joining | None, Errors]:
        """Where from, and the optional answers; an unknown agency is as none."""
        known = {str(agency.id): agency.id for agency in agencies}
        if self.agency not in {*known, UNSAID}:
            return None, {"agency": "Choose where you are from, or “Prefer not to say”"}
        joining = Joining(
            client_id=id_or_new(self.client_id),
            people={} if self.agency == UNSAID else {known[self.agency]: 1},
            unsaid=int(self.agency == UNSAID),
            role=self.role if programme.asks_role and self.role in ROLES else None,
            eligibility=self.eligibility if programme.eligibility_question and self.eligibility in ANSWERS else None,
            table=read_table(self.table),
        )
        return joining, {}


@dataclass
class TableForm:
    """A table's device: a box with a number for each agency. ``values``: field → what was typed."""

    client_id: str
    values: dict[str, str]
    table: str = ""

    @classmethod
    def sent(cls, body: bytes) -> Self:
        """From a request's body."""
        values = read_form(body)
        return cls(values.pop("client_id", ""), values, values.pop("table", ""))

    @classmethod
    def of(cls, participant: Participant | None, people: dict[UUID, int], table: str = "") -> Self:
        """What the device's people are now, or an empty form; ``table``: whose code led here."""
        if participant is None:
            return cls(str(uuid4()), {}, shown_table(table))
        values = {field_of(agency_id): str(count) for agency_id, count in people.items()}
        return cls(
            str(participant.client_id), values | ({UNSAID: str(participant.unsaid)} if participant.unsaid else {})
        )

    def clean(self, agencies: Sequence[Agency]) -> tuple[Joining | None, Errors]:
        """How many people of which agency; at least one, at most 200."""
        fields = {field_of(agency.id): agency.id for agency in agencies}
        errors, counts = {}, {}
        for field in (*fields, UNSAID):
            typed = normalised(self.values.get(field, "")) or "0"
            if not (typed.isascii() and typed.isdecimal() and len(typed) <= len(str(MOST_PEOPLE))):
                errors[field] = "Enter how many people as a number, for example 2"
            else:
                counts[field] = int(typed)
        if not errors and not sum(counts.values()):
            errors[next(iter(fields), UNSAID)] = "Enter how many people are at your table"
        if not errors and sum(counts.values()) > MOST_PEOPLE:
            errors[next(iter(fields), UNSAID)] = f"Enter at most {MOST_PEOPLE} people altogether"
        if errors:
            return None, errors
        people = {agency_id: counts[field] for field, agency_id in fields.items() if counts[field]}
        return Joining(id_or_new(self.client_id), people, counts[UNSAID], table=read_table(self.table)), {}


def read_table(typed: str) -> int | None:
    """The number of a table, as an address or a form carries it; whether there is such a table is looked up later."""
    return whole_number(typed, MOST_TABLES) or None


def shown_table(typed: str) -> str:
    """The same as text, nothing when it is none."""
    return str(read_table(typed) or "")


@dataclass(frozen=True, slots=True)
class PointForm:
    """One point. ``typed`` is what was sent, ``text`` what would be kept of it; ``column`` is none when unknown.

    ``sure``: the marks of words that are meant although they seem to identify somebody.
    """

    typed: str
    text: str
    column: ColumnKind | None
    client_id: UUID
    sure: str = ""

    @classmethod
    def sent(cls, body: bytes) -> Self:
        """From a request's body: parsed here because the framework's own way costs a third of the throughput."""
        values = read_form(body)
        return cls._of(values, values.get("sure", ""))

    @classmethod
    def all_sent(cls, body: bytes) -> list[Self]:
        """One for each box of the theme's form that has words; when none has, the one whose button was tapped.

        Without a script the page's boxes are one form: each field comes once for each box, in the boxes' order.
        """
        pairs = read_pairs(body)
        if len(pairs) <= len(POINT_FIELDS):  # One point: what the script sends, and many at once.
            return [cls._of(dict(pairs))]
        once = dict(pairs)
        sure = once.get("sure", "")
        fields = ([value for name, value in pairs if name == field] for field in POINT_FIELDS)
        boxes = [cls._of(dict(zip(POINT_FIELDS, box, strict=True)), sure) for box in zip_longest(*fields, fillvalue="")]
        tapped = COLUMNS.get(once.get("tapped", ""))
        # A page has a box for each column. Whoever sends hundreds is no page, and would keep everybody waiting.
        filled = [box for box in boxes if box.text][: len(COLUMNS)]
        filled = filled or [box for box in boxes if box.column == tapped][:1]
        return filled or boxes[:1] or [cls._of({})]

    @classmethod
    def _of(cls, values: dict[str, str], sure: str = "") -> Self:
        typed = values.get("text", "")
        column, client_id = COLUMNS.get(values.get("column", "")), id_or_new(values.get("client_id", ""))
        return cls(typed, normalised(typed), column, client_id, sure)

    def checked_column(self) -> ColumnKind:
        """The box that it came from. Raises Refused when it cannot be kept as a new point."""
        if self.column is None:
            sentence = "This did not come from one of the boxes. Go back to the theme and write it there"
            raise Refused(sentence, "text")
        self.check_text()
        return self.column

    def check_text(self) -> None:
        """Raise Refused when the words cannot be kept."""
        if self.text_error:
            raise Refused(self.text_error, "text")

    @property
    def text_error(self) -> str:
        """What is wrong with the words, or nothing."""
        if not self.text:
            return "Write your point first"
        if (count := len(self.text)) > LONGEST_TEXT:
            return f"A point has at most {LONGEST_TEXT:,} characters, this one has {count:,}. Make several points of it"
        return ""


COLUMNS: dict[str, ColumnKind] = {kind.value: kind for kind in ColumnKind}
POINT_FIELDS = ("column", "client_id", "text")


def field_of(agency_id: UUID) -> str:
    """The name of an agency's box on the table's form."""
    return f"people-{agency_id}"


def read_form(body: bytes) -> dict[str, str]:
    """Field → value of a urlencoded form; the last one counts."""
    return dict(read_pairs(body))


def read_pairs(body: bytes) -> list[tuple[str, str]]:
    """Fields and values of a urlencoded form as they came. Bytes that are no UTF-8 become the replacement sign."""
    try:
        return parse_qsl(body.decode("latin-1"), keep_blank_values=True, errors="replace", max_num_fields=MOST_FIELDS)
    except ValueError:
        return []


def id_or_new(sent: str) -> UUID:
    """The id; a new one, which is nobody's yet, where none was sent."""
    return read_id(sent) or uuid4()
