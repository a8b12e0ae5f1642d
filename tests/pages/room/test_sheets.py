"""Blank sheets for those without a phone."""

from tests.pages.room.conftest import Room


async def test_each_theme_has_its_sheet_with_the_columns_and_what_must_be_said(room: Room) -> None:
    page = (await room.ada.get(f"{room.path}/sheets")).text
    assert page.count('<section class="sheet"') == len(room.meeting.themes)
    for words in (
        *(theme.name for theme in room.meeting.themes),
        "What is working well?",
        "Core groups 2026",
        "North East",
        "no names of children or families",
        "This is not a referral",
        "01632 960 100",
        "Your agency",
    ):
        assert words in page
    assert "<nav" not in page


async def test_the_same_as_pdf(room: Room) -> None:
    answer = await room.ada.get(f"{room.path}/sheets.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert answer.content.count(b"/Type/Page/") + answer.content.count(b"/Type /Page\n") == len(room.meeting.themes)
