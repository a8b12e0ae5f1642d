"""A programme as its file; what has been taken out of it."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.accounts.models import Account
from workshop.contributions.models import Contribution
from workshop.exports.models import ExportRecord
from workshop.exports.programme_file import (
    FORMAT,
    AgencyPart,
    ColumnPart,
    ContributionPart,
    FindingPart,
    FocusGroupPart,
    ParticipantPart,
    ProgrammeFile,
    RecommendationPart,
)
from workshop.exports.run_sheets import step_parts
from workshop.exports.scales_and_votes import answer_parts, me_too_places, scale_parts, vote_places
from workshop.findings.models import Finding
from workshop.findings.queries import findings_of
from workshop.focus_groups.facilitators import co_facilitators_of
from workshop.focus_groups.models import Attendance, FocusGroup, Participant
from workshop.focus_groups.queries import focus_groups_of, people_of_participants
from workshop.focus_groups.tables import tables_now
from workshop.programmes.models import Programme
from workshop.programmes.queries import agencies_of, columns_of, themes_of
from workshop.recommendations.queries import findings_of_recommendations, recommendations_of
from workshop.surveys.models import PracticeScale
from workshop.surveys.queries import scales_of


async def exports_of(db: AsyncSession, programme_id: UUID) -> list[tuple[ExportRecord, str | None]]:
    """The programme's export records, newest first, each with the account's name (none: the command line)."""
    query = (
        select(ExportRecord, Account.name)
        .join(Account, col(Account.id) == col(ExportRecord.account_id), isouter=True)
        .where(ExportRecord.programme_id == programme_id)
        .order_by(col(ExportRecord.made_at).desc())
    )
    return [(record, name) for record, name in await db.exec(query)]


async def programme_file_of(db: AsyncSession, programme: Programme) -> ProgrammeFile:
    """Everything of the programme. Deleted points are not in it; purged ones are, without words."""
    reading = await _Reading.begin(db, programme.id)
    groups = [await reading.focus_group(group) for group in reading.focus_groups]
    return msgspec.structs.replace(
        await set_up_file_of(db, programme),
        focus_groups=groups,
        findings=reading.finding_parts(),
        recommendations=await reading.recommendations(),
    )


async def set_up_file_of(db: AsyncSession, programme: Programme) -> ProgrammeFile:
    """How the programme is set up: the file without focus groups, findings and recommendations."""
    themes = {theme.id: theme.name for theme in await themes_of(db, programme.id)}
    return ProgrammeFile(
        format=FORMAT,
        title=programme.title,
        purpose=programme.purpose,
        minimum_count=programme.minimum_count,
        columns=[ColumnPart(kind=c.kind, question=c.question) for c in await columns_of(db, programme.id)],
        themes=list(themes.values()),
        agencies=[
            AgencyPart(name=agency.name, parent=agency.parent or "", aliases=agency.aliases)
            for agency in await agencies_of(db, programme.id)
        ],
        focus_groups=[],
        findings=[],
        recommendations=[],
        group_word=programme.group_word,
        eligibility_question=programme.eligibility_question,
        asks_role=programme.asks_role,
        controller=programme.controller,
        privacy_notice_url=programme.privacy_notice_url,
        safeguarding_contacts=programme.safeguarding_contacts,
        retention_days=programme.retention_days,
        is_flat_list=programme.is_flat_list,
        scales=scale_parts(await scales_of(db, programme.id), themes),
        previous=await _title(db, programme.previous_id),
    )


class _Reading:
    """The programme's rows by id, and where each stands in the file."""

    def __init__(self, db: AsyncSession, programme_id: UUID) -> None:
        self._db = db
        self._programme_id = programme_id
        self.themes: dict[UUID, str] = {}
        self._agencies: dict[UUID, str] = {}
        self.focus_groups: list[FocusGroup] = []
        self._findings: list[Finding] = []
        self._members: dict[UUID, list[tuple[float, tuple[int, int]]]] = {}
        self.scales: list[PracticeScale] = []
        self._votes: dict[UUID, list[int]] = {}

    @classmethod
    async def begin(cls, db: AsyncSession, programme_id: UUID) -> "_Reading":
        self = cls(db, programme_id)
        self.themes = {theme.id: theme.name for theme in await themes_of(db, programme_id)}
        self._agencies = {agency.id: agency.name for agency in await agencies_of(db, programme_id)}
        self.focus_groups = await focus_groups_of(db, programme_id)
        self._findings = await findings_of(db, programme_id)
        self.scales = await scales_of(db, programme_id)
        return self

    async def focus_group(self, group: FocusGroup) -> FocusGroupPart:
        """One group; notes which of its points are in which finding, and what got whose votes."""
        at = self.focus_groups.index(group)
        query = select(Participant).where(Participant.focus_group_id == group.id).order_by(col(Participant.number))
        participants = list(await self._db.exec(query))
        attendance = await self._db.exec(select(Attendance).where(Attendance.focus_group_id == group.id))
        places = {one.id: i for i, one in enumerate(participants)}
        contributions, points = await self._contributions(at, places)
        self._votes |= await vote_places(self._db, group.id, places)
        return FocusGroupPart(
            label=group.label or "",
            date=group.date.isoformat(),
            mode=group.mode,
            attendance=self._by_agency({row.agency_id: row.people for row in attendance}),
            participants=await self._participants(group, participants),
            contributions=contributions,
            time=group.starts_at.strftime("%H:%M") if group.starts_at else UNSET,
            place=group.place,
            meeting_link=group.meeting_link,
            facilitator=group.facilitator_email,
            open_from=_moment(group.open_from),
            open_until=_moment(group.open_until),
            words_deleted=_moment(group.purged_at),
            archived=_moment(group.archived_at),
            co_facilitators=await co_facilitators_of(self._db, group.id),
            tables=len(await tables_now(self._db, group.id)),
            run_sheet=await step_parts(self._db, group.id, self.themes),
            is_blind=group.is_blind,
            is_together=group.is_together,
            takes_late_points=group.takes_late_points,
            has_me_too=group.has_me_too,
            votes_each=group.votes_each,
            are_totals_shown=group.are_totals_shown,
            scale_answers=await answer_parts(self._db, group.id, self.scales, places, points),
        )

    def finding_parts(self) -> list[FindingPart]:
        """All findings, once every group has been read."""
        place = {finding.id: i for i, finding in enumerate(self._findings)}
        groups = {group.id: i for i, group in enumerate(self.focus_groups)}
        return [
            FindingPart(
                theme=self.themes[finding.theme_id],
                column=finding.column,
                heading=finding.heading,
                of=[pair for _, pair in sorted(self._members.get(finding.id, []))],
                focus_group=groups[finding.focus_group_id] if finding.focus_group_id else UNSET,
                parent=place[finding.parent_id] if finding.parent_id else UNSET,
                votes=self._votes.get(finding.id, []),
            )
            for finding in self._findings
        ]

    async def recommendations(self) -> list[RecommendationPart]:
        """All recommendations, those left out too."""
        place = {finding.id: i for i, finding in enumerate(self._findings)}
        behind = await findings_of_recommendations(self._db, self._programme_id)
        return [
            RecommendationPart(
                theme=self.themes[recommendation.theme_id] if recommendation.theme_id else None,
                text=recommendation.text,
                findings=[place[finding.id] for finding in behind.get(recommendation.id, [])],
                left_out=UNSET if recommendation.left_out is None else recommendation.left_out,
            )
            for recommendation in await recommendations_of(self._db, self._programme_id)
        ]

    async def _participants(self, group: FocusGroup, participants: Sequence[Participant]) -> list[ParticipantPart]:
        people = await people_of_participants(self._db, group.id)
        return [
            ParticipantPart(
                people=self._by_agency(people.get(one.id, {})),
                unsaid=one.unsaid,
                role=one.role or "",
                eligibility=one.eligibility or "",
                table=one.table_number or 0,
            )
            for one in participants
        ]

    async def _contributions(
        self, group: int, participants: dict[UUID, int]
    ) -> tuple[list[ContributionPart], dict[UUID, int]]:
        """The points, and the place of each by its id."""
        group_id = self.focus_groups[group].id
        query = select(Contribution).where(
            Contribution.focus_group_id == group_id, col(Contribution.is_deleted).is_(False)
        )
        me_too = await me_too_places(self._db, group_id, participants)
        parts, places = [], {}
        for i, row in enumerate(await self._db.exec(query.order_by(col(Contribution.number), col(Contribution.id)))):
            if row.finding_id:
                order = float("inf") if row.finding_position is None else row.finding_position
                self._members.setdefault(row.finding_id, []).append((order, (group, i)))
            places[row.id] = i
            parts.append(
                ContributionPart(
                    theme=self.themes[row.theme_id],
                    column=row.column,
                    by=participants[row.participant_id] if row.participant_id else UNSET,
                    agency=self._agencies[row.agency_id] if row.agency_id else UNSET,
                    text=row.text,
                    hidden=row.is_hidden,
                    held=row.is_held,
                    reworded=row.was_reworded,
                    me_too=me_too.get(row.id, []),
                )
            )
        return parts, places

    def _by_agency(self, people: dict[UUID, int]) -> dict[str, int]:
        return {name: people[agency_id] for agency_id, name in self._agencies.items() if agency_id in people}


async def _title(db: AsyncSession, programme_id: UUID | None) -> str | UnsetType:
    previous = await db.get(Programme, programme_id) if programme_id else None
    return previous.title if previous else UNSET


def _moment(at: dt.datetime | None) -> str | UnsetType:
    return at.astimezone(dt.UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z" if at else UNSET
