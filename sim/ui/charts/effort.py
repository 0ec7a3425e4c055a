"""How effort is spread over problems, in both worlds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sim.measures.rules.effort import HIGH_EFFORT
from sim.study.comparing.comparison import Comparison
from sim.ui.charts.looks import MIDDLE, colours, legend, names_of
from sim.ui.state.speech import say

if TYPE_CHECKING:
    import altair as alt


def effort(rows: pd.DataFrame, comparison: Comparison) -> alt.LayerChart | alt.FacetChart:
    """Return the chart of an effort table (`sim.figures.effort_table`): the share of problems with more effort.

    Where a curve lies higher, more customers have a harder time.
    """
    import altair as alt

    names = names_of(comparison.worlds)
    called = [names[place - 1] for place in rows["place"]]
    told = rows.assign(world=called, over_low=1 - rows["high"], over_high=1 - rows["low"])
    x = alt.X("effort:Q", title=say("effort of a problem (1 very little, 5 very much)"), scale=alt.Scale(domain=[1, 5]))
    colour = alt.Color(
        "world:N", title=None, scale=colours(comparison.worlds), legend=legend("bottom", 2, symbolOpacity=1)
    )
    base = alt.Chart(told).encode(x=x, color=colour)
    band = base.mark_area(opacity=0.18, interpolate="step-after").encode(
        y=alt.Y("over_low:Q", axis=alt.Axis(format="%"), title=say("problems with more effort than this")),
        y2="over_high:Q",
    )
    line = base.mark_line(interpolate="step-after", strokeWidth=2.5).encode(
        y="beyond:Q",
        strokeDash=alt.StrokeDash("world:N", title=None, scale=alt.Scale(domain=list(names)), legend=None),
        tooltip=[
            alt.Tooltip("world:N", title=say("world")),
            alt.Tooltip("effort:Q", title=say("effort (1 to 5)"), format=".2f"),
            alt.Tooltip("beyond:Q", title=say("problems with more"), format=".1%"),
        ],
    )
    high = alt.Chart(pd.DataFrame({"at": [HIGH_EFFORT]})).mark_rule(strokeDash=[4, 3], color=MIDDLE).encode(x="at:Q")
    return alt.layer(band, line, high).properties(height=340)
