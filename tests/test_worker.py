"""A worker ends: with its outcome, with its failure, or when it has taken too long."""

from pathlib import Path
from uuid import uuid4

import pytest

from workshop.findings.suggestions import MOST_POINTS
from workshop.findings.to_group import PointToGroup
from workshop.pages.board.proposals import Proposals
from workshop.programmes.models import ColumnKind
from workshop.worker import WorkerFailed, outcome_of

pytestmark = pytest.mark.anyio


async def test_what_takes_too_long_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sleeper.py").write_text("import time\ntime.sleep(600)\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(WorkerFailed, match="not done in 1 seconds"):
        await outcome_of("sleeper", b"[]", seconds=1)


async def test_a_failure_is_no_outcome(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "fails.py").write_text("raise SystemExit(3)\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(WorkerFailed):
        await outcome_of("fails", b"")


async def test_too_many_points_are_not_even_tried_and_no_page_tries_again() -> None:
    theme, place = uuid4(), (uuid4(), uuid4(), ColumnKind.NEEDS_TO_HAPPEN)
    points = [
        PointToGroup(uuid4(), place[1], place[2], number, f"Point {number}", None) for number in range(MOST_POINTS + 1)
    ]
    proposals = Proposals()
    assert proposals.known(place) is None
    with pytest.raises(WorkerFailed):
        await proposals.propose(place, points)
    assert proposals.known(place) == []
    assert proposals.known((place[0], theme, place[2])) is None
