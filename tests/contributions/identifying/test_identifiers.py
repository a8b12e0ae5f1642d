"""What the guard finds and what it lets pass, measured on texts of our own; docs/privacy.md states the figures."""

import asyncio
import json
import re
from collections import Counter
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.contributions.identifying.hard import LONGEST, TEXTS
from tests.contributions.identifying.made_up import TODAY, cases
from workshop.contributions.identifiers import (
    IN_WORDS,
    MOST_MARKED,
    IdentifierKind,
    LooksIdentifying,
    checked_aside,
    identifiers_in,
    kinds_in,
    parts_of,
)
from workshop.contributions.identifying import birth_dates, numbers

HERE = Path(__file__).parent
PRIVACY = Path("docs/privacy.md")
EACH = 300


def ordinary() -> list[str]:
    """What practitioners write: the demonstration's points, and a list of our own."""
    demo = json.loads((files("workshop") / "demo" / "core_groups.json").read_text())
    points = [point["text"] for group in demo["focus_groups"] for point in group["contributions"]]
    return points + (HERE / "ordinary.txt").read_text().splitlines()


def named() -> list[tuple[str, list[tuple[int, int]]]]:
    """Sentences and where in them a person is named."""
    sentences = []
    for line in (HERE / "named.txt").read_text().splitlines():
        text, spans = "", []
        for part in re.split(r"(\[[^\]]+\])", line):
            if part.startswith("["):
                spans.append((len(text), len(text) + len(part) - 2))
            text += part.strip("[]")
        sentences.append((text, spans))
    return sentences


@pytest.mark.parametrize("seed", [3, 2026])
def test_structured_identifiers_are_found_however_they_are_written(seed: int) -> None:
    every, found = Counter[IdentifierKind](), Counter[IdentifierKind]()
    missed = []
    for case in cases(seed, EACH):
        every[case.kind] += 1
        start = case.text.index(case.identifier)
        inside = [each for each in identifiers_in(case.text, TODAY) if each.start < start + len(case.identifier)]
        if any(each.end > start for each in inside):
            found[case.kind] += 1
        else:
            missed.append(ascii(case.text))
    recall = {kind.value: found[kind] / every[kind] for kind in every}
    print(f"recall on {every.total()} identifiers: {recall}")  # noqa: T201 (the figure is what the test is for)
    assert found.total() / every.total() >= 0.99, missed
    assert min(recall.values()) >= 0.98, missed


def test_ordinary_points_seldom_alarm() -> None:
    points = ordinary()
    alarms = [point for point in points if identifiers_in(point, TODAY)]
    print(f"false alarms: {len(alarms)} in {len(points)}")  # noqa: T201 (the figure is what the test is for)
    assert len(points) >= 500
    assert len(alarms) / len(points) <= 0.02, alarms


