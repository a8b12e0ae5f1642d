"""Without a script the three boxes are one form: every box that has words is saved, or comes back with its reason."""

import pytest

from tests.conftest import Installation, Meeting
from tests.pages.phone.conftest import COLUMNS, Phone
from tests.pages.phone.points import close, contributions, stored
from workshop.pages.phone.forms import PointForm
from workshop.text import LONGEST_TEXT

pytestmark = pytest.mark.anyio
WELL, WORRIED, NEEDS = COLUMNS
THREE = {WELL: "Minutes come quickly.", WORRIED: "Nobody reads them.", NEEDS: "A page of decisions."}
TOO_LONG = "x" * (LONGEST_TEXT + 1)


@pytest.fixture
async def ben(ben: Phone) -> Phone:
    """His phone, with a theme open."""
    await ben.join()
    return await ben.open(ben.theme())


async def test_three_boxes_at_once_are_three_points(installation: Installation, ben: Phone) -> None:
    await ben.write(THREE, tapped=WORRIED)
    assert [answer.status_code for answer in ben.answer.history] == [303]
    assert ben.points() == [*THREE.values()]
    assert ben.html.count("<strong>Saved</strong>") == 3
    assert [ben.box(f"text-{column}") for column in COLUMNS] == ["", "", ""]
    assert await stored(installation) == [*THREE.values()]


async def test_the_page_says_so_before_the_first_button(ben: Phone) -> None:
    said = '<noscript><p class="govuk-hint">Add saves everything you have written on this page.</p></noscript>'
    assert ben.html.count(said) == 1
    assert ben.html.index(said) < ben.html.index('<button type="submit" name="tapped"')


async def test_boxes_without_words_are_left_out(installation: Installation, ben: Phone) -> None:
    await ben.write({WELL: " \r\n", NEEDS: "A page of decisions."})
    assert ben.answer.status_code == 200
    assert await stored(installation) == ["A page of decisions."]


async def test_nothing_written_is_said_at_the_box_whose_button_was_tapped(ben: Phone) -> None:
    await ben.write({}, tapped=NEEDS)
    assert ben.answer.status_code == 422
    assert f'href="#text-{NEEDS}"' in ben.html
    assert ben.text.count("Write your point first") == 2


async def test_what_is_too_long_comes_back_in_its_box_and_the_others_are_saved(
    installation: Installation, ben: Phone
) -> None:
    ids = {column: ben.form_id(column) for column in COLUMNS}
    await ben.write({WELL: "Minutes come quickly.", WORRIED: TOO_LONG})
    assert ben.answer.status_code == 422
    assert "at most 40,000 characters" in ben.text
    assert f'href="#text-{WORRIED}"' in ben.html
    assert ben.box(f"text-{WORRIED}") == TOO_LONG
    assert [ben.form_id(column) == ids[column] for column in COLUMNS] == [False, True, False]
    assert ben.points() == ["Minutes come quickly."]
    assert ben.html.count("<strong>Saved</strong>") == 1
    await ben.write({WORRIED: "Nobody reads them."})
    assert await stored(installation) == ["Minutes come quickly.", "Nobody reads them."]


async def test_all_that_is_too_long_comes_back(ben: Phone) -> None:
    await ben.write(dict.fromkeys(COLUMNS, TOO_LONG))
    assert ben.answer.status_code == 422
    assert [ben.box(f"text-{column}") for column in COLUMNS] == [TOO_LONG] * 3


async def test_the_same_form_twice_is_still_three_points(installation: Installation, ben: Phone) -> None:
    page = ben.answer
    for _ in range(2):
        ben.answer = page
        await ben.write(THREE)
        assert ben.points() == [*THREE.values()]
    assert await stored(installation) == [*THREE.values()]


async def test_a_form_sent_again_says_which_of_its_points_were_deleted(installation: Installation, ben: Phone) -> None:
    page = ben.answer
    await ben.write(THREE)
    ids = ben.point_ids()
    for deleted, said in ((1, "One point was saved before"), (3, "These were saved before")):
        for point in ids[:deleted]:
            await ben.send(f"/contributions/{point}/removal")
        ben.answer = page
        await ben.write(THREE)
        assert said in ben.text
    assert await stored(installation) == [None] * 3


async def test_a_closed_group_gives_all_words_back(installation: Installation, meeting: Meeting, ben: Phone) -> None:
    sent = ben.boxes(THREE)
    await close(installation, meeting)
    await ben.write(THREE)
    assert ben.answer.status_code == 409
    assert ben.text.count("This group is closed") == 1
    for question in ("What is working well?", "What are we worried about?", "What needs to happen?"):
        assert question in ben.text
    assert ben.boxes({}) == sent
    await ben.write({})
    assert ben.boxes({}) == sent
    assert await stored(installation) == []


