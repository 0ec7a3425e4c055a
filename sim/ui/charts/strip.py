"""One customer's journey in both worlds on one axis: what he does on the telephone, and under it the money running."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from sim.figures.numbers import clock_time
from sim.figures.strip_tables import StripTables
from sim.history.rows import Event
from sim.ui.charts.looks import MIDDLE, activities, activity_called, colours, legend, names_of
from sim.ui.state.speech import say, told

if TYPE_CHECKING:
    import altair as alt

    from sim.world import World

_BAR, _SIGN, _APART = 30, 14, 12
"""Pixels: how tall a spell is, how far signs stand over one another, and worlds from one another."""
_NEAR = 0.02
"""Share of the axis within which signs would hide one another: the later stands over the earlier."""
_NAME = 110
"""Pixels that a world's name may take."""
_TONES = {"plain": MIDDLE, "faint": "#949494", "better": "#009E73", "worse": "#D55E00"}
_SHAPES = {
    "o": "circle",
    "s": "square",
    "D": "diamond",
    "d": "M0,-1L.6,0L0,1L-.6,0Z",
    "^": "triangle-up",
    "v": "triangle-down",
    "<": "triangle-left",
    ">": "triangle-right",
    "P": "cross",
    "_": "M-1,-.25L1,-.25L1,.25L-1,.25Z",
    "|": "M-.25,-1L.25,-1L.25,1L-.25,1Z",
    "x": "M0,-.2L.75,-.95L.95,-.75L.2,0L.95,.75L.75,.95L0,.2L-.75,.95L-.95,.75L-.2,0L-.95,-.75L-.75,-.95Z",
    "X": "M-.5,-1L.5,-1L1,-.5L1,.5L.5,1L-.5,1L-1,.5L-1,-.5Z",
    "p": "M0,-1L.95,-.31L.59,.81L-.59,.81L-.95,-.31Z",
    "h": "M0,-1L.87,-.5L.87,.5L0,1L-.87,.5L-.87,-.5Z",
    "H": "M-.5,-.87L.5,-.87L1,0L.5,.87L-.5,.87L-1,0Z",
    "8": "M-.41,-1L.41,-1L1,-.41L1,.41L.41,1L-.41,1L-1,.41L-1,-.41Z",
    "*": "M0,-1L.27,-.37L.95,-.31L.43,.14L.59,.81L0,.45L-.59,.81L-.43,.14L-.95,-.31L-.27,-.37Z",
}
_SIGNS = {event.mark.name: (_SHAPES[event.mark.shape], _TONES[event.mark.tone]) for event in Event if event.mark}
"""How each mark is drawn: shape and colour, those of `sim.figures.journey_strip`."""


def spells(lived: StripTables, worlds: Sequence[World]) -> pd.DataFrame:
    """Return the spells with words for the reader: the world's name, the activity, when, how long, what it cost."""
    rows, names = lived.spells, names_of(worlds)
    return rows.assign(
        world=[names[place - 1] for place in rows["place"]],
        what=[activity_called(name) for name in rows["activity"]],
        when=[_moment(at) for at in rows["start"]],
        lasted=[told(f"{many:.1f} min") for many in rows["minutes"]],
        cost=[told(f"{eur:.2f} EUR") for eur in rows["eur"]],
    )


def marks(lived: StripTables) -> pd.DataFrame:
    """Return the marks with words for the reader; ``level`` is how many others each stands over, so that all show."""
    rows = lived.marks
    near = _NEAR * lived.clock.length
    levels = rows.groupby("place")["shown"].transform(lambda mine: _levels(mine.tolist(), near))
    return rows.assign(
        what=[told(name) for name in rows["mark"]],
        when=[_moment(at) for at in rows["time"]],
        level=levels.astype(int),
    )


def paid(lived: StripTables, worlds: Sequence[World]) -> pd.DataFrame:
    """Return what he has paid so far, up to the end of the axis: who pays nothing has a line as well."""
    names = names_of(worlds)
    rows = lived.money[lived.money["what"] == "paid"]
    last = rows.groupby("place").tail(1).assign(shown=lived.clock.length)
    whole = pd.concat([rows, last], ignore_index=True)
    return whole.assign(world=[names[place - 1] for place in whole["place"]])


def journey(lived: StripTables, worlds: Sequence[World]) -> alt.VConcatChart:
    """Return a customer's time, a row of spells for each world with what happened in them, and the money under it."""
    import altair as alt

    fit = alt.AutoSizeParams(type="fit-x", contains="padding")
    both = alt.vconcat(_strip(lived, worlds), _money(lived, worlds), spacing=8, autosize=fit)
    under: alt.VConcatChart = both.resolve_scale(x="shared")
    return under


