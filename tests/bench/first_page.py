"""The phone's first page as a phone far from a mast gets it: bytes, requests, first paint; Lighthouse if it is there.

Lighthouse is not among the project's own packages: ``npm install --prefix tests/bench/results/lighthouse lighthouse``
puts it where this measurement looks.
"""

import json
import os
import shutil
import subprocess
from statistics import median
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from tests.bench.figures import RESULTS, Figure, at_least, at_most
from tests.bench.servers import product

# Lighthouse's own figures for slow 4G when the browser throttles, and its slower processor.
SLOW_4G = {"offline": False, "latency": 562.5, "downloadThroughput": 1474.56 * 128, "uploadThroughput": 675 * 128}
SLOWER = 4
LOADS = 3
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FIRST_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
LIGHTHOUSE = RESULTS / "lighthouse" / "node_modules" / ".bin" / "lighthouse"
SCORES = {"performance": 98, "accessibility": 100, "best-practices": 100}


def measure() -> list[Figure]:
    """What a scan of the QR code costs."""
    program = os.environ.get("WORKSHOP_TEST_BROWSER") or shutil.which("chromium")
    with product() as (server, room):
        address = server.address + room.link
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
            loads = [_load(browser, address) for _ in range(LOADS)]
            browser.close()
        size, requests, uncompressed, _ = loads[0]
        figures = [
            at_most("first page, over the wire", size / 1024, 35, "KB"),
            at_most("first page, requests", requests, 4),
            at_most(
                "first page, answers above 1 KB that are not compressed",
                len(uncompressed),
                0,
                "",
                ", ".join(uncompressed),
            ),
            at_most("first paint, slow 4G and a slower processor", median(load[3] for load in loads), 1500, "ms"),
        ]
        return figures + (_lighthouse(address, program) if LIGHTHOUSE.exists() else [])


def _load(browser: Browser, address: str) -> tuple[float, int, list[str], float]:
    """One visit of a new phone: bytes, requests, what came uncompressed, milliseconds to the first paint."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    answers: dict[str, dict[str, Any]] = {}
    sizes: dict[str, float] = {}
    devtools.on("Network.responseReceived", lambda event: answers.update({event["requestId"]: event["response"]}))
    devtools.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", SLOW_4G)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(address, wait_until="load")
    page.wait_for_timeout(1000)
    paint = float(page.evaluate(FIRST_PAINT))
    context.close()
    fetched = {key: answer for key, answer in answers.items() if answer["url"].startswith("http")}
    uncompressed = [
        answer["url"].rpartition("/")[2]
        for key, answer in fetched.items()
        if "content-encoding" not in answer["headers"] and sizes.get(key, 0) > 1024
    ]
    return sum(sizes.get(key, 0) for key in fetched), len(fetched), uncompressed, paint


def _lighthouse(address: str, program: str | None) -> list[Figure]:
    report = RESULTS / "lighthouse.json"
    only = f"--only-categories={','.join(SCORES)}"
    flags = f"--chrome-flags=--headless {' '.join(FLAGS)}"
    arguments = [str(LIGHTHOUSE), address, "--quiet", "--output=json", f"--output-path={report}", only, flags]
    variables = dict(os.environ) | ({"CHROME_PATH": program} if program else {})
    subprocess.run(arguments, check=True, env=variables, timeout=180)
    categories = json.loads(report.read_text())["categories"]
    return [
        at_least(f"Lighthouse, {name}", round(categories[name]["score"] * 100), least) for name, least in SCORES.items()
    ]
