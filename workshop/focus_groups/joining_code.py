"""Join links that nobody guesses, and short codes that can be read off a wall and typed in."""

import secrets

# No 0/O, 1/I/L, 2/Z, 5/S, 8/B, U/V: none can be mistaken for another, and hardly a word can be spelt.
ALPHABET = "34679ACDEFGHJKMNPQRTWXY"
LENGTH = 6


def new_join_token() -> str:
    """128 random bits for a link: 22 characters of base64url."""
    return secrets.token_urlsafe(16)


def new_join_code() -> str:
    """Six characters of ``ALPHABET``: 148 million codes."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def read_join_code(typed: str) -> str | None:
    """The code in what somebody typed: any case, with blanks or hyphens; None when it cannot be one."""
    code = "".join(typed.split()).replace("-", "").upper()
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else None


def shown_join_code(code: str) -> str:
    """The code in two groups of three, as it is read out."""
    return f"{code[:3]} {code[3:]}"
