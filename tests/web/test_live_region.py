"""One polite live region on every page, #announce of the layout that all share: of two nobody knows which is heard."""

import re
from pathlib import Path

import pytest

from workshop.paths import TEMPLATES

SOURCES = [*sorted(TEMPLATES.rglob("*.html")), *sorted(Path("static/js").glob("*.js"))]
# A timer's text changes every second: it says itself that nobody is to be told. An alert stands there with its page.
POLITE = re.compile(
    r"""aria-live=(?!"off")|<output|role="(status|log|marquee)"|["'](aria-live|ariaLive)["']?|["']role["'],\s*["'](status|log)"""
)


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_no_page_brings_a_second_one(source: Path) -> None:
    found = POLITE.findall(re.sub(r"\{#.*?#\}", "", source.read_text(), flags=re.DOTALL))
    wanted = 2 if source.name == "base.html" else 0
    assert len(found) == wanted, "Put the words into an element with data-announced (static/js/announce.js)"


def test_every_page_has_it() -> None:
    layouts = {path.name for path in (TEMPLATES / "layouts").glob("*.html")} - {"base.html"}
    assert layouts
    for name in layouts:
        assert '{% extends "layouts/base.html" %}' in (TEMPLATES / "layouts" / name).read_text(), name
