"""The A4 poster with which people join a focus group, as tagged PDF (PDF/UA-1)."""

import json
from dataclasses import asdict, dataclass

from workshop.exports.qr import qr_svg
from workshop.paths import LAYOUTS


@dataclass(frozen=True, slots=True)
class Poster:
    """What stands on it. ``link`` is what the QR code holds; ``code`` is None while nobody may join by it."""

    title: str
    group: str
    when: str
    link: str
    address: str
    code: str | None
    about: str
    controller: str
    days: int
    contacts: list[str]
    word: str


def poster_pdf(poster: Poster) -> bytes:
    """The poster's PDF. Takes a tenth of a second: call it in a thread."""
    import typst

    layout = LAYOUTS / "poster"
    # As JSON: to Typst it is data, so that no sign in anybody's words is markup.
    data = json.dumps(asdict(poster) | {"qr": qr_svg(poster.link, "QR code")})
    return typst.compile(
        layout / "poster.typ", root=layout, format="pdf", sys_inputs={"poster": data}, pdf_standards=["ua-1"]
    )
