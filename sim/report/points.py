"""What a point of a design is called: by its name, or by what it changes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from sim.study.sweeping.chunk import BASE
from sim.study.sweeping.design import Design

_DECIMALS = re.compile(r"(?<![\d.])(\d+)\.\d+(?![\w.])")


def called(design: Design, point: int) -> str:
    """Return a point's name, or all that it changes: paths by as much of their ends as tells them apart, four digits.

    Examples
    --------
    >>> called(Design(({"teams.*.staff": "x1.06791", "levers.time.cut_after": "none"},)), 0)
    'staff = x1.068, cut_after = none'
    """
    if point == BASE:
        return "as it is"
    if design.names and design.names[point]:
        return design.names[point]
    changes = ", ".join(f"{_end(path, design.paths)} = {_read(value)}" for path, value in design[point].items())
    return changes or "as it is"


def within(design: Design, point: int, most: int) -> str:
    """Return what a point is called, or its number where that has more letters than this.

    Examples
    --------
    >>> design = Design(({"teams.*.staff": "x1.1", "levers.time.cut_after": "none"},))
    >>> within(design, 0, 30), within(design, 0, 20)
    ('staff = x1.1, cut_after = none', 'point 0')
    """
    name = called(design, point)
    return name if len(name) <= most else f"point {point}"


def _read(value: Any) -> str:
    """Write a value as one reads it: of a value between two others the first digits."""
    return _DECIMALS.sub(lambda found: f"{float(found[0]):.{max(4, len(found[1]))}g}", str(value))


def _end(path: str, paths: Sequence[str]) -> str:
    parts = path.split(".")
    ends = (".".join(parts[-many:]) for many in range(1, len(parts)))
    return next((end for end in ends if sum(f".{one}".endswith(f".{end}") for one in paths) == 1), path)
