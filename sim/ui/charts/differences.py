"""The paired differences of a comparison: a point and its interval for each measure, in percent of the first world."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pandas as pd

from sim.figures.comparison import edges_of, lines_drawn
from sim.figures.differences import Point, difference_text, point
from sim.figures.names import named
from sim.figures.numbers import signed, unit_of_difference
from sim.figures.style import JUDGED
from sim.study.comparing.comparison import Comparison, Line
from sim.ui.charts.looks import MIDDLE, broken, legend, names_of, seen
from sim.ui.parts.numbers import with_unit
from sim.ui.state.speech import say, told

if TYPE_CHECKING:
    import altair as alt

_BAR = "M-.25,-1L.25,-1L.25,1L-.25,1Z"
_SHAPES = {"o": "circle", "s": "square", "d": "diamond", ".": "circle", "|": _BAR}
_ARROWS = {"left": "triangle-left", "right": "triangle-right"}
_STEP = 20.0
"""Percent between two lines of the grid: the axis ends on one."""
_WHOLE: dict[str, Any] = {"labelFlush": False, "labelBound": False, "labelOverlap": False}
"""Labels stand where their row or tick does, the first and the last too."""


def table(comparison: Comparison) -> pd.DataFrame:
    """Return a row for each measure that is drawn: its place and interval (% of the first world), and its words.

    What lies beyond the axis stands at its end: ``beyond`` says on which side, and ``far`` how far it goes.
    """
    lines = [line for (line,) in lines_drawn([comparison], None) if line.difference.mean is not None]
    ends = edges_of(lines)
    return pd.DataFrame([_row(line, ends) for line in lines])


def goes_on(rows: pd.DataFrame) -> pd.DataFrame:
    """Return a row for each end of an interval that lies beyond the axis: where its arrow stands, and which way."""
    left = rows[rows["low_beyond"]].assign(at=lambda ends: ends["low"], way="left")
    right = rows[rows["high_beyond"]].assign(at=lambda ends: ends["high"], way="right")
    return pd.concat([left, right])[["measure", "judged", "at", "way"]]


def differences(comparison: Comparison) -> alt.LayerChart | alt.FacetChart:
    """Return the chart of a comparison's headline measures; an arrow and a number stand for what lies beyond it."""
    import altair as alt

    rows = table(comparison)
    first = comparison.worlds[0].name
    met = [(told(word), look) for word, look in JUDGED.items() if told(word) in set(rows["judged"])]
    domain, colours = [word for word, _ in met], [seen(look.colour) for _, look in met]
    x = alt.X("at:Q", title=say("difference, % of {world}", world=first), scale=_axis(rows), axis=alt.Axis(**_WHOLE))
    names = list(rows["measure"])
    beside = alt.Axis(labelLimit=320, **broken(names), **_WHOLE)
    y = alt.Y("measure:N", sort=names, title=None, axis=beside)
    colour = alt.Color(
        "judged:N", title=None, scale=alt.Scale(domain=domain, range=colours), legend=legend("bottom", 3)
    )
    shapes = alt.Scale(domain=domain, range=[_SHAPES[look.marker] for _, look in met])
    base = alt.Chart(rows).encode(y=y, tooltip=_tips(comparison))
    zero = alt.Chart(pd.DataFrame({"at": [0.0]})).mark_rule(strokeDash=[4, 3], color=MIDDLE).encode(x="at:Q")
    layers: list[Any] = [zero]  # and no layer with nothing to show: to a screen reader it is an image without words
    if (rows["low"].astype(float) < rows["high"].astype(float)).any():
        bars = base.transform_filter("datum.low != datum.high").mark_rule(strokeWidth=2.5)
        layers.append(bars.encode(x="low:Q", x2="high:Q", color=colour))
    if "" in set(rows["beyond"]):
        inside = base.transform_filter("datum.beyond == ''").mark_point(filled=True, size=110, opacity=1)
        layers.append(inside.encode(x=x, color=colour, shape=alt.Shape("judged:N", scale=shapes)))
    further = goes_on(rows)
    arrows = alt.Chart(further).encode(y=y)
    for way, shape in _ARROWS.items():
        if way in set(further["way"]):
            ends = arrows.transform_filter(f"datum.way == '{way}'")
            marks = ends.mark_point(shape=shape, filled=True, size=50, opacity=1)
            layers.append(marks.encode(x="at:Q", color=colour))
        if way in set(rows["beyond"]):
            outside = base.transform_filter(f"datum.beyond == '{way}'")
            far = outside.mark_point(shape=shape, filled=True, size=130, opacity=1)
            where: dict[str, Any] = {"align": "left", "dx": 12} if way == "left" else {"align": "right", "dx": -12}
            how_far = outside.mark_text(fontSize=11, color=MIDDLE, **where)
            layers += [far.encode(x=x, color=colour), how_far.encode(x="beside:Q", text="far:N")]
    return alt.layer(*layers).properties(height=24 * len(rows) + 160)


