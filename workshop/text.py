"""The one normalisation of what people type, and keyed hashes of words.

Kept: every character but NUL and the C0 controls other than newline and tab. Changed: Unicode to NFC, CRLF and CR to
newline, blanks at both ends taken off. docs/programme-file.md documents it as the only change a text undergoes.
"""

import hashlib
import hmac
import unicodedata

LONGEST_TEXT = 40_000
_DROPPED = {code: None for code in range(32) if chr(code) not in "\n\t"} | {0x7F: None}
# Lone surrogates cannot be stored as UTF-8 by any database.
_DROPPED |= dict.fromkeys(range(0xD800, 0xE000))


def normalised(text: str) -> str:
    """``text`` in NFC, with one kind of newline, without control characters and blank ends. Idempotent."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_DROPPED)
    return unicodedata.normalize("NFC", text).strip()


def keyed_hash(key: bytes, words: str) -> bytes:
    """16 bytes that tell equal words apart from others, and nothing about them without ``key``."""
    return hmac.digest(key, words.encode(), hashlib.sha256)[:16]


def token_hash(token: str) -> bytes:
    """The SHA-256 of a random token: what the database keeps of cookies, links and bearer tokens."""
    return hashlib.sha256(token.encode()).digest()
