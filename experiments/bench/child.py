"""What is measured in a process of its own: its memory, or its first result.

``python -m bench.child first`` lives a day; ``python -m bench.child "national m2" 7 2`` lives seven days of a world and
prints the memory they took, and the processor's seconds for the last five.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from bench.worlds import LASTING, m2
from sim.measures import measured
from sim.people.crowd import Coming
from sim.units import DAY

_STATUS = Path("/proc/self/status")


def peak_mib() -> float:
    """Return the most memory that this process has held at once (MiB)."""
    if _STATUS.exists():
        # What getrusage says of a child begins with the memory of the process that started it.
        peak = next(line for line in _STATUS.read_text().splitlines() if line.startswith("VmHWM"))
        return float(peak.split()[1]) / 1024
    import resource

    units = 1024**2 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / units


def first() -> None:
    """Live the reference day, and print a number of it."""
    world = m2()
    print(measured(world, Coming.to(world, seed=1)).totals.calls.dialled)


def lived(name: str, days: float, after: float) -> None:
    """Live a world, and print what that took, and what the days after so many of them did."""
    from sim.measures.ready import ready

    world = LASTING[name](days)
    ready(world, tell=lambda _: None)
    tiny = LASTING["m2"](1 / 24)
    measured(tiny, Coming.to(tiny, seed=1))  # so that all code is in memory
    imports = peak_mib()
    reached = last = time.process_time()

    def note(now: float) -> None:
        nonlocal reached, last
        last = time.process_time()
        if now < after * DAY:
            reached = last

    made = measured(world, Coming.to(world, seed=1), tick=note)
    at_the_end = time.process_time() - last
    answer = {
        "late_seconds": last - reached + at_the_end * (days - after) / days,
        "imports_mib": imports,
        "peak_mib": peak_mib(),
        "problems": made.problems,
        "calls": made.totals.calls.dialled,
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    first() if sys.argv[1] == "first" else lived(sys.argv[1], float(sys.argv[2]), float(sys.argv[3]))