async def test_a_closed_group_gives_back_what_is_too_long_as_well(
    installation: Installation, meeting: Meeting, ben: Phone
) -> None:
    await close(installation, meeting)
    page = ben.answer
    await ben.write({WORRIED: TOO_LONG})
    assert (ben.answer.status_code, ben.box("text")) == (409, TOO_LONG)
    ben.answer = page
    await ben.write({WELL: "Minutes come quickly.", WORRIED: TOO_LONG})
    assert ben.answer.status_code == 409
    assert (ben.box("text"), ben.box("text-2")) == ("Minutes come quickly.", TOO_LONG)
    assert "at most 40,000 characters" in ben.text


async def test_an_expired_cookie_gives_all_words_back_and_they_go_out_from_there(
    installation: Installation, ben: Phone
) -> None:
    ben.client.cookies.clear()
    await ben.write(THREE)
    assert ben.answer.status_code == 403
    assert ben.text.count("Join again") == 2
    page = ben.answer
    await ben.join()
    ben.answer = page
    await ben.write({})
    assert ben.points() == [*THREE.values()]
    assert await stored(installation) == [*THREE.values()]


async def test_other_words_in_a_form_that_was_saved_come_back_beside_what_is_stored(
    installation: Installation, ben: Phone
) -> None:
    page = ben.answer
    await ben.write({WELL: THREE[WELL], WORRIED: THREE[WORRIED]})
    ben.answer = page
    other = {WELL: "Minutes come slowly.", WORRIED: "Nobody writes them.", NEEDS: THREE[NEEDS]}
    await ben.write(other)
    assert ben.answer.status_code == 409
    assert "Some of your words are not saved yet" in ben.text
    assert ben.points() == [THREE[NEEDS]]
    for words in (THREE[WELL], THREE[WORRIED]):
        assert f">{words}</blockquote>" in ben.html
    assert (ben.box("text"), ben.box("text-2")) == (other[WELL], other[WORRIED])
    await ben.write({WORRIED: ""})
    assert await stored(installation) == [*THREE.values(), other[WELL]]


async def test_a_failing_database_gives_all_words_back(installation: Installation, ben: Phone) -> None:
    sent = ben.boxes(THREE)
    async with installation.database.writing() as db:
        await (await db.connection()).exec_driver_sql("ALTER TABLE contribution RENAME TO elsewhere")
    await ben.write(THREE)
    assert ben.answer.status_code == 500
    assert ben.boxes({}) == sent
    async with installation.database.writing() as db:
        await (await db.connection()).exec_driver_sql("ALTER TABLE elsewhere RENAME TO contribution")
    await ben.write({})
    assert await stored(installation) == [*THREE.values()]


async def test_words_without_a_box_come_back_and_the_others_are_saved(installation: Installation, ben: Phone) -> None:
    fields = {"column": [WELL, "elsewhere"], "client_id": ["", ""], "text": ["Minutes come quickly.", "Where?"]}
    ben.answer = await ben.client.post(ben.link + contributions(ben), data=fields)
    assert ben.answer.status_code == 422
    assert ben.box("text") == "Where?"
    assert ben.points() == ["Minutes come quickly."]
    assert await stored(installation) == ["Minutes come quickly."]


async def test_three_boxes_full_of_the_longest_characters_are_kept_whole(
    installation: Installation, ben: Phone
) -> None:
    longest = {column: "🙂" * (LONGEST_TEXT - 1) + end for column, end in zip(COLUMNS, "abc", strict=True)}
    await ben.write(longest)
    assert ben.answer.status_code == 200
    assert await stored(installation) == [*longest.values()]


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        (b"", [""]),
        (b"a=1&b=2&c=3&d=4", [""]),
        (b"column=worried_about&client_id=&text=one&more=of+this", ["one"]),
        (b"text=one&text=two&text=three&text=", ["one", "two", "three"]),
        (b"column=working_well&client_id=&text=+&tapped=working_well", [""]),
    ],
)
def test_a_form_is_cut_into_its_points(body: bytes, texts: list[str]) -> None:
    assert [form.text for form in PointForm.all_sent(body)] == texts


def test_a_form_of_more_boxes_than_a_page_has_gives_no_more_points() -> None:
    box = "column=working_well&client_id={}&text=words"
    assert len(PointForm.all_sent("&".join(box.format(number) for number in range(40)).encode())) == len(COLUMNS)
