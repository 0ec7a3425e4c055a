"""What stands beside a forest: the families' names at the left, means and differences in columns at the right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.figures.differences import difference_text
from sim.figures.names import plain, short
from sim.figures.numbers import shown, unit_of_difference
from sim.figures.style import INK, PALE, SMALL, TEXT, looks
from sim.report.names import names

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Annotation

    from sim.study.comparing.comparison import Comparison, Line

_FIRST, _SECOND, _APART = 66, 70, 122
"""Widths of the columns of values (points)."""
_MEANS_NAME = 12
"""Letters of a world's name over its means."""


@dataclass(frozen=True)
class Columns:
    """The columns at the right of a panel: the second world's means and the differences, and what all panels share."""

    first: bool
    """Whether the first world's means stand here."""
    unit: bool
    """Whether the units do."""

    def values(self, ax: Axes, row: int, line: Line) -> None:
        """Write both worlds' means and the difference."""
        unit, (first, second) = line.measure.unit, (estimate.mean for estimate in line.worlds)
        like = max((abs(mean) for mean in (first, second) if mean is not None), default=0.0)
        one, other, apart, after = self._edges()
        if self.first:
            _value(ax, row, one, "" if first is None else shown(first, unit, like))
        _value(ax, row, other, "" if second is None else shown(second, unit, like))
        _value(ax, row, apart, difference_text(line))
        if self.unit:
            _beside(ax, row, after, unit_of_difference(unit), "left")

    def names(self, ax: Axes, comparison: Comparison) -> None:
        """Write over the columns what they hold."""
        one, other, apart, _ = self._edges()
        worlds = zip((one, other), names(comparison), looks(comparison.worlds), strict=True)
        for right, name, look in list(worlds)[not self.first :]:
            _head(ax, right, plain(short(name, _MEANS_NAME)), look.colour)
        _head(ax, apart, "difference [95 %]", INK)

    def _edges(self) -> tuple[int, int, int, int]:
        """Return where the columns end (points from the right edge of the axes), and where the unit begins."""
        one = _FIRST if self.first else 0
        return one, one + _SECOND, one + _SECOND + _APART, one + _SECOND + _APART + 4


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


def _value(ax: Axes, row: int, right: float, text: str) -> None:
    """Write a cell; it ends where the head of its column does, so the layout need not measure it as well."""
    _beside(ax, row, right, text, "right").set_in_layout(False)


def _head(ax: Axes, right: float, text: str, colour: str) -> None:
    _beside(ax, -0.7, right, text, "right", colour=colour, weight="bold", size=SMALL)


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
) -> Annotation:
    return ax.annotate(
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
