"""Dates that read as somebody's birth, told from those of meetings and reports."""

import re
from collections.abc import Iterator
from datetime import date

from workshop.contributions.identifying.spelt_dates import may_be_spelt, spelt_dates

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR = r"(?P<{0}>(?:19|20)\d\d|'?\d\d)"
_DATE = re.compile(
    r"(?<![\d£])(?<!\d[/.,-])(?:"
    rf"(?P<d1>\d{{1,2}})\s?(?P<sep>[/.\-\\|])\s?(?P<m1>\d{{1,2}})\s?(?P=sep)\s?{_YEAR.format('y1')}"
    rf"|(?P<d2>\d{{1,2}})(?:\s?(?:st|nd|rd|th))?(?:\s+day)?(?:\s+of)?[\s\-/.,]{{0,3}}"
    rf"{_MONTH.format('m2')}[\s\-/.,]{{0,3}}{_YEAR.format('y2')}"
    r"|(?P<y3>(?:19|20)\d\d)[-/.](?P<m3>\d{1,2})[-/.](?P<d3>\d{1,2})"
    r"|(?P<d5>\d{1,2}) (?P<m5>\d{1,2}) (?P<y5>(?:19|20)\d\d)"
    rf")(?![\d/]|-\d)|\b{_MONTH.format('m4')}\s+(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR.format('y4')}(?!\d)",
    re.IGNORECASE,
)
_BIRTH = r"(?:d\.?\s?o\.?\s?b\b\.?|dates?\sof\sbirth|birth\s?-?date|birthdays?|b/day|b'day|bday|born|d/o/b)"
_BEFORE = re.compile(rf"\b{_BIRTH}[^\d\n]{{0,25}}$|\bb\.\s?$", re.IGNORECASE)
_AFTER = re.compile(rf"[^\w\n]{{0,3}}(?:\w+\s){{0,3}}[^\w\n]{{0,2}}{_BIRTH}", re.IGNORECASE)
_LABEL = re.compile(rf"\b{_BIRTH}", re.IGNORECASE)
_BETWEEN = r"(?:\s?[/.,:|_-]\s?|\s)"
# After a label, less than a whole date will do; 'born at 3.5 kg' is not one.
_DAY_AND_MONTH = re.compile(
    rf"\b(?!born){_BIRTH}\W{{0,3}}(?:(?:is|was|on)\s)?(?P<figures>\d{{1,2}}\s?[/.-]\s?\d{{1,2}})(?![\d%])",
    re.IGNORECASE,
)
_PARTLY = re.compile(
    rf"\b{_BIRTH}[^\d\n]{{0,20}}?\b(?:(?P<whole>\d{{8}}|\d{{6}})(?!\d)"
    rf"|(?P<day>\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?\s+{_MONTH.format('mb')}"
    rf"|{_MONTH.format('md')}\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?!\s(?:minute|hour|day|week|month|year)))"
    rf"|(?P<figures>\d{{1,2}}{_BETWEEN}\d{{1,2}}{_BETWEEN}\d{{2,4}})(?!\d)"
    rf"|(?P<month>{_MONTH.format('mc')}\s+(?:19|20)\d\d))",
    re.IGNORECASE,
)
_ABOUT_A_CHILD = re.compile(
    r"\b(?:child|boy|girl|baby|infant|toddler|sibling|brother|sister|son|daughter|twins?|mum|mother|dad|father|pupil|"
    r"young person|unborn|named|called)\b[^\d\n]{0,12}$",
    re.IGNORECASE,
)
_EVENT = re.compile(
    r"\b(?:meetings?|conferences?|icpc|rcpc|reviews?|visits?|audits?|inspect\w+|ofsted|publish\w+|dated|reports?|"
    r"polic\w+|versions?|updated?|revised|since|launch\w*|training|events?|until|till|workshops?|guidance|from|minutes|"
    r"effective|expires?|deadline|due|by|ends?|begins?|starts?|held|group|section|paragraph|closed?|opened)\b[:,]?"
    r"(?: (?:on|of|at|was|is|were|the|held|dated|in|due|back|dates?|it|from|until|to)\b){0,4} ?(?:the )?$",
    re.IGNORECASE,
)
OLDEST, RECENT = 105, 3
# However many dates a text holds, the words around so many are read at most; afterwards each counts.
MOST_READ_AROUND = 100
_SEEN_BEFORE, _SEEN_AFTER = 60, 60


def birth_dates(text: str, today: date) -> Iterator[tuple[int, int]]:
    """Dates with a word of birth beside them, and whole dates so long ago that no meeting is meant."""
    labels = _LABEL.search(text) is not None
    dates = 0
    for found in _DATE.finditer(text):
        when = _date_of(found, today)
        if when is None or today.year - when.year > OLDEST or when > today:
            continue
        dates += 1
        if dates > MOST_READ_AROUND:
            yield found.span()
            continue
        before = text[max(0, found.start() - _SEEN_BEFORE) : found.start()]
        after = text[found.end() : found.end() + _SEEN_AFTER]
        is_labelled = labels and (_BEFORE.search(before) or _AFTER.match(after))
        if is_labelled or _is_bare_birth(when, before, found, today):
            yield found.span()
    for spelt, when in spelt_dates(text) if may_be_spelt(text.lower()) else ():
        dates += 1
        if dates > MOST_READ_AROUND or _is_spelt_birth(text, spelt, when, today, labels=labels):
            yield spelt.span()
    if labels:
        for part in _PARTLY.finditer(text):
            yield part.span(next(name for name in ("whole", "day", "figures", "month") if part[name]))
        yield from (part.span("figures") for part in _DAY_AND_MONTH.finditer(text))


def _is_spelt_birth(text: str, spelt: re.Match[str], when: date | None, today: date, *, labels: bool) -> bool:
    before = text[max(0, spelt.start() - _SEEN_BEFORE) : spelt.start()]
    after = text[spelt.end() : spelt.end() + _SEEN_AFTER]
    if labels and (_BEFORE.search(before) or _AFTER.match(after)):
        return True
    if when is None or when > today or today.year - when.year > OLDEST:
        return False
    is_old = today.year - when.year >= RECENT and not _EVENT.search(before)
    return is_old or _ABOUT_A_CHILD.search(before) is not None


def _is_bare_birth(when: date, before: str, found: re.Match[str], today: date) -> bool:
    if _ABOUT_A_CHILD.search(before):
        return True
    # Section 3.2.10, and ages 5-11-16.
    is_version = found["sep"] in {".", "-"} and len(found["y1"]) < 4  # noqa: PLR2004 (a year of two digits)
    return today.year - when.year >= RECENT and not is_version and not _EVENT.search(before)


def _date_of(found: re.Match[str], today: date) -> date | None:
    """The date, day first as in Britain, month first where it cannot be otherwise; none when there is no such day."""
    parts = [(found[f"d{way}"], found[f"m{way}"], found[f"y{way}"]) for way in range(1, 6)]
    day, month, year = next(part for part in parts if part[0])
    in_year = int(year.lstrip("'"))
    if in_year < 100:  # noqa: PLR2004 (two digits)
        in_year += 2000 if in_year <= today.year % 100 else 1900
    in_month = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
    for months, days in ((in_month, int(day)), (int(day), in_month)):
        try:
            return date(in_year, months, days)
        except ValueError:
            continue
    return None
