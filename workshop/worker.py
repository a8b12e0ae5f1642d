"""A process that does one heavy thing and ends: in the server it would stall the event loop and keep its memory.

A worker is a module with a ``main`` that reads standard input and writes standard output (``python -m``).
"""

import asyncio
import sys


class WorkerFailed(RuntimeError):
    """The process ended without an outcome; its last words are the message."""


async def outcome_of(module: str, given: bytes) -> bytes:
    """What ``module`` makes of ``given``, in a process that ends with whoever waits for it. Raises WorkerFailed."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-P",
        "-m",
        module,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        content, problem = await process.communicate(given)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        raise WorkerFailed(problem.decode(errors="replace")[-2000:])
    return content
