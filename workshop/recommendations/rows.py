"""The rows that a step is made of: read all of a programme's as plain data, and put some back."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import delete, update
from sqlmodel import SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.contributions.models import Contribution
from workshop.findings.models import Finding
from workshop.findings.votes import forget_votes
from workshop.focus_groups.models import FocusGroup
from workshop.programmes.models import ColumnKind, Programme, Theme
from workshop.recommendations.models import Recommendation, RecommendationFinding
from workshop.recommendations.refusal_rows import REFUSAL, put_refusals, refusal_rows
from workshop.recommendations.vote_rows import FINDING, VOTE, put_votes, vote_rows

Rows = dict[tuple[str, ...], dict[str, Any]]
Change = Mapping[str, Any]
Key = tuple[UUID, ...]
RECOMMENDATION, LINK = "recommendation", "recommendation_finding"
CONTRIBUTION, PROGRAMME = "contribution", "programme"


class Side(StrEnum):
    """Which state of a step's rows is wanted."""

    BEFORE = "before"
    AFTER = "after"


async def rows_of_programme(db: AsyncSession, programme_id: UUID) -> Rows:
    """(table, key …) → the row as plain JSON: findings with points and votes, refusals, recommendations, links."""
    own = select(Finding.id).where(Finding.programme_id == programme_id)
    rows: Rows = {}
    for finding in await db.exec(select(Finding).where(Finding.programme_id == programme_id)):
        rows[FINDING, str(finding.id)] = finding.model_dump(mode="json", exclude={"id", "programme_id"})
    query = select(Recommendation).where(Recommendation.programme_id == programme_id)
    for recommendation in await db.exec(query):
        row = recommendation.model_dump(mode="json", exclude={"id", "programme_id"})
        rows[RECOMMENDATION, str(recommendation.id)] = row
    for link in await db.exec(select(RecommendationFinding).where(col(RecommendationFinding.finding_id).in_(own))):
        rows[LINK, str(link.recommendation_id), str(link.finding_id)] = {"position": link.position}
    grouped = select(Contribution.id, Contribution.finding_id, Contribution.finding_position).where(
        col(Contribution.finding_id).in_(own)
    )
    for contribution_id, finding_id, place in await db.exec(grouped):
        rows[CONTRIBUTION, str(contribution_id)] = {"finding_id": str(finding_id), "finding_position": place}
    rows |= await vote_rows(db, programme_id) | await refusal_rows(db, programme_id)
    is_flat_list = (await db.exec(select(Programme.is_flat_list).where(Programme.id == programme_id))).one()
    rows[PROGRAMME, str(programme_id)] = {"is_flat_list": is_flat_list}
    return rows


async def put_rows(db: AsyncSession, programme_id: UUID, changes: Sequence[Change], side: Side) -> None:
    """Bring every changed row to its state on ``side``; what it refers to and is no longer there, it does without."""
    for change in _of(changes, PROGRAMME):
        await db.exec(update(Programme).where(col(Programme.id) == programme_id).values(change[side]))
    await _put_findings(db, programme_id, _of(changes, FINDING), side)
    await _put_recommendations(db, programme_id, _of(changes, RECOMMENDATION), side)
    findings = await _findings(db, programme_id)
    await _put_contributions(db, findings, _of(changes, CONTRIBUTION), side)
    await put_votes(db, _of(changes, VOTE), side, findings)
    await _put_links(db, programme_id, _of(changes, LINK), side)
    await put_refusals(db, programme_id, _of(changes, REFUSAL), side)
    await _remove(db, changes, side)


async def _put_findings(db: AsyncSession, programme_id: UUID, changes: Sequence[Change], side: Side) -> None:
    themes, groups = await _ids(db, Theme, programme_id), await _ids(db, FocusGroup, programme_id)
    rows: dict[Key, dict[str, Any]] = {}
    parents: dict[UUID, str | None] = {}
    for change in changes:
        row, key = change[side], _key(change)
        if not row or UUID(row["theme_id"]) not in themes:
            continue
        room = row["focus_group_id"] and UUID(row["focus_group_id"])
        rows[key] = {
            **row,
            "programme_id": programme_id,
            "column": ColumnKind(row["column"]),
            "theme_id": UUID(row["theme_id"]),
            "focus_group_id": room if room in groups else None,
            "parent_id": None,
        }
        parents[key[0]] = row["parent_id"]
    await _put(db, Finding, rows)
    # Parents last: a finding may come back after the one that it stands under.
    findings = await _ids(db, Finding, programme_id)
    for finding_id, parent in parents.items():
        if parent and UUID(parent) in findings:
            await db.exec(update(Finding).where(col(Finding.id) == finding_id).values(parent_id=UUID(parent)))


