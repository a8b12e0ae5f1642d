"""Names of persons, told from other words by lists of names and by the words around."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from workshop.contributions.identifying.names import CAPITALISED, DOUBTFUL, SURE, SURNAMES
from workshop.contributions.identifying.words_around import (
    BEFORE,
    CHILDREN,
    DOES,
    FAMILY,
    HOUSEHOLD,
    KIN_AFTER,
    NO_NAMES,
    OTHER_TITLES,
    PLACES,
    ROLES,
    ROLES_MEANT,
    SAYS,
    TITLES,
    TOLD,
)

_WORD = re.compile(r"[a-z]+")
_TOKEN = re.compile(r"[A-Za-z]+(?:'[A-Za-z]+)*(?:-[A-Za-z]+)*")
_GIVEN = SURE | CAPITALISED | DOUBTFUL
_LISTED = _GIVEN | SURNAMES
_NEVER_NAMES = NO_NAMES - _LISTED
_ASK_CAPITAL = CAPITALISED | DOUBTFUL | SURNAMES
_SURE_OR_TITLE = SURE | TITLES
_INTRODUCES = BEFORE | ROLES
_BEGINS = SURE | TITLES | OTHER_TITLES
_AROUND = (FAMILY | BEFORE | HOUSEHOLD | ROLES | OTHER_TITLES | {"called", "named", "name"}) - {"health", "cp", "one"}
# Tools and schemes go by names in capitals: HENRY, SARA.
LONGEST_TOOL = 5
_CAPITAL = re.compile(r"[A-Z][a-z]+")
_CAPITAL_INSIDE = re.compile(r"[a-z,'\"-] +\(?([A-Z][a-z]+)|([A-Z][a-z]+)'s [a-z]")
_KIN_OF = re.compile(rf"'s (?:{'|'.join(sorted(FAMILY))})\b", re.IGNORECASE)
# What stands between words of one sentence.
_INSIDE = frozenset(" '(,-/&+")


@dataclass(slots=True)
class Token:
    """A word and where it stands. ``word``: lower-case, without a possessive's ending. ``gap``: what is before it."""

    start: int
    raw: str
    word: str
    gap: str
    is_possessive: bool
    is_capital: bool


def names(text: str, lower: str) -> Iterator[tuple[int, int]]:
    """Where persons seem to be named; a surname beside a given name and a title before it belong to it.

    ``lower``: the text in lower case, which the caller has anyway.
    """
    if not _may_hold_names(text, lower):
        return
    tokens = _tokens(text)
    at = 0
    while at < len(tokens):
        token = tokens[at]
        may_begin = token.is_capital or token.is_possessive or token.word in _BEGINS or "-" in token.raw
        span = _name_at(tokens, at) if may_begin else None
        if span is None:
            at += 1
            continue
        first, last = span
        yield tokens[first].start, tokens[last].start + len(_base(tokens[last].raw))
        at = last + 1


def _may_hold_names(text: str, lower: str) -> bool:
    """A quick look, since most points name nobody and everybody waits for it."""
    words = set(_WORD.findall(lower))
    if not words.isdisjoint(_SURE_OR_TITLE):
        return True
    capitals = {word.lower() for word in _CAPITAL.findall(text)} - _NEVER_NAMES
    if capitals and not capitals.isdisjoint(_ASK_CAPITAL):
        return True
    if capitals and not words.isdisjoint(_AROUND):
        inside = {(one or other).lower() for one, other in _CAPITAL_INSIDE.findall(text)}
        if not inside <= NO_NAMES:
            return True
    if words.isdisjoint(_ASK_CAPITAL):
        return False
    return _KIN_OF.search(text) is not None or not words.isdisjoint(OTHER_TITLES)


def _tokens(text: str) -> list[Token]:
    is_shouting = text.isupper()
    tokens: list[Token] = []
    end = 0
    for found in _TOKEN.finditer(text):
        raw, start = found[0], found.start()
        base = _base(raw)
        is_capital = base[0].isupper() and (is_shouting or len(base) == 1 or not base.isupper())
        tokens.append(Token(start, raw, base.lower(), text[end:start], len(base) != len(raw), is_capital))
        end = found.end()
    return tokens


def _is_start(tokens: list[Token], at: int) -> bool:
    """Whether a sentence, a line or a quotation begins there, so that a capital says nothing."""
    gap = tokens[at].gap
    if at == 0 or "\n" in gap:
        return True
    is_title = gap == ". " and tokens[at - 1].word in {*TITLES, *OTHER_TITLES, "st"}
    return not is_title and not _INSIDE.issuperset(gap)


def _base(raw: str) -> str:
    if raw[-2:].lower() == "'s":
        return raw[:-2]
    return raw


def _beside(tokens: list[Token], at: int) -> Token | None:
    """The token there when nothing but a blank stands before it."""
    if 0 <= at < len(tokens) and tokens[at].gap in {" ", ". ", "  ", "."}:
        return tokens[at]
    return None


def _before(tokens: list[Token], at: int) -> str:
    """The word right before, or nothing."""
    return tokens[at - 1].word if at and _beside(tokens, at) else ""


def _after(tokens: list[Token], at: int) -> str:
    following = tokens[at + 1] if at + 1 < len(tokens) and tokens[at + 1].gap == " " else None
    return following.word if following else ""


