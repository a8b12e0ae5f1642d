"""A process that does one heavy thing and ends: in the server it would stall the event loop and keep its memory.

A worker is a module with a ``main`` that reads standard input and writes standard output (``python -m``).
"""

import asyncio
import sys

# Nothing that people wait for takes so long: whatever does is stuck.
LONGEST = 300


class WorkerFailed(RuntimeError):
    """The process ended without an outcome; its last words are the message."""


async def outcome_of(module: str, given: bytes, *, seconds: float = LONGEST) -> bytes:
    """What ``module`` makes of ``given``, in a process that ends with whoever waits for it. Raises WorkerFailed.

    At the latest it ends in so many ``seconds``, without an outcome.
    """
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
        async with asyncio.timeout(seconds):
            content, problem = await process.communicate(given)
    except TimeoutError:
        raise WorkerFailed(f"not done in {seconds:g} seconds") from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        raise WorkerFailed(problem.decode(errors="replace")[-2000:])
    return content
