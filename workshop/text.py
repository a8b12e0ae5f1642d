"""The one normalisation of what people type, keyed hashes of words, and how a count is written.

Kept: every character but NUL and the C0 controls other than newline and tab. Changed: Unicode to NFC, CRLF and CR to
newline, blanks at both ends taken off. docs/programme-file.md documents it as the only change a text undergoes.
"""

import hashlib
import hmac
import re
import unicodedata
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Literal

LONGEST_TEXT = 40_000
_DROPPED = {code: None for code in range(32) if chr(code) not in "\n\t"} | {0x7F: None}
# Lone surrogates cannot be stored as UTF-8 by any database.
_DROPPED |= dict.fromkeys(range(0xD800, 0xE000))
# Nobody's writing puts more marks on a letter (Unicode's Stream-Safe Text Format, UAX 15, allows as many).
MARKS_IN_A_ROW = 30
# So short a text is put in order in no time, whatever it holds.
SHORT = 300
# Where marks stand in Unicode 17, with room to spare.
_FIRST_MARK, _LAST_MARK = 0x0300, 0x1F000
Form = Literal["NFC", "NFKC"]
_DECOMPOSED: dict[Form, Literal["NFD", "NFKD"]] = {"NFC": "NFD", "NFKC": "NFKD"}


def normalised(text: str) -> str:
    """``text`` in NFC, with one kind of newline, without control characters and blank ends. Idempotent."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_DROPPED)
    return in_form("NFC", text).strip()


def in_form(form: Form, text: str) -> str:
    """``unicodedata.normalize``, in a time that grows with the length alone.

    Its own way to put combining marks in order takes the square of how many stand in a row: a form full of them, sent
    by anybody, would hold up everybody for minutes. Long rows are put in their order before.
    """
    if len(text) > SHORT and not text.isascii():
        text = _long_rows_of_marks(form).sub(lambda found: _ordered(form, found[0]), text)
    return unicodedata.normalize(form, text)


def _ordered(form: Form, marks: str) -> str:
    """The same marks, decomposed and in canonical order (Unicode 3.11, D109: those of one class stay as they are)."""
    decomposed = "".join(unicodedata.normalize(_DECOMPOSED[form], mark) for mark in marks)
    return "".join(sorted(decomposed, key=unicodedata.combining))


@cache
def _long_rows_of_marks(form: Form) -> re.Pattern[str]:
    decomposed = _DECOMPOSED[form]
    is_mark = [
        # Nothing but marks comes of it when it is decomposed.
        unicodedata.combining(unicodedata.normalize(decomposed, chr(code))[0]) > 0
        for code in range(_FIRST_MARK, _LAST_MARK)
    ]
    runs = [
        [code for code, _ in run]
        for has_marks, run in groupby(enumerate(is_mark, _FIRST_MARK), itemgetter(1))
        if has_marks
    ]
    marks = "".join(f"{chr(run[0])}-{chr(run[-1])}" for run in runs)
    return re.compile(f"[{marks}]{{{MARKS_IN_A_ROW},}}")


def counted(count: int, one: str, many: str = "") -> str:
    """1 point, 2 points, 1,234 points; ``many`` where an s is not enough (1 agency, 2 agencies)."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def keyed_hash(key: bytes, words: str) -> bytes:
    """16 bytes that tell equal words apart from others, and nothing about them without ``key``."""
    return hmac.digest(key, words.encode(), hashlib.sha256)[:16]


def token_hash(token: str) -> bytes:
    """The SHA-256 of a random token: what the database keeps of cookies, links and bearer tokens."""
    return hashlib.sha256(token.encode()).digest()
