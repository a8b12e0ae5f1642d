"""What stands in the files of a data directory, and in which file PostgreSQL keeps a table."""

from pathlib import Path

from sqlalchemy import text

from tests.conftest import Installation


def bytes_of_files(folder: Path) -> bytes:
    """Every byte of every file: what was deleted from the tables alone may still be there."""
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())


async def postgres_file(here: Installation, table: str) -> str:
    """The path of the file that holds a table on PostgreSQL: another one once the table was rewritten."""
    if here.database.is_sqlite:
        return ""
    async with here.database.reader.connect() as connection:
        return str((await connection.execute(text("SELECT pg_relation_filepath(:table)"), {"table": table})).scalar())
