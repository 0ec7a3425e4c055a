"""The app opened at an address, as AppTest drives it."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

APP = Path(__file__).parents[2] / "app.py"


def opened(page: str | None = None, **address: str) -> AppTest:
    """Open a page of the app, or its first, at an address, in English unless it says otherwise; wait for what it draws.

    The page's file has the name under which the app serves it, so Streamlit finds it before anything was drawn.
    """
    at = AppTest.from_file(str(APP), default_timeout=240)
    if page is not None:
        at.switch_page(f"sim/ui/pages/{page}.py")
    for key, value in address.items():
        at.query_params[key] = value
    return at.run()


def said(at: AppTest) -> str:
    """Return all words that a page says, one after the other."""
    shown = (*at.title, *at.header, *at.subheader, *at.markdown, *at.caption, *at.info, *at.warning, *at.error)
    return "\n".join(str(one.value) for one in shown)


def until(at: AppTest, so, rounds: int = 240) -> AppTest:
    """Draw the page again until something is so of it, as its fragments do while work is done."""
    import time

    for _ in range(rounds):
        if so(at):
            return at
        time.sleep(0.25)
        at.run()
    raise AssertionError(f"it never came to be so:\n{said(at)}")
