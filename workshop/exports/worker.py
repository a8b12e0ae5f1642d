"""A process that makes one workbook and ends: pandas would stall the server's event loop and keep its memory.

``python -m workshop.exports.worker`` reads a report as JSON and writes the workbook's bytes.
"""

import asyncio
import sys

import msgspec

from workshop.exports.report import Report


class WorkerFailed(RuntimeError):
    """The process ended without a workbook; its last words are the message."""


async def workbook_of(report: Report) -> bytes:
    """The workbook, made in a process of its own; ended with whoever waits for it."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-P",
        "-m",
        "workshop.exports.worker",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        content, problem = await process.communicate(msgspec.json.encode(report))
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        raise WorkerFailed(problem.decode(errors="replace")[-2000:])
    return content


def main() -> None:
    """From standard input to standard output."""
    from workshop.exports.workbook import workbook  # noqa: PLC0415 (the server imports this module, and needs none of it)

    report = msgspec.json.decode(sys.stdin.buffer.read(), type=Report)
    sys.stdout.buffer.write(workbook(report))


if __name__ == "__main__":
    main()
