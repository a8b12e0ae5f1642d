"""Everything that a database holds, whoever put it there."""

from workshop.database import Database
from workshop.migrations.metadata import metadata

Rows = dict[str, list[str]]


async def all_rows(database: Database) -> Rows:
    """Table → its rows as text, in an order of their own: two databases that hold the same give the same."""
    async with database.reader.connect() as connection:
        return {
            table.name: sorted(repr(tuple(row)) for row in await connection.execute(table.select()))
            for table in metadata.sorted_tables
        }


async def tables_with(database: Database, words: str) -> set[str]:
    """The names of the tables in which the words stand."""
    return {name for name, rows in (await all_rows(database)).items() if any(words in row for row in rows)}
