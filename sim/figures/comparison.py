"""The comparison as a figure: what the second world changes, measure by measure, each with its interval."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from sim.asked import nearest
from sim.figures.beside_forest import column_names, family_row, values
from sim.figures.differences import finding, point
from sim.figures.numbers import spoken
from sim.figures.style import GREY, INK, JUDGED, SMALL, TEXT, Look, panel, titled

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

    from sim.study.comparison import Comparison, Line

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

WAYS = {
    "none": Look(GREY, "", "-.", "s"),
    "staff": Look(GREY, "", "-", "o"),
    "service": Look(GREY, "", "--", "^"),
    "staff_eur": Look(GREY, "", ":", "v"),
}
"""How the ways of a comparison are told apart: by shape and dashes; the first stands above."""
_SIGNS = {
    "none": "\N{BLACK SQUARE}",
    "staff": "\N{BLACK CIRCLE}",
    "service": "\N{BLACK UP-POINTING TRIANGLE}",
    "staff_eur": "\N{BLACK DOWN-POINTING TRIANGLE}",
}
"""The shapes of the ways as they are written beside their numbers."""
_FILLED: dict[str, Literal["full", "bottom", "none"]] = {
    "better": "full",
    "worse": "bottom",
    "not told apart": "none",
    "neither good nor bad": "full",
}
"""How much of a shape is filled where the shape itself says which way it is."""
_ROW = {1: 0.26, 2: 0.36, 3: 0.5, 4: 0.62}
"""Height of a row with so many differences (inch)."""
_SPREAD = 0.84
"""The part of a row's height over which its differences are spread."""


class NothingToDrawError(ValueError):
    """None of the measures is defined in both worlds."""


def forest(study: Comparison, ax: Axes | None = None, *, measures: Sequence[str] | None = None) -> Axes:
    """Draw the paired differences of two worlds, grouped by family, with their intervals.

    Each difference is drawn in percent of the first world's mean; the means themselves and the difference in
    the measure's own unit stand at the right. A measure whose first mean is zero has no percentage: its
    difference is an arrow at the edge. Of a comparison in several ways each measure has as many differences, in the
    order of the ways, the first one above.

    Parameters
    ----------
    study : Comparison
    measures : sequence of str, optional
        Ids, drawn in the order of the comparison; `HEADLINES` by default.

    Returns
    -------
    Axes

    Raises
    ------
    ValueError
        If a measure was not compared.
    NothingToDrawError
        If none of them is defined in both worlds.
    """
    comparisons = list(study.each())
    rows = _drawn(comparisons, measures)
    ax = panel(ax, size(study, measures=measures))
    edge = _edge([line for row in rows for line in row])
    ax.axvline(0.0, color=INK, linewidth=1.0, zorder=1)
    ways = [comparison.equality for comparison in comparisons] if len(comparisons) > 1 else []
    _rows(ax, rows, edge, [way.how for way in ways])
    ax.set_xlim(-edge, edge)
    ax.tick_params(axis="y", length=0)
    first, second = comparisons[0].worlds
    ax.set_xlabel(f"{second.name} minus {first.name}, in % of {first.name}; bars are 95 % intervals", fontsize=TEXT)
    column_names(ax, comparisons[0])
    _legend(ax, rows, edge, {way.label: WAYS[way.how] for way in ways})
    titled(ax, _title(comparisons))
    return ax


def size(study: Comparison, *, measures: Sequence[str] | None = None) -> tuple[float, float]:
    """Return the width and height (inch) at which this forest reads well."""
    comparisons = list(study.each())
    rows = _drawn(comparisons, measures)
    many = len(rows) + len({row[0].measure.family for row in rows})
    return 11.5, 1.6 + _ROW[len(comparisons)] * many


def _title(comparisons: Sequence[Comparison]) -> str:
    if len(comparisons) == 1:
        return finding(comparisons[0])
    return "\n".join(f"{finding(comparison)}: {comparison.equality.label}" for comparison in comparisons)


def _drawn(comparisons: Sequence[Comparison], measures: Sequence[str] | None) -> list[tuple[Line, ...]]:
    """Return the measures to draw, each family's together: of each its line in every comparison."""
    ids = HEADLINES if measures is None else [measures] if isinstance(measures, str) else list(measures)
    rows = list(zip(*(comparison.lines for comparison in comparisons), strict=True))
    known = [row[0].measure.id for row in rows]
    wrong = [f"{name}; {nearest(name, known)}" for name in ids if name not in known]
    if wrong and measures is not None:
        raise ValueError(f"not measured in this comparison: {', '.join(wrong)}")
    rows = [row for row in rows if row[0].measure.id in ids and any(map(_defined, row))]
    if measures is None:  # what neither world knows, such as gestures, is not worth a row
        rows = [row for row in rows if any(estimate.mean for line in row for estimate in line.worlds)]
    if not rows:
        raise NothingToDrawError("none of these measures is defined in both worlds: there is nothing to draw")
    families = list(dict.fromkeys(row[0].measure.family for row in rows))
    return sorted(rows, key=lambda row: families.index(row[0].measure.family))


