"""What whoever runs the installation types: look, purge, back up, restore."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from uuid import uuid4

from click.testing import CliRunner, Result

from tests.exports.files import four_by_four_by_three
from workshop.cli import main


def workshop(data_dir: Path, *arguments: str, **settings: str) -> Result:
    environment = {
        "WORKSHOP_DATA_DIR": str(data_dir),
        "WORKSHOP_DATABASE_URL": "",
        "WORKSHOP_REDIS_URL": "",
        **settings,
    }
    return CliRunner().invoke(main, arguments, env=environment)


def test_the_doctor_names_what_is_wrong_and_ends_so(tmp_path: Path) -> None:
    said = workshop(tmp_path / "data", "doctor", WORKSHOP_BASE_URL="http://localhost:8000")
    assert said.exit_code == 1
    wrong = [line for line in said.output.splitlines() if line.startswith("WRONG")]
    assert len(wrong) == 2, said.output
    assert "http://localhost:8000" in wrong[0]


def test_the_doctor_is_content_with_https_and_a_whole_database(tmp_path: Path) -> None:
    said = workshop(tmp_path / "data", "doctor", WORKSHOP_BASE_URL="https://workshop.example.org")
    assert (said.exit_code, "WRONG" in said.output) == (0, False), said.output
    assert "A commit is on disk before it is acknowledged" in said.output


def test_the_doctor_sees_that_redis_is_away(tmp_path: Path) -> None:
    nobody = {"WORKSHOP_BASE_URL": "https://workshop.example.org", "WORKSHOP_REDIS_URL": "redis://127.0.0.1:9"}
    said = workshop(tmp_path / "data", "doctor", **nobody)
    assert said.exit_code == 1
    assert "WRONG Redis does not answer" in said.output


def test_nothing_is_purged_where_nothing_is_due(tmp_path: Path) -> None:
    assert workshop(tmp_path / "data", "purge").output == "Nothing is due.\n"


def test_a_purge_says_how_many_held_and_hidden_points_are_kept(tmp_path: Path) -> None:
    file = four_by_four_by_three()
    first, second, third, *_ = file["focus_groups"][0]["contributions"]
    first["held"], second["hidden"], third["held"], third["reworded"] = True, True, True, True
    given = tmp_path / "programme.json"
    given.write_text(json.dumps(file))
    assert workshop(tmp_path / "data", "import", str(given)).exit_code == 0
    with closing(sqlite3.connect(tmp_path / "data" / "workshop.sqlite3")) as database, database:
        database.execute("UPDATE focus_group SET last_open_on = '2020-01-01'")
    lines = workshop(tmp_path / "data", "purge").output.splitlines()
    assert len(lines) == len(file["focus_groups"])
    [kept] = [line for line in lines if "kept" in line]
    points = len(file["focus_groups"][0]["contributions"]) - 3
    assert f": {points} points, " in kept
    assert kept.endswith("; 3 held or hidden points are kept until somebody says whether a child is at risk")


def test_a_purge_says_that_somebody_reads_what_it_would_rewrite(tmp_path: Path) -> None:
    assert workshop(tmp_path / "data", "partnership", "create", "Northshire").exit_code == 0
    with closing(sqlite3.connect(tmp_path / "data" / "workshop.sqlite3", isolation_level=None)) as reader:
        reader.execute("INSERT INTO words_gone VALUES (?)", (uuid4().hex,))
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM words_gone").fetchall()
        said = workshop(tmp_path / "data", "purge")
    assert (said.exit_code, "kept the files from being rewritten" in said.stderr) == (1, True)
    assert workshop(tmp_path / "data", "purge").output == "Nothing is due.\n"


def test_a_file_that_is_no_backup_is_said_so(tmp_path: Path) -> None:
    letter = tmp_path / "letter.zip"
    letter.write_text("Dear partnership,")
    said = workshop(tmp_path / "data", "restore", str(letter))
    assert said.exit_code == 1
    assert "is not a backup of this product" in said.stderr


def test_where_nothing_can_be_written_it_says_so(tmp_path: Path) -> None:
    given = tmp_path / "programme.json"
    given.write_text(json.dumps(four_by_four_by_three()))
    assert workshop(tmp_path / "data", "import", str(given)).exit_code == 0
    title = json.loads(given.read_text())["title"]
    for said in (
        workshop(tmp_path / "data", "backup", str(given / "all.zip")),
        workshop(tmp_path / "data", "export", title, "--to", str(given / "all.csv")),
    ):
        assert (said.exit_code, "cannot be written: " in said.stderr) == (1, True), said.output


def test_a_backup_is_restored_once(tmp_path: Path) -> None:
    file = tmp_path / "all.zip"
    assert workshop(tmp_path / "one", "backup", str(file)).exit_code == 0
    assert workshop(tmp_path / "other", "restore", str(file)).exit_code == 0
    assert (tmp_path / "other" / "secret-key").read_bytes() == (tmp_path / "one" / "secret-key").read_bytes()
