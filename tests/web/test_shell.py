"""A page rendered once for many: gaps hold what is one's own, and nothing of anybody's request is in the rest."""

import pytest
from hypothesis import given
from hypothesis import strategies as some
from jinja2 import DictLoader, Environment, StrictUndefined
from jinja2.exceptions import UndefinedError
from litestar import Litestar, get
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.response import Template
from litestar.template import TemplateConfig
from markupsafe import Markup, escape

from workshop.web.shell import Gaps, Shell

PAGES = {
    "page.html": "<p>{{ title }}</p><a href=\"{{ url_for('home') }}\">{{ one }}</a><i>{{ two }}</i>{{ one }}",
    "asks.html": "{{ request.cookies }}",
}


@get("/home", name="home")
async def home() -> str:
    return ""


@pytest.fixture(scope="module")
def app() -> Litestar:
    pages = Environment(loader=DictLoader(PAGES), autoescape=True, undefined=StrictUndefined)
    return Litestar([home], template_config=TemplateConfig(instance=JinjaTemplateEngine.from_environment(pages)))


def shell_of(app: Litestar, title: str) -> Shell:
    gaps = Gaps()
    return Shell.of(app, Template("page.html", context={"title": title, "one": gaps["one"], "two": gaps["two"]}), gaps)


@given(title=some.text(), one=some.text(), two=some.text())
def test_each_gap_holds_what_it_is_given_and_no_more(app: Litestar, title: str, one: str, two: str) -> None:
    shell = shell_of(app, title)
    for first, second in ((one, two), (two, one)):
        page = shell.filled({"one": first, "two": second, "more": "nowhere"}).content
        written = escape(first), escape(second)
        expected = f'<p>{escape(title)}</p><a href="/home">{written[0]}</a><i>{written[1]}</i>{written[0]}'
        assert page == expected


def test_markup_stays_markup(app: Litestar) -> None:
    page = shell_of(app, "").filled({"one": Markup("<b>1</b>"), "two": "<b>2</b>"}).content
    assert "<b>1</b>" in page
    assert "<b>2</b>" not in page


def test_what_reads_like_a_gap_of_another_page_is_none(app: Litestar) -> None:
    mark = Gaps()["one"]
    assert mark in shell_of(app, mark).filled({"one": "own", "two": mark}).content


def test_a_gap_without_anything_is_an_error(app: Litestar) -> None:
    with pytest.raises(KeyError):
        shell_of(app, "").filled({"one": ""})


def test_a_template_that_asks_about_the_request_cannot_be_shared(app: Litestar) -> None:
    with pytest.raises((UndefinedError, AttributeError)):
        Shell.of(app, Template("asks.html"), Gaps())