def _defined(line: Line) -> bool:
    return line.difference.mean is not None


def _edge(lines: Sequence[Line]) -> float:
    """Return the half-width of the axis (%): room for every interval, up to the farthest drawn."""
    reach = [10.0]
    for one in map(point, filter(_defined, lines)):
        reach += [abs(x) for x in (one.at, one.low, one.high) if x is not None and math.isfinite(x)]
    return min(1.08 * max(reach), FARTHEST)


def _rows(ax: Axes, rows: Sequence[tuple[Line, ...]], edge: float, hows: Sequence[str]) -> None:
    """Draw every row under its family's name."""
    places: dict[int, str] = {}
    at = 0
    for family, members in groupby(rows, lambda row: row[0].measure.family):
        family_row(ax, at, family)
        for row in members:
            at += 1
            _row(ax, at, row, edge, hows)
            places[at] = spoken(row[0].measure.id)
        at += 1
    ax.set_yticks(list(places), list(places.values()), fontsize=TEXT)
    ax.set_ylim(at - 0.4, -1.0)


def _row(ax: Axes, at: int, row: tuple[Line, ...], edge: float, hows: Sequence[str]) -> None:
    ways: list[Look | None] = [WAYS[how] for how in hows] or [None]
    heights = [at - _SPREAD / 2 + _SPREAD * (place + 0.5) / len(row) for place in range(len(row))]
    for line, way, height in zip(row, ways, heights, strict=True):
        if _defined(line):
            _difference(ax, height, line, edge, way)
    values(ax, at, row, heights, [_SIGNS[how] for how in hows])


def _difference(ax: Axes, height: float, line: Line, edge: float, way: Look | None) -> None:
    """Draw a difference and its interval; an arrow where it lies beyond the edge."""
    one = point(line)
    if one.low is not None and one.high is not None:
        ends = [max(one.low, -edge), min(one.high, edge)]
        colour = JUDGED[one.judged].colour
        (interval,) = ax.plot(ends, [height, height], color=colour, linewidth=2.0, label="interval")
        interval.set(linestyle="-" if way is None else way.dashes, solid_capstyle="butt")
    mark = _mark(one.judged, way, 6.5, 11.0)
    mark.set(linestyle="none", clip_on=False, label=line.measure.id, zorder=3)
    beyond = abs(one.at) > edge
    mark.set_data([math.copysign(edge, one.at) if beyond else one.at], [height])
    if beyond:
        mark.set_marker(">" if one.at > 0 else "<")
    ax.add_line(mark)


def _mark(judged: str, way: Look | None, size: float, tall: float) -> Line2D:
    """Return the sign of a judgment: a shape of its own, or the shape of the way, more or less filled."""
    from matplotlib.lines import Line2D

    look = JUDGED[judged]
    bar = way is None and look.marker == "|"
    return Line2D(
        [],
        [],
        color=look.colour,
        marker=look.marker if way is None else way.marker,
        markersize=tall if bar else size,
        markeredgewidth=2.5 if bar else 1.0,
        fillstyle="full" if way is None else _FILLED[judged],
        markerfacecolor="white" if judged == "not told apart" else look.colour,
        markerfacecoloralt="white",
    )


def _legend(ax: Axes, rows: Sequence[tuple[Line, ...]], edge: float, ways: dict[str, Look]) -> None:
    from matplotlib.lines import Line2D

    points = [point(line) for row in rows for line in row if _defined(line)]
    met = {one.judged for one in points}
    handles = [_sign(name, way) for name, way in ways.items()]
    for name in JUDGED:
        if name in met:
            handles.append(_mark(name, Look(INK, marker="s") if ways else None, 6.0, 10.0))
            handles[-1].set(linewidth=0.0 if ways else 2.0, label=name)
    if any(abs(one.at) > edge for one in points):
        handles.append(Line2D([], [], color=GREY, marker=">", linestyle="none", label="beyond the edge"))
    height = _ROW[len(rows[0])] * len(rows) + 1
    ax.legend(
        handles=handles,
        loc="upper center",
        bbox_to_anchor=(0.5, -0.6 / height),  # about 0.6 inch below: under the axis's label
        ncols=len(handles),
        fontsize=SMALL + 0.5,
        frameon=False,
    )


def _sign(name: str, way: Look) -> Line2D:
    from matplotlib.lines import Line2D

    sign = Line2D([], [], color=way.colour, marker=way.marker, linewidth=2.0, markersize=6.0, label=name)
    sign.set(linestyle=way.dashes)
    return sign
