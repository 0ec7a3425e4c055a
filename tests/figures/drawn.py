"""Comparisons made by hand, and what stands on axes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.measures import MEASURES
from sim.study.compare import Comparison, Line
from sim.study.equal import as_written
from sim.study.estimate import Estimate
from tests.worlds import tiny_world

UNDEFINED = (None, None, None)


def line(measure: str, first: float | None, second: float | None, difference: tuple[Any, Any, Any]) -> Line:
    """Make a line from two means and a difference with its interval."""
    means = (Estimate(first, first, first), Estimate(second, second, second))
    return Line(MEASURES[measure], means, Estimate(*difference))


def comparison(*lines: Line, names: tuple[str, str] = ("double_peine", "empowered")) -> Comparison:
    """Make a comparison of two worlds of these names; nobody has lived in them."""
    first, second = (tiny_world(name=name) for name in names)
    nobody: Any = None
    equality = as_written(first, second)
    return Comparison((first, second), ("", ""), 1, 10, "hand", 0.0, lines, (nobody, nobody), equality)


def axes(many: int = 1) -> list[Axes]:
    """Return empty axes of a figure that no screen knows."""
    return list(Figure(figsize=(8, 6)).subplots(many, 1, squeeze=False)[:, 0])


def labelled(ax: Axes, label: str) -> Iterator[Any]:
    """Yield the lines and collections that bear this label."""
    yield from (artist for artist in (*ax.lines, *ax.collections, *ax.patches) if artist.get_label() == label)


def texts(ax: Axes) -> list[str]:
    """Return everything written on the axes, ticks and title left out."""
    return [text.get_text() for text in ax.texts]


def at(value: float) -> Any:
    """Compare to rounding."""
    return pytest.approx(value, abs=1e-9)
