"""How a person drives the app: what is read, waited for, pressed."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page


def figures(page: Page) -> list[str]:
    """Return the headline figures that are shown, with what separates the worlds."""
    page.get_by_test_id("stMetric").first.wait_for()
    return [one.inner_text() for one in page.get_by_test_id("stMetric").all()]


def until(so: Callable[[], bool], seconds: float = 60) -> None:
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not so():
        if time.monotonic() > end:
            raise TimeoutError("it never came to be so")
        time.sleep(0.05)


def settled(page: Page) -> None:
    """Wait until nothing runs any more: neither the script nor a job."""
    page.get_by_test_id("stApp").wait_for()
    until(lambda: page.get_by_test_id("stStatusWidget").count() == 0 and page.get_by_role("progressbar").count() == 0)


def drawn(page: Page) -> None:
    """Wait until every chart has its rows and keeps them: it is put up empty, and may be redrawn."""
    empty = page.locator("[data-testid='stSkeleton'], g.role-mark[role='graphics-symbol']:empty:not([aria-hidden])")
    quiet = [time.monotonic()]

    def stays() -> bool:
        if empty.count():
            quiet[0] = time.monotonic()
        return time.monotonic() - quiet[0] > 1

    until(stays)


def finished(page: Page) -> None:
    """Wait until a comparison has all its replications: only then its details are shown."""
    page.get_by_text("What to look at").or_(page.get_by_text("À regarder")).first.wait_for()
    settled(page)


def choose(page: Page, box: Locator, option: str) -> None:
    """Choose in a list; it closes where the page is drawn anew meanwhile, and is opened again."""
    one = page.get_by_role("option", name=option, exact=True)

    def is_offered() -> bool:
        box.click()
        box.fill(option)
        with suppress(TimeoutError):
            until(one.is_visible, 2)
        return one.is_visible()

    settled(page)
    until(is_offered)
    box.press("Enter")


def slide(page: Page, label: str, key: str = "ArrowRight") -> None:
    """Move a slider by one step, with the keyboard."""
    page.get_by_role("slider", name=label).press(key)


def where(page: Page) -> str:
    """Return what the browser's address says just now; what Playwright knows of it may be older."""
    return str(page.evaluate("location.href"))
