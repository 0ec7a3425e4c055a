"""Designs: the points at which a world is to be lived, each a mapping of paths to values."""

from __future__ import annotations

import itertools
import math
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sim.quoting import short
from sim.reading.mistakes import shown
from sim.study.changing.paths import parts_of
from sim.study.changing.plain import plain

MOST = 1_000_000
"""Points of a design at most."""


@dataclass(frozen=True)
class Design:
    """The points of a study.

    Attributes
    ----------
    points : tuple of dict
        Each with its changes by path, as `sim.changed` takes them; none is the world as it is.
    names : tuple of str
        What points are called, where they have names; otherwise empty.

    Raises
    ------
    ValueError
        If there is no point, one is no mapping, there are more than a million, a path is none, or two names are the
        same.
    """

    points: tuple[Mapping[str, Any], ...]
    names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for odd in (point for point in self.points if not isinstance(point, Mapping)):
            raise ValueError(f'a point is {shown(odd)}: write what it changes by path, such as {{"line.lines": 40}}')
        points = ({path: plain(value) for path, value in point.items()} for point in self.points)
        object.__setattr__(self, "points", tuple(points))
        if not 0 < len(self.points) <= MOST:
            raise ValueError(f"a design has 1 to {MOST:,} points, and this one has {len(self.points):,}")
        wrong = []
        for path in self.paths:
            try:
                parts_of(path)
            except ValueError as refused:
                wrong.append(str(refused))
        if self.names and len(self.names) != len(self.points):
            wrong.append(f"{len(self.names):,} names for {len(self.points):,} points")
        wrong += [f"{short(name)} is the name of two points" for name in _twice(self.names)]
        if wrong:
            raise ValueError("\n".join(wrong))

    def __len__(self) -> int:
        return len(self.points)

    def __iter__(self) -> Iterator[Mapping[str, Any]]:
        return iter(self.points)

    def __getitem__(self, at: int) -> Mapping[str, Any]:
        return self.points[at]

    @property
    def paths(self) -> tuple[str, ...]:
        """All paths that some point changes, in the order in which they first stand."""
        return tuple(dict.fromkeys(path for point in self.points for path in point))


def _twice(names: Iterable[str]) -> list[str]:
    seen, again = set[str](), dict[str, None]()
    for name in names:
        if name in seen:
            again[name] = None
        seen.add(name)
    return list(again)


def design_of(points: Any) -> Design:
    """Return a design of points by path: mappings, or the rows of a DataFrame, of which a missing cell says nothing.

    Raises
    ------
    ValueError
        As `Design`; or if it is nothing of this.
    """
    if isinstance(points, Design):
        return points
    if hasattr(points, "to_dict") and hasattr(points, "columns"):
        twice = _twice(map(str, points.columns))
        if twice:
            raise ValueError("\n".join(f"{short(path)} is the name of two columns" for path in twice))
        rows = points.astype(object).where(points.notna(), None).to_dict("records")
        return Design(tuple({path: _cell(value) for path, value in row.items() if value is not None} for row in rows))
    if isinstance(points, (str, Mapping)) or not isinstance(points, Iterable):
        said = "it has to be a Design, such as sim.factorial(...) makes, or points, each with its changes by path"
        raise ValueError(f"design is {shown(points)}: {said}")
    return Design(tuple(points))


def _cell(value: Any) -> Any:
    """Return what a cell means: a column in which one is missing holds its whole numbers as floats."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def factorial(levels: Mapping[str, Collection[Any]]) -> Design:
    """Return the design of all combinations of some levels.

    Parameters
    ----------
    levels : mapping of str to sequence or array
        By path, the values it takes, as `sim.changed` takes them. The last path changes fastest.

    Returns
    -------
    Design
        Of as many points as there are combinations.

    Raises
    ------
    ValueError
        If there is no path, one has no level, or the points are more than a million.

    Examples
    --------
    >>> design = factorial({"line.lines": [10, 20], "levers.time.cut_after": ["15 min", "none"]})
    >>> len(design), design[1]
    (4, {'line.lines': 10, 'levers.time.cut_after': 'none'})
    """
    listed = _levels(levels)
    many = math.prod(map(len, listed.values()))
    if many > MOST:
        raise ValueError(f"a design has 1 to {MOST:,} points, and these levels make {many:,}")
    return Design(tuple(dict(zip(listed, values, strict=True)) for values in itertools.product(*listed.values())))


def _levels(levels: Mapping[str, Collection[Any]]) -> dict[str, list[Any]]:
    if not isinstance(levels, Mapping) or not levels:
        raise ValueError(f'levels is {shown(levels)}: write the values by path, such as {{"line.lines": [10, 20]}}')
    wrong = [
        f"{short(str(path))} is {shown(those)}: a list of levels is needed, one at least"
        for path, those in levels.items()
        if isinstance(those, (str, Mapping)) or not isinstance(those, Collection) or not len(those)
    ]
    if wrong:
        raise ValueError("\n".join(wrong))
    return {path: list(those) for path, those in levels.items()}
