"""What stands beside a forest: the families' names at the left, means and differences in columns at the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.figures.differences import difference_text
from sim.figures.numbers import shown, unit_of_difference
from sim.figures.style import GREY, INK, PALE, SMALL, TEXT, looks

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from sim.study.comparison import Comparison, Line

_COLUMNS = (64, 128, 256)
"""Right edges of the columns of values (points from the right edge of the axes)."""


def values(ax: Axes, row: int, lines: Sequence[Line], heights: Sequence[float], signs: Sequence[str]) -> None:
    """Write the first world's mean, and at each line's height its sign, the second's mean and the difference."""
    unit, first = lines[0].measure.unit, lines[0].worlds[0].mean
    means = [first, *(line.worlds[1].mean for line in lines)]
    like = max(abs(mean) for mean in means if mean is not None)
    _beside(ax, row, _COLUMNS[0], "" if first is None else shown(first, unit, like), "right")
    for line, height, mean in zip(lines, heights, means[1:], strict=True):
        _beside(ax, height, _COLUMNS[1], "" if mean is None else shown(mean, unit, like), "right")
        _beside(ax, height, _COLUMNS[2], difference_text(line), "right")
    for height, sign in zip(heights, signs, strict=False):  # one difference alone needs no sign
        _beside(ax, height, _COLUMNS[0] + 12, sign, "left", colour=GREY, size=SMALL)
    _beside(ax, row, _COLUMNS[-1] + 4, unit_of_difference(unit), "left")


def column_names(ax: Axes, comparison: Comparison) -> None:
    """Write over the columns whose means they hold."""
    named = zip(_COLUMNS[:2], comparison.worlds, looks(comparison.worlds), strict=True)
    for right, world, look in named:
        _beside(ax, -0.7, right, _short(world.name), "right", colour=look.colour, weight="bold", size=SMALL)
    _beside(ax, -0.7, _COLUMNS[2], "difference [95 %]", "right", weight="bold", size=SMALL)


def family_row(ax: Axes, row: int, family: str) -> None:
    """Write a family's name at the left, under a line."""
    ax.axhline(row - 0.5, color=PALE, linewidth=0.8)
    ax.annotate(
        family,
        (0, row),
        xycoords=ax.get_yaxis_transform(),
        xytext=(-6, 0),
        textcoords="offset points",
        ha="right",
        va="center",
        fontsize=TEXT,
        fontweight="bold",
        color=INK,
    )


def _short(name: str, most: int = 12) -> str:
    return name if len(name) <= most else f"{name[: most - 1]}\N{HORIZONTAL ELLIPSIS}"


def _beside(
    ax: Axes,
    row: float,
    offset: float,
    text: str,
    side: str,
    *,
    colour: str = INK,
    weight: str = "normal",
    size: float = TEXT - 0.5,
) -> None:
    ax.annotate(
        text,
        (1, row),
        xycoords=ax.get_yaxis_transform(),
        xytext=(offset, 0),
        textcoords="offset points",
        ha=side,
        va="center",
        fontsize=size,
        color=colour,
        fontweight=weight,
    )
