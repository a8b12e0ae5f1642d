"""The four files that a programme can be taken out as, and what each is called."""

import asyncio
import datetime as dt
import re
from enum import StrEnum

from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.exports.csv import recommendations_csv
from workshop.exports.gathering import report_of
from workshop.exports.page import printable_page
from workshop.exports.programme_file import ProgrammeFile, written
from workshop.exports.queries import programme_file_of
from workshop.exports.report import Report
from workshop.exports.worker import workbook_of
from workshop.programmes.models import Programme


class Kind(StrEnum):
    """What is asked for; also the file's ending."""

    XLSX = "xlsx"
    CSV = "csv"
    HTML = "html"
    JSON = "json"


MEDIA_TYPES = {
    Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Kind.CSV: "text/csv",
    Kind.HTML: "text/html",
    Kind.JSON: "application/json",
}
LONGEST_TITLE = 60


async def contents_of(db: AsyncSession, programme: Programme, kind: Kind) -> Report | ProgrammeFile:
    """What the document will say. Give it a frozen session, and render after the session is closed."""
    return await programme_file_of(db, programme) if kind is Kind.JSON else await report_of(db, programme)


async def rendered(contents: Report | ProgrammeFile, kind: Kind) -> bytes:
    """The document's bytes; the event loop goes on meanwhile."""
    if isinstance(contents, ProgrammeFile):
        return await asyncio.to_thread(written, contents)
    if kind is Kind.XLSX:
        return await workbook_of(contents)
    return await asyncio.to_thread(recommendations_csv if kind is Kind.CSV else printable_page, contents)


def file_name(title: str, kind: Kind, day: dt.date) -> str:
    """``core-groups-2026-recommendations-2026-11-21.xlsx``: letters and digits of any script, hyphens."""
    words = re.sub(r"[\W_]+", "-", title.lower())[:LONGEST_TITLE].strip("-") or "programme"
    what = "programme-file" if kind is Kind.JSON else "recommendations"
    return f"{words}-{what}-{day.isoformat()}.{kind}"
