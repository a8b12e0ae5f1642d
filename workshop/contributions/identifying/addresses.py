"""E-mail addresses, also those that are spelt out: 'jo at example dot com'."""

import re
from collections.abc import Iterator

_LONGEST_LOCAL = 66
_AT = re.compile(
    r"[(\[{<]\s?(?:at|@)\s?[)\]}>]|@|(?<=\w)\s{1,2}at\s{1,2}(?=\w)|(?<=\w)_at_(?=\w)"
    r"|(?<=\w)\s?(?P<quote>[*|\"~])\s?at\s?(?P=quote)\s?(?=\w)",
    re.IGNORECASE,
)
_DOT = r"(?:\s{0,2}\.\s{0,2}|\s{0,2}[(\[{<]\s?(?:dot|\.)\s?[)\]}>]\s{0,2}|\s{1,2}dot\s{1,2})"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_MORE = r"(?:\s{0,2}[(\[]?(?:\.|dot)[)\]]?\s{0,2}(?:uk|org|net|com|co|gov|nhs|sch)\b){0,3}"
_DOMAIN = re.compile(rf"\s{{0,2}}{_LABEL}(?:\.{_LABEL}){{0,4}}{_DOT}[A-Za-z]{{2,24}}{_MORE}", re.IGNORECASE)
_STRICT_DOMAIN = re.compile(rf"{_LABEL}(?:\.{_LABEL}){{1,5}}")
# Nothing but an address has a sign right between two words, whether or not its ending was typed.
_BARE_DOMAIN = re.compile(r"(?<=\w\w@)[A-Za-z][\w-]{2,62}(?:,(?:com|org|net|co|uk)\b)?")
_LOCAL = re.compile(r"[A-Za-z0-9][\w.+'%-]*(?:\s{1,2}(?:dot|\.)\s{1,2}[\w+-]+){0,3}\s{0,2}$")
_ENDINGS = {"com", "org", "net", "uk", "info", "me", "ie", "eu", "edu", "gov", "nhs", "co", "sch", "io", "biz", "scot"}
_MAIL = re.compile(r"\b(?:e-?mail|mail|address|contact|write to)\b[^.\n]{0,12}$", re.IGNORECASE)
# Whose mail is meant, never their pages.
_POST_OFFICES = re.compile(
    r"\s{0,2}(?:nhs\.net|outlook\.com|live\.com?|aol\.com|sky\.com|(?:hot|g|y)mail\.com?|btinternet\.com)\b",
    re.IGNORECASE,
)
_PROVIDERS = re.compile(r"\s{0,2}(?:gmail|googlemail|hotmail|icloud|yahoo|btinternet|protonmail)\b", re.IGNORECASE)


def addresses(text: str) -> Iterator[tuple[int, int]]:
    """Where an e-mail address seems to stand."""
    for at in _AT.finditer(text):
        end = _end_of_domain(text, at)
        if end is None:
            continue
        begin = max(0, at.start() - _LONGEST_LOCAL)
        local = _LOCAL.search(text, begin, at.start())
        if local and _may_be_one(local[0], at[0], text[at.end() : end], text[begin : local.start()]):
            yield local.start(), end


def _end_of_domain(text: str, at: re.Match[str]) -> int | None:
    if at[0] == "@" and (strict := _STRICT_DOMAIN.match(text, at.end())):
        return strict.end()
    domain = _DOMAIN.match(text, at.end())
    if domain:
        return domain.end()
    other = _PROVIDERS.match(text, at.end()) or (_BARE_DOMAIN.match(text, at.end()) if at[0] == "@" else None)
    return other.end() if other else None


def _may_be_one(local: str, at: str, domain: str, before: str) -> bool:
    """With a sign or brackets always; 'at' as a word needs an ending that domains have and 'dot' as a word."""
    ending = re.split(r"[\s.()\[\]{}<>]+", domain.strip().lower())[-1]
    is_provider = bool(_PROVIDERS.match(domain) or _POST_OFFICES.match(domain))
    if at.strip()[0] in '*|"~':
        return ending in _ENDINGS
    if at.strip().lower() != "at":
        return at != "@" or ending in _ENDINGS or " " not in domain.strip() or is_provider
    has_dot = re.search(r"\bdot\b", domain, re.IGNORECASE) is not None
    is_odd = re.search(r"[._\d]\S", local.strip()) is not None or _MAIL.search(before) is not None
    return is_provider or (ending in _ENDINGS and (has_dot or is_odd))
