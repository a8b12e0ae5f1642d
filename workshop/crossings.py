"""Two who act at once: what the database alone can tell, named as a rule's refusal."""

from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from sqlalchemy.exc import DBAPIError, NoResultFound
from sqlalchemy.orm.exc import ObjectDeletedError, StaleDataError

from workshop.facts import Crossed, NotFound

# PostgreSQL: unique violation, foreign key violation, deadlock; and SQLite's names, which has no deadlocks.
CROSSINGS = {
    "23505",
    "23503",
    "40P01",
    "SQLITE_CONSTRAINT_UNIQUE",
    "SQLITE_CONSTRAINT_PRIMARYKEY",
    "SQLITE_CONSTRAINT_FOREIGNKEY",
}
log = structlog.get_logger()


@contextmanager
def named_when_crossed() -> Iterator[None]:
    """What only happens because somebody else wrote meanwhile is a rule's refusal, not a failure of ours.

    It is logged all the same: a mistake of ours could look like it.
    """
    try:
        yield
    except (NoResultFound, StaleDataError, ObjectDeletedError) as problem:
        log.warning("database.gone", exc_info=problem)
        message = "Somebody has removed this meanwhile."
        raise NotFound(message) from problem
    except DBAPIError as problem:
        if not _is_crossing(problem):
            raise
        log.warning("database.crossed", exc_info=problem)
        raise Crossed from problem


def _is_crossing(problem: DBAPIError) -> bool:
    """A row of the same name was there, one that is pointed to was not, or two transactions waited for each other."""
    name = getattr(problem.orig, "sqlstate", None) or getattr(problem.orig, "sqlite_errorname", None)
    return name in CROSSINGS
