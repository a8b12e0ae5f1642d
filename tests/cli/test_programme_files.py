"""``workshop import`` and ``workshop export``, as typed in, also beside a running server."""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner, Result

from tests.exports.files import File, four_by_four_by_three
from tests.exports.readers import sheets_of, table_of_csv, words_on
from tests.serving import serving
from workshop.cli import main

FILE = four_by_four_by_three()


def workshop(data_dir: Path, *words: str) -> Result:
    """Run a command on ``data_dir``."""
    return CliRunner().invoke(main, words, env={"WORKSHOP_DATA_DIR": str(data_dir)})


def in_its_own_process(data_dir: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The same, as a shell would."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WORKSHOP_")}
    command = [str(Path(sys.executable).with_name("workshop")), *words]
    env = kept | {"WORKSHOP_DATA_DIR": str(data_dir)}
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=120)


def stored(folder: Path, file: Any, name: str = "in.json") -> str:
    path = folder / name
    path.write_text(json.dumps(file))
    return str(path)


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "data"


def test_a_file_goes_in_and_comes_out_the_same(tmp_path: Path, data_dir: Path) -> None:
    imported = workshop(data_dir, "import", stored(tmp_path, FILE))
    assert imported.exit_code == 0, imported.stderr
    assert "Imported “Core groups” into Safeguarding Children Partnership" in imported.stdout
    programme_id = imported.stdout.rsplit(maxsplit=1)[-1]
    for programme, name in (("Core groups", "title.json"), (programme_id, "id.JSON")):
        exported = workshop(data_dir, "export", programme, "--to", str(tmp_path / name))
        assert exported.exit_code == 0, exported.stderr
        assert json.loads((tmp_path / name).read_text()) == FILE


def test_the_ending_decides_what_comes_out(tmp_path: Path, data_dir: Path) -> None:
    workshop(data_dir, "import", stored(tmp_path, FILE))
    for ending in ("csv", "xlsx", "html"):
        assert workshop(data_dir, "export", "Core groups", "--to", str(tmp_path / f"x.{ending}")).exit_code == 0
        assert not (tmp_path / f"x.{ending}").stat().st_mode & 0o077
    said = FILE["focus_groups"][0]["contributions"][0]["text"]
    assert said in {row["Text"] for row in table_of_csv((tmp_path / "x.csv").read_bytes())}
    assert said in {row["Point"] for row in sheets_of((tmp_path / "x.xlsx").read_bytes())["All points"]}
    assert said in words_on((tmp_path / "x.html").read_bytes())
    refused = workshop(data_dir, "export", "Core groups", "--to", str(tmp_path / "x.pdf"))
    assert refused.exit_code != 0
    assert ".xlsx or .html" in refused.stderr
    assert not (tmp_path / "x.pdf").exists()


def test_a_file_that_does_not_fit_is_refused_whole(tmp_path: Path, data_dir: Path) -> None:
    spoilt: File = json.loads(json.dumps(FILE))
    spoilt["focus_groups"][0]["contributions"][3]["theme"] = "Weather"
    spoilt["focus_groups"][3]["attendance"] = {"Fire": 1}
    refused = workshop(data_dir, "import", stored(tmp_path, spoilt))
    assert refused.exit_code != 0
    assert 'focus_groups[0].contributions[3].theme: unknown theme "Weather"' in refused.stderr
    assert 'focus_groups[3].attendance: unknown agency "Fire"' in refused.stderr
    assert (
        "There is no programme" in workshop(data_dir, "export", "Core groups", "--to", str(tmp_path / "x.json")).stderr
    )


def test_a_title_is_taken_once(tmp_path: Path, data_dir: Path) -> None:
    path = stored(tmp_path, FILE)
    assert workshop(data_dir, "import", path).exit_code == 0
    again = workshop(data_dir, "import", path)
    assert again.exit_code != 0
    assert "title: There is a programme called “Core groups” already" in again.stderr


def test_of_several_partnerships_one_has_to_be_named(tmp_path: Path, data_dir: Path) -> None:
    path = stored(tmp_path, FILE)
    assert workshop(data_dir, "import", path, "--partnership", "Northshire").exit_code == 0
    assert workshop(data_dir, "partnership", "create", "Southshire").exit_code == 0
    assert "“Northshire”, “Southshire”" in workshop(data_dir, "import", path).stderr
    assert workshop(data_dir, "import", path, "--partnership", "Eastshire").exit_code != 0
    assert workshop(data_dir, "import", path, "--partnership", "Southshire").exit_code == 0
    unclear = workshop(data_dir, "export", "Core groups", "--to", str(tmp_path / "x.json"))
    assert "Several programmes are called “Core groups”" in unclear.stderr


@pytest.mark.slow
def test_importing_waits_its_turn_while_a_server_runs(tmp_path: Path, data_dir: Path) -> None:
    """Several at once, on the file that a server has open: each comes in whole, and the server goes on answering."""
    with serving(data_dir) as server:
        outcomes: dict[int, subprocess.CompletedProcess[str]] = {}

        def bring_in(number: int) -> None:
            path = stored(tmp_path, FILE | {"title": f"Core groups {number}"}, f"{number}.json")
            outcomes[number] = in_its_own_process(data_dir, "import", path, "--partnership", "Northshire")

        bring_in(0)
        threads = [threading.Thread(target=bring_in, args=(number,)) for number in range(1, 4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [outcome.returncode for outcome in outcomes.values()] == [0] * 4, outcomes
        assert httpx.get(f"{server.address}/health/ready").status_code == 200
        for number in range(4):
            out = tmp_path / f"out-{number}.json"
            assert workshop(data_dir, "export", f"Core groups {number}", "--to", str(out)).exit_code == 0
            assert json.loads(out.read_text()) == FILE | {"title": f"Core groups {number}"}
