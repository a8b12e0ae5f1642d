"""The worker that makes one workbook: pandas would stall the server's event loop and keep its memory.

``python -m workshop.exports.worker`` reads a report as JSON and writes the workbook's bytes.
"""

import sys

import msgspec

from workshop.exports.report import Report
from workshop.worker import outcome_of


async def workbook_of(report: Report) -> bytes:
    """The workbook, made in a process of its own. Raises WorkerFailed."""
    return await outcome_of("workshop.exports.worker", msgspec.json.encode(report))


def main() -> None:
    """From standard input to standard output."""
    from workshop.exports.workbook import workbook  # noqa: PLC0415 (the server imports this module, and needs none of it)

    report = msgspec.json.decode(sys.stdin.buffer.read(), type=Report)
    sys.stdout.buffer.write(workbook(report))


if __name__ == "__main__":
    main()
