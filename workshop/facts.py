"""Why a rule refuses: named facts, raised by the slices, turned into an answer at one place (workshop.web.errors)."""


class Refused(Exception):
    """A rule says no: ``str()`` is a sentence for the person, ``field`` names the input at fault."""

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field

    @property
    def by_field(self) -> dict[str, str]:
        """The sentence as a form's errors: beside the input at fault, else (under "") above the form."""
        return {self.field or "": str(self)}


class NotFound(Refused):
    """There is nothing of that name in what the caller may see."""


class Crossed(Refused):
    """Somebody else wrote what this would have written, or removed what it needs, at the same moment."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody else changed this at the same moment, or it was sent twice. Nothing of it was saved this time. "
            "Look at how it stands now, and try again if it is still needed."
        )
