"""Pictures are drawn coarse here: how sharp they are printed is nothing that a test reads."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sim.handouts import printed
from sim.handouts.book import words

COARSE = 30
"""Dots an inch."""


@pytest.fixture(scope="session", autouse=True)
def coarse() -> Iterator[None]:
    """Spare most of the time that a report takes."""
    with pytest.MonkeyPatch.context() as patched:
        for drawing in (printed, words):
            patched.setattr(drawing, "_DPI", COARSE)
        yield
