"""Rows that go in together: as SQLAlchemy itself stores them, but for those that a key stands in the way of."""

from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as some
from sqlalchemy import Boolean, Column, Integer, LargeBinary, MetaData, String, Table, Uuid, create_engine, select

from workshop.contributions.many_rows import ManyRows
from workshop.database import UtcDateTime

COLUMNS = ("id", "name", "is_odd", "raw", "at")
table = Table(
    "thing",
    MetaData(),
    Column("id", Uuid, primary_key=True),
    Column("name", String, unique=True),
    Column("left_out", Integer),
    Column("is_odd", Boolean, default=False),
    Column("raw", LargeBinary),
    Column("at", UtcDateTime),
)
rows = some.lists(
    some.tuples(
        some.uuids(version=4),
        some.text(max_size=2),
        some.booleans(),
        some.binary(max_size=3),
        some.datetimes(timezones=some.just(UTC)),
    ),
    max_size=8,
)


@given(rows, rows)
def test_what_no_key_stands_in_the_way_of_is_stored(first: list[tuple], second: list[tuple]) -> None:  # type: ignore[type-arg]
    many = ManyRows(table, COLUMNS)
    with create_engine("sqlite://").begin() as connection:
        table.metadata.create_all(connection)
        expected: dict[object, tuple] = {}  # type: ignore[type-arg]
        for batch in (first, second):
            new = {}
            for place, row in enumerate(batch):
                if row[0] not in expected and row[1] not in {each[1] for each in expected.values()}:
                    expected[row[0]] = new[place] = row
            found = many.insert(connection, dict(enumerate(batch)))
            assert {row[0] for row in found.values()} == {row[0] for row in new.values()}
        stored = connection.execute(select(*(table.c[name] for name in COLUMNS))).all()
        assert {row[0]: tuple(row) for row in stored} == expected


def test_a_column_with_a_default_must_be_among_them() -> None:
    with create_engine("sqlite://").begin() as connection, pytest.raises(ValueError, match="is_odd"):
        ManyRows(table, ("id", "name")).insert(connection, {1: ("a", "b")})
