"""The storskjerm in the long run: agreements come for half an hour while three screens stand open.

`.venv/bin/python -m tests.bench.soak [MINUTES] [AGREEMENTS]` starts a server of its own, and prints once a minute what
each page's heap and document have grown to, and the server's memory; at the end whether every screen shows what the
database says.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import CDPSession, Page, sync_playwright

from tests.browser.conftest import ARGUMENTS
from tests.browser.screens import REGISTER_MANY
from tests.browser.server import BASE_DIR, Server
from tests.chromium import find_chromium

SIZES = [(1920, 1080), (1280, 720), (1024, 768)]
COUNT = (
    "import json; from borsen.models import Event; from agreements.statistics import count;"
    "print(json.dumps(count(Event.objects.get(slug='demo'))))"
)


def main(minutes: float = 30, agreements: int = 2_000) -> int:
    """Run it; returns 0 when all three screens end with the database's number."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(Path(folder) / "data").start()
        try:
            browser = playwright.chromium.launch(
                executable_path=find_chromium(), args=[*ARGUMENTS, "--js-flags=--expose-gc"]
            )
            screens = []
            for width, height in SIZES:
                page = browser.new_page(viewport={"width": width, "height": height})
                page.goto(f"{server.url}/demo/storskjerm/")
                screens.append((page, page.context.new_cdp_session(page)))
            code = REGISTER_MANY.format(number=agreements, every=minutes * 60 / agreements)
            writer = subprocess.Popen(
                [sys.executable, "manage.py", "shell", "--no-imports", "-c", code],
                cwd=BASE_DIR,
                env=server.environment,
                stdout=subprocess.DEVNULL,
            )
            began = time.monotonic()
            while writer.poll() is None:
                _say(began, screens, server)
                screens[0][0].wait_for_timeout(60_000)
            # The last ones have their turn; the number is true at once.
            screens[0][0].wait_for_timeout(15_000)
            _say(began, screens, server)
            there = server.ask(COUNT)
            shown = [int(page.locator("[data-total]").first.inner_text()) for page, _session in screens]
            print(f"database: {there} agreements, screens: {shown}")  # noqa: T201
            return 0 if shown == [there] * len(screens) else 1
        finally:
            server.close()


def _say(began: float, screens: list[tuple[Page, CDPSession]], server: Server) -> None:
    parts = []
    for page, session in screens:
        session.send("HeapProfiler.collectGarbage")
        session.send("Performance.enable")
        metrics = {row["name"]: row["value"] for row in session.send("Performance.getMetrics")["metrics"]}
        nodes = page.evaluate("document.querySelectorAll('*').length")
        total = page.locator("[data-total]").first.inner_text()
        heap = metrics["JSHeapUsedSize"] / 1e6
        parts.append(f"{total} agreements, {heap:.1f} MB, {nodes} elements, {metrics['Nodes']:.0f} nodes")
    minutes = (time.monotonic() - began) / 60
    print(f"{minutes:5.1f} min | server {_resident(server):.0f} MB | " + " | ".join(parts), flush=True)  # noqa: T201


def _resident(server: Server) -> float:
    """The server's memory in MB (Linux)."""
    assert server.process is not None
    status = Path(f"/proc/{server.process.pid}/status").read_text(encoding="utf-8")
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1_000


if __name__ == "__main__":
    sys.exit(main(*(float(word) for word in sys.argv[1:2]), *(int(word) for word in sys.argv[2:3])))
