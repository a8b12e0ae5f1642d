"""The words of one programme: names, wordings and aliases, however somebody cased and pointed them."""

import re
from collections.abc import Iterable, Sequence
from uuid import UUID

from workshop.programmes.frameworks import FRAMEWORKS
from workshop.programmes.models import Agency, ColumnKind, ProgrammeColumn, Theme

SHORT_WORDS = {
    ColumnKind.WORKING_WELL: ("working well", "going well", "what works", "well", "strengths", "good practice"),
    ColumnKind.WORRIED_ABOUT: ("worried about", "worried", "worries", "concerns", "areas for development"),
    ColumnKind.NEEDS_TO_HAPPEN: ("needs to happen", "need to happen", "next steps", "further actions", "what next"),
}


class Vocabulary:
    """Finds a programme's themes, columns and agencies by what people call them."""

    def __init__(self, themes: Sequence[Theme], columns: Sequence[ProgrammeColumn], agencies: Sequence[Agency]) -> None:
        self._exact_themes = {theme.name: theme.id for theme in themes}
        self._themes = _without_doubles((plain(theme.name), theme.id) for theme in themes)
        self._agencies = _without_doubles((plain(word), a.id) for a in agencies for word in (a.name, *a.aliases))
        self._agencies |= _without_doubles((plain(agency.name), agency.id) for agency in agencies)
        self._exact_agencies = {agency.name: agency.id for agency in agencies}
        self.questions = {plain(column.question): column.kind for column in columns}
        self._columns: dict[str, ColumnKind] = {}
        for kind, words in SHORT_WORDS.items():
            self._columns |= {plain(word): kind for word in words}
        for _, questions in FRAMEWORKS.values():
            self._columns |= {plain(question): kind for kind, question in questions.items()}
        self._columns |= {plain(kind): kind for kind in ColumnKind} | self.questions

    def theme(self, word: str) -> UUID | None:
        """The theme of that name."""
        return self._exact_themes.get(word) or self._themes.get(plain(word))

    def column(self, word: str) -> ColumnKind | None:
        """The column's kind: by the kind's name, the programme's question, or a usual short form of it."""
        return self._columns.get(plain(word))

    def agency(self, word: str) -> UUID | None:
        """The agency of that name or alias."""
        return self._exact_agencies.get(word) or self._agencies.get(plain(word))

    def theme_within(self, heading: str) -> str:
        """The name of the theme that a longer heading contains: the longest one, or nothing."""
        within = [name for name in self._exact_themes if f" {plain(name)} " in f" {plain(heading)} "]
        return max(within, key=lambda name: (len(plain(name)), name in heading), default="")

    def column_within(self, heading: str) -> ColumnKind | None:
        """The kind whose question or short form a longer heading contains; the programme's own questions first."""
        padded = f" {plain(heading)} "
        for words in (self.questions, self._columns):
            within = [word for word in words if f" {word} " in padded]
            if within:
                return words[max(within, key=len)]
        return None


def plain(words: str) -> str:
    """Words without case, punctuation or more than one blank: what two spellings of one name share."""
    return " ".join(re.sub(r"[^\w&]+|_", " ", words.replace("’", "'").replace("'", "").casefold()).split())


def _without_doubles(pairs: Iterable[tuple[str, UUID]]) -> dict[str, UUID]:
    """A word that could mean two things means neither: it is for a person to say which."""
    found: dict[str, UUID] = {}
    doubtful: set[str] = set()
    for word, id_ in pairs:
        if found.setdefault(word, id_) != id_:
            doubtful.add(word)
    return {word: id_ for word, id_ in found.items() if word not in doubtful}
