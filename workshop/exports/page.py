"""The recommendations as one HTML file to be printed or sent: no scripts, nothing loaded from elsewhere."""

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from workshop.days import uk_day
from workshop.exports.report import Recommended, Report
from workshop.paths import LAYOUTS
from workshop.text import counted

FOLDER = LAYOUTS / "recommendations"


def printable_page(report: Report) -> bytes:
    """The page's bytes; every word in it is escaped."""
    # Our own stylesheet: no value of a programme is in it.
    style = Markup((FOLDER / "page.css").read_text())  # noqa: S704 (the file is ours)
    return _layout().render(report=report, style=style, uk_day=uk_day, evidence=evidence).encode()


def evidence(recommended: Recommended) -> str:
    """What stands behind it, in a line."""
    counts = [
        "number of points not shown" if recommended.points is None else counted(recommended.points, "point"),
        counted(recommended.people, "person", "people") if recommended.people else "",
        ", ".join(recommended.focus_groups),
        ", ".join(recommended.agencies),
    ]
    return f"Evidence: {'; '.join(part for part in counts if part)}"


@cache
def _layout() -> Template:
    pages = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return pages.get_template("page.html")
