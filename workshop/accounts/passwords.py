"""Passwords: argon2id through pwdlib, a length rule and no other (as NIST SP 800-63B-4, 3.1.1.2, advises).

A hash takes 64 MiB and tens of milliseconds: ``hashed`` and ``verified`` compute it off the event loop, two at a time,
so that a flood of sign-ins costs time and not the machine's memory. Never call either inside a writing block.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from pwdlib import PasswordHash

from workshop.facts import Refused
from workshop.text import in_form

SHORTEST = 12
LONGEST = 1_000
AT_A_TIME = 2
_argon2 = PasswordHash.recommended()
_threads = ThreadPoolExecutor(AT_A_TIME, thread_name_prefix="password")


class PasswordLength(Refused):
    """A password that is too short or too long."""


def check_length(plain: str, field: str = "password") -> None:
    """Raise ``PasswordLength`` with a sentence for the person unless ``plain`` has 12 to 1,000 characters."""
    if len(plain) < SHORTEST:
        raise PasswordLength(
            f"Use at least {SHORTEST} characters. Three or four words together are easy to keep.", field
        )
    if len(plain) > LONGEST:
        raise PasswordLength(f"Use at most {LONGEST:,} characters", field)


def hash_password(plain: str) -> str:
    """The argon2id hash to be stored; raises ``PasswordLength``."""
    check_length(plain)
    return _argon2.hash(_as_bytes(plain))


def verify_password(plain: str, password_hash: str | None) -> tuple[bool, str | None]:
    """Whether ``plain`` is the password, and a new hash to be stored when the old one's cost has become too low.

    Without a hash (nobody of that e-mail address, or no password set yet) it takes as long, and is False.
    """
    if password_hash is None:
        _argon2.verify(_as_bytes(plain), _nobodys_hash())
        return False, None
    return _argon2.verify_and_update(_as_bytes(plain), password_hash)


async def hashed(plain: str) -> str:
    """``hash_password`` off the event loop."""
    return await asyncio.get_running_loop().run_in_executor(_threads, hash_password, plain)


async def verified(plain: str, password_hash: str | None) -> tuple[bool, str | None]:
    """``verify_password`` off the event loop."""
    return await asyncio.get_running_loop().run_in_executor(_threads, verify_password, plain, password_hash)


@cache
def _nobodys_hash() -> str:
    return _argon2.hash(b"the password of nobody at all")


def _as_bytes(plain: str) -> bytes:
    # One keyboard composes an accent, another does not: the same password on both.
    return in_form("NFKC", plain).encode("utf-8", "surrogatepass")
