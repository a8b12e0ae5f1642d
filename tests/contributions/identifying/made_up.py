"""Made-up identifiers in made-up sentences, from a seed: nobody real, and numbers that are kept free for stories."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from stdnum.gb import nhs

from workshop.contributions.identifiers import IdentifierKind

FRAMES = (
    "the referral had {} on it and went to the wrong team",
    "Please check {} before the next core group",
    "{}",
    "we were given {} by the ward and nobody answered",
    "Minutes went out with {} in the subject line!!",
    "({}) was on the front sheet",
    "see {}, then tell the chair",
    "worried about this one: {}",
    "Two of 14 plans were late, e.g. {}.",
    "mum gave us\n{}\nand we passed it on",
    "at 3.30 on Monday somebody wrote {} on the flip chart; it is still there",
    "School said “{}” out loud in reception",
    "- {}\n- room 12 is too small",
    "the family ({}) moved in 2025",
    "I was told it is {} but {{}} is what the letter says".replace("{{}}", "something else"),
    "9 of 11 actions done, {} not one of them",
)
BLANKS = ("\u00a0", "\u2009", "\u202f", "\u3000")
UNSEEN = ("\u200b", "\u200d", "\u00ad", "\u2060", "\ufeff")
# Cyrillic letters that look the same.
ALIKE = dict(zip("aceopxyABCEHKMOPTX", "асеорхуАВСЕНКМОРТХ", strict=True))  # noqa: RUF001 (they have to)
MONTHS = [date(2000, month, 1).strftime("%B") for month in range(1, 13)]
WORDS = ["otter", "river", "candle", "copper", "meadow", "lantern", "pebble", "thistle", "harbour", "walnut"]
LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
TODAY = date(2026, 11, 21)


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence, what is in it, and of which kind."""

    text: str
    identifier: str
    kind: IdentifierKind


def cases(seed: int, each: int) -> Iterator[Case]:
    """``each`` sentences of every structured kind, a third of them disguised."""
    chance = random.Random(seed)  # noqa: S311 (chance for a corpus, not for a secret)
    for kind, make in MAKERS.items():
        for number in range(each):
            identifier = make(chance)
            if number % 3 == 2:
                identifier = disguised(chance, identifier, kind)
            yield Case(chance.choice(FRAMES).format(identifier), identifier, kind)


def disguised(chance: random.Random, identifier: str, kind: IdentifierKind) -> str:
    """The same to the eye: with unseen characters, odd blanks, full-width digits or letters of other alphabets."""
    tricks: list[Callable[[str], str]] = [
        lambda text: "".join(each + (chance.choice(UNSEEN) if chance.random() < 0.4 else "") for each in text),
        lambda text: text.replace(" ", chance.choice(BLANKS)).replace("-", chance.choice("\u2010\u2011\u2013")),
        lambda text: "".join(chr(ord(each) + 0xFEE0) if each.isdigit() else each for each in text),
    ]
    if kind in {IdentifierKind.EMAIL, IdentifierKind.POSTCODE}:
        tricks.append(lambda text: "".join(ALIKE.get(each, each) for each in text))
    return chance.choice(tricks)(identifier)


def nhs_number(chance: random.Random) -> str:
    """From the range that is kept for tests."""
    digits = ""
    while not nhs.is_valid(digits):
        digits = f"999{chance.randrange(10**7):07}"
    way = chance.choice(("{}{}{}", "{} {} {}", "{}-{}-{}", "{}.{}.{}", "NHS no {} {} {}", "NHS number: {}{}{}"))
    return way.format(digits[:3], digits[3:6], digits[6:])


def phone_number(chance: random.Random) -> str:
    """From Ofcom's ranges for drama."""
    area, local = chance.choice(
        (("01632", "960"), ("07700", "900"), ("0113", "496 0"), ("020", "7946 0"), ("028", "9649 6"), ("0161", "496 0"))
    )
    number = f"{area} {local}{chance.randrange(1000):03}"
    digits = number.replace(" ", "")
    return chance.choice(
        (
            number,
            digits,
            digits,
            f"({area}) {local}{chance.randrange(1000):03}",
            "+44 " + number[1:],
            "+44" + digits[1:],
            "0044 " + number[1:],
            "+44 (0)" + number[1:],
            number.replace(" ", "-"),
            number.replace(" ", "."),
            f"{digits[:5]} {digits[5:8]} {digits[8:]}",
            " ".join(digits),
            "tel " + number,
            "mob:" + digits,
        )
    )


