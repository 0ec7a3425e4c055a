"""One customer's journey in both worlds on one axis: what he does on the telephone, and the money running."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from sim.figures.numbers import clock_time
from sim.figures.strip_tables import StripTables
from sim.ui.charts.looks import MIDDLE, activities, activity_called, colours, names_of
from sim.ui.state.speech import say, told

if TYPE_CHECKING:
    import altair as alt

    from sim.world import World

_LEFT = 110
"""Pixels left of both charts, so that they stand under one another."""
_TONES = {"plain": MIDDLE, "faint": "#B8B8B8", "better": "#009E73", "worse": "#D55E00"}


def spells(lived: StripTables, worlds: Sequence[World]) -> pd.DataFrame:
    """Return the spells with words for the reader: the world's name, the activity, when, how long, what it cost."""
    rows, names = lived.spells, names_of(worlds)
    return rows.assign(
        world=[names[place - 1] for place in rows["place"]],
        what=[activity_called(name) for name in rows["activity"]],
        when=[told(clock_time(at)) for at in rows["start"]],
        lasted=[told(f"{many:.1f} min") for many in rows["minutes"]],
        cost=[told(f"{eur:.2f} EUR") for eur in rows["eur"]],
    )


def strip(lived: StripTables, worlds: Sequence[World]) -> alt.LayerChart | alt.FacetChart:
    """Return the chart of a customer's time: a row of spells for each world, and what happened between them."""
    import altair as alt

    drawn, names = spells(lived, worlds), names_of(worlds)
    ends = _ends(lived)
    hidden = alt.Axis(labels=False, ticks=False, grid=False, title=None)
    y = alt.Y(
        "world:N", sort=list(names), title=None, axis=alt.Axis(labelLimit=_LEFT, minExtent=_LEFT, maxExtent=_LEFT)
    )
    tips: list[Any] = [
        alt.Tooltip("what:N", title=say("what")),
        alt.Tooltip("when:N", title=say("moment")),
        alt.Tooltip("lasted:N", title=say("how long")),
        alt.Tooltip("cost:N", title=say("toll")),
        alt.Tooltip("call:Q", title=say("call")),
    ]
    bars = (
        alt.Chart(drawn)
        .mark_bar(size=30, stroke=MIDDLE, strokeWidth=0.4)
        .encode(
            x=alt.X("shown_start:Q", scale=ends, axis=hidden),
            x2="shown_end:Q",
            y=y,
            color=alt.Color("what:N", title=None, scale=activities(), legend=alt.Legend(orient="top", columns=4)),
            tooltip=tips,
        )
    )
    marks = lived.marks.assign(
        world=[names[place - 1] for place in lived.marks["place"]],
        what=[told(name) for name in lived.marks["mark"]],
        when=[told(clock_time(at)) for at in lived.marks["time"]],
    )
    points = (
        alt.Chart(marks)
        .mark_point(size=70, filled=True, opacity=1, yOffset=-24)
        .encode(
            x=alt.X("shown:Q", scale=ends, axis=hidden),
            y=y,
            color=alt.Color("tone:N", scale=alt.Scale(domain=list(_TONES), range=list(_TONES.values())), legend=None),
            shape=alt.Shape("what:N", title=None, legend=alt.Legend(orient="top", columns=4)),
            tooltip=[alt.Tooltip("what:N", title=say("what")), alt.Tooltip("when:N", title=say("moment"))],
        )
    )
    both = alt.layer(bars, points)
    drawn_over: alt.LayerChart = both.resolve_scale(color="independent", shape="independent")
    return drawn_over.properties(height=230)


def money(lived: StripTables, worlds: Sequence[World]) -> alt.Chart:
    """Return the chart of what he has paid so far, on the same axis."""
    import altair as alt

    names = names_of(worlds)
    paid = lived.money[lived.money["what"] == "paid"]
    paid = paid.assign(world=[names[place - 1] for place in paid["place"]])
    begins = [begin for begin, _ in lived.clock.stretches]
    labels = pd.DataFrame({"at": lived.clock.at(begins), "when": [told(clock_time(begin)) for begin in begins]})
    shown = {round(float(at), 6): when for at, when in zip(labels["at"], labels["when"], strict=True)}
    said = " : ".join(f"abs(datum.value - {at}) < 0.001 ? '{when}'" for at, when in shown.items()) + " : ''"
    axis = alt.Axis(values=list(shown), labelExpr=said, labelAngle=-35, labelOverlap=True, title=None)
    line: alt.Chart = (
        alt.Chart(paid)
        .mark_line(strokeWidth=2.5)
        .encode(
            x=alt.X("shown:Q", scale=_ends(lived), axis=axis),
            y=alt.Y("eur:Q", title=say("EUR so far"), axis=alt.Axis(minExtent=_LEFT, maxExtent=_LEFT)),
            color=alt.Color("world:N", title=None, scale=colours(worlds), legend=alt.Legend(orient="bottom")),
            strokeDash=alt.StrokeDash("world:N", title=None, scale=alt.Scale(domain=list(names)), legend=None),
        )
    )
    return line.properties(height=270)


def _ends(lived: StripTables) -> alt.Scale:
    import altair as alt

    return alt.Scale(domain=[-0.01 * lived.clock.length, 1.01 * lived.clock.length], nice=False)
