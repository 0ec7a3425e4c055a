"""The app served, and Debian's Chromium before it; without either, these tests say so and are skipped.

`.ci/browser` installs what they need. Chromium's flags keep it from looking for servers of its maker.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "experiments"))

from bench.app import FLAGS  # noqa: E402 - the flags with which its speed is measured

AXE = ROOT / "out" / "axe" / "package" / "axe.min.js"
PATIENCE = 60_000
"""Milliseconds that are waited for anything: a machine may compile, or be busy."""


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the app with a shelf of its own, and give its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    kept = tmp_path_factory.mktemp("served")
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    command += ["--server.headless", "true", "--server.address", "127.0.0.1"]
    with (kept / "log").open("w") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, stdout=log, stderr=log, env={**os.environ, "DOUBLE_PEINE_SHELF": str(kept / "shelf")}
        )
        try:
            _healthy(f"http://127.0.0.1:{port}", process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(10)
    assert "Traceback" not in (kept / "log").read_text(), (kept / "log").read_text()[-3000:]


def _healthy(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        assert process.poll() is None, "the server has ended"
        with suppress(OSError):
            if urllib.request.urlopen(f"{address}/_stcore/health").read() == b"ok":
                return
        time.sleep(0.1)
    raise AssertionError("the server is not healthy after a minute")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("Chromium is not installed: .ci/browser installs it")
    playwright = pytest.importorskip("playwright.sync_api", reason="needs the extra `browser`: .ci/browser installs it")
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=chromium, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def visit(browser: Browser, server: str) -> Iterator[Callable[..., Page]]:
    """Give what opens a page of the app in a window of its own, and fails if the page says anything went wrong."""
    opened: list[Any] = []
    wrong: list[str] = []

    def open_page(
        path: str = "/", *, wide: int = 1280, tall: int = 900, language: str = "en-GB", dark: bool = False
    ) -> Page:
        context = browser.new_context(
            viewport={"width": wide, "height": tall}, locale=language, color_scheme="dark" if dark else "light"
        )
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(server + path)
        page.get_by_role("heading").first.wait_for()
        return page

    yield open_page
    for context in opened:
        context.close()
    assert wrong == []
