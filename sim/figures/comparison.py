"""The comparison as a figure: what the second world changes, measure by measure, each with its interval."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from sim.asked import nearest
from sim.figures.beside_forest import Columns, family_row
from sim.figures.differences import Point, finding, point, who_gains
from sim.figures.names import GUESS_TOLD, named, plain, short
from sim.figures.style import (
    GREY,
    INK,
    JUDGED,
    SMALL,
    TEXT,
    TITLE,
    panels,
    titled,
)
from sim.report.headlines import GUESSED
from sim.report.names import names

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

    from sim.study.comparing.comparison import Comparison, Line

HEADLINES = (
    "calls_per_problem",
    "messages_per_problem",
    "channel_switches_per_problem",
    "unanswered_messages_per_problem",
    "chases_per_problem",
    "promises_broken_per_problem",
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
    "firm_cash_eur_per_problem",
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

_ROW = 0.26
"""Height of a row (inch)."""
_TOLD = (
    "bars: 95 % intervals; where a measure cannot be negative,\n"
    "those of the logarithm of the ratio\nbetter and worse: by the paired difference"
)
_ARROWS = "beyond, or from 0: no percentage"


class NothingToDrawError(ValueError):
    """None of the measures is defined in both worlds."""


def forest(
    study: Comparison, axes: Axes | Sequence[Axes] | None = None, *, measures: Sequence[str] | None = None
) -> list[Axes]:
    """Draw the paired differences of two worlds, grouped by family, with their intervals.

    Each difference is drawn in percent of the first world's mean (`sim.figures.relative.relative_change` says with
    which interval); the means themselves and the paired difference in the measure's own unit stand at the right. A
    measure that is zero in the first world alone has no percentage: its difference is an arrow at the edge; one that
    is zero in both has no row.

    Parameters
    ----------
    study : Comparison
    axes : Axes or sequence of Axes, optional
        As many as the comparison has ways.
    measures : sequence of str, optional
        Ids, drawn in the order of the comparison; `HEADLINES` by default.

    Returns
    -------
    list of Axes
        A panel for each way of the comparison, on the same rows.

    Raises
    ------
    ValueError
        If a measure was not compared, or there are not as many axes as ways.
    NothingToDrawError
        If none of them is defined in both worlds and zero in one of them at most.
    """
    comparisons = list(study.each())
    rows = lines_drawn(comparisons, measures)
    panel_of = panels(axes, len(comparisons), size(study, measures=measures), beside=True)
    edges = edges_of([line for row in rows for line in row])
    for way, (ax, comparison) in enumerate(zip(panel_of, comparisons, strict=True)):
        columns = Columns(first=not way, unit=way == len(comparisons) - 1)
        _rows(ax, [row[way] for row in rows], edges, columns)
        columns.names(ax, comparison)
        ax.set_xlim(*edges)
        _title(ax, comparison, alone=len(comparisons) == 1)
    _below(panel_of[0], comparisons[0], rows, edges)
    return panel_of


def size(study: Comparison, *, measures: Sequence[str] | None = None) -> tuple[float, float]:
    """Return the width and height (inch) at which this forest reads well."""
    comparisons = list(study.each())
    rows = lines_drawn(comparisons, measures)
    many = len(rows) + len({row[0].measure.family for row in rows})
    ways = len(comparisons)
    return 11.5 if ways == 1 else 3.6 + 4.6 * ways, (2.6 if ways == 1 else 3.2) + _ROW * many


def _title(ax: Axes, comparison: Comparison, *, alone: bool) -> None:
    if alone:
        titled(ax, f"{finding(comparison)}\n{who_gains(comparison)}")
    else:
        said = f"{comparison.equality.label}\n{who_gains(comparison)}\n{finding(comparison)}"
        titled(ax, said, size=TITLE - 2, wide=46)


def lines_drawn(comparisons: Sequence[Comparison], measures: Sequence[str] | None) -> list[tuple[Line, ...]]:
    """Return the measures to draw, each family's together: of each its line in every comparison."""
    ids = HEADLINES if measures is None else [measures] if isinstance(measures, str) else list(measures)
    rows = list(zip(*(comparison.lines for comparison in comparisons), strict=True))
    known = [row[0].measure.id for row in rows]
    wrong = [f"{name}; {nearest(name, known, 'known are')}" for name in ids if name not in known]
    if wrong and measures is not None:
        raise ValueError(f"not measured in this comparison: {', '.join(wrong)}")
    rows = [row for row in rows if row[0].measure.id in ids and any(map(_defined, row)) and any(map(_met, row))]
    if not rows:
        raise NothingToDrawError("none of these measures is defined in both worlds and met in one: nothing to draw")
    families = list(dict.fromkeys(row[0].measure.family for row in rows))
    return sorted(rows, key=lambda row: families.index(row[0].measure.family))


def _defined(line: Line) -> bool:
    return line.difference.mean is not None


