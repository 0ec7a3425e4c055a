"""The paired differences of a comparison: a point and its interval for each measure, in percent of the first world."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from sim.figures.comparison import edges_of, lines_drawn
from sim.figures.differences import difference_text, point
from sim.figures.names import named
from sim.figures.numbers import unit_of_difference
from sim.figures.style import JUDGED
from sim.study.comparing.comparison import Comparison, Line
from sim.ui.state.speech import say, told

if TYPE_CHECKING:
    import altair as alt

_SHAPES = {"o": "circle", "s": "square", "d": "diamond", ".": "circle", "|": "stroke"}


def table(comparison: Comparison) -> pd.DataFrame:
    """Return a row for each measure that is drawn: its place and interval (% of the first world), and its words."""
    lines = [line for (line,) in lines_drawn([comparison], None) if line.difference.mean is not None]
    ends = edges_of(lines)
    return pd.DataFrame([_row(line, ends) for line in lines])


def differences(comparison: Comparison) -> alt.LayerChart | alt.FacetChart:
    """Return the chart of a comparison's headline measures."""
    import altair as alt

    rows = table(comparison)
    order = list(rows["measure"])
    x = alt.X("at:Q", title=say("difference, % of {world}", world=comparison.worlds[0].name))
    y = alt.Y("measure:N", sort=order, title=None, axis=alt.Axis(labelLimit=320))
    words = {told(word): look for word, look in JUDGED.items()}
    colour = alt.Color(
        "judged:N",
        title=None,
        scale=alt.Scale(domain=list(words), range=[look.colour for look in words.values()]),
        legend=alt.Legend(orient="bottom", columns=3, labelLimit=260),
    )
    shape = alt.Shape(
        "judged:N",
        title=None,
        scale=alt.Scale(domain=list(words), range=[_SHAPES[look.marker] for look in words.values()]),
    )
    tips: list[Any] = [
        alt.Tooltip("measure:N", title=say("measure")),
        alt.Tooltip("difference:N", title=say("difference")),
        alt.Tooltip("judged:N", title=say("which is")),
    ]
    base = alt.Chart(rows).encode(y=y, tooltip=tips)
    zero = alt.Chart(pd.DataFrame({"at": [0.0]})).mark_rule(strokeDash=[4, 3], color="#808080").encode(x="at:Q")
    bars = base.mark_rule(strokeWidth=2.5).encode(x=alt.X("low:Q"), x2="high:Q", color=colour)
    points = base.mark_point(filled=True, size=110, opacity=1).encode(x=x, color=colour, shape=shape)
    return alt.layer(zero, bars, points).properties(height=26 * len(rows) + 40)


def _row(line: Line, ends: tuple[float, float]) -> dict[str, Any]:
    """Return what is drawn of a measure, within the ends of the axis; its words say the value wherever it lies."""
    placed = point(line)
    unit = unit_of_difference(line.measure.unit)
    return {
        "id": line.measure.id,
        "measure": told(named(line.measure)),
        "family": told(line.measure.family),
        "at": _within(placed.at, ends),
        "low": _within(placed.low, ends),
        "high": _within(placed.high, ends),
        "judged": told(placed.judged),
        "difference": told(f"{difference_text(line)} {unit}"),
    }


def _within(value: float | None, ends: tuple[float, float]) -> float | None:
    return None if value is None else min(max(value, ends[0]), ends[1])
