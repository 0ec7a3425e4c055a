"""Points whose observations are there before anybody lives them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np

import sim
from sim.study.sweeping.store import Runs

PATH = "line.lines"


def named(*names: str) -> sim.Design:
    """Return a design whose points bear these names, or differ in a path that is there."""
    return sim.Design(tuple({PATH: 10 + at} for at in range(len(names))), names)


def numbered(many: int) -> sim.Design:
    return sim.Design(tuple({PATH: 10 + at} for at in range(many)))


def living(seen: Mapping[int, Sequence[float]], below: Mapping[int, float] | None = None) -> Any:
    """Return what stands for `sim.sweep`: the point of 10 + n lines is seen to be as ``seen[n]`` says, -1 the world."""

    def sweep(world: Any, design: sim.Design, *, replications: range, **how: Any) -> Any:
        places = {-1: -1} | {at: point[PATH] - 10 for at, point in enumerate(design) if PATH in point}
        runs = {at: runs_of(at, seen[one], replications, (below or {}).get(one, 1.0)) for at, one in places.items()}
        return SimpleNamespace(interrupted=False, failed={}, by_point=lambda measure: runs)

    return sweep


def runs_of(point: int, values: Sequence[float], numbers: Sequence[int], below: float = 1.0) -> Runs:
    above = np.array([values[number] * below for number in numbers], float)
    return Runs(np.full(len(above), point), np.array(list(numbers)), above, np.full(len(above), below))


def swept(seen: Mapping[str, Mapping[int, Sequence[float]]], design: sim.Design, world: sim.World, **also: Any) -> Any:
    """Return what stands for a sweep, by measure and point; -1 is the world as it is."""
    (many,) = {len(values) for its in seen.values() for values in its.values()}
    told = {"failed": {}, "missing": dict, "interrupted": False, "seed": 1, "seconds": 0.0} | also

    def said(point: int) -> dict[str, Any]:
        name = "" if point < 0 or not design.names else design.names[point]
        return {"point": point, "name": name}

    return SimpleNamespace(
        base=world,
        measures=tuple(seen),
        design=design,
        numbers=tuple(range(many)),
        by_point=lambda measure: {at: runs_of(at, values, range(many)) for at, values in seen[measure].items()},
        said=said,
        **told,
    )
