"""From a file's bytes to a programme file that fits together, or to every reason why it does not."""

from typing import Annotated, Any, get_args, get_origin

import msgspec
from msgspec import Meta, Struct, UnsetType

from workshop.exports.agreement import contradictions
from workshop.exports.programme_file import ProgrammeFile
from workshop.facts import Refused
from workshop.text import normalised

MOST_SHOWN = 100


class UnfitFile(Refused):
    """A programme file is refused whole; ``problems`` has a line for each fault, each beginning with its place."""

    def __init__(self, problems: list[str]) -> None:
        more = [f"… and {len(problems) - MOST_SHOWN:,} more"] if len(problems) > MOST_SHOWN else []
        super().__init__("\n".join([*problems[:MOST_SHOWN], *more]), "file")
        self.problems = problems


def read_programme_file(content: bytes) -> ProgrammeFile:
    """The programme in ``content`` (UTF-8 JSON, with or without a byte order mark), every text normalised.

    Raises UnfitFile with all faults.
    """
    problems: list[str] = []
    try:
        raw = _normalised(_decoded(content), "", problems)
    except RecursionError as problem:
        raise UnfitFile(["file: objects and lists are nested too deeply"]) from problem
    problems += misfits(raw)
    if problems:
        raise UnfitFile(problems)
    file = msgspec.convert(raw, ProgrammeFile)
    if problems := contradictions(file):
        raise UnfitFile(problems)
    return file


def misfits(raw: Any) -> list[str]:
    """Where ``raw`` has not the shape that the JSON Schema describes: unknown, missing and mistyped values."""
    problems: list[str] = []
    _fit(raw, ProgrammeFile, "", problems)
    return problems


def _decoded(content: bytes) -> Any:
    try:
        return msgspec.json.decode(content.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as problem:
        raise UnfitFile([f"file: this is not JSON in UTF-8 ({problem})"]) from problem


def _normalised(raw: Any, place: str, problems: list[str]) -> Any:
    if isinstance(raw, str):
        return normalised(raw)
    if isinstance(raw, list):
        return [_normalised(item, f"{place}[{i}]", problems) for i, item in enumerate(raw)]
    if not isinstance(raw, dict):
        return raw
    clean: dict[str, Any] = {}
    for key, value in raw.items():
        if (name := normalised(key)) in clean:
            problems.append(f"{_at(place, name)}: twice")
        clean[name] = _normalised(value, _at(place, name), problems)
    return clean


def _at(place: str, key: str) -> str:
    return f"{place}.{key}" if place else key


def _fit(raw: Any, kind: Any, place: str, problems: list[str]) -> None:
    kind, limits = _without_limits(kind)
    if isinstance(kind, type) and issubclass(kind, Struct):
        _fit_struct(raw, kind, place, problems)
    elif get_origin(kind) in {list, dict}:
        holder: Any = list[Any] if get_origin(kind) is list else dict[str, Any]
        if _fit_leaf(raw, _limited(holder, limits), place, problems):
            _fit_items(raw, get_args(kind), place, problems)
    else:
        _fit_leaf(raw, _limited(kind, limits), place, problems)


def _fit_struct(raw: Any, kind: type[Struct], place: str, problems: list[str]) -> None:
    if not _fit_leaf(raw, dict[str, Any], place, problems):
        return
    fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
    problems += [f"{_at(place, key)}: unknown key" for key in raw if key not in fields]
    for name, field in fields.items():
        if name in raw:
            _fit(raw[name], field.type, _at(place, name), problems)
        elif field.required:
            problems.append(f"{_at(place, name)}: missing")


def _fit_items(raw: Any, kinds: tuple[Any, ...], place: str, problems: list[str]) -> None:
    if isinstance(raw, dict):
        for key, value in raw.items():
            _fit_leaf(key, kinds[0], _at(place, key), problems)
            _fit(value, kinds[1], _at(place, key), problems)
        return
    for i, item in enumerate(raw):
        _fit(item, kinds[0], f"{place}[{i}]", problems)


def _fit_leaf(raw: Any, kind: Any, place: str, problems: list[str]) -> bool:
    try:
        msgspec.convert(raw, kind)
    except msgspec.ValidationError as problem:
        problems.append(f"{place or 'file'}: {_in_words(str(problem))}")
        return False
    return True


def _in_words(problem: str) -> str:
    """Msgspec's sentence with JSON's words, without the place that it knows of (ours is longer)."""
    words = problem.split(" - at ", maxsplit=1)[0].replace("`", "")
    for theirs, ours in (("str", "text"), ("int", "number"), ("bool", "true or false"), ("dict", "object")):
        words = words.replace(f"Expected {theirs}", f"expected {ours}").replace(f"got {theirs}", f"got {ours}")
    return words[0].lower() + words[1:]


def _limited(kind: Any, limits: tuple[Meta, ...]) -> Any:
    for limit in limits:
        kind = Annotated[kind, limit]
    return kind


def _without_limits(kind: Any) -> tuple[Any, tuple[Meta, ...]]:
    """The bare kind and its limits; a key that may be absent has, where it is there, its other kind."""
    parts = get_args(kind)
    if UnsetType in parts:
        (kind,) = (part for part in parts if part is not UnsetType)
    if get_origin(kind) is Annotated:
        bare, *limits = get_args(kind)
        return bare, tuple(limits)
    return kind, ()
