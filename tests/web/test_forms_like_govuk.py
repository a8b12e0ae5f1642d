"""The fields that forms.html writes out itself are those that govuk-frontend-jinja would make of them."""

from html.parser import HTMLParser

import pytest

from workshop.web.components import GovukComponents
from workshop.web.templates import environment

JINJA = environment()
THEIRS = GovukComponents()
OURS = {"dir", "data-module"}  # a person's direction of writing is ours, scripts of GOV.UK Frontend are not used
HINT = {"text": "As <printed>"}
ERROR = {"text": "Enter it"}


class Outline(HTMLParser):
    """Tags with their attributes, and words, in order; white space does not count."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.parts: list[object] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kept = sorted((name, " ".join((value or "").split())) for name, value in attrs if name not in OURS)
        self.parts.append((tag, kept))

    def handle_endtag(self, tag: str) -> None:
        self.parts.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.parts.append(" ".join(data.split()))


def ours(call: str, errors: dict[str, str]) -> Outline:
    source = f'{{% from "components/forms.html" import text_input, textarea, radios, button %}}{{{{ {call} }}}}'
    return Outline(JINJA.from_string(source).render(form={"a": "x <y>"}, errors=errors))


def theirs(component: str, params: dict[str, object]) -> Outline:
    return Outline(JINJA.from_string(f"{{{{ govuk.{component}(params) }}}}").render(params=params, govuk=THEIRS))


@pytest.mark.parametrize(
    ("call", "component", "params"),
    [
        (
            'text_input(form, errors, "a", "A", hint="As <printed>", width="5", inputmode="numeric", suffix="people")',
            "input",
            {
                "label": {"text": "A"},
                "hint": HINT,
                "value": "x <y>",
                "classes": "govuk-input--width-5",
                "inputmode": "numeric",
                "suffix": {"text": "people"},
            },
        ),
        (
            'text_input(form, errors, "a", "A", size="l", heading=True, type="tel", autocomplete="tel", prefix="£")',
            "input",
            {
                "label": {"text": "A", "classes": "govuk-label--l", "isPageHeading": True},
                "value": "x <y>",
                "type": "tel",
                "autocomplete": "tel",
                "prefix": {"text": "£"},
            },
        ),
        (
            'textarea(form, errors, "a", "A", hint="As <printed>", rows=3, attributes={"data-x": "1"})',
            "textarea",
            {"label": {"text": "A"}, "hint": HINT, "value": "x <y>", "rows": 3, "attributes": {"data-x": "1"}},
        ),
        (
            'radios(form, errors, "a", "A", [("x <y>", "X", "As <printed>"), ("z", 7)], inline=1, size="m", heading=1)',
            "radios",
            {
                "fieldset": {"legend": {"text": "A", "classes": "govuk-fieldset__legend--m", "isPageHeading": True}},
                "classes": "govuk-radios--inline",
                "value": "x <y>",
                "items": [{"value": "x <y>", "text": "X", "hint": HINT}, {"value": "z", "text": 7}],
            },
        ),
    ],
)
@pytest.mark.parametrize("errors", [{}, {"a": "Enter it"}])
def test_a_field(call: str, component: str, params: dict[str, object], errors: dict[str, str]) -> None:
    expected = {"id": "a", "idPrefix": "a", "name": "a", **params} | ({"errorMessage": ERROR} if errors else {})
    assert ours(call, errors).parts == theirs(component, expected).parts


@pytest.mark.parametrize("kind", ["primary", "secondary", "warning"])
def test_a_button(kind: str) -> None:
    classes = "" if kind == "primary" else f"govuk-button--{kind}"
    params: dict[str, object] = {"text": "Save", "classes": classes, "name": "n", "value": "v"}
    assert ours(f'button("Save", kind="{kind}", name="n", value="v")', {}).parts == theirs("button", params).parts
