"""A message for the next page is no longer than browsers keep, whatever the letters of its words."""

import base64
import json

import pytest
from litestar import Response

from workshop.settings import Settings
from workshop.web.flash import leave_flash

MOST = 4_096


@pytest.mark.parametrize("letter", ["a", "م", "“", "🐦"])
def test_a_long_message_fits_into_a_cookie(settings: Settings, letter: str) -> None:
    answer: Response[object] = Response("")
    leave_flash(answer, settings, "problem", letter * 5_000)
    (cookie,) = answer.cookies
    assert len(f"{cookie.key}={cookie.value}") <= MOST
    kind, text = json.loads(base64.urlsafe_b64decode((cookie.value or "").partition(".")[0]))
    assert (kind, set(text)) == ("problem", {letter})
    assert len(text) > 500
