"""A meeting with somebody who runs it."""

import pytest

from tests.conftest import Installation, Meeting
from tests.pages.projector.stage import Facilitator


@pytest.fixture
def facilitator(installation: Installation, meeting: Meeting) -> Facilitator:
    """Whoever runs the meeting."""
    return Facilitator(installation, meeting)
