"""The comparison as a figure: what the second world changes, measure by measure, each with its interval."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from sim.figures.differences import difference_text, finding, point
from sim.figures.numbers import shown, spoken, unit_of_difference
from sim.figures.style import GREY, INK, JUDGED, PALE, SMALL, TEXT, looks, panel, titled

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from sim.study.compare import Comparison, Line

HEADLINES = (
    "calls_per_problem",
    "identifications_per_problem",
    "transfers_per_problem",
    "cuts_per_problem",
    "call_minutes_per_problem",
    "hold_minutes_per_problem",
    "downtime_hours_per_problem",
    "toll_eur_per_problem",
    "customer_eur_per_problem",
    "staff_eur_per_problem",
    "toll_income_eur_per_problem",
    "gestures_eur_per_problem",
    "lost_margin_eur_per_problem",
    "firm_eur_per_problem",
    "firm_eur_per_solved_problem",
    "effort_ces",
    "high_effort_share",
    "solved_share",
    "given_up_share",
    "first_contact_resolution",
    "hours_to_solution",
    "hold_minutes_per_call",
    "talk_minutes_per_call",
    "abandoned_share",
    "service_level",
    "occupancy",
    "disloyal_share",
    "leaves_at_renewal_share",
)
"""The measures drawn unless others are asked for."""

FARTHEST = 160.0
"""Percent beyond which a difference is drawn as an arrow at the edge; its value stands beside it."""


def forest(comparison: Comparison, ax: Axes | None = None, *, measures: Sequence[str] | None = None) -> Axes:
    """Draw the paired differences of two worlds, grouped by family, with their intervals.

    Each difference is drawn in percent of the first world's mean; the means themselves and the difference in
    the measure's own unit stand at the right. A measure whose first mean is zero has no percentage: its
    difference is an arrow at the edge.

    Parameters
    ----------
    comparison : Comparison
    measures : sequence of str, optional
        Ids, drawn in the order of the comparison; `HEADLINES` by default.

    Returns
    -------
    Axes
    """
    lines = _drawn(comparison, measures)
    ax = panel(ax, size(comparison, measures=measures))
    edge = _edge(lines)
    ax.axvline(0.0, color=INK, linewidth=1.0, zorder=1)
    places: dict[int, str] = {}
    row = 0
    for family, members in groupby(lines, lambda line: line.measure.family):
        _family_row(ax, row, family)
        for line in members:
            row += 1
            _difference_row(ax, row, line, edge)
            places[row] = spoken(line.measure.id)
        row += 1
    ax.set_yticks(list(places), list(places.values()), fontsize=TEXT)
    ax.set_ylim(row - 0.4, -1.0)
    ax.set_xlim(-edge, edge)
    ax.tick_params(axis="y", length=0)
    first, second = comparison.worlds
    ax.set_xlabel(f"{second.name} minus {first.name}, in % of {first.name}; bars are 95 % intervals", fontsize=TEXT)
    _columns(ax, comparison)
    _legend(ax, lines, edge)
    titled(ax, finding(comparison))
    return ax


def size(comparison: Comparison, *, measures: Sequence[str] | None = None) -> tuple[float, float]:
    """Return the width and height (inch) at which this forest reads well."""
    lines = _drawn(comparison, measures)
    rows = len(lines) + len({line.measure.family for line in lines})
    return 11.5, 1.6 + 0.26 * rows


def _drawn(comparison: Comparison, measures: Sequence[str] | None) -> list[Line]:
    """Return the lines to draw, each family's together."""
    ids = HEADLINES if measures is None else measures
    known = {line.measure.id for line in comparison.lines}
    wrong = [name for name in measures or () if name not in known]
    if wrong:
        raise ValueError(f"not measured in this comparison: {', '.join(wrong)}")
    lines = [line for line in comparison.lines if line.measure.id in ids and line.difference.mean is not None]
    if measures is None:  # what neither world knows, such as gestures, is not worth a row
        lines = [line for line in lines if any(estimate.mean for estimate in line.worlds)]
    if not lines:
        raise ValueError("none of these measures is defined in both worlds: there is nothing to draw")
    families = list(dict.fromkeys(line.measure.family for line in lines))
    return sorted(lines, key=lambda line: families.index(line.measure.family))


def _edge(lines: Sequence[Line]) -> float:
    """Return the half-width of the axis (%): room for every interval, up to the farthest drawn."""
    reach = [10.0]
    for one in map(point, lines):
        reach += [abs(x) for x in (one.at, one.low, one.high) if x is not None and math.isfinite(x)]
    return min(1.08 * max(reach), FARTHEST)


def _family_row(ax: Axes, row: int, family: str) -> None:
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


def _difference_row(ax: Axes, row: int, line: Line, edge: float) -> None:
    one = point(line)
    look = JUDGED[one.judged]
    if abs(one.at) > edge:
        marker, at = (">", edge) if one.at > 0 else ("<", -edge)
    else:
        marker, at = look.marker, one.at
    if one.low is not None and one.high is not None:
        ends = [max(one.low, -edge), min(one.high, edge)]
        ax.plot(ends, [row, row], color=look.colour, linewidth=2.0, solid_capstyle="butt", label="interval")
    hollow = one.judged == "not told apart"
    ax.plot(
        [at],
        [row],
        marker=marker,
        markersize=11 if marker == "|" else 6.5,
        markeredgewidth=2.5 if marker == "|" else 1.0,
        linestyle="none",
        color=look.colour,
        markerfacecolor="white" if hollow else look.colour,
        clip_on=False,
        label=line.measure.id,
        zorder=3,
    )
    _values(ax, row, line)


_COLUMNS = (64, 128, 256)
"""Right edges of the columns of values (points from the right edge of the axes)."""


def _values(ax: Axes, row: int, line: Line) -> None:
    unit = line.measure.unit
    means = [estimate.mean for estimate in line.worlds]
    like = max(abs(mean) for mean in means if mean is not None)
    texts = ["" if mean is None else shown(mean, unit, like) for mean in means]
    texts.append(difference_text(line))
    for right, text in zip(_COLUMNS, texts, strict=True):
        _beside(ax, row, right, text, "right")
    _beside(ax, row, _COLUMNS[-1] + 4, unit_of_difference(unit), "left")


def _columns(ax: Axes, comparison: Comparison) -> None:
    named = zip(_COLUMNS[:2], comparison.worlds, looks(comparison.worlds), strict=True)
    for right, world, look in named:
        _beside(ax, -0.7, right, _short(world.name), "right", colour=look.colour, weight="bold", size=SMALL)
    _beside(ax, -0.7, _COLUMNS[2], "difference [95 %]", "right", weight="bold", size=SMALL)


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


def _legend(ax: Axes, lines: Sequence[Line], edge: float) -> None:
    from matplotlib.lines import Line2D

    met = {point(line).judged for line in lines}
    handles = [
        Line2D(
            [],
            [],
            color=look.colour,
            marker=look.marker,
            markersize=10 if look.marker == "|" else 6,
            linewidth=2.0,
            markerfacecolor="white" if name == "not told apart" else look.colour,
            label=name,
        )
        for name, look in JUDGED.items()
        if name in met
    ]
    if any(abs(point(line).at) > edge for line in lines):
        arrow = Line2D([], [], color=GREY, marker=">", linestyle="none", label="beyond the edge")
        handles.append(arrow)
    ax.legend(
        handles=handles,
        loc="upper center",
        bbox_to_anchor=(0.5, -0.6 / (0.26 * len(lines) + 1)),  # about 0.6 inch below: under the axis's label
        ncols=len(handles),
        fontsize=SMALL + 0.5,
        frameon=False,
    )