def email(chance: random.Random) -> str:
    """At the domains that are kept for examples."""
    local = chance.choice(("{}.{}", "{}{}", "{}_{}77", "{}-{}", "{}{}2014", "{}+{}")).format(*chance.sample(WORDS, 2))
    domain = chance.choice(("example.com", "example.org", "example.co.uk", "mail.example.net", "school.example.sch.uk"))
    plain = f"{local}@{domain}"
    return chance.choice(
        (
            plain,
            plain,
            plain.upper(),
            f"{local} @ {domain}",
            f"{local} at {domain.replace('.', ' dot ')}",
            f"{local}[at]{domain.replace('.', '[dot]')}",
            f"{local} (at) {domain}",
            f"<{plain}>",
            f"mailto:{plain}",
        )
    )


def postcode(chance: random.Random) -> str:
    """The pattern of one; the area ZZ does not exist, the others are whole towns'."""
    area = chance.choice(("ZZ", "GU", "RH", "B", "TF", "SY", "KT", "S", "HP"))
    outward = f"{area}{chance.randint(1, 27)}" if chance.random() < 0.85 else f"{area[0]}{chance.randint(1, 9)}W"
    inward = f"{chance.randint(0, 9)}{chance.choice(LETTERS)}{chance.choice(LETTERS)}"
    whole = chance.choice((f"{outward} {inward}", f"{outward}{inward}", f"{outward}  {inward}", f"{outward}-{inward}"))
    return whole.lower() if chance.random() < 0.3 and inward[1:] not in {"ST", "ND", "RD", "TH"} else whole


def birth_date(chance: random.Random) -> str:
    """Of a child or an adult; with a word that says so, and bare when it is long enough ago."""
    day = date(1950, 1, 1) + timedelta(days=chance.randrange(365 * 76))
    is_bare = day.year <= TODAY.year - 4 and chance.random() < 0.4
    month = MONTHS[day.month - 1]
    short = f"{day.year % 100:02}"
    written = chance.choice(
        (
            f"{day.day}/{day.month}/{day.year}",
            f"{day.day:02}/{day.month:02}/{day.year}",
            f"{day.day:02}.{day.month:02}.{day.year}",
            f"{day.day:02}-{day.month:02}-{day.year}",
            f"{day.day} {month} {day.year}",
            f"{day.day}th {month} {day.year}",
            f"{day.day}th of {month}, {day.year}",
            f"{month} {day.day}, {day.year}",
            f"{day.day} {month[:3]} {day.year}",
            f"{day.day}-{month[:3]}-{day.year}",
            day.isoformat(),
            f"{day.day}/{day.month}/{short}",
        )
    )
    if is_bare:
        return written
    return chance.choice(
        (
            "dob {}",
            "DOB: {}",
            "D.O.B. {}",
            "d.o.b {}",
            "date of birth {}",
            "Date of Birth: {}",
            "born {}",
            "born on {}",
            "born on the {}",
            "{} (dob)",
            "a boy born {}",
            "birthday is {}",
            "birth date {}",
        )
    ).format(written)


def reference(chance: random.Random) -> str:
    """Of a case file, a pupil, a hospital, the police or a court."""
    number = chance.randrange(1000, 10**6)
    letters = "".join(chance.choices(LETTERS, k=3))
    return chance.choice(
        (
            f"LCS {chance.randrange(10**5, 10**6)}",
            f"LCS no. {number}",
            f"case no. {number}",
            f"case number {number}",
            f"Case ID: {number}",
            f"case ref {letters}/{number}",
            f"ref {letters}/{number}",
            f"Ref: {letters}-{number}",
            f"our reference {number}",
            f"UPN {chance.choice(LETTERS)}{chance.randrange(10**11, 10**12)}",
            f"{chance.choice('ABDEFGH')}{chance.randrange(10**11, 10**12)}",
            f"hospital number {letters[0]}{chance.randrange(10**5, 10**6)}",
            f"hospital no {chance.randrange(10**6, 10**7)}",
            f"crime number {chance.randrange(10, 99)}/{number}/{chance.randrange(20, 27)}",
            f"crime ref {chance.randrange(10, 99)}{letters[:2]}/{number}/25",
            f"Mosaic {chance.randrange(10**5, 10**8)}",
            f"{letters[:2]}{chance.randrange(20, 27)}C{chance.randrange(10**5):05}",
            f"MRN {chance.randrange(10**6, 10**8)}",
            f"client id {number}",
            f"patient no: {number}",
            f"file {letters}{number}",
            f"incident log {chance.randrange(1000, 9999)} no {number}",
            f"URN {number}",
            f"custody record no {letters[:2]}/{number}/26",
        )
    )


MAKERS: dict[IdentifierKind, Callable[[random.Random], str]] = {
    IdentifierKind.NHS_NUMBER: nhs_number,
    IdentifierKind.PHONE: phone_number,
    IdentifierKind.EMAIL: email,
    IdentifierKind.POSTCODE: postcode,
    IdentifierKind.BIRTH_DATE: birth_date,
    IdentifierKind.REFERENCE: reference,
}
