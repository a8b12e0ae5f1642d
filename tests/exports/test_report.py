"""A report is read with the same questions, however many focus groups there are."""

import pytest

from tests.conftest import Installation
from tests.queries import count_queries
from tests.recommendations.gathered import gather
from workshop.exports.gathering import report_of

pytestmark = pytest.mark.anyio


async def test_more_focus_groups_ask_no_more_questions(installation: Installation) -> None:
    async def asked(title: str, groups: int) -> int:
        gathered = await gather(installation, title=title, groups=groups)
        async with installation.database.reading() as db:
            with count_queries(installation.database) as queries:
                report = await report_of(db, gathered.meeting.programme)
        assert len(report.attendance.focus_groups) == groups
        assert report.attendance.total.total == 5 * groups
        return len(queries)

    assert await asked("Core groups 2025", 1) == await asked("Core groups 2026", 3)
