"""Practice scales, their answers, votes and “me too” in the programme file: read, checked and made into rows again."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID, uuid4

from msgspec import UNSET
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.contributions.models import Contribution, MeToo
from workshop.exports.programme_file import (
    FindingPart,
    FocusGroupPart,
    ProgrammeFile,
    ScaleAnswerPart,
    ScalePart,
)
from workshop.findings.models import Finding, PriorityVote
from workshop.focus_groups.models import FocusGroup, Participant
from workshop.programmes.models import ColumnKind, Theme
from workshop.surveys.models import PracticeScale, ScaleAnswer

Places = Mapping[UUID, int]


def scale_parts(scales: Sequence[PracticeScale], themes: Mapping[UUID, str]) -> list[ScalePart]:
    """The programme's scales in their order. ``themes``: names by id."""
    return [
        ScalePart(
            theme=themes[scale.theme_id] if scale.theme_id else UNSET,
            question=scale.question,
            lowest=scale.lowest,
            highest=scale.highest,
        )
        for scale in scales
    ]


async def answer_parts(
    db: AsyncSession, focus_group_id: UUID, scales: Sequence[PracticeScale], participants: Places, points: Places
) -> list[ScaleAnswerPart]:
    """A group's answers by scale, asking and participant. ``participants``, ``points``: id → place in the file."""
    place = {scale.id: i for i, scale in enumerate(scales)}
    query = select(ScaleAnswer).where(ScaleAnswer.focus_group_id == focus_group_id)
    parts = [
        ScaleAnswerPart(
            scale=place[answer.scale_id],
            asking=answer.asking,
            by=participants[answer.participant_id],
            value=answer.value,
            not_lower=answer.not_lower or "",
            one_higher=answer.one_higher or "",
            # A point that its author deleted is not in the file.
            point=points.get(answer.taken_over_as, UNSET) if answer.taken_over_as else UNSET,
        )
        for answer in await db.exec(query)
    ]
    return sorted(parts, key=lambda part: (part.scale, part.asking, part.by))


async def me_too_places(db: AsyncSession, focus_group_id: UUID, participants: Places) -> dict[UUID, list[int]]:
    """Contribution id → the places of those in the group who said “me too”."""
    query = select(MeToo).join(Participant, col(Participant.id) == col(MeToo.participant_id))
    places: dict[UUID, list[int]] = {}
    for said in await db.exec(query.where(Participant.focus_group_id == focus_group_id)):
        places.setdefault(said.contribution_id, []).append(participants[said.participant_id])
    return {contribution_id: sorted(of) for contribution_id, of in places.items()}


async def vote_places(db: AsyncSession, focus_group_id: UUID, participants: Places) -> dict[UUID, list[int]]:
    """Finding id → the place of whoever in the group gave each vote."""
    query = (
        select(PriorityVote.finding_id, PriorityVote.participant_id)
        .join(Participant, col(Participant.id) == col(PriorityVote.participant_id))
        .where(Participant.focus_group_id == focus_group_id, col(PriorityVote.is_taken_back).is_(False))
    )
    places: dict[UUID, list[int]] = {}
    for finding_id, participant_id in await db.exec(query):
        places.setdefault(finding_id, []).append(participants[participant_id])
    return {finding_id: sorted(of) for finding_id, of in places.items()}


def contradictions_in_scales(file: ProgrammeFile) -> Iterator[str]:
    """Scales about what is not there, or about the same."""
    about = [scale.theme if isinstance(scale.theme, str) else "" for scale in file.scales]
    for i, theme in enumerate(about):
        if theme and theme not in file.themes:
            yield f'scales[{i}].theme: unknown theme "{theme}"'
        if theme in about[:i]:
            yield f"scales[{i}]: there is a scale about the same already"


def contradictions_in_answers(place: str, group: FocusGroupPart, scales: int) -> Iterator[str]:
    """A group's answers and “me too”: by whom, to what, once each."""
    once = Counter((answer.scale, answer.asking, answer.by) for answer in group.scale_answers)
    for j, answer in enumerate(group.scale_answers):
        at = f"{place}.scale_answers[{j}]"
        if answer.scale >= scales:
            yield f"{at}.scale: there is no scale {answer.scale}"
        if answer.by >= len(group.participants):
            yield f"{at}.by: there is no participant {answer.by}"
        if once[answer.scale, answer.asking, answer.by] > 1:
            yield f"{at}: participant {answer.by} answered this twice"
        if isinstance(answer.point, int) and not _is_made_of(answer, group):
            yield f"{at}.point: there is no contribution {answer.point} of this participant that could be made of it"
    for j, point in enumerate(group.contributions):
        for participant, times in Counter(point.me_too).items():
            if participant >= len(group.participants):
                yield f"{place}.contributions[{j}].me_too: there is no participant {participant}"
            elif participant == point.by or times > 1:
                yield f"{place}.contributions[{j}].me_too: participant {participant} is there twice"


def contradictions_in_votes(place: str, finding: FindingPart, file: ProgrammeFile) -> Iterator[str]:
    """Votes are those of the room whose finding it is."""
    if finding.votes and not isinstance(finding.focus_group, int):
        yield f"{place}.votes: nobody votes on a finding that is no focus group's"
    elif isinstance(finding.focus_group, int) and finding.focus_group < len(file.focus_groups):
        people = len(file.focus_groups[finding.focus_group].participants)
        for participant in sorted({each for each in finding.votes if each >= people}):
            yield f"{place}.votes: there is no participant {participant}"


def _is_made_of(answer: ScaleAnswerPart, group: FocusGroupPart) -> bool:
    if not isinstance(answer.point, int) or answer.point >= len(group.contributions):
        return False
    point = group.contributions[answer.point]
    return (point.by, point.column) == (answer.by, ColumnKind.NEEDS_TO_HAPPEN)


def made_scales(programme_id: UUID, file: ProgrammeFile, themes: Mapping[str, Theme]) -> list[PracticeScale]:
    """The rows of the file's scales."""
    return [
        PracticeScale(
            programme_id=programme_id,
            theme_id=themes[part.theme].id if isinstance(part.theme, str) else None,
            question=part.question,
            lowest=part.lowest,
            highest=part.highest,
        )
        for part in file.scales
    ]


def made_answers(
    part: FocusGroupPart,
    group: FocusGroup,
    scales: Sequence[PracticeScale],
    participants: Sequence[Participant],
    points: Sequence[Contribution],
) -> Iterator[ScaleAnswer | MeToo]:
    """The rows of one group's answers and “me too”; its participants and points in the file's order."""
    for answer in part.scale_answers:
        yield ScaleAnswer(
            scale_id=scales[answer.scale].id,
            focus_group_id=group.id,
            asking=answer.asking,
            participant_id=participants[answer.by].id,
            value=answer.value,
            not_lower=answer.not_lower or None,
            one_higher=answer.one_higher or None,
            taken_over_as=points[answer.point].id if isinstance(answer.point, int) else None,
        )
    for point, written in zip(points, part.contributions, strict=True):
        for participant in written.me_too:
            yield MeToo(contribution_id=point.id, participant_id=participants[participant].id)


def made_votes(
    part: FindingPart, finding: Finding, participants: Sequence[Sequence[Participant]]
) -> Iterator[PriorityVote]:
    """The rows of one finding's votes. ``participants``: of each group, in the file's order."""
    if isinstance(part.focus_group, int):
        for participant in part.votes:
            voter = participants[part.focus_group][participant]
            yield PriorityVote(participant_id=voter.id, client_id=uuid4(), finding_id=finding.id)
