"""Pretend phones: they join, write, vote and answer, as the facilitator takes the room from step to step.

They go through the same doors as real ones (join_focus_group, the inbox), in the process that began the rehearsal. When
that process ends they are gone; beginning again brings them back.
"""

import asyncio
import contextlib
import random
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import structlog

from workshop.contributions.identifiers import held_for
from workshop.contributions.inbox import Inbox
from workshop.contributions.submissions import Submission
from workshop.database import Database, now
from workshop.facts import Refused
from workshop.findings.models import Finding
from workshop.findings.votes import ballot_of, cast_vote
from workshop.focus_groups.done import say_done
from workshop.focus_groups.models import FocusGroup, Participant, Phase, RunSheetStep
from workshop.focus_groups.stage import takes_people_in
from workshop.focus_groups.writes import join_focus_group
from workshop.programmes.models import Agency, ColumnKind, Theme
from workshop.programmes.queries import agencies_of, themes_of
from workshop.rehearsals.making import KEPT, forget_old_rehearsals
from workshop.rehearsals.words import NOT_LOWER, ONE_HIGHER, POINTS
from workshop.surveys.queries import Asked, asked_now
from workshop.surveys.spread import HIGHEST
from workshop.surveys.writes import Answer, answer_scale
from workshop.text import token_hash

PHONES = 12
AT_A_TABLE = 6
SHORTEST, LONGEST = 0.4, 1.4
# How often a phone that could write more is done instead.
TIRED = 0.15
SWEEP_EVERY = 900.0
log = structlog.get_logger()


@dataclass(slots=True)
class PretendPhone:
    """One of them: its participant, what it has written, the step it is done with, the scales' askings it answered."""

    token: str
    participant: Participant
    written: set[tuple[UUID, ColumnKind]] = field(default_factory=set)
    done_with: UUID | None = None
    answered: set[tuple[UUID, int]] = field(default_factory=set)


