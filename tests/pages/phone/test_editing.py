"""What somebody wrote is theirs to change and to delete while the group takes points."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from tests.conftest import Installation, Meeting
from tests.pages.phone.conftest import Phone
from tests.pages.phone.points import close, contributions, stored

pytestmark = pytest.mark.anyio
PhoneIn = Callable[[Meeting], Phone]


async def test_own_points_are_edited_and_deleted(installation: Installation, ben: Phone) -> None:
    await ben.join()
    await ben.add("Minutes come slowly.")
    point = f"/contributions/{ben.point_ids()[0]}"
    await ben.open(point)
    assert ben.box("text") == "Minutes come slowly."
    await ben.send(point, text="Minutes come quickly.")
    assert ben.points() == ["Minutes come quickly."]
    await ben.send(point, text=" ")
    assert ben.answer.status_code == 422
    assert ben.box("text") == " "
    await ben.open(f"{point}/removal")
    assert "Delete this point?" in ben.text
    for _ in range(2):
        await ben.send(f"{point}/removal")
        assert ben.answer.status_code == 200
        assert "has been deleted" in ben.text
    assert ben.points() == []
    assert await stored(installation) == [None]


async def test_the_same_words_as_another_own_point_are_refused_with_the_words(ben: Phone) -> None:
    await ben.join()
    await ben.add("One.")
    await ben.add("Two.")
    await ben.send(f"/contributions/{ben.point_ids()[1]}", text="One.")
    assert ben.answer.status_code == 422
    assert ben.box("text") == "One."


async def test_another_persons_point_is_not_there(ben: Phone, phone_in: PhoneIn, meeting: Meeting) -> None:
    await ben.join()
    await ben.add("My own words.")
    point = f"/contributions/{ben.point_ids()[0]}"
    other = phone_in(meeting)
    await other.join()
    for path in (point, f"{point}/removal"):
        await other.open(path)
        assert other.answer.status_code == 404
        await other.send(path, text="Mine now.")
        assert other.answer.status_code == 404
    await ben.open(ben.theme())
    assert ben.points() == ["My own words."]


@pytest.mark.parametrize("joins_again", [False, True])
async def test_a_change_from_a_phone_that_is_no_longer_known_gives_the_words_back(
    installation: Installation, ben: Phone, *, joins_again: bool
) -> None:
    await ben.join()
    await ben.add("Minutes come slowly.")
    point = f"/contributions/{ben.point_ids()[0]}"
    ben.client.cookies.clear()
    if joins_again:
        await ben.join()
    await ben.send(point, text="Minutes come quickly.")
    assert (ben.answer.status_code, ben.box("text")) == (404, "Minutes come quickly.")
    assert "add them as a new point" in ben.text
    # It would be refused again.
    assert "Send again" not in ben.text
    await ben.send_by_script(point, text="Minutes come quickly.")
    assert "data-unsaved" in ben.html
    assert await stored(installation) == ["Minutes come slowly."]


async def test_editing_on_a_closed_group_gives_the_words_back(
    installation: Installation, meeting: Meeting, ben: Phone
) -> None:
    await ben.join()
    await ben.add("As it was.")
    point = f"/contributions/{ben.point_ids()[0]}"
    await close(installation, meeting)
    await ben.send(point, text="As it should be.")
    assert ben.answer.status_code == 409
    assert ben.box("text") == "As it should be."
    await ben.send(f"{point}/removal")
    assert "closed" in ben.text
    assert ben.points() == ["As it was."]


async def test_a_late_retry_of_a_deleted_point_says_so(installation: Installation, ben: Phone) -> None:
    await ben.join()
    client_id = str(uuid4())
    await ben.add("Better not.", client_id=client_id)
    await ben.send(f"/contributions/{ben.point_ids()[0]}/removal")
    await ben.add("Better not.", client_id=client_id)
    assert "you have deleted it since" in ben.text
    await ben.send_by_script(contributions(ben), column="working_well", client_id=client_id, text="Better not.")
    assert (ben.answer.status_code, "data-gone" in ben.html) == (200, True)
    assert await stored(installation) == [None]
