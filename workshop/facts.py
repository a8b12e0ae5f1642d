"""Why a rule refuses: named facts, raised by the slices, turned into an answer at one place (workshop.web.errors)."""


class Refused(Exception):
    """A rule says no: ``str()`` is a sentence for the person, ``field`` names the input at fault."""

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


class NotFound(Refused):
    """There is nothing of that name in what the caller may see."""
