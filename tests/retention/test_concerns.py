"""An open concern outlives its group's words, on both kinds of database."""

import datetime as dt
from uuid import uuid4

from sqlmodel import select

from tests.conftest import Installation, make_meeting
from workshop.accounts.models import Account
from workshop.contributions.models import Concern, Contribution
from workshop.contributions.moderation import hold_contribution, release_contribution, reword_contribution
from workshop.contributions.queries import PointCount, point_counts
from workshop.contributions.room import RoomPoint, add_from_room
from workshop.programmes.models import ColumnKind
from workshop.retention.concerns import pass_on_concern
from workshop.retention.writes import DECIDED, purge_focus_group

WORRIED = ColumnKind.WORRIED_ABOUT
WORDS = "Somebody saw bruises"


async def test_held_reworded_purged_and_passed_on(installation_on_either: Installation) -> None:
    here = installation_on_either
    meeting = await make_meeting(here, "Northshire", "Core groups 2026", facilitator="ada@example.org")
    group, theme = meeting.focus_group.id, meeting.themes[0].id
    async with here.database.writing() as db:
        account = (await db.exec(select(Account).where(Account.email == "ada@example.org"))).one().id
        point = (await add_from_room(db, group, RoomPoint(uuid4(), theme, WORRIED, None, WORDS), here.settings.key)).id
        await hold_contribution(db, group, point)
        assert await point_counts(db, group) == {(theme, WORRIED): PointCount(held=1)}
        await reword_contribution(
            db, group, point, "A child is hurt", based_on=WORDS, is_concern=True, account_id=account
        )
        await release_contribution(db, group, point)
        assert await point_counts(db, group) == {(theme, WORRIED): PointCount(shown=1)}
    async with here.database.writing() as db:
        record = await purge_focus_group(db, group, reason=DECIDED, account_id=account)
        assert record is not None
        assert (record.counts["points"], record.counts["open_concerns"]) == (1, 1)
    async with here.database.writing() as db:
        concern = (await db.exec(select(Concern))).one()
        assert concern.words == WORDS
        passed_on = await pass_on_concern(db, group, concern.id, "Duty team", dt.date(2020, 11, 1), account)
        assert passed_on is not None
        assert passed_on.counts["concerns"] == 1
    async with here.database.reading() as db:
        concern = (await db.exec(select(Concern))).one()
        assert (concern.words, concern.passed_on_to) == (None, "Duty team")
        assert (await db.get_one(Contribution, point)).text is None
