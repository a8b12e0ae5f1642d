"""What a point says, whatever its capitals, punctuation and endings: the key of its words, and their stems."""

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from workshop.text import in_form

if TYPE_CHECKING:
    import snowballstemmer

# What is compared of a text: who writes more says the same thing at its beginning, or several things.
LOOKED_AT = 1_000
# Apostrophes and hyphens, straight and typographic.
_JOINTS = "['\u2019\u02bc\u2010\u2011-]"
_WORD = re.compile(rf"[^\W_]+(?:{_JOINTS}[^\W_]+)*")
_WITHIN_WORDS = re.compile(rf"(?<=\w){_JOINTS}(?=\w)")
_APOSTROPHES = str.maketrans("\u2019\u02bc", "''")
_STOP = """
a about above after again against all almost also although always am an and another any anybody anyone anything are
aren't around as at away back be because been before being below better between both but by came can can't cannot
come could couldn't did didn't do does doesn't doing don't done down during each either else enough even ever every
few for from further get gets getting give given go goes going gone good got had hadn't has hasn't have haven't
having he her here hers herself him himself his how however i i'd i'll i'm i've if in instead into is isn't it it's
its itself just keep keeps kept less let let's like lot lots made make makes making many may maybe me might more
most much must my myself nearly need needed needs neither never no nobody none nor not nothing now of off often on
once one only onto or other others our ours ourselves out over own people per perhaps please quite rather really
same say says see seem seems shall she should shouldn't since so some somebody someone something sometimes still
stop such sure take taken takes taking than that that's the their theirs them themselves then there there's these
they they're thing things think this those though through to together too toward towards under until up upon us use
used very want wants was wasn't way we we'd we'll we're we've well were weren't what when where whether which while
who whom whose why will with within without won't would wouldn't yet you you're your yours yourself
"""


def same_words(text: str) -> str:
    """A key that is equal for texts which differ in case, punctuation and spaces only; empty when there is nothing."""
    plain = in_form("NFKC", in_form("NFKC", text).casefold())
    words = " ".join(re.sub(r"[\W_]+", " ", _WITHIN_WORDS.sub("", plain)).split())
    # Somebody may say all in a smile.
    return words or " ".join(plain.split())


def stems(text: str) -> list[str]:
    """The stems of all its words, in order (Snowball's English stemmer)."""
    plain = in_form("NFKC", text[:LOOKED_AT]).casefold().translate(_APOSTROPHES)
    return [_stem(word.removesuffix("'s")) for word in _WORD.findall(plain)]


def telling(said: list[str]) -> list[str]:
    """The stems that are no stop words."""
    return [stem for stem in said if stem not in _stop_stems()]


@cache
def _stop_stems() -> frozenset[str]:
    return frozenset(_stem(word) for word in _STOP.split())


@cache
def _stemmer() -> "snowballstemmer.stemmer":
    # Here, since all its languages come with it, and only grouping needs one.
    import snowballstemmer  # noqa: PLC0415 (see above)

    return snowballstemmer.stemmer("english")


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    stem: str = _stemmer().stemWord(word)
    return stem