def _met(line: Line) -> bool:
    """Say whether a measure is anything but zero: what neither world knows is not worth a row."""
    return any(estimate.mean for estimate in line.worlds)


def edges_of(lines: Sequence[Line]) -> tuple[float, float]:
    """Return the ends of the axis (%): room for every interval, up to the farthest drawn."""
    reach = [-10.0, 10.0]
    for one in map(point, filter(_defined, lines)):
        reach += [x for x in (one.at, one.low, one.high) if x is not None and math.isfinite(x)]
    return max(1.08 * min(reach), -FARTHEST), min(1.08 * max(reach), FARTHEST)


def _rows(ax: Axes, lines: Sequence[Line], edges: tuple[float, float], columns: Columns) -> None:
    """Draw every row under its family's name."""
    ax.axvline(0.0, color=INK, linewidth=1.0, zorder=1)
    places: dict[int, str] = {}
    at = 0
    for family, members in groupby(lines, lambda line: line.measure.family):
        family_row(ax, at, family if columns.first else "")
        for line in members:
            at += 1
            if _defined(line):
                _difference(ax, at, line, edges)
            columns.values(ax, at, line)
            places[at] = named(line.measure)
        at += 1
    ax.set_yticks(list(places), list(places.values()) if columns.first else [""] * len(places), fontsize=TEXT)
    ax.tick_params(axis="y", length=0)
    ax.set_ylim(at - 0.4, -1.0)


def _difference(ax: Axes, height: float, line: Line, edges: tuple[float, float]) -> None:
    """Draw a difference and its interval; arrows where they go on beyond the edges."""
    one, (left, right) = point(line), edges
    look = JUDGED[one.judged]
    if one.low is not None and one.high is not None:
        ends = [max(one.low, left), min(one.high, right)]
        ax.plot(ends, [height] * 2, color=look.colour, linewidth=2.0, label="interval", solid_capstyle="butt")
        for end, shape, goes_on in ((left, "<", one.low < left), (right, ">", one.high > right)):
            if goes_on:
                ax.plot(end, height, shape, color=look.colour, markersize=5.0, label="interval goes on", clip_on=False)
    mark = _mark(one.judged, 6.5, 11.0)
    mark.set(linestyle="none", clip_on=False, label=line.measure.id, zorder=3)
    mark.set_data([min(max(one.at, left), right)], [height])
    if not left <= one.at <= right:
        mark.set_marker(">" if one.at > 0 else "<")
    ax.add_line(mark)


def _mark(judged: str, size: float, tall: float) -> Line2D:
    """Return the sign of a judgment."""
    from matplotlib.lines import Line2D

    look = JUDGED[judged]
    bar = look.marker == "|"
    return Line2D(
        [],
        [],
        color=look.colour,
        marker=look.marker,
        markersize=tall if bar else size,
        markeredgewidth=2.5 if bar else 1.0,
        markerfacecolor="white" if judged == "not told apart" else look.colour,
    )


def _below(ax: Axes, comparison: Comparison, rows: Sequence[tuple[Line, ...]], edges: tuple[float, float]) -> None:
    """Say under the first panel what is drawn, and by which signs."""
    from matplotlib.transforms import ScaledTranslation

    first, second = (short(name, 40) for name in names(comparison))
    told = [f"{second} minus {first}, in % of {first}", _TOLD]
    if any(row[0].measure.guessed for row in rows):
        told.append(f"{GUESSED} {GUESS_TOLD}")
    label = plain("\n".join(told))
    ax.set_xlabel(label, fontsize=TEXT, loc="left")
    points = [point(line) for row in rows for line in row if _defined(line)]
    handles = _signs({one.judged for one in points}, beyond=any(_beyond(one, edges) for one in points))
    below = 0.3 + 0.16 * len(label.splitlines())  # inch: under the lines of the axis's label
    figure = ax.get_figure(root=True)
    assert figure is not None
    ax.legend(
        handles=handles,
        loc="upper left",
        bbox_to_anchor=(0.0, 0.0),
        bbox_transform=ax.transAxes + ScaledTranslation(-0.1, -below, figure.dpi_scale_trans),
        ncols=3,
        fontsize=SMALL + 0.5,
        frameon=False,
    )


def _beyond(one: Point, edges: tuple[float, float]) -> bool:
    return any(x is not None and not edges[0] <= x <= edges[1] for x in (one.at, one.low, one.high))


def _signs(met: set[str], *, beyond: bool) -> list[Line2D]:
    from matplotlib.lines import Line2D

    signs = [_mark(name, 6.0, 10.0) for name in JUDGED if name in met]
    for sign, name in zip(signs, (name for name in JUDGED if name in met), strict=True):
        sign.set(linewidth=2.0, label=name)
    arrow = Line2D([], [], color=GREY, marker=">", linestyle="none", label=_ARROWS)
    return [*signs, arrow] if beyond else signs
