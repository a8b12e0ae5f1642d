"""Blank sheets for those without a phone: an A4 page a theme with the programme's columns, as tagged PDF (PDF/UA-1)."""

import json
from dataclasses import asdict, dataclass

from workshop.paths import LAYOUTS


@dataclass(frozen=True, slots=True)
class BlankSheets:
    """What stands on them. ``contacts``: lines with local safeguarding numbers; ``days`` until words go."""

    title: str
    group: str
    themes: list[str]
    questions: list[str]
    contacts: list[str]
    days: int
    word: str


def sheets_pdf(sheets: BlankSheets) -> bytes:
    """The sheets' PDF. Takes a tenth of a second: call it in a thread."""
    import typst

    layout = LAYOUTS / "sheets"
    # As JSON: to Typst it is data, so that no sign in anybody's words is markup.
    return typst.compile(
        layout / "sheets.typ",
        root=layout,
        format="pdf",
        sys_inputs={"sheets": json.dumps(asdict(sheets))},
        pdf_standards=["ua-1"],
    )
