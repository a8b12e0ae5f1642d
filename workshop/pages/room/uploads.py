"""An uploaded file → what is kept of it for an hour."""

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.contributions.import_rows import headings_of, point_rows, without_personal_columns
from workshop.contributions.models import PendingImport
from workshop.contributions.pending import kept_points, kept_sheet
from workshop.contributions.spreadsheets import Unreadable, read_sheet
from workshop.contributions.vocabulary import Vocabulary
from workshop.programmes.queries import agencies_of, columns_of, themes_of


async def vocabulary_of(db: AsyncSession, programme_id: UUID) -> Vocabulary:
    """The words of a programme."""
    return Vocabulary(
        await themes_of(db, programme_id), await columns_of(db, programme_id), await agencies_of(db, programme_id)
    )


def pending_of(data: bytes | None, vocabulary: Vocabulary, focus_group_id: UUID, account_id: UUID) -> PendingImport:
    """A file as it is kept: its points, or its sheet when there is a person in each row. Raises Unreadable."""
    if data is None:
        raise Unreadable("Choose a file")
    sheet = read_sheet(data)
    pending = PendingImport(focus_group_id=focus_group_id, account_id=account_id)
    if headings := headings_of(sheet):
        pending.points = kept_points(point_rows(sheet, headings))
        taken = set(headings.values())
        pending.left_out = [heading for place, heading in enumerate(sheet.header) if place not in taken and heading]
        return pending
    sheet, pending.left_out = without_personal_columns(sheet, vocabulary)
    if not sheet.header:
        raise Unreadable("All columns of this file say who wrote, and none what was written")
    pending.sheet = kept_sheet(sheet)
    return pending