def _name_at(tokens: list[Token], at: int) -> tuple[int, int] | None:
    token = tokens[at]
    if titled := _titled(tokens, at):
        return at, titled
    if _is_of_a_place(tokens, at):
        return None
    if _is_name(tokens, at):
        return at, _whole(tokens, at)
    # 'Tamsin Okafor', whose first name is on no list.
    following = tokens[at + 1] if at + 1 < len(tokens) and tokens[at + 1].gap == " " else None
    if (
        following
        and _may_be(token)
        and not token.is_possessive
        and following.is_capital
        and following.word in SURNAMES
        and not _is_of_a_place(tokens, at + 1)
    ):
        return at, _whole(tokens, at)
    return None


def _titled(tokens: list[Token], at: int) -> int | None:
    """The last token of 'Mrs Smith' when a title stands here."""
    title = tokens[at].word
    if (title not in TITLES and title not in OTHER_TITLES) or at + 1 == len(tokens):
        return None
    following = tokens[at + 1]
    if following.gap not in {" ", ". ", "."} or following.word in NO_NAMES or len(following.word) == 1:
        return None
    is_listed = following.word in _LISTED and following.word not in DOUBTFUL
    is_sure = title in TITLES and (tokens[at].raw != "MS")
    if following.is_capital or is_listed or (is_sure and len(following.word) > 2 and tokens[at].is_capital):  # noqa: PLR2004
        return None if _is_of_a_place(tokens, at + 1) else _whole(tokens, at + 1)
    return None


def _is_name(tokens: list[Token], at: int) -> bool:
    token = tokens[at]
    word = token.word
    if "-" in word and not {*word.split("-")}.isdisjoint(SURE):
        return True
    is_short_for_something = token.raw.isupper() and not token.is_capital
    if word in SURE:
        return not is_short_for_something or len(word) > LONGEST_TOOL
    if is_short_for_something:
        return False
    if token.is_possessive and word in _LISTED and _after(tokens, at) in FAMILY:
        return True
    return token.is_capital and _is_name_with_capital(tokens, at)


def _is_name_with_capital(tokens: list[Token], at: int) -> bool:
    token, after = tokens[at], _after(tokens, at)
    if token.is_possessive and after in KIN_AFTER and token.word not in NO_NAMES:
        return True
    if token.word in CAPITALISED or token.word in SURNAMES:
        is_sure = not _is_start(tokens, at) or token.is_possessive or after in DOES or after in SURNAMES
        return is_sure or _is_introduced(tokens, at)
    is_acting = token.word in DOUBTFUL and (after in SAYS or _before(tokens, at) in TOLD or _is_beside(tokens, at))
    return is_acting or _is_introduced(tokens, at) or _is_household(tokens, at)


def _is_introduced(tokens: list[Token], at: int) -> bool:
    """'little Amy', 'social worker Priya', 'a boy called Kit', 'her name is Zyaire'."""
    token, before = tokens[at], _before(tokens, at).rpartition("-")[2]
    is_word = token.word in PLACES or (token.word in NO_NAMES and token.word not in DOUBTFUL)
    if not before or is_word or len(token.word) == 1 or _after(tokens, at) in PLACES or tokens[at - 1].is_possessive:
        return False
    earlier = tokens[at - 2].word if at > 1 else ""
    is_listed = token.word in _LISTED
    if before in _INTRODUCES:
        # 'Baby Box', 'Social Worker Forum': names of other things.
        return is_listed or not (tokens[at - 1].is_capital or before in ROLES - ROLES_MEANT)
    if before in {"called", "named"}:
        return is_listed or earlier in CHILDREN
    return before in {"is", "was"} and earlier == "name"


def _is_household(tokens: list[Token], at: int) -> bool:
    """'the Kowalczyk family'."""
    token, before = tokens[at], _before(tokens, at)
    return before == "the" and _after(tokens, at) in HOUSEHOLD and _may_be(token) and token.word not in PLACES


def _is_beside(tokens: list[Token], at: int) -> bool:
    """'Grace Okafor', 'Amy and Grace', 'Grace, Amy'."""
    for other, joint in ((at - 2, at - 1), (at + 2, at + 1)):
        is_joined = 0 <= other < len(tokens) and tokens[joint].gap == " " and tokens[joint].word in {"and", "or"}
        if is_joined and tokens[other].is_capital and tokens[other].word in SURE:
            return True
    if at + 1 < len(tokens) and tokens[at + 1].gap == " " and tokens[at + 1].is_capital:
        return tokens[at + 1].word in SURNAMES
    is_listed = at > 0 and tokens[at].gap in {", ", " & ", "/"}
    return is_listed and tokens[at - 1].is_capital and tokens[at - 1].word in SURE


def _may_be(token: Token) -> bool:
    is_word = token.word in NO_NAMES or len(token.word) < 3  # noqa: PLR2004 (initials)
    return token.is_capital and not is_word and not token.raw.isupper()


def _is_of_a_place(tokens: list[Token], at: int) -> bool:
    """'St Thomas' Hospital', 'Clare's Law', 'the Lucy Faithfull Foundation'."""
    if _before(tokens, at) in {"st", "saint", "saints"}:
        return True
    for following in tokens[at + 1 : at + 3]:
        if following.gap not in {" ", "' "}:
            return False
        if following.word in PLACES and following.is_capital:
            return True
        if not following.is_capital:
            return False
    return False


def _whole(tokens: list[Token], at: int) -> int:
    """The last token of the name that begins here: further given names and a surname belong to it."""
    last = at
    while last + 1 < len(tokens) and last - at < 3 and not tokens[last].is_possessive:  # noqa: PLR2004
        following = tokens[last + 1]
        is_more = following.gap in {" ", "-"} and (
            following.word in SURNAMES or following.word in SURE or _may_be(following)
        )
        if not is_more or following.word in FAMILY:
            break
        last += 1
    return last
