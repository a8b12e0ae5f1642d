"""What a browser would send, and what a person would read."""

import re
from collections.abc import Iterable, Mapping
from html import unescape
from html.parser import HTMLParser


def form(fields: Mapping[str, object]) -> dict[str, str | list[str]]:
    """A form's fields as strings; a list is a box ticked more than once."""
    return {
        name: [str(each) for each in value] if isinstance(value, list | tuple | set) else str(value)
        for name, value in fields.items()
    }


class Clean(HTMLParser):
    """The words of a page without its marks."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    @classmethod
    def text(cls, html: str) -> str:
        """All words, blanks as they are."""
        reader = cls()
        reader.feed(html)
        return "".join(reader.parts)


def text_of(html: str) -> str:
    """The page's words with single blanks."""
    return " ".join(_words(Clean.text(html)))


def _words(text: str) -> Iterable[str]:
    return text.split()


def fields_of(html: str) -> dict[str, str]:
    """What the form on a page would send: text boxes, areas, hidden fields, checked radios."""
    form: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", html):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if "name" in attributes and (attributes.get("type") not in {"radio", "checkbox"} or " checked" in tag):
            form[attributes["name"]] = unescape(attributes.get("value", ""))
    for name, words in re.findall(r'<textarea[^>]* name="([^"]*)"[^>]*>\n(.*?)</textarea>', html, re.DOTALL):
        form[name] = unescape(words)
    return form
