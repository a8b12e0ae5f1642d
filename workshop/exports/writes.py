"""A programme file becomes a programme; every export leaves a record."""

import datetime as dt
from uuid import UUID, uuid4

from msgspec import UnsetType
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.contributions.models import Contribution, MeToo
from workshop.database import now
from workshop.days import london_day
from workshop.exports.models import ExportRecord
from workshop.exports.programme_file import ContributionPart, FocusGroupPart, ProgrammeFile
from workshop.exports.reading import UnfitFile
from workshop.exports.run_sheets import steps_from
from workshop.exports.scales_and_votes import made_answers, made_scales, made_votes
from workshop.findings.models import Finding, PriorityVote
from workshop.focus_groups.models import (
    Attendance,
    BreakoutTable,
    CoFacilitator,
    FocusGroup,
    Participant,
    ParticipantPeople,
    Phase,
    RunSheetStep,
)
from workshop.programmes.models import Agency, Programme, ProgrammeColumn, Theme
from workshop.programmes.writes import TitleTaken, refuse_taken_title
from workshop.recommendations.models import Recommendation, RecommendationFinding
from workshop.surveys.models import ScaleAnswer


async def record_export(db: AsyncSession, programme_id: UUID, kind: str, account_id: UUID | None) -> ExportRecord:
    """Note who takes what out (``account_id`` null: the command line), before the file leaves."""
    record = ExportRecord(programme_id=programme_id, account_id=account_id, kind=kind)
    db.add(record)
    return record


async def import_programme(db: AsyncSession, partnership_id: UUID, file: ProgrammeFile) -> Programme:
    """A new programme with all that is in ``file``; its groups are closed, their join links new.

    The days until the words are deleted count from today: a file from years ago would otherwise be purged at once.
    Raises UnfitFile when the title is taken or the programme before it is not here.
    """
    programme = await _new_programme(db, partnership_id, file)
    db.add(programme)
    await db.flush()  # its id is a foreign key of what follows
    making = _Making(programme.id, file)
    db.add_all([*making.columns, *making.themes.values(), *making.agencies.values()])
    await db.flush()  # as above: SQLAlchemy cannot tell, since no relationship says so
    making.make_focus_groups()
    db.add_all(making.focus_groups)
    await db.flush()
    making.make_participants()
    making.make_findings()
    db.add_all(
        [
            *making.co_facilitators,
            *making.tables,
            *making.steps,
            *making.attendance,
            *(one for group in making.participants for one in group),
            *making.findings,
            *making.scales,
        ]
    )
    await db.flush()
    for finding, part in zip(making.findings, file.findings, strict=True):
        if isinstance(part.parent, int):
            finding.parent_id = making.findings[part.parent].id
    making.make_contributions()
    making.make_recommendations()
    db.add_all([*making.people, *making.contributions, *making.recommendations])
    await db.flush()
    db.add_all([*making.evidence, *making.answers, *making.votes])
    await db.flush()
    return programme


async def _new_programme(db: AsyncSession, partnership_id: UUID, file: ProgrammeFile) -> Programme:
    problems: list[str] = []
    try:
        await refuse_taken_title(db, partnership_id, file.title)
    except TitleTaken as problem:
        problems.append(f"title: {problem}")
    previous_id = None
    if isinstance(file.previous, str):
        query = select(Programme.id).where(Programme.partnership_id == partnership_id, Programme.title == file.previous)
        previous_id = (await db.exec(query)).first()
        if previous_id is None:
            problems.append(
                f'previous: there is no programme "{file.previous}" here. Import it first, or drop the key.'
            )
    if problems:
        raise UnfitFile(problems)
    return Programme(
        partnership_id=partnership_id,
        title=file.title,
        purpose=file.purpose,
        group_word=file.group_word,
        eligibility_question=file.eligibility_question,
        asks_role=file.asks_role,
        controller=file.controller,
        privacy_notice_url=file.privacy_notice_url,
        safeguarding_contacts=file.safeguarding_contacts,
        retention_days=file.retention_days,
        minimum_count=file.minimum_count,
        is_flat_list=file.is_flat_list,
        previous_id=previous_id,
    )


