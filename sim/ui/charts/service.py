"""How both worlds serve through a typical day, half-hour by half-hour."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sim.study.comparing.comparison import Comparison
from sim.ui.charts.looks import colours, legend, names_of
from sim.ui.state.speech import say

if TYPE_CHECKING:
    import altair as alt


def table(rows: pd.DataFrame, column: str, comparison: Comparison) -> pd.DataFrame:
    """Return one column of `by_time_of_day` with a row for each world and half-hour; shares in percent."""
    mine = rows[rows["column"] == column]
    by = 100.0 if (mine["unit"] == "share").all() else 1.0
    frames = [
        pd.DataFrame(
            {
                "hour": mine["minute"] / 60.0,
                "when": mine["from"] + "-" + mine["to"],
                "world": name,
                "value": by * mine[which],
                "low": by * mine[f"{which}_low"],
                "high": by * mine[f"{which}_high"],
            }
        )
        for which, name in zip(("first", "second"), names_of(comparison.worlds), strict=True)
    ]
    return pd.concat(frames, ignore_index=True).dropna(subset=["value"])


def service(rows: pd.DataFrame, column: str, called: str, comparison: Comparison) -> alt.LayerChart | alt.FacetChart:
    """Return the chart of one column."""
    import altair as alt

    drawn = table(rows, column, comparison)
    names = names_of(comparison.worlds)
    ends = [drawn["hour"].min(), drawn["hour"].max() + 0.5] if len(drawn) else [0, 24]
    scale, axis = alt.Scale(domain=ends, nice=False), alt.Axis(tickMinStep=1, format="d")
    x = alt.X("hour:Q", title=say("hour of the day"), scale=scale, axis=axis)
    colour = alt.Color(
        "world:N", title=None, scale=colours(comparison.worlds), legend=legend("bottom", 2, symbolOpacity=1)
    )
    base = alt.Chart(drawn).encode(x=x, color=colour)
    band = base.mark_area(opacity=0.18, interpolate="step-after").encode(y=alt.Y("low:Q", title=called), y2="high:Q")
    line = base.mark_line(interpolate="step-after", strokeWidth=2.5).encode(
        y="value:Q",
        strokeDash=alt.StrokeDash("world:N", title=None, scale=alt.Scale(domain=list(names)), legend=None),
        tooltip=[
            alt.Tooltip("world:N", title=say("world")),
            alt.Tooltip("when:N", title=say("half-hour")),
            alt.Tooltip("value:Q", title=called, format=",.2f"),
            alt.Tooltip("low:Q", title=say("95 % interval, from"), format=",.2f"),
            alt.Tooltip("high:Q", title=say("95 % interval, to"), format=",.2f"),
        ],
    )
    return alt.layer(band, line).properties(height=320)