class PretendRoom:
    """The pretend phones of one rehearsal. ``chance`` decides who writes what, and when."""

    def __init__(self, database: Database, inbox: Inbox, focus_group_id: UUID, chance: random.Random) -> None:
        self._database = database
        self._inbox = inbox
        self._focus_group_id = focus_group_id
        self._chance = chance
        self._phones: list[PretendPhone] = []
        self._said: dict[tuple[UUID, ColumnKind], list[str]] = {}

    async def play(self) -> None:
        """Act every second or so until the rehearsal is removed."""
        while await self.take_turn():  # noqa: ASYNC110 (a pause between turns; nothing would set an event)
            await asyncio.sleep(self._chance.uniform(SHORTEST, LONGEST))

    async def take_turn(self) -> bool:
        """Let one phone do what the room's step asks for; whether the rehearsal is still there."""
        async with self._database.reading() as db:
            focus_group = await db.get(FocusGroup, self._focus_group_id)
            if focus_group is None:
                return False
            step = await db.get(RunSheetStep, focus_group.step_id) if focus_group.step_id else None
            themes = await themes_of(db, focus_group.programme_id)
            agencies = await agencies_of(db, focus_group.programme_id)
            asked = await asked_now(db, focus_group)
            findings = (await ballot_of(db, focus_group)).shown
        # The facilitator may end the rehearsal, close the group or remove a theme at any moment.
        with contextlib.suppress(Refused):
            if takes_people_in(focus_group, now()) and len(self._phones) < PHONES:
                await self._join(agencies)
            elif asked is not None:
                await self._answer(asked)
            elif focus_group.phase is Phase.GATHERING:
                await self._write(themes, step)
            elif focus_group.phase is Phase.PRIORITISING and findings:
                await self._vote(findings)
        return True

    async def _join(self, agencies: list[Agency]) -> None:
        token = f"pretend {uuid4()}"
        people = {self._chance.choice(agencies).id: 1} if agencies and self._chance.random() < 0.8 else {}  # noqa: PLR2004 (one in five would rather not say)
        if len(self._phones) == PHONES - 1:
            people = {agency.id: 2 for agency in agencies[: AT_A_TABLE // 2]}  # the last one is a table's
        async with self._database.writing() as db:
            participant = await join_focus_group(
                db,
                self._focus_group_id,
                client_id=uuid4(),
                token=token,
                people=people,
                unsaid=0 if people else 1,
            )
        self._phones.append(PretendPhone(token, participant))

    async def _write(self, themes: list[Theme], step: RunSheetStep | None) -> None:
        places = [
            (theme.id, column)
            for theme in themes
            for column in ColumnKind
            if _is_asked(step, theme.id, column) and self._left(theme.id, column)
        ]
        here = step.id if step else None
        writers = [
            (phone, place)
            for phone in self._phones
            for place in places
            if place not in phone.written and (here is None or phone.done_with != here)
        ]
        if not writers or (here and self._chance.random() < TIRED):
            await self._say_done(here)
            return
        phone, place = self._chance.choice(writers)
        phone.written.add(place)
        text = self._left(*place).pop()
        submission = Submission(self._focus_group_id, token_hash(phone.token), *place, uuid4(), text, held_for(text))
        await self._inbox.add(submission)

    async def _say_done(self, step_id: UUID | None) -> None:
        """One phone that is not done with the step says that it is."""
        phones = [phone for phone in self._phones if phone.done_with != step_id]
        if step_id is None or not phones:
            return
        phone = self._chance.choice(phones)
        phone.done_with = step_id
        async with self._database.writing() as db:
            await say_done(db, phone.participant, step_id, is_done=True)

    async def _answer(self, asked: Asked) -> None:
        """One phone that has not answered this asking does; each time a little higher, as far as the scale goes."""
        asking = (asked.scale.id, asked.asking)
        phones = [phone for phone in self._phones if asking not in phone.answered]
        if not phones:
            return
        phone = self._chance.choice(phones)
        phone.answered.add(asking)
        value = min(self._chance.choice((3, 4, 4, 5, 5, 6, 7)) + asked.asking - 1, HIGHEST)
        words = self._chance.choice(NOT_LOWER), self._chance.choice(ONE_HIGHER)
        async with self._database.writing() as db:
            await answer_scale(db, phone.participant, Answer(*asking, value, *words))

    async def _vote(self, findings: list[Finding]) -> None:
        """Some phone gives a vote; one that has none left is told so, as a person would be."""
        phone, finding = self._chance.choice(self._phones), self._chance.choice(findings)
        async with self._database.writing() as db:
            await cast_vote(db, phone.participant, finding.id, uuid4())

    def _left(self, theme_id: UUID, column: ColumnKind) -> list[str]:
        """What nobody has said in this place yet."""
        if (theme_id, column) not in self._said:
            self._said[theme_id, column] = self._chance.sample(POINTS[column], len(POINTS[column]))
        return self._said[theme_id, column]


class Rehearsals:
    """The rehearsals that this process plays."""

    def __init__(self, database: Database, inbox: Inbox) -> None:
        self._database = database
        self._inbox = inbox
        self._playing: dict[UUID, asyncio.Task[None]] = {}
        self._sweeping: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Remove what nobody ended, now and again."""
        self._sweeping = asyncio.create_task(self._sweep())

    async def stop(self) -> None:
        """End every pretend phone."""
        tasks = [*self._playing.values(), *([self._sweeping] if self._sweeping else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def play(self, focus_group_id: UUID) -> None:
        """Bring the pretend phones of a rehearsal in, unless they are there."""
        if focus_group_id in self._playing:
            return
        room = PretendRoom(self._database, self._inbox, focus_group_id, random.Random())  # noqa: S311 (make-believe)
        task = asyncio.create_task(asyncio.wait_for(room.play(), KEPT.total_seconds()))
        self._playing[focus_group_id] = task
        task.add_done_callback(lambda ended: self._ended(focus_group_id, ended))

    def _ended(self, focus_group_id: UUID, task: asyncio.Task[None]) -> None:
        self._playing.pop(focus_group_id, None)
        if not task.cancelled() and (problem := task.exception()):
            log.warning("rehearsal.failed", kind=type(problem).__name__)

    async def _sweep(self) -> None:
        while True:
            try:
                async with self._database.writing() as db:
                    await forget_old_rehearsals(db)
            except Exception:  # noqa: BLE001 (a database that is away for a moment must not end the sweeping)
                log.warning("rehearsal.database_away")
            await asyncio.sleep(SWEEP_EVERY)


def _is_asked(step: RunSheetStep | None, theme_id: UUID, column: ColumnKind) -> bool:
    """Whether the step asks for this: any theme where there is no step, or one that names none."""
    if step is None:
        return True
    return step.theme_id in {None, theme_id} and step.column in {None, column}
