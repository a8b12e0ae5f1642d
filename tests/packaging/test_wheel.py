"""The wheel, installed away from the checkout, serves pages: templates, static files and migrations travel inside."""

import os
import re
import site
import socket
import subprocess
import sys
import time
import venv
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

import httpx
import pytest

ROOT = Path(__file__).resolve().parents[2]
STATIC_FILE = re.compile(r'(?:href|src)="(/static/[^"?#]+)')
SECONDS_TO_START = 30
SECONDS_TO_END = 15

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Server:
    """A ``workshop serve`` from the wheel, and where it answers."""

    process: subprocess.Popen[bytes]
    address: str
    log: Path

    def get(self, path: str) -> httpx.Response:
        """What it answers; fails with its log when it does not."""
        try:
            return httpx.get(urljoin(self.address, path), follow_redirects=True, trust_env=False, timeout=10)
        except httpx.TransportError as error:
            pytest.fail(f"GET {path}: {error!r}\n{self.log.read_text()}")


def run(*command: str | Path) -> None:
    """Run to the end; fails with what the command said."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    assert done.returncode == 0, done.stdout


def build(folder: Path, *what: str) -> Path:
    """The wheel that ``python -m build`` makes of the checkout, with the tools of this environment, hence offline."""
    run(sys.executable, "-m", "build", "--no-isolation", *what, "--outdir", folder, ROOT)
    [wheel] = folder.glob("*.whl")
    return wheel


def contents(wheel: Path) -> dict[str, int]:
    """Every file of ``wheel`` with its checksum."""
    with zipfile.ZipFile(wheel) as archive:
        return {file.filename: file.CRC for file in archive.infolist()}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from the sdist, as whoever gets the sdist would."""
    return build(tmp_path_factory.mktemp("from-sdist"))


@pytest.fixture(scope="module")
def workshop(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command in a fresh environment: the wheel, and the dependencies (not the checkout) of this environment."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, symlinks=True)
    python = folder / "bin" / "python"
    run(sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-index", "--no-deps", wheel)
    [packages] = folder.glob("lib/python*/site-packages")
    # A folder named in a .pth file is searched, but its own .pth files, such as the editable checkout's, are not read.
    (packages / "dependencies.pth").write_text("\n".join(site.getsitepackages()))
    return folder / "bin" / "workshop"


def free_port() -> int:
    """A port that nobody listened on a moment ago."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.fixture(scope="module")
def server(workshop: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The installed command serving an empty data directory, started from a folder outside the checkout."""
    folder = tmp_path_factory.mktemp("elsewhere")
    log = folder / "server.log"
    address = f"http://127.0.0.1:{(port := free_port())}"
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("WORKSHOP_", "PYTHON"))}
    environment |= {
        "WORKSHOP_BASE_URL": address,
        "WORKSHOP_DATA_DIR": str(folder / "data"),
        "WORKSHOP_HOST": "127.0.0.1",
        "WORKSHOP_PORT": str(port),
    }
    with log.open("wb") as output:
        process = subprocess.Popen(
            [workshop, "serve"],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
    with process:
        try:
            wait_until_ready(process, address, log)
            yield Server(process, address, log)
        finally:
            process.terminate()
            try:
                process.wait(SECONDS_TO_END)
            except subprocess.TimeoutExpired:
                process.kill()


def wait_until_ready(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    """Return once /health/ready answers 200."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx.get(f"{address}/health/ready", trust_env=False).status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    pytest.fail(f"'workshop serve' from the wheel was not ready (exit status {process.poll()}):\n{log.read_text()}")


def test_the_sdist_builds_the_same_wheel_as_the_checkout(wheel: Path, tmp_path: Path) -> None:
    assert contents(wheel) == contents(build(tmp_path, "--wheel"))


@pytest.mark.parametrize("folder", ["templates", "static", "exports"])
def test_the_wheel_carries_every_file_of(folder: str, wheel: Path) -> None:
    files = {
        f"workshop/_data/{path.relative_to(ROOT).as_posix()}" for path in (ROOT / folder).rglob("*") if path.is_file()
    }

    assert files <= contents(wheel).keys()


def test_the_installed_package_is_the_wheels(workshop: Path, tmp_path: Path) -> None:
    code = "import workshop.paths as paths; print(paths.__file__); print(paths.TEMPLATES)"
    python = workshop.parent / "python"
    told = subprocess.run([python, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)

    for line in told.stdout.splitlines():
        assert Path(line).is_relative_to(workshop.parents[1])


def test_it_becomes_ready(server: Server) -> None:
    assert server.get("/health/ready").status_code == httpx.codes.OK


def test_the_home_page_and_a_file_that_it_refers_to(server: Server) -> None:
    page = server.get("/")
    assert page.status_code == httpx.codes.OK
    assert "<html" in page.text

    files = set(STATIC_FILE.findall(page.text))
    assert files, page.text
    for path in sorted(files):
        answer = server.get(path)
        assert answer.status_code == httpx.codes.OK, path
        assert answer.content, path
