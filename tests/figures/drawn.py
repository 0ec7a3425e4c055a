"""Comparisons made by hand, and what stands on axes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from sim.measures import MEASURES
from sim.study.comparing.comparison import Comparison, Line, Way
from sim.study.running.estimate import Estimate
from sim.study.running.replications import Replications
from sim.study.searching.equal import Equality
from tests.worlds import tiny_world

if TYPE_CHECKING:
    from matplotlib.axes import Axes

UNDEFINED = (None, None, None)


def line(measure: str, first: float | None, second: float | None, difference: tuple[Any, Any, Any]) -> Line:
    """Make a line from two means and a difference with its interval."""
    means = (Estimate(first, first, first), Estimate(second, second, second))
    low, high = difference[1:]
    reach = None if low is None or not (first and second) else (high - low) / 2 / abs(first)
    return Line(MEASURES[measure], means, Estimate(*difference), log_reach=reach)


def comparison(*lines: Line, names: tuple[str, str] = ("double_peine", "empowered"), **ways: list[Line]) -> Comparison:
    """Make a comparison of two worlds of these names, in one way or in several; nobody has lived in them."""
    first, second = (tiny_world(name=name) for name in names)
    one, other = (Replications(world, world, 1, tuple(range(10)), "hand", 0.0, {}, ()) for world in (first, second))
    each = ways or {"none": list(lines)}
    made = [Way(Equality(how, second, 1.0, ""), other, tuple(mine)) for how, mine in each.items()]  # type: ignore[arg-type]
    return Comparison(one, tuple(made))


def axes(many: int = 1) -> list[Axes]:
    """Return empty axes of a figure that no screen knows."""
    from matplotlib.figure import Figure

    return list(Figure(figsize=(8, 6)).subplots(many, 1, squeeze=False)[:, 0])


def labelled(ax: Axes, label: str) -> Iterator[Any]:
    """Yield the lines, collections and bars that bear this label."""
    artists: list[Any] = [*ax.lines, *ax.collections, *ax.containers]
    yield from (artist for artist in artists if artist.get_label() == label)


def texts(ax: Axes) -> list[str]:
    """Return everything written on the axes, ticks and title left out."""
    return [text.get_text() for text in ax.texts]


def at(value: float) -> Any:
    """Compare to rounding."""
    return pytest.approx(value, abs=1e-9)
