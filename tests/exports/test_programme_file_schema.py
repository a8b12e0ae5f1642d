"""docs/programme-file.md tells the truth: its schema is the reader's, and takes and refuses the same files."""

import copy
import json
import re
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tests.exports.files import File, four_by_four_by_three, programme_files
from workshop.exports.programme_file import json_schema
from workshop.exports.reading import misfits, read_programme_file

DOCUMENTED = (Path(__file__).parents[2] / "docs" / "programme-file.md").read_text()


def block(kind: str) -> Any:
    found = re.search(rf"```json {kind}\n(.*?)```", DOCUMENTED, re.DOTALL)
    assert found, kind
    return json.loads(found[1])


SCHEMA = Draft202012Validator(block("schema"))


def test_the_documented_schema_is_the_reader_s() -> None:
    Draft202012Validator.check_schema(block("schema"))
    assert block("schema") == json.loads(json.dumps(json_schema()))


def test_the_documented_example_is_read() -> None:
    assert SCHEMA.is_valid(block("example"))
    read_programme_file(json.dumps(block("example")).encode())


@settings(max_examples=50, deadline=None)
@given(programme_files())
def test_the_schema_takes_what_the_reader_takes(file: File) -> None:
    read_programme_file(json.dumps(file).encode())
    SCHEMA.validate(file)


SPOILT = st.sampled_from([None, True, 0, -1, 10**12, 1.5, "", "x", "y" * 501, [], [0], [0, 0, 0], {}, {"x": 1}])


@settings(max_examples=400, deadline=None)
@given(file=st.sampled_from([four_by_four_by_three(), block("example")]) | programme_files(), data=st.data())
def test_a_spoilt_file_is_refused_by_both_or_by_neither(file: File, data: st.DataObject) -> None:
    """Any value in any place replaced, removed or added. The reader's three columns of three kinds are the schema's."""
    spoilt = copy.deepcopy(file)
    holder, key = data.draw(st.sampled_from(_places(spoilt)))
    match data.draw(st.sampled_from(["replace", "remove", "add"])):
        case "replace":
            holder[key] = data.draw(SPOILT)
        case "remove":
            del holder[key]
        case "add" if isinstance(holder, dict):
            holder[data.draw(st.sampled_from(["colour", "time", "by", "agency", ""]))] = data.draw(SPOILT)
        case "add":
            holder.append(data.draw(SPOILT))
    is_shapely = not misfits(spoilt)
    kinds = {column.get("kind") for column in spoilt.get("columns", [])} if is_shapely else set()
    assert SCHEMA.is_valid(spoilt) == (is_shapely and len(kinds) == 3)


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Every (holder, key) of a JSON value."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place for key, inner in list(items) for place in [(value, key), *_places(inner)]]
