"""Every macro keeps what was typed, joins its error to its field, and says so to a screen reader."""

import pytest
from jinja2 import Environment, UndefinedError

from workshop.web.templates import environment

IMPORTS = (
    '{% from "components/forms.html" import error_summary, text_input, textarea, date_input, time_input, radios, '
    "checkboxes, checkbox, select, file_upload, hidden, button, button_link, post_button, confirm %}"
)
AWKWARD = "\n  a <b>\"quoted\"</b> & 'line'\n\n  the end \n"


@pytest.fixture(scope="module")
def jinja() -> Environment:
    return environment()


def render(jinja: Environment, source: str, **context: object) -> str:
    return jinja.from_string(IMPORTS + source).render(**context)


def test_a_textarea_gives_back_every_character_and_its_first_newline(jinja: Environment) -> None:
    html = render(jinja, '{{ textarea(form, {}, "text", "Words") }}', form={"text": AWKWARD})
    kept = html.split('dir="auto">', 1)[1].split("</textarea>", 1)[0]
    assert kept == "\n\n  a &lt;b&gt;&#34;quoted&#34;&lt;/b&gt; &amp; &#39;line&#39;\n\n  the end \n"


def test_an_error_stands_at_its_field_and_in_the_summary(jinja: Environment) -> None:
    source = '{{ error_summary(errors) }}{{ text_input(form, errors, "title", "Title", hint="As printed") }}'
    html = render(jinja, source, form={"title": '"><script>'}, errors={"title": "Enter a <title>"})
    assert 'href="#title"' in html
    assert "autofocus" in html
    assert 'aria-describedby="title-hint title-error"' in html
    assert 'value="&#34;&gt;&lt;script&gt;"' in html
    assert "Enter a &lt;title&gt;" in html
    assert "<script>" not in html


def test_a_password_is_never_sent_back(jinja: Environment) -> None:
    html = render(jinja, '{{ text_input(form, {}, "key", "Key", type="password") }}', form={"key": "long enough"})
    assert "long enough" not in html


def test_a_date_has_three_boxes_and_the_error_leads_to_the_first(jinja: Environment) -> None:
    form = {"date_day": "31", "date_month": "2", "date_year": "2017"}
    html = render(jinja, '{{ date_input(form, errors, "date", "Date") }}', form=form, errors={"date": "No such day"})
    for part, value, field_id in (("day", "31", "date"), ("month", "2", "date-month"), ("year", "2017", "date-year")):
        box = html.split(f'name="date-{part}"')[0].rsplit("<input", 1)[1] + html.split(f'name="date-{part}"')[1]
        assert f'id="{field_id}"' in box
        assert f'value="{value}"' in box
    assert html.count("govuk-input--error") == 3


@pytest.mark.parametrize(
    ("macro", "typed", "mark", "count"),
    [
        ("radios", "2", " checked", 1),
        ("checkboxes", ["2", "7"], " checked", 2),
        ("checkboxes", "2", " checked", 1),
        ("select", "7", " selected", 1),
        ("select", None, " selected", 0),
    ],
)
def test_choices_keep_what_was_chosen(jinja: Environment, macro: str, typed: object, mark: str, count: int) -> None:
    source = (
        f'{{{{ {macro}(form, {{}}, "themes", "Which?", [("2", "Roles", "hint"), ("3", "Plans"), (7, "Goals")]) }}}}'
    )
    assert render(jinja, source, form={"themes": typed}).count(mark) == count


def test_one_checkbox_keeps_its_tick(jinja: Environment) -> None:
    assert " checked" in render(jinja, '{{ checkbox(form, {}, "read", "I have read this") }}', form={"read": "yes"})
    assert " checked" not in render(jinja, '{{ checkbox(form, {}, "read", "I have read this") }}', form={"read": ""})


def test_an_empty_form_needs_no_object(jinja: Environment) -> None:
    html = render(jinja, '{{ text_input(none, {}, "title", "Title") }}{{ time_input(none, {}, "at", "At") }}')
    assert 'name="title"' in html
    assert 'value=""' in html
    assert "autocomplete" not in html


def test_a_field_that_the_form_lacks_is_an_error(jinja: Environment) -> None:
    with pytest.raises(KeyError):
        render(jinja, '{{ text_input(form, {}, "titel", "Title") }}', form={"title": ""})


def test_an_unknown_name_is_an_error(jinja: Environment) -> None:
    with pytest.raises(UndefinedError):
        render(jinja, "{{ focus_gruop }}")


def test_buttons_and_questions_are_forms(jinja: Environment) -> None:
    html = render(
        jinja,
        '{{ post_button("/closure", "Close", kind="warning", fields={"theme": "2"}) }}{{ hidden("a", 1) }}'
        '{{ button_link("On", "/next") }}{{ file_upload(none, {}, "file", "File", accept=".csv") }}'
        '{% call confirm("/deletion", "Delete?", "Delete", "/back") %}<p>gone</p>{% endcall %}',
    )
    assert html.count('method="post"') == 2
    assert 'name="theme" value="2"' in html
    assert "govuk-button--warning" in html
    assert 'accept=".csv"' in html
    assert "<p>gone</p>" in html


@pytest.mark.parametrize("layout", ["phone", "desk", "print"])
def test_a_layout_stands_without_any_context_and_without_inline_code(jinja: Environment, layout: str) -> None:
    html = jinja.from_string(f'{{% extends "layouts/{layout}.html" %}}{{% block title %}}Join{{% endblock %}}').render()
    assert "<title>Join – Workshop</title>" in html
    assert '<html lang="en-GB"' in html
    assert 'id="main"' in html
    assert "<style" not in html
    assert " style=" not in html
    assert html.count("<script") == html.count("<script src=")


def test_a_title_says_that_there_are_errors(jinja: Environment) -> None:
    page = '{% extends "layouts/phone.html" %}{% block title %}Join{% endblock %}'
    assert "<title>Error: Join – Workshop</title>" in jinja.from_string(page).render(errors={"code": "Enter the code"})


def test_the_contacts_are_one_tap_away_and_can_be_dialled(jinja: Environment) -> None:
    page = '{% extends "layouts/phone.html" %}{% block title %}Join{% endblock %}'
    html = jinja.from_string(page).render(safeguarding_contacts="MASH <day>\n0300 470 9100", finish_url="/finish")
    assert 'href="tel:03004709100"' in html
    assert "MASH &lt;day&gt;\n" in html
    assert 'href="/finish"' in html


def test_deleted_words_say_so(jinja: Environment) -> None:
    source = '{% from "components/words.html" import words %}{{ words(none) }}{{ words("<a>\nb", tag="blockquote") }}'
    html = jinja.from_string(source).render()
    assert "These words have been deleted." in html
    assert '<blockquote class="words " dir="auto">&lt;a&gt;\nb</blockquote>' in html
