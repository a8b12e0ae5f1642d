"""What runs on a participant's phone must run on an old one: Safari 12 reads none of what came after 2018."""

import re
from pathlib import Path

import pytest

from workshop.paths import TEMPLATES

PAGES = [page.read_text() for page in sorted((TEMPLATES / "phone").glob("*.html"))]
SCRIPTS = sorted({name for page in PAGES for name in re.findall(r"asset_url\('(js/\w+\.js)'\)", page)})
LATER = {
    "optional chaining": r"\?\.(?!\d)",
    "nullish coalescing": r"\?\?",
    "numeric separators": r"\d_\d",
    "catch without a name": r"catch\s*\{",
    "logical assignment": r"(\|\||&&)=",
    "private fields": r"\bthis\.#",
    "replaceChildren, at, flat or replaceAll": r"\.(replaceChildren|at|flat|flatMap|replaceAll|hasOwn)\(",
    "structuredClone or randomUUID": r"(structuredClone|randomUUID)\(",
}


def test_the_phones_scripts_are_found() -> None:
    assert {"js/phone.js", "js/follow.js", "js/timer.js"} <= set(SCRIPTS)


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("name", LATER)
def test_an_old_phone_can_read_it(script: str, name: str) -> None:
    source = re.sub(r"/\*.*?\*/|//[^\n]*", "", (Path("static") / script).read_text(), flags=re.DOTALL)
    found = re.search(LATER[name], source)
    assert found is None, source[max(0, found.start() - 60) : found.end() + 20]


def test_the_scripts_of_a_theme_are_small() -> None:
    """Compressed, as they are sent: the first page has none of them."""
    sizes = {name: (Path("static/js") / f"{name}.js.br").stat().st_size for name in ("phone", "follow", "timer")}
    assert sum(sizes.values()) < 9_000, sizes
