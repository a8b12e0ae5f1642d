"""What a browser would send, and what a person would read."""

from collections.abc import Iterable, Mapping
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
