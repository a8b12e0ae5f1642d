"""The facilitator's guide quotes what stands on pages: whoever changes the words there changes them here too."""

import re
from pathlib import Path

import pytest

GUIDE = Path("docs/facilitating.md")
PLACES = ("templates", "workshop", "static/js")


def _straight(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("’", "'"))


@pytest.fixture(scope="module")
def said() -> str:
    """Everything that a page can say."""
    files = [file for place in PLACES for file in Path(place).rglob("*") if file.suffix in {".html", ".py", ".js"}]
    return _straight(" ".join(file.read_text() for file in files))


def test_what_the_guide_quotes_stands_on_a_page(said: str) -> None:
    quotes = set(re.findall("“([^”]+)”", GUIDE.read_text()))
    assert len(quotes) > 20
    assert [quote for quote in quotes if _straight(quote).rstrip("…,. ") not in said] == []
