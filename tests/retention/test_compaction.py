"""The files are written anew, so that no copy stays which SQLite left where rows moved from page to page."""

import sqlite3
from contextlib import closing

from tests.conftest import Installation
from tests.retention.files import bytes_of_files
from workshop.retention.compaction import compact

CANARY = "The canary sang of kestrels at teatime"


async def test_what_stands_in_freed_pages_goes(installation: Installation) -> None:
    """Such copies are left now and then, in spite of ``secure_delete``; without it there is one for certain."""
    database = installation.database
    assert database.path
    async with database.turn():
        with closing(sqlite3.connect(database.path)) as careless, careless:
            careless.execute("PRAGMA secure_delete=OFF")
            careless.execute("CREATE TABLE left_over AS SELECT ? AS words", [CANARY])
            careless.execute("DROP TABLE left_over")
    assert CANARY.encode() in bytes_of_files(installation.settings.data_dir)
    await compact(database)
    assert CANARY.encode() not in bytes_of_files(installation.settings.data_dir)
