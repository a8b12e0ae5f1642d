"""A person with a keyboard and no mouse: each stop on the way is seen to have a visible focus that nothing covers."""

from typing import Any

from playwright.sync_api import Locator, Page, expect

MANY_STOPS = 150
# How it looks with the focus and without it; and whether it, its label or what is in it is what one sees at its place.
LOOK = """() => {
    const it = document.activeElement
    if (it === document.body || it === document.documentElement) return null
    const label = it.labels?.[0]
    const looks = () => [[it], label ? [label, "::before"] : [it]].map(([of, part]) => {
        const {outlineStyle, outlineWidth, outlineColor, boxShadow, backgroundColor} = getComputedStyle(of, part)
        return [outlineStyle, outlineWidth, outlineColor, boxShadow, backgroundColor].join()
    }).join(" | ")
    const box = it.getBoundingClientRect(), across = [.1, .5, .9]
    const isSeen = across.some(x => across.some(y => {
        const top = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y)
        return top && (it.contains(top) || top.contains(it) && top !== document.body && top.tagName !== "HTML"
            || label?.contains(top))
    }))
    const focused = looks()
    it.blur()
    const blurred = looks()
    it.focus({preventScroll: true})
    return {what: it.outerHTML.slice(0, 200), isMarked: focused !== blurred, isSeen, focused}
}"""


def stop(page: Page) -> None:
    """Fail unless what has the focus shows it, and is not covered."""
    found: dict[str, Any] | None = page.evaluate(LOOK)
    if found is None:
        return
    assert found["isMarked"], f"{page.url}: no visible focus on {found['what']} ({found['focused']})"
    assert found["isSeen"], f"{page.url}: covered while it has the focus: {found['what']}"


def tab_to(page: Page, wanted: Locator, key: str = "Tab") -> None:
    """Press Tab until ``wanted`` has the focus."""
    wanted.wait_for()
    for _ in range(MANY_STOPS):
        page.keyboard.press(key)
        stop(page)
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{page.url}: the keyboard does not get to {wanted}")


def go(page: Page, wanted: Locator, key: str = "Enter") -> None:
    """Tab to it and press it."""
    tab_to(page, wanted)
    page.keyboard.press(key)


def type_into(page: Page, wanted: Locator, text: str) -> None:
    """Tab to the box, and type at the end of what is in it."""
    tab_to(page, wanted)
    page.keyboard.press("Control+End")
    page.keyboard.type(text)


def still_focused(page: Page, wanted: Locator) -> None:
    """After a swap the keyboard is where it was, and one can see it."""
    expect(wanted).to_be_focused()
    stop(page)
