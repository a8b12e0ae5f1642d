"""A heading out of a group's own words, for a person to change: what most of its members have in common, cut short."""

import re
from collections import Counter
from collections.abc import Sequence

from workshop.findings.meanings import meanings
from workshop.findings.wording import LOOKED_AT, stems, telling

LONGEST_HEADING = 80
# Where a clause ends; a full stop within a number or an address is none.
_CLAUSE_ENDS = re.compile(r"[.!?;:\n]+(?=\s|$)|\s[-–—]\s|,(?=\s)|(?=\s\()|\s(?=(?:and|but|because|so that|which)\s)")
_OPENINGS = re.compile(
    r"^(?:please|there should be|there needs to be|there need to be|we (?:all )?need(?: to)?|you need(?: to)?|could we|"
    r"can we|i think(?: that)?|make sure(?: that)?|ensure(?: that)?)\s+(?=\S+\s+\S)",
    re.IGNORECASE,
)


def proposed_heading(texts: Sequence[str]) -> str:
    """The member nearest to all others, shortened at a clause's end to at most 80 characters; empty without words."""
    texts = sorted(text for text in set(texts) if text.strip())
    if not texts:
        return ""
    said = [stems(text) for text in texts]
    features = [_features(each) for each in said]
    shared = Counter(feature for each in features for feature in each)
    # A long text does not win by holding something of every other, nor two words by holding little else.
    nearness = [sum(shared[feature] - 1 for feature in each) / (len(each) + 2) ** 0.7 for each in features]
    best = max(range(len(texts)), key=lambda index: (nearness[index], -len(texts[index])))
    return _shortened(texts[best], {feature for feature in features[best] if shared[feature] > 1})


def _shortened(text: str, shared: set[str]) -> str:
    text = " ".join(text[:LOOKED_AT].split())
    text = _OPENINGS.sub("", text)
    ends = [found.start() for found in _CLAUSE_ENDS.finditer(text)] + [len(text)]
    fitting = [text[:end] for end in ends if 0 < end <= LONGEST_HEADING]
    # The shortest beginning that says what the others say too, as far as it goes.
    heading = max(fitting, key=lambda part: (len(shared & _features(stems(part))), -len(part)), default="")
    if not heading:
        heading = text[: LONGEST_HEADING - 1].rsplit(" ", 1)[0].rstrip(" ,.;:-–—") + "…"
    heading = heading.strip(" ,.;:-–—") or heading
    return heading[:1].upper() + heading[1:]


def _features(said: list[str]) -> set[str]:
    """What a text of these stems says: its telling words, and what they mean."""
    return set(telling(said)) | {f"={meaning}" for meaning in meanings(said)}
