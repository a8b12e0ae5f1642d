"""``workshop suggest FILE.csv``, as typed in."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.findings.labelled import FILE, labelled_points
from workshop.cli import main
from workshop.findings.suggestions import suggested_groups

ROWS = (
    "theme,column,text\n"
    "Planning,needs_to_happen,Send the minutes sooner\n"
    'Planning,needs_to_happen,"Minutes sooner, please"\n'
    "Planning,worried_about,Minutes sooner\n"
    "Planning,needs_to_happen,\n"
    ",,\n"
    "\n"
    "Planning,needs_to_happen,minutes: SOONER please!\n"
)


def suggest(folder: Path, content: bytes) -> Result:
    file = folder / "points.csv"
    file.write_bytes(content)
    return CliRunner().invoke(main, ["suggest", str(file)])


def test_rows_are_counted_from_0_without_the_header(tmp_path: Path) -> None:
    done = suggest(tmp_path, ROWS.encode())
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout) == [[0, 1, 5]]


def test_the_labelled_points_give_what_the_function_gives() -> None:
    done = CliRunner().invoke(main, ["suggest", str(FILE)])
    assert json.loads(done.stdout) == suggested_groups([point.said for point in labelled_points()])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_however_a_program_writes_csv(tmp_path: Path, encoding: str, delimiter: str) -> None:
    content = ROWS.replace("please!", "please…").replace('"Minutes sooner, please"', "Minutes sooner please")
    done = suggest(tmp_path, content.replace(",", delimiter).replace("\n", "\r\n").encode(encoding))
    assert json.loads(done.stdout) == [[0, 1, 5]]


def test_columns_go_by_name_and_others_are_left_alone(tmp_path: Path) -> None:
    content = "Text,who,THEME, column \nMinutes sooner,x,P,n\nminutes sooner!,y,P,n\n"
    assert json.loads(suggest(tmp_path, content.encode()).stdout) == [[0, 1]]


def test_blanks_around_a_theme_or_column_make_no_other_one(tmp_path: Path) -> None:
    content = "theme,column,text\nPlanning,n,Minutes sooner\n Planning ,n ,minutes sooner!\n"
    assert json.loads(suggest(tmp_path, content.encode()).stdout) == [[0, 1]]


def test_a_header_alone_has_nothing_to_group(tmp_path: Path) -> None:
    assert json.loads(suggest(tmp_path, b"theme,column,text\n").stdout) == []


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"\n\n", "is empty"),
        (b"theme,words\nPlanning,Minutes\n", "has no column “column” and “text”"),
        (b"PK\x03\x04rest", "no CSV file"),
    ],
)
def test_a_bad_file_is_said_in_a_sentence(tmp_path: Path, content: bytes, sentence: str) -> None:
    refused = suggest(tmp_path, content)
    assert refused.exit_code == 1
    assert refused.stdout == ""
    assert sentence in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    refused = CliRunner().invoke(main, ["suggest", str(tmp_path / "none.csv")])
    assert refused.exit_code == 2
    assert "does not exist" in refused.stderr