def _strip(lived: StripTables, worlds: Sequence[World]) -> alt.LayerChart:
    import altair as alt

    drawn, signs, names = spells(lived, worlds), marks(lived), names_of(worlds)
    tall = _APART + _BAR + _SIGN * (1 + max(signs["level"], default=0))
    drawn = drawn.assign(below=tall * drawn["place"], above=tall * drawn["place"] - _BAR)
    signs = signs.assign(above=tall * signs["place"] - _BAR - _SIGN * (signs["level"] + 0.7))
    middles = [tall * (1 + at) - _BAR / 2 for at in range(len(names))]
    height = tall * len(names) + 2
    rows = alt.Axis(
        values=middles, labelExpr=_words_at(middles, names), labelLimit=_NAME, grid=False, ticks=False, title=None
    )
    scale = alt.Scale(domain=[height, 0], nice=False, zero=False)
    hidden = alt.Axis(labels=False, ticks=False, grid=False, title=None)
    bars = (
        alt.Chart(drawn)
        .mark_rect(stroke=MIDDLE, strokeWidth=1)
        .encode(
            x=alt.X("shown_start:Q", scale=_ends(lived), axis=hidden),
            x2="shown_end:Q",
            y=alt.Y("above:Q", scale=scale, axis=rows),
            y2="below:Q",
            color=alt.Color(
                "what:N",
                title=None,
                scale=activities(drawn["activity"]),
                legend=legend("top", 4, 2, symbolStrokeWidth=1, symbolStrokeColor=MIDDLE),
            ),
            tooltip=[
                alt.Tooltip("what:N", title=say("what")),
                alt.Tooltip("when:N", title=say("moment")),
                alt.Tooltip("lasted:N", title=say("how long")),
                alt.Tooltip("cost:N", title=say("toll")),
                alt.Tooltip("call:Q", title=say("call")),
            ],
        )
    )
    met = [name for name in _SIGNS if name in set(signs["mark"])]
    called = [told(name) for name in met]
    shapes, tones = ([_SIGNS[name][at] for name in met] for at in (0, 1))
    toned = alt.Scale(domain=called, range=tones)
    points = (
        alt.Chart(signs)
        .mark_point(size=70, filled=True, opacity=1)
        .encode(
            x=alt.X("shown:Q", scale=_ends(lived), axis=hidden),
            y=alt.Y("above:Q", scale=scale, axis=rows),
            color=alt.Color("what:N", title=None, scale=toned, legend=legend("bottom", 4, 2)),
            shape=alt.Shape("what:N", title=None, scale=alt.Scale(domain=called, range=shapes)),
            tooltip=[alt.Tooltip("what:N", title=say("what")), alt.Tooltip("when:N", title=say("moment"))],
        )
    )
    shown = [bars] if signs.empty else [bars, points]  # a layer of nothing is an image without words to a reader
    over: alt.LayerChart = alt.layer(*shown).resolve_scale(color="independent", shape="independent")
    return over.properties(height=height)


def _money(lived: StripTables, worlds: Sequence[World]) -> alt.Chart:
    import altair as alt

    rows, names = paid(lived, worlds), names_of(worlds)
    begins = sorted(lived.spells.groupby(["place", "call"])["start"].min().unique())
    places = [float(at) for at in lived.clock.at(begins)]
    times = _words_at(places, [_moment(begin) for begin in begins])
    axis = alt.Axis(values=places, labelExpr=times, labelAngle=-90, labelOverlap="greedy", labelFlush=False, title=None)
    money = alt.Scale(domain=[min(0.0, rows["eur"].min()), max(1.0, rows["eur"].max())], padding=6)
    line: alt.Chart = (
        alt.Chart(rows)
        .mark_line(strokeWidth=2.5)
        .encode(
            x=alt.X("shown:Q", scale=_ends(lived), axis=axis),
            y=alt.Y("eur:Q", title=say("EUR so far"), scale=money),
            color=alt.Color("world:N", title=None, scale=colours(worlds), legend=legend("bottom", 2)),
            strokeDash=alt.StrokeDash("world:N", title=None, scale=alt.Scale(domain=list(names)), legend=None),
        )
    )
    return line.properties(height=220)


def _levels(places: Sequence[float], near: float) -> list[int]:
    """Return for each place, in their order, the lowest level on which nothing stands near.

    Examples
    --------
    >>> _levels([0, 1, 1, 5], near=2)
    [0, 1, 2, 0]
    """
    last: list[float] = []
    found = []
    for at in places:
        level = next((level for level, before in enumerate(last) if at - before >= near), len(last))
        last[level : level + 1] = [at]
        found.append(level)
    return found


def _moment(minutes: float) -> str:
    return " ".join(map(told, clock_time(minutes).split()))


def _words_at(places: Sequence[float], words: Sequence[str]) -> str:
    """Return the expression that writes words at the places of an axis."""
    return f"{json.dumps(list(words))}[indexof({json.dumps(list(places))}, datum.value)]"


def _ends(lived: StripTables) -> Any:
    import altair as alt

    return alt.Scale(domain=[-0.01 * lived.clock.length, 1.01 * lived.clock.length], nice=False, zero=False)
