"""How long what is made up by chance is tried: a fixed number of times, the same every day, or as long as is said.

``FUZZ_SECONDS=600 pytest -n 0 tests/property/test_fuzz.py`` tries others every time, for ten minutes each test.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from random import Random

SECONDS = float(os.environ.get("FUZZ_SECONDS", "0"))
"""Of each test; none: the usual number of trials."""


def seeds(usual: int) -> Iterator[int]:
    """Yield so many seeds, always the same, or new ones until the time is over."""
    if not SECONDS:
        yield from range(usual)
        return
    ends, luck = time.monotonic() + SECONDS, Random()
    while time.monotonic() < ends:
        yield luck.getrandbits(48)