class _Making:
    """The rows of one import, by the indexes and names with which the file's parts refer to one another."""

    def __init__(self, programme_id: UUID, file: ProgrammeFile) -> None:
        self._programme_id = programme_id
        self._file = file
        self._today = london_day(now())
        self.columns = [
            ProgrammeColumn(programme_id=programme_id, kind=part.kind, question=part.question, position=i)
            for i, part in enumerate(file.columns)
        ]
        self.themes = {
            name: Theme(programme_id=programme_id, name=name, position=i) for i, name in enumerate(file.themes)
        }
        self.agencies = {
            part.name: Agency(
                programme_id=programme_id,
                name=part.name,
                parent=part.parent or None,
                aliases=list(part.aliases),
                position=i,
            )
            for i, part in enumerate(file.agencies)
        }
        self.focus_groups: list[FocusGroup] = []
        self.attendance: list[Attendance] = []
        self.participants: list[list[Participant]] = []
        self.people: list[ParticipantPeople] = []
        self.findings: list[Finding] = []
        self.co_facilitators: list[CoFacilitator] = []
        self.tables: list[BreakoutTable] = []
        self.steps: list[RunSheetStep] = []
        self.contributions: list[Contribution] = []
        self.recommendations: list[Recommendation] = []
        self.evidence: list[RecommendationFinding] = []
        self.scales = made_scales(programme_id, file, self.themes)
        self.answers: list[ScaleAnswer | MeToo] = []
        self.votes: list[PriorityVote] = []

    def make_focus_groups(self) -> None:
        """All groups: closed, as of today."""
        for i, part in enumerate(self._file.focus_groups):
            self.focus_groups.append(
                FocusGroup(
                    programme_id=self._programme_id,
                    position=i,
                    label=part.label or None,
                    date=dt.date.fromisoformat(part.date),
                    starts_at=dt.time.fromisoformat(part.time) if isinstance(part.time, str) else None,
                    mode=part.mode,
                    place=part.place,
                    meeting_link=part.meeting_link,
                    # A sign-in's address is in lower case: whoever bears it sees this group.
                    facilitator_email=part.facilitator.lower(),
                    phase=Phase.CLOSED,
                    open_from=_moment(part.open_from),
                    open_until=_moment(part.open_until),
                    last_open_on=self._today,
                    last_number=len(part.contributions),
                    last_participant=len(part.participants),
                    archived_at=_moment(part.archived),
                    purged_at=_moment(part.words_deleted),
                    is_blind=part.is_blind,
                    is_together=part.is_together,
                    takes_late_points=part.takes_late_points,
                    has_me_too=part.has_me_too,
                    votes_each=part.votes_each,
                    are_totals_shown=part.are_totals_shown,
                )
            )

    def make_participants(self) -> None:
        """Who was there: no device is linked to any of them."""
        for group, part in zip(self.focus_groups, self._file.focus_groups, strict=True):
            self.co_facilitators += [
                CoFacilitator(focus_group_id=group.id, email=email)
                for email in sorted({email.lower() for email in part.co_facilitators})
            ]
            self.tables += [
                BreakoutTable(focus_group_id=group.id, number=number) for number in range(1, part.tables + 1)
            ]
            self.steps += steps_from(group, part, self.themes)
            self.attendance += [
                Attendance(focus_group_id=group.id, agency_id=self.agencies[name].id, people=people)
                for name, people in part.attendance.items()
            ]
            self.participants.append(_participants(group, part))
            self.people += [
                ParticipantPeople(participant_id=one.id, agency_id=self.agencies[name].id, people=people)
                for one, spoken_for in zip(self.participants[-1], part.participants, strict=True)
                for name, people in spoken_for.people.items()
            ]

    def make_findings(self) -> None:
        """All findings, not yet under their parents."""
        for i, part in enumerate(self._file.findings):
            room = self.focus_groups[part.focus_group].id if isinstance(part.focus_group, int) else None
            self.findings.append(
                Finding(
                    programme_id=self._programme_id,
                    theme_id=self.themes[part.theme].id,
                    column=part.column,
                    focus_group_id=room,
                    heading=part.heading,
                    position=i,
                )
            )

    def make_contributions(self) -> None:
        """All points, each in its finding; what was answered to scales, said of points and voted for."""
        found = {pair: (i, j) for i, part in enumerate(self._file.findings) for j, pair in enumerate(part.of)}
        for g, group in enumerate(self._file.focus_groups):
            points = [self._contribution(g, c, part) for c, part in enumerate(group.contributions)]
            for c, point in enumerate(points):
                if place := found.get((g, c)):
                    point.finding_id, point.finding_position = self.findings[place[0]].id, place[1]
            self.contributions += points
            self.answers += made_answers(group, self.focus_groups[g], self.scales, self.participants[g], points)
        for finding, of in zip(self.findings, self._file.findings, strict=True):
            self.votes += made_votes(of, finding, self.participants)

    def make_recommendations(self) -> None:
        """All recommendations with their evidence."""
        for i, part in enumerate(self._file.recommendations):
            recommendation = Recommendation(
                programme_id=self._programme_id,
                theme_id=self.themes[part.theme].id if part.theme is not None else None,
                text=part.text,
                position=i,
                left_out=part.left_out if isinstance(part.left_out, str) else None,
            )
            self.recommendations.append(recommendation)
            self.evidence += [
                RecommendationFinding(
                    recommendation_id=recommendation.id, finding_id=self.findings[finding].id, position=j
                )
                for j, finding in enumerate(part.findings)
            ]

    def _contribution(self, group: int, number: int, part: ContributionPart) -> Contribution:
        # No keyed hash of the words: no device can send or edit them any more.
        return Contribution(
            focus_group_id=self.focus_groups[group].id,
            theme_id=self.themes[part.theme].id,
            column=part.column,
            participant_id=self.participants[group][part.by].id if isinstance(part.by, int) else None,
            agency_id=self.agencies[part.agency].id if isinstance(part.agency, str) else None,
            client_id=uuid4(),
            number=number + 1,
            text=part.text,
            is_hidden=part.hidden,
            is_held=part.held,
            was_reworded=part.reworded,
            revision=0,
        )


def _participants(group: FocusGroup, part: FocusGroupPart) -> list[Participant]:
    return [
        Participant(
            focus_group_id=group.id,
            client_id=uuid4(),
            number=number,
            unsaid=participant.unsaid,
            role=participant.role or None,
            eligibility=participant.eligibility or None,
            table_number=participant.table or None,
        )
        for number, participant in enumerate(part.participants, start=1)
    ]


def _moment(written: str | UnsetType) -> dt.datetime | None:
    return dt.datetime.fromisoformat(written) if isinstance(written, str) else None
