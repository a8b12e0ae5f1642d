"""References of case files, registers and courts: with the word that announces them, or by their shape."""

import re
from collections.abc import Iterator

_SYSTEMS = (
    r"LCS|EHM|ICS|UPN|ULN|MRN|CRN|PNC|URN|CAD|CHI|NINO|RiO|SystmOne|EMIS|Mosaic|CareFirst|Liquidlogic|Azeus|Niche|"
    r"CPOMS|EHCP?|DBS|SWE|ICPC|RCPC"
)
_FILES = (
    r"case|client|patient|pupil|person|child|family|file|folder|court|claim|custody|occurrence|crime|incident|police|"
    r"hospital|NHS|social care|referral|tenancy|payroll|passport|licen[cs]e|record|log|id|account|unit"
)
_NUMBER = r"(?:ref(?:erence)?s?|numbers?|nos?|num|nr|id)\b\.?"
_CODE = r"(?P<code>[A-Z]{0,6}[-/ ]?\d[A-Z0-9]*(?:[-/][A-Z0-9]+){0,4})(?![A-Z0-9])"
_ANNOUNCED = re.compile(
    rf"\b(?:(?P<system>{_SYSTEMS})|(?P<file>{_FILES})(?P<pair> (?:log|record|file|report|case|id))?"
    r"|(?P<ref>ref(?:erence)?))(?:(?![A-Z0-9])|(?=(?:ref|no|num|id)))\.?"
    rf"(?P<number>[ _-]?{_NUMBER}|[ ]?\#)?(?P<number2>[ ]{_NUMBER})?(?:[ ]?(?:is|was)\b)?"
    rf"(?P<colon>[ ]?[:\#=])?(?P<dash>[ ]-)?\s{{0,2}}[(\[]?{_CODE}",
    re.IGNORECASE,
)
_SHAPED = re.compile(
    r"(?<![A-Za-z0-9£$€,./])(?:"
    r"[A-HJ-NP-RT-Z]\d{11}[0-9A-Z]"  # unique pupil number, Department for Education
    r"|(?i:[A-Z]{2}[ ]?\d{2}[ ]?\d{2}[ ]?\d{2}[ ]?[A-D])"  # National Insurance number, HMRC
    r"|[A-Z]{2}\d{2}[A-Z]\d{5}"  # family court
    r"|[A-Z]{1,5}/\d{3,}(?:/\d+)*"
    r"|[A-Z]{1,3}\d{1,3}/\d{4}/\d+"
    r"|[A-Z]{1,5}-\d{4,}(?:-\d+)*"
    r"|(?!ISO)[A-Z]{1,6}\d{5,}[A-Z]?"
    r"|[a-z]{2,6}\d{6,}"
    r"|\d{2}[A-Z]{0,4}/\d{4,}(?:/\d{2})?"
    r"|\d{7,}"
    r")(?![A-Za-z0-9,]\d|[A-Za-z0-9%])"
)
_YEAR = re.compile(r"(?:19|20)\d\d(?:[-/](?:19|20)?\d\d)?")
SHORTEST, SHORTEST_MIXED, SHORTEST_BARE = 3, 4, 4


def references(text: str) -> Iterator[tuple[int, int]]:
    """Where a case, hospital, crime, pupil or court reference seems to stand."""
    for found in _ANNOUNCED.finditer(text):
        if _is_meant(found):
            yield found.span("code")
    for found in _SHAPED.finditer(text):
        # 'Q/2024' is a year.
        if not _YEAR.fullmatch(found[0].partition("/")[2] or found[0]):
            yield found.span()


def _is_meant(found: re.Match[str]) -> bool:
    code: str = found["code"]
    digits = sum(character.isdigit() for character in code)
    is_numbered = bool(found["number"] or found["number2"] or found["colon"] or found["ref"])
    if digits < SHORTEST:
        return False
    if is_numbered:
        return True
    if found["dash"]:
        return False
    if _YEAR.fullmatch(code.lstrip()):
        return False
    if found["system"]:
        return True
    # 'case 1000' may count; letters beside digits, or many digits, do not.
    is_mixed: bool = code[0].isupper() and " " not in code
    return digits >= (SHORTEST_MIXED if is_mixed or found["pair"] else SHORTEST_BARE)