def test_names_are_found_as_often_as_the_documentation_says() -> None:
    hits, missed, wrong = 0, [], []
    for text, spans in named():
        found = [each for each in identifiers_in(text, TODAY) if each.kind is IdentifierKind.NAME]
        for start, end in spans:
            if any(each.start < end and start < each.end for each in found):
                hits += 1
            else:
                missed.append(text)
        wrong += [text for each in found if not any(each.start < end and start < each.end for start, end in spans)]
    for point in ordinary():
        wrong += [point for each in identifiers_in(point, TODAY) if each.kind is IdentifierKind.NAME]
    recall, precision = hits / (hits + len(missed)), hits / (hits + len(wrong))
    print(f"names: recall {recall:.2f}, precision {precision:.2f} on {hits + len(missed)} names")  # noqa: T201 (the figure is what the test is for)
    stated = re.search(
        r"names: recall and precision, on (\d+) names [^|]*\| ([\d.]+) and ([\d.]+) \|", PRIVACY.read_text()
    )
    assert stated
    assert stated.groups() == (str(hits + len(missed)), f"{recall:.2f}", f"{precision:.2f}"), (missed, wrong)


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("call 07700 900123 now", "07700 900123", "phone"),
        ("call \uff10\uff17\uff17\uff10\uff10 900123", "\uff10\uff17\uff17\uff10\uff10 900123", "phone"),
        ("999 000 0018 on the form", "999 000 0018", "nhs_number"),
        ("9\u200b990\u200b0000\u00ad18", "9\u200b990\u200b0000\u00ad18", "nhs_number"),
        ("\u0410my was there, [\u0410my]", "\u0410my", "name"),
        ("J\u200ba\u200by\u200bd\u200be\u200bn ran", "J\u200ba\u200by\u200bd\u200be\u200bn", "name"),
        ("JAYDEN IS NOT SAFE", "JAYDEN", "name"),
        ("ask otter at example dot com", "otter at example dot com", "email"),
        ("ott\u0435r@example.com", "ott\u0435r@example.com", "email"),
        ("lives at zz1\u00a01zz", "zz1\u00a01zz", "postcode"),
        ("(dob 3/4/2012)", "3/4/2012", "birth_date"),
        ("born 3 April 2012", "3 April 2012", "birth_date"),
        ("\u2705 \U0001f600 Mrs Smith\u2019s", "Mrs Smith", "name"),
        ("case no. 4471", "4471", "reference"),
        ("case_id 4471", "4471", "reference"),
        ("O77OO 9OO 123", "O77OO 9OO 123", "phone"),
        ("at tf11 4ll", "tf11 4ll", "postcode"),
        ("dob 3 4 2012", "3 4 2012", "birth_date"),
        ("email otter at example.com please", "otter at example.com", "email"),
        ("LCS 123456", " 123456", "reference"),
        ("UPN A123456789012", " A123456789012", "reference"),
        ("999, 000, 0018 on the form", "999, 000, 0018", "nhs_number"),
        ("999\t000\t0018", "999\t000\t0018", "nhs_number"),
        ("[999][000][0018]", "999][000][0018", "nhs_number"),
        ("Mob.07700 900123", "07700 900123", "phone"),
        ("07700, 900, 123", "07700, 900, 123", "phone"),
        ("447700900123 again", "447700900123", "phone"),
        ("ask otter[@]example[.]com", "otter[@]example[.]com", "email"),
        ("ask otter@example", "otter@example", "email"),
        ("otter@example,com", "otter@example,com", "email"),
        ("otter *at* example.com", "otter *at* example.com", "email"),
        ("otter at nhs.net", "otter at nhs.net", "email"),
        ("lives at ZZ 1 1ZZ", "ZZ 1 1ZZ", "postcode"),
        ("Z Z 1 1 Z Z", "Z Z 1 1 Z Z", "postcode"),
        ("ZZI 1ZZ, ground floor", "ZZI 1ZZ", "postcode"),
        ("ZZ1O 1ZZ, ground floor", "ZZ1O 1ZZ", "postcode"),
        ("zz1, 1zz", "zz1, 1zz", "postcode"),
        ("\ua4dc\ua4dc1 1\ua4dc\ua4dc", "\ua4dc\ua4dc1 1\ua4dc\ua4dc", "postcode"),
        ("born on the third of April two thousand and twelve", "third of April two thousand and twelve", "birth_date"),
        ("21st June twenty fifteen", "21st June twenty fifteen", "birth_date"),
        ("the twenty-first of June 2015", "twenty-first of June 2015", "birth_date"),
        ("dob third of April", "third of April", "birth_date"),
        ("born April 3rd", "April 3rd", "birth_date"),
        ("DOB-3/4/2012", "3/4/2012", "birth_date"),
        ("dob 31/02/2012", "31/02/2012", "birth_date"),
        ("dob 3/4", "3/4", "birth_date"),
        ("3rd - April - 2012", "3rd - April - 2012", "birth_date"),
        ("case ref - 4471", "4471", "reference"),
        ("case number\n4471", "4471", "reference"),
        ("qq123456c", "qq123456c", "reference"),
        (
            "\U0001f179\U0001f170\U0001f188\U0001f173\U0001f174\U0001f17d ran",
            "\U0001f179\U0001f170\U0001f188\U0001f173\U0001f174\U0001f17d",
            "name",
        ),
        ("\u24a5\u249c\u24b4\u249f\u24a0\u24a9", "\u24a5\u249c\u24b4\u249f\u24a0\u24a9", "name"),
        ("\u13ab\u13aa\u13a9\u13a0\u13ac\ua4e0", "\u13ab\u13aa\u13a9\u13a0\u13ac\ua4e0", "name"),
        ("jo\ua731hua's mum", "jo\ua731hua", "name"),
    ],
)
def test_the_words_are_marked_where_they_stand(text: str, words: str, kind: str) -> None:
    found = next(each for each in identifiers_in(text, TODAY) if each.kind == kind)
    assert text[found.start : found.end].strip() == words.strip()


