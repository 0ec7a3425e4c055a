"""What is asked of a study that moves paths between two values: looked at before anything is lived."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from sim.asked import Mistakes
from sim.measures import chosen, measures_of
from sim.quoting import short
from sim.reading.mistakes import shown
from sim.study.sweeping.design import Design
from sim.study.sweeping.sweep import check_paths
from sim.world import World

Ranges = Mapping[str, tuple[Any, Any]]


def mistaken(world: World, ranges: Any, measure: str) -> Mistakes:
    """Return what is wrong with ranges and with a measure.

    Parameters
    ----------
    ranges : mapping of str to pair
        By path, the lowest and the highest value.
    """
    wrong = Mistakes()
    with wrong.noted():
        chosen(measures_of(world), [measure])
    if not isinstance(ranges, Mapping) or not ranges:
        said = "empty" if ranges == {} else shown(ranges)
        wrong.said.append(f'ranges is {said}: write them by path, such as {{"line.lines": (10, 40)}}')
        return wrong
    for path, ends in ranges.items():
        if not isinstance(ends, (list, tuple)) or len(ends) != 2:
            problem = "a pair is needed, the lowest and the highest value"
            wrong.said.append(f"{short(str(path))} is {shown(ends)}: {problem}")
        elif any(isinstance(end, float) and not math.isfinite(end) for end in ends):
            wrong.said.append(f"{short(str(path))} is {shown(ends[0])} to {shown(ends[1])}: both have to be finite")
        with wrong.noted():
            check_paths(world, Design(({path: None},)))
    return wrong


def ends_of(ranges: Ranges) -> Design:
    """Return the design of both ends of each range, one after the other."""
    return Design(tuple({path: end} for path, ends in ranges.items() for end in ends))
