"""Rewriting the database's files once words are destroyed, and what is said where that has to wait."""

from workshop.database import Database
from workshop.retention.compaction import WordsStillInFile
from workshop.retention.schedule import compact_what_is_left

IN_USE = "The database’s files are in use and will be rewritten within the hour."


async def rewritten(database: Database) -> bool:
    """Whether the words are out of the files' bytes now; else the hourly run sees to it."""
    try:
        await compact_what_is_left(database)
    except WordsStillInFile:
        return False
    return True


async def said_of_deletion(database: Database, what: str) -> str:
    """A sentence about ``what`` (“The words are”) once its words are destroyed."""
    return (
        f"{what} deleted, from the database’s files too." if await rewritten(database) else f"{what} deleted. {IN_USE}"
    )