@pytest.mark.parametrize(
    "text",
    [
        "on 3 March 2026 nobody came",
        "a 14 year old",
        "S47 1st visit",
        "9 of 11",
        "0 1 2 3 4 5 6 7 8 9 10",
        "Working Together 2023",
        "I hope that they will mark it in May",
        "999 000 0019",
        "999, 000, 0019",
        "our scores were 7, 5, 6, 8, 9, 7, 4, 6, 5, 8",
        "KS2 1st, KS1 2nd",
        "ROOM B1 OLD BUILDING",
        "WE MET AT 10 2ND FLOOR",
        "HV 12 GP 3",
        "GO TO 1ST, ALL 5TH",
        "babies born at 24 to 28 weeks, at 3.5 kg, in March 10 weeks early",
        "from the first of April 2019 the rules changed",
        "the second of May was better",
        "dob missing 3/4 of the time",
        "look @ the plan, (at) once. Then meet at nhs.uk",
        "S175/157 audits",
        "9,990,000,018 pounds",
        "09:30, 10:45, 11:15, 12:00",
    ],
)
def test_what_only_looks_like_an_identifier_does_not_alarm(text: str) -> None:
    assert identifiers_in(text, TODAY) == []


def test_a_meeting_s_date_is_none_of_birth_whatever_the_year() -> None:
    for year in range(2027, 2040):
        assert identifiers_in(f"the meeting on 3 March {year} was short", date(year, 11, 21)) == []


def test_kinds_come_once_in_order_and_each_has_words() -> None:
    assert kinds_in("Jayden, Amy, zz1 1zz, Callum") == [IdentifierKind.NAME, IdentifierKind.POSTCODE]
    assert set(IN_WORDS) == set(IdentifierKind)


@given(st.text(max_size=300))
def test_any_text_gives_spans_in_order_within_it(text: str) -> None:
    end = 0
    for found in identifiers_in(text, TODAY):
        assert end <= found.start < found.end <= len(text)
        end = found.end


@given(st.text(alphabet="0123456789 +-./@aA'\n\u200b", max_size=200), st.sampled_from([1, 50]))
def test_repeating_a_text_looks_up_no_more_numbers_than_the_limit(text: str, times: int) -> None:
    before = numbers._is_in_a_plan.cache_info()  # noqa: SLF001 (its own count of what was looked up)
    identifiers_in(" ".join([text] * times), TODAY)
    after = numbers._is_in_a_plan.cache_info()  # noqa: SLF001 (the same)
    assert after.misses + after.hits - before.misses - before.hits <= numbers.MOST_LOOKED_UP


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: ascii(text[:8]))
def test_the_longest_texts_are_read_through(text: str) -> None:
    assert len(text) == LONGEST
    assert all(found.end <= LONGEST for found in identifiers_in(text, TODAY))


@pytest.mark.parametrize(
    ("unlike", "most"),
    [("meeting on 1/10/2026; ", birth_dates.MOST_READ_AROUND), ("943 476 5918; ", numbers.MOST_LOOKED_UP)],
)
def test_of_a_text_of_nothing_else_the_shape_decides_after_so_many(unlike: str, most: int) -> None:
    assert identifiers_in(unlike * most, TODAY) == []
    assert len(identifiers_in(unlike * (most + 7), TODAY)) == 7


def test_a_text_of_nothing_but_names_is_kept_whole_and_marked_at_its_beginning() -> None:
    text = "Jayden, " * (MOST_MARKED + 50)
    parts = parts_of(text)
    assert "".join(part.text for part in parts) == text
    assert sum(bool(part.meaning) for part in parts) == MOST_MARKED


@pytest.mark.anyio
async def test_nobody_waits_while_a_long_text_is_read() -> None:
    text = "Ring 0123 456 7890 x and ask " * (LONGEST // 30)
    checking = asyncio.create_task(checked_aside(text, "", b"key"))
    turns = 0
    while not checking.done():
        await asyncio.sleep(0)
        turns += 1
    # The loop would turn once or twice if it read the text itself.
    assert turns > 10
    with pytest.raises(LooksIdentifying, match="a phone number") as question:
        await checking
    assert question.value.parts == parts_of(text)
    assert await checked_aside(text, question.value.mark, b"key") == "phone"
    assert await checked_aside("Minutes come late. " * 200, "", b"key") == ""
