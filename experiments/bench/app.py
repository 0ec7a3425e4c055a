"""The app in Chromium: the first page of a new server, a slider and its figures, ten users at once for a minute."""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from bench.before import HERE
from bench.lines import Line, Size, Target, Told
from bench.visitor import Figures, Visitor

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_PATIENCE = 30_000
"""Milliseconds after which no answer is an error."""
USERS, MINUTE, THOUGHT = 10, 60.0, (2.0, 5.0)
"""Users at once, for how long (s), and how long each looks at the figures before he moves the slider again (s)."""
LOAD = "Problems a day (% of the worlds' own)"
_FIGURES = "[data-testid=stMetric]"


def app(size: Size, told: Told) -> Iterator[Line | str]:
    """Time what a planner waits for; without Chromium and Playwright it says so."""
    if shutil.which("chromium") is None:
        yield "not measured: Chromium is not installed (.ci/browser installs it)"
        return
    try:
        import playwright.async_api  # noqa: F401
    except ImportError:
        yield "not measured: Playwright is not installed (the extra `browser`)"
        return
    shown, figures, moved = [], [], list[float]()
    for turn in range(size.long_rounds):
        began = time.perf_counter()
        with served() as (address, _):
            first, later, slid = asyncio.run(_alone(address, began, 2 * size.rounds))
        shown.append(first)
        figures.append(later)
        moved += slid
        told(0.4 * (turn + 1) / size.long_rounds)
    yield Line("from the server's start to the first page", "s", shown, Target(5))
    yield Line("  to the first figures", "s", figures)
    yield Line("a slider moved, to other figures", "s", moved, Target(0.5))
    with served() as (address, process):
        came = _memory(process)
        answers, wrong, ends = asyncio.run(_crowd(address))
        left = _memory(process)
        told(0.7)
        more, again, others = asyncio.run(_crowd(address))
        flat = _memory(process) / left
    with served() as (address, _):
        wrong += again + asyncio.run(_strangers(address, ends | others))
    told(1.0)
    yield Line(f"{USERS} users at once for a minute: an answer", "s", answers + more, Target(1.5))
    yield Line("  errors, and figures that another server does not show", "", [float(wrong)], Target(0))
    yield Line("  memory once they have left, above what it was", "MB", [left - came])
    yield Line("  memory after as many more, over that", "times", [flat], Target(1.1))


@contextmanager
def served() -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Serve the app on a free port with a shelf of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    command += ["--server.headless", "true", "--server.address", "127.0.0.1"]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryDirectory() as shelf:
        environment["DOUBLE_PEINE_SHELF"] = shelf
        process = subprocess.Popen(
            command, cwd=HERE, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            address = f"http://127.0.0.1:{port}"
            while not _healthy(address):
                time.sleep(0.02)
            yield address, process
        finally:
            process.terminate()
            process.wait(20)


def _healthy(address: str) -> bool:
    with suppress(OSError), urllib.request.urlopen(f"{address}/_stcore/health") as answer:
        return bool(answer.read() == b"ok")
    return False


def _memory(process: subprocess.Popen[bytes]) -> float:
    """Return what a process holds (MB)."""
    said = Path(f"/proc/{process.pid}/status").read_text()
    return float(next(line.split()[1] for line in said.splitlines() if line.startswith("VmRSS"))) / 1024


async def _alone(address: str, began: float, times: int) -> tuple[float, float, list[float]]:
    """Return when the page was shown and its figures, and how long each move of the slider took to other figures."""
    from playwright.async_api import async_playwright

    async with async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = await browser.new_page()
        await page.goto(address)
        await page.get_by_role("heading").first.wait_for()
        shown = time.perf_counter() - began
        await page.locator(_FIGURES).first.wait_for()
        figures = time.perf_counter() - began
        await _settled(page)
        slid = []
        for _ in range(times):
            slid.append(await _moved(page))
            await _settled(page)
        await browser.close()
    return shown, figures, slid


async def _settled(page: Any) -> None:
    await page.get_by_text("What to look at").wait_for()
    while await page.get_by_role("progressbar").count():
        await asyncio.sleep(0.05)
    await asyncio.sleep(0.5)


_OTHERS = """before => {
    const now = [...document.querySelectorAll("[data-testid=stMetric]")].map(one => one.innerText)
    return now.length > 0 && now.join() !== before.join()
}"""


async def _moved(page: Any) -> float:
    """Move the slider by a step, and return how long it takes until the figures are others."""
    slider = page.get_by_role("slider", name=LOAD)
    before, now = await page.locator(_FIGURES).all_inner_texts(), int(await slider.input_value())
    began = time.perf_counter()
    await slider.press("ArrowRight" if _up(now) else "ArrowLeft")
    await page.wait_for_function(_OTHERS, arg=before, polling=20, timeout=_PATIENCE)
    return time.perf_counter() - began


def _up(load: float) -> bool:
    return load == 50 or (load < 150 and random.random() < 0.5)


async def _crowd(address: str) -> tuple[list[float], int, dict[str, Figures]]:
    """Let users turn their sliders for a minute; return the answers' times, how much went wrong, and where they ended.

    They are visitors without browsers: ten browsers on one machine with the server would take the processors it needs.
    """
    answers: list[float] = []
    wrong: list[str] = []
    begin = [f"seed={random.randrange(10**6)}&load={60 + 5 * at}" for at in range(USERS)]
    ends = await asyncio.gather(*(_user(address, query, answers, wrong) for query in begin))
    return answers, len(wrong), {query: figures for query, figures in ends if figures}


async def _user(address: str, query: str, answers: list[float], wrong: list[str]) -> tuple[str, Figures]:
    """Turn the slider again and again, and return the address at the end with the figures that belong to it."""
    async with Visitor(address, query) as me:
        try:
            await me.until(lambda one: one.figures)
            end = time.perf_counter() + MINUTE
            while time.perf_counter() < end:
                await asyncio.sleep(random.uniform(*THOUGHT))
                load = me.at(LOAD)
                answers.append(await me.turn(LOAD, load + (1 if _up(load) else -1)))
            await me.until(lambda one: one.settled)
        except TimeoutError:
            wrong.append(f"{query}: no answer in time")
        wrong += me.wrong
        return me.query, me.figures


async def _strangers(address: str, ends: dict[str, Figures]) -> int:
    """Return for how many addresses another server shows other figures than those that a user was shown."""
    strange = 0
    for query, figures in ends.items():
        async with Visitor(address, query) as me:
            await me.until(lambda one: one.settled)
            strange += me.figures != figures
    return strange