def below_nothing(comparison: Comparison) -> bool:
    """Say whether an interval reaches below -100 %: costs less what flows back can."""
    return bool((table(comparison)["low"] < -100.0).any())


def _row(line: Line, ends: tuple[float, float]) -> dict[str, Any]:
    """Return what is drawn of a measure, within the ends of the axis; its words say the value wherever it lies."""
    placed, (first, second), unit = point(line), line.worlds, line.measure.unit
    at, low, high = (_within(value, ends) for value in (placed.at, placed.low, placed.high))
    beyond = "right" if placed.at > ends[1] else "left" if placed.at < ends[0] else ""
    near = low if beyond == "right" else high
    like = max((abs(one.mean) for one in line.worlds if one.mean is not None), default=None)
    return {
        "id": line.measure.id,
        "measure": told(named(line.measure)),
        "at": at,
        "low": low,
        "high": high,
        "beyond": beyond,
        "low_beyond": placed.low is not None and placed.low < ends[0] and beyond != "left",
        "high_beyond": placed.high is not None and placed.high > ends[1] and beyond != "right",
        "beside": at if near is None else near,
        "far": _far(placed),
        "judged": told(placed.judged),
        "first": with_unit(first.mean, unit, like),
        "second": with_unit(second.mean, unit, like),
        "difference": told(f"{difference_text(line)} {unit_of_difference(unit)}"),
        "percent": _percent(placed),
    }


def _far(placed: Point) -> str:
    """Write a percentage; from zero there is none."""
    return told(f"{signed(placed.at, '')} %") if math.isfinite(placed.at) else say("from 0: no percentage")


def _percent(placed: Point) -> str:
    """Write a percentage with its interval."""
    if placed.low is None or placed.high is None:
        return _far(placed)
    like = max(abs(placed.at), abs(placed.low), abs(placed.high))
    mean, low, high = (signed(value, "", like) for value in (placed.at, placed.low, placed.high))
    return told(f"{mean} [{low}, {high}] %")


def _within(value: float | None, ends: tuple[float, float]) -> float | None:
    return None if value is None else min(max(value, ends[0]), ends[1])


def _axis(rows: pd.DataFrame) -> alt.Scale:
    """Return the axis from one line of the grid to another, with room for arrows at its ends."""
    import altair as alt

    drawn = rows[["at", "low", "high"]].astype(float)
    least, most = min(drawn.min().min(), 0.0), max(drawn.max().max(), 0.0)
    ends = [_STEP * math.floor(least / _STEP), _STEP * math.ceil(most / _STEP)]
    return alt.Scale(domain=ends, nice=False, padding=12)


def _tips(comparison: Comparison) -> list[Any]:
    import altair as alt

    first, second = names_of(comparison.worlds)
    return [
        alt.Tooltip("measure:N", title=say("measure")),
        alt.Tooltip("first:N", title=first),
        alt.Tooltip("second:N", title=second),
        alt.Tooltip("difference:N", title=told("difference [95 %]")),
        alt.Tooltip("percent:N", title=say("in % of {world} [95 %]", world=first)),
        alt.Tooltip("judged:N", title=say("which is")),
    ]
