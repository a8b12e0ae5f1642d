"""Words that went from the tables before their date: taken back, reworded, answered for."""

from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.contributions.models import WordsGone


def note_words_gone(db: AsyncSession) -> None:
    """Have the next hourly run take what was just overwritten or deleted from the files' bytes too.

    A row of its own each time: nobody waits for another, and none is slower than an insert.
    """
    db.add(WordsGone())
