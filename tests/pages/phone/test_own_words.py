"""A room opens the same pages at once, and everybody sees their own words and nobody else's."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest

from tests.conftest import Installation, Meeting, make_meeting
from tests.pages.phone.conftest import COLUMNS, Phone

pytestmark = pytest.mark.anyio
PHONES = 8
ROUNDS = 4


@pytest.fixture
def installation(installation_on_either: Installation) -> Installation:
    """On SQLite and on PostgreSQL in turn."""
    return installation_on_either


@pytest.fixture
async def phones(
    installation: Installation, meeting: Meeting, phone_in: Callable[[Meeting], Phone]
) -> AsyncIterator[list[Phone]]:
    """Phones of two focus groups, each with words of its own in every box of two themes."""
    other = await make_meeting(installation, "Northshire", "Another programme", facilitator="ada@example.org")
    here = [phone_in(other if number % 3 == 0 else meeting) for number in range(PHONES)]
    for number, phone in enumerate(here):
        await phone.join()
        for place in (0, 1):
            for column in COLUMNS[number % 2 :]:
                await phone.add(words_of(number, place, column), column=column, place=place)
    yield here
    for phone in here:
        await phone.client.aclose()


def words_of(number: int, place: int, column: str) -> str:
    """What phone ``number`` has written there: nobody else's begins or ends like it."""
    return f"({number}) wrote <{place}> about {column}"


async def test_everybody_sees_their_own_words_alone(phones: list[Phone]) -> None:
    async def look(number: int, phone: Phone) -> None:
        for round_ in range(ROUNDS):
            place = (number + round_) % 2
            expected = [words_of(number, place, column) for column in COLUMNS[number % 2 :]]
            await phone.open(phone.theme(place))
            assert phone.points() == expected
            assert phone.html.count(") wrote &lt;") == len(expected)
            await phone.open("/themes")
            assert phone.text.count(f"{len(expected)} points") == 2
            assert ") wrote" not in phone.html

    await asyncio.gather(*(look(number, phone) for number, phone in enumerate(phones)))


async def test_while_others_write_nobody_misses_what_was_saved(phones: list[Phone]) -> None:
    async def write_and_look(number: int, phone: Phone) -> None:
        expected = [words_of(number, 0, column) for column in COLUMNS[number % 2 :]]
        for round_ in range(ROUNDS):
            # The last column: the page shows its points after all others.
            await phone.open(phone.theme())
            text = f"({number}) goes on {round_}"
            await phone.send_by_script(
                f"{phone.theme()}/contributions", column=COLUMNS[-1], client_id=phone.form_id(COLUMNS[-1]), text=text
            )
            assert phone.points() == [text]
            expected.append(text)
            await phone.open(phone.theme())
            assert phone.points() == expected

    await asyncio.gather(*(write_and_look(number, phone) for number, phone in enumerate(phones)))


async def test_every_opening_has_forms_of_its_own(phones: list[Phone]) -> None:
    ids: list[str] = []
    for phone in phones * 2:
        await phone.open(phone.theme())
        ids += [phone.form_id(column) for column in COLUMNS]
    assert len(set(ids)) == len(ids) == 2 * PHONES * len(COLUMNS)


async def test_another_groups_cookie_opens_nothing(phones: list[Phone]) -> None:
    stranger, ben = phones[0], phones[1]
    token = next(value for name, value in stranger.client.cookies.items() if name.startswith("place-"))
    name = next(name for name in ben.client.cookies if name.startswith("place-"))
    ben.client.cookies.clear()
    ben.client.cookies.set(name, token)
    await ben.open(ben.theme())
    assert [answer.status_code for answer in ben.answer.history] == [303]
    assert ") wrote" not in ben.html
