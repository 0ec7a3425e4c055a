"""How many processors there are to work with."""

from __future__ import annotations

import math
import os
from contextlib import suppress
from pathlib import Path

_QUOTA = Path("/sys/fs/cgroup/cpu.max")
"""What a container may use, as Linux tells it: microseconds of work, or "max", in so many of time."""


def processors() -> int:
    """Return the processors that this process may use: those it is bound to, as far as its container lets it."""
    there = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    with suppress(OSError, ValueError):  # there is no container, or no bound: "max" is no number
        work, time = map(int, _QUOTA.read_text().split())
        there = min(there, math.ceil(work / time))
    return max(there, 1)
