"""The run that keeps the promise: inside ``workshop serve`` every hour, and as ``workshop purge``."""

import asyncio

import structlog
from sqlmodel import col, delete, select, update

from workshop.contributions.models import WordsGone
from workshop.contributions.pending import forget_pending_imports
from workshop.database import Database, now
from workshop.retention.compaction import WordsStillInFile, compact
from workshop.retention.models import DeletionRecord
from workshop.retention.queries import focus_groups_due
from workshop.retention.writes import DATE_PASSED, purge_focus_group

EVERY = 3600.0
# A statement takes some thousands of values on either database.
AT_ONCE = 1_000
log = structlog.get_logger()


async def purge_what_is_due(database: Database) -> list[DeletionRecord]:
    """Purge every group whose date has passed, uploads older than an hour, then the files' bytes; the new records.

    A group that cannot be purged holds up no other; once all the rest is done its failure is raised. Raises
    WordsStillInFile when readers kept the files from being rewritten. The next run tries both again.
    """
    async with database.reading() as db:
        due = [focus_group.id for focus_group, _ in await focus_groups_due(db, now())]
    records, failures = [], []
    for focus_group_id in due:
        try:
            async with database.writing() as db:
                if record := await purge_focus_group(db, focus_group_id, reason=DATE_PASSED):
                    records.append(record)
        except Exception as problem:  # noqa: BLE001 (whatever it is: the others' words were promised to go, too)
            failures.append(problem)
    async with database.writing() as db:
        # Uploads hold raw words for an hour, not until somebody uploads the next one.
        await forget_pending_imports(db)
    await compact_what_is_left(database)
    if failures:
        raise failures[0]
    return records


async def compact_what_is_left(database: Database) -> None:
    """Rewrite the files when words that went have not gone from their bytes yet. Raises WordsStillInFile."""
    # By id: what is committed while the files are rewritten may not be in it.
    async with database.reading() as db:
        records = list(await db.exec(select(DeletionRecord.id).where(col(DeletionRecord.compacted_at).is_(None))))
        gone = list(await db.exec(select(WordsGone.id)))
    if not (records or gone):
        return
    await compact(database)
    async with database.writing() as db:
        done = update(DeletionRecord).where(col(DeletionRecord.id).in_(records))
        await db.exec(done.values(compacted_at=now()))
        for start in range(0, len(gone), AT_ONCE):
            await db.exec(delete(WordsGone).where(col(WordsGone.id).in_(gone[start : start + AT_ONCE])))


async def purge_for_ever(database: Database) -> None:
    """Purge what is due now and once an hour; a failure is logged and tried again."""
    while True:
        try:
            for record in await purge_what_is_due(database):
                log.info("retention.purged", record=str(record.id), points=record.counts.get("points"))
        except WordsStillInFile:
            log.warning("retention.words_still_in_file")
        except Exception:
            log.exception("retention.failed")
        await asyncio.sleep(EVERY)
