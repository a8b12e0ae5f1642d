"""What agencies are called: a name or an alias means one agency only, however it is spelt in capitals.

An agency on one line reads ``Health: GP practice (also Primary care, surgery)``: what it sits under, its name, its
aliases. Only the name is a must.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple, Protocol

from workshop.facts import Refused
from workshop.text import normalised

_LINE = re.compile(r"^(?:(?P<parent>[^:]*):)?(?P<name>.*?)(?:\(also\b(?P<aliases>[^()]*)\)\s*)?$", re.IGNORECASE)


class NewAgency(NamedTuple):
    """An agency before it is stored: its name, what it sits under, what else it is called."""

    name: str
    parent: str | None = None
    aliases: tuple[str, ...] = ()


class Named(Protocol):
    """Anything with a name and aliases."""

    @property
    def name(self) -> str:
        """What it is called."""
        ...

    @property
    def aliases(self) -> Iterable[str]:
        """What else it is called."""
        ...


class NameTaken(Refused):
    """A name or an alias would mean two agencies."""


def one_line(words: str) -> str:
    """``words`` normalised, on one line, with single blanks."""
    return " ".join(normalised(words).split())


def read_agency(line: str) -> NewAgency:
    """The agency that a line describes; its name may come out empty."""
    found = _LINE.match(one_line(line))
    if found is None:
        return NewAgency(one_line(line))
    name = one_line(found["name"])
    parent = one_line(found["parent"] or "") or None
    return NewAgency(name, parent, read_aliases(found["aliases"] or "", name))


def read_aliases(typed: str, name: str) -> tuple[str, ...]:
    """Aliases divided by commas or lines; each once, and none that is the agency's own name again."""
    seen = {name.casefold()}
    found = []
    for part in re.split(r"[,\n]", typed):
        alias = one_line(part)
        if alias and alias.casefold() not in seen:
            seen.add(alias.casefold())
            found.append(alias)
    return tuple(found)


def shown_agency(agency: NewAgency) -> str:
    """The line that ``read_agency`` reads as ``agency``."""
    parent = f"{agency.parent}: " if agency.parent else ""
    aliases = f" (also {', '.join(agency.aliases)})" if agency.aliases else ""
    return f"{parent}{agency.name}{aliases}"


def refuse_ambiguous_names(agencies: Iterable[Named], name: str = "agencies", aliases: str = "agencies") -> None:
    """Raise NameTaken when a name or alias, whatever its capitals, stands for more than one agency.

    ``name`` and ``aliases`` are the fields in which the one or the other was typed.
    """
    owners: dict[str, Named] = {}
    for agency in agencies:
        for called in (agency.name, *agency.aliases):
            owner = owners.setdefault(called.casefold(), agency)
            if owner is not agency:
                raise NameTaken(_sentence(called, owner.name, agency.name), name if called == agency.name else aliases)


def spelt_alike(parent: str | None, parents: Iterable[str | None]) -> str | None:
    """``parent`` as one of ``parents`` spells it: “health” sits under the “Health” that is there already."""
    if parent is None:
        return None
    return next((known for known in parents if known and known.casefold() == parent.casefold()), parent)


def _sentence(called: str, owner: str, other: str) -> str:
    if owner.casefold() == other.casefold():
        return f"“{called}” is in the list twice. Each agency stands there once."
    return f"“{called}” would mean both “{owner}” and “{other}”. A name or alias can mean one agency only."