async def _put_recommendations(db: AsyncSession, programme_id: UUID, changes: Sequence[Change], side: Side) -> None:
    themes = await _ids(db, Theme, programme_id)
    rows: dict[Key, dict[str, Any]] = {}
    for change in changes:
        if row := change[side]:
            theme = row["theme_id"] and UUID(row["theme_id"])
            values = {**row, "theme_id": theme if theme in themes else None, "programme_id": programme_id}
            rows[_key(change)] = values
    await _put(db, Recommendation, rows)


async def _put_contributions(
    db: AsyncSession, findings: Mapping[UUID, Finding], changes: Sequence[Change], side: Side
) -> None:
    """Into the finding of then, unless the point was deleted since or the finding cannot come back."""
    members: dict[tuple[UUID | None, int | None], list[UUID]] = {}
    for change in changes:
        row = change[side]
        wanted = UUID(row["finding_id"]) if row else None
        place = (wanted, row["finding_position"]) if wanted in findings else (None, None)
        members.setdefault(place, []).append(UUID(change["key"][0]))
    for (finding_id, position), ids in members.items():
        query = update(Contribution).where(col(Contribution.id).in_(ids), col(Contribution.is_deleted).is_(False))
        if finding_id is not None:
            finding = findings[finding_id]
            query = query.where(
                col(Contribution.theme_id) == finding.theme_id, col(Contribution.column) == finding.column
            )
        await db.exec(query.values(finding_id=finding_id, finding_position=position))


async def _put_links(db: AsyncSession, programme_id: UUID, changes: Sequence[Change], side: Side) -> None:
    findings, recommendations = await _ids(db, Finding, programme_id), await _ids(db, Recommendation, programme_id)
    rows: dict[Key, dict[str, Any]] = {}
    for change in changes:
        recommendation_id, finding_id = _key(change)
        if change[side] and finding_id in findings and recommendation_id in recommendations:
            rows[recommendation_id, finding_id] = change[side]
    await _put(db, RecommendationFinding, rows)


async def _remove(db: AsyncSession, changes: Sequence[Change], side: Side) -> None:
    """The rows that are not there on ``side``, after whatever else still refers to them."""
    links = [_key(change) for change in _of(changes, LINK) if not change[side]]
    for recommendation_id, finding_id in links:
        await db.exec(
            delete(RecommendationFinding).where(
                col(RecommendationFinding.recommendation_id) == recommendation_id,
                col(RecommendationFinding.finding_id) == finding_id,
            )
        )
    for change in _of(changes, RECOMMENDATION):
        if not change[side]:
            recommendation_id = UUID(change["key"][0])
            await db.exec(
                delete(RecommendationFinding).where(col(RecommendationFinding.recommendation_id) == recommendation_id)
            )
            await db.exec(delete(Recommendation).where(col(Recommendation.id) == recommendation_id))
    for change in _of(changes, FINDING):
        if not change[side]:
            await remove_finding(db, UUID(change["key"][0]))


async def remove_finding(db: AsyncSession, finding_id: UUID) -> None:
    """Delete a finding with the votes for it; its points, findings and recommendations do without it."""
    await forget_votes(db, finding_id)
    await db.exec(delete(RecommendationFinding).where(col(RecommendationFinding.finding_id) == finding_id))
    await db.exec(
        update(Contribution)
        .where(col(Contribution.finding_id) == finding_id)
        .values(finding_id=None, finding_position=None)
    )
    await db.exec(update(Finding).where(col(Finding.parent_id) == finding_id).values(parent_id=None))
    await db.exec(delete(Finding).where(col(Finding.id) == finding_id))


async def _put(db: AsyncSession, model: type[SQLModel], rows: Mapping[Key, dict[str, Any]]) -> None:
    """Insert or update these rows; the same few statements however many there are."""
    if not rows:
        return
    columns = list(model.__table__.primary_key)  # type: ignore[attr-defined]  # SQLModel's typing
    names = [column.name for column in columns]
    # With a key of two parts maybe more rows than these: their parts come from different ones.
    wanted = (column.in_({key[place] for key in rows}) for place, column in enumerate(columns))
    found = await db.exec(select(model).where(*wanted).execution_options(populate_existing=True))
    there = {tuple(getattr(row, name) for name in names): row for row in found}
    for key, values in rows.items():
        row = there.get(key) or model.model_validate({**dict(zip(names, key, strict=True)), **values})
        for name, value in values.items():
            setattr(row, name, value)
        db.add(row)
    await db.flush()  # later rows refer to them


async def _findings(db: AsyncSession, programme_id: UUID) -> dict[UUID, Finding]:
    found = await db.exec(select(Finding).where(Finding.programme_id == programme_id))
    return {finding.id: finding for finding in found}


async def _ids(db: AsyncSession, model: Any, programme_id: UUID) -> set[UUID]:
    return set(await db.exec(select(model.id).where(model.programme_id == programme_id)))


def _key(change: Change) -> Key:
    return tuple(UUID(part) for part in change["key"])


def _of(changes: Iterable[Change], table: str) -> list[Change]:
    return [change for change in changes if change["table"] == table]
