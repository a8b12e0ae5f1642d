"""What is logged: lines for whoever runs the installation, never what people wrote."""

import sqlite3
from collections.abc import Iterator
from traceback import extract_tb
from types import TracebackType
from typing import TextIO

import structlog

# Their messages name files, tables and columns. Those of others may quote a value: PostgreSQL's “Failing row contains”.
SPEAKABLE = (OSError, sqlite3.Error)
# Of each failure so many of the innermost frames: one that calls itself without end would fill the log.
DEEPEST = 30
ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def configure_logs() -> None:
    """Plain lines, and of a failure its kind and where it came through.

    structlog's own choice prints every local variable of every frame (the words of the request among them), and takes
    a second for it, in which nobody else is answered.
    """
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.dev.ConsoleRenderer(colors=False, exception_formatter=write_failure),
        ],
    )


def write_failure(to: TextIO, exc_info: ExcInfo) -> None:
    """A failure and what caused it, the cause first; without messages that may hold somebody's words."""
    for problem in reversed(list(_causes(exc_info[1]))):
        frames = extract_tb(problem.__traceback__, limit=-DEEPEST)
        to.writelines(f"  {frame.filename}:{frame.lineno} {frame.name}\n" for frame in frames)
        message = f": {problem}" if isinstance(problem, SPEAKABLE) else ""
        to.write(f"{type(problem).__module__}.{type(problem).__qualname__}{message}\n")


def _causes(problem: BaseException | None) -> Iterator[BaseException]:
    while problem is not None:
        yield problem
        problem = problem.__cause__ or (None if problem.__suppress_context__ else problem.__context__)
