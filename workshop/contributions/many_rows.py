"""Many rows in one statement that is compiled once: SQLAlchemy takes longer over a batch's rows than SQLite does."""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any, TypeVar

from sqlalchemy import Connection, Dialect, Table, bindparam, select
from sqlalchemy.dialects import sqlite

Place = TypeVar("Place")
Values = tuple[Any, ...]


class ManyRows:
    """INSERT … ON CONFLICT DO NOTHING into ``columns`` of ``table``, the first of which is its key.

    For one kind of database. ``columns`` are in the table's order, and all those are in it that have a default.
    """

    def __init__(self, table: Table, columns: Sequence[str]) -> None:
        self._table = table
        self._columns = [table.c[name] for name in columns]
        self._statements: dict[int, str] = {}
        self._processors: list[Any] = []

    def insert(self, connection: Connection, rows: Mapping[Place, Values]) -> Mapping[Place, Values]:
        """Insert ``rows``, each with a value for every column; those of them that no key stood in the way of."""
        if not rows:
            return rows
        statement = self._statements.get(len(rows))
        if statement is None:
            statement = self._statements[len(rows)] = self._compiled(len(rows), connection.dialect)
        found = connection.exec_driver_sql(statement, self._as_stored(rows))
        if found.rowcount == len(rows):
            return rows
        key = self._columns[0]
        inserted = set(connection.execute(select(key).where(key.in_([row[0] for row in rows.values()]))).scalars())
        return {place: row for place, row in rows.items() if row[0] in inserted}

    def _as_stored(self, rows: Mapping[Place, Values]) -> Values:
        """All values one after another, as the database's driver takes them. By columns: most need nothing done."""
        columns = zip(self._processors, zip(*rows.values(), strict=True), strict=True)
        stored = (map(process, values) if process else values for process, values in columns)
        return tuple(chain.from_iterable(zip(*stored, strict=True)))

    def _compiled(self, rows: int, dialect: Dialect) -> str:
        """SQLAlchemy's own statement for so many rows. Raises ValueError when its values are not ``columns``."""
        self._processors = [column.type.dialect_impl(dialect).bind_processor(dialect) for column in self._columns]
        names = [[f"{column.name}_{row}" for column in self._columns] for row in range(rows)]
        values = [
            {each.name: bindparam(name, type_=each.type) for each, name in zip(self._columns, of_row, strict=True)}
            for of_row in names
        ]
        insert: Any = sqlite.insert if dialect.name == "sqlite" else _postgresql_insert()
        compiled = insert(self._table).values(values).on_conflict_do_nothing().compile(dialect=dialect)
        if compiled.positiontup != list(chain.from_iterable(names)):
            message = f"columns in another order, or too few of them: {compiled.positiontup[: len(self._columns) + 1]}"
            raise ValueError(message)
        return str(compiled)


def _postgresql_insert() -> Any:
    # Here, since it is slow to import and most installations run on SQLite.
    from sqlalchemy.dialects.postgresql import insert  # noqa: PLC0415 (see above)

    return insert
