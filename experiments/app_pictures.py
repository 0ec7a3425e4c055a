"""Pictures of the real app for README.md and docs/app.md: ``python experiments/app_pictures.py``.

It serves the app, opens it in Debian's Chromium and takes the pictures when the figures are there.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from bench.app import FLAGS, served
from tqdm import tqdm

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "pictures"
WIDE, PHONE = (1360, 1020), (400, 860)
PICTURES: dict[str, tuple[str, tuple[int, int], bool, str]] = {
    "app_compare": ("/?view=costs", WIDE, False, "[data-testid=stVegaLiteChart]"),
    "app_customer": ("/?view=customer&whose=worst&lang=fr", (1360, 1500), False, "[data-testid=stVegaLiteChart]"),
    "app_watch": ("/watch", WIDE, True, "[data-testid=stVegaLiteChart]"),
    "app_phone": ("/?lang=fr", PHONE, False, "[data-testid=stMetric]"),
}
"""By name: the address, the size, whether it is dark, and what has to be seen."""


def main() -> None:
    """Take all pictures."""
    from playwright.sync_api import sync_playwright

    with served() as (address, _), sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for name in tqdm(PICTURES):
            take(browser, address, name)
        browser.close()


def take(browser: Any, address: str, name: str) -> None:
    """Take one picture."""
    path, (wide, tall), dark, seen = PICTURES[name]
    scheme = "dark" if dark else "light"
    context = browser.new_context(viewport={"width": wide, "height": tall}, color_scheme=scheme, locale="en-GB")
    page = context.new_page()
    page.set_default_timeout(90_000)
    page.goto(address + path)
    page.locator(seen).first.wait_for()
    page.wait_for_function("document.querySelectorAll('[role=progressbar], [data-testid=stStatusWidget]').length == 0")
    page.wait_for_timeout(4_000)  # until charts have been drawn
    page.screenshot(path=FOLDER / f"{name}.png")
    context.close()


if __name__ == "__main__":
    main()
