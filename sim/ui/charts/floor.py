"""A call centre at one moment: its agents, those busy and those free, and who waits, the longest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sim.ui.charts.looks import MIDDLE, colours, legend, names_of
from sim.ui.state.speech import say, told

if TYPE_CHECKING:
    from collections.abc import Sequence

    import altair as alt

    from sim.world import World

WIDE = 20
"""Agents, or customers, in a row."""
MOST = 400
"""Customers that are drawn; more are told."""
_LONG = 20.0
"""Minutes from which a wait has the last colour."""


def table(waiting: pd.DataFrame, teams: Sequence[tuple[str, int, int]]) -> pd.DataFrame:
    """Return a row for each agent on duty and each customer who waits: its place in the picture, and its words.

    Parameters
    ----------
    waiting : DataFrame
        Of those in a queue: ``customer``, ``place``, ``minutes``, the longest first.
    teams : sequence of (name, busy, on duty)
        Each begins a row of its own.
    """
    agents: list[dict[str, Any]] = []
    rows = 0
    for name, busy, on_duty in teams:
        many = max(busy, on_duty)
        agents += [_agent(name, at, rows, at < busy) for at in range(many)]
        rows += 1 + (many - 1) // WIDE
    shown = waiting.head(MOST)
    queue = [
        {
            "x": at % WIDE,
            "y": rows + 1 + at // WIDE,
            "what": "waits",
            "minutes": float(minutes),
            "said": say(
                "customer {n} waits in {queue}, {far}", n=int(who), queue=place, far=told(f"{minutes:.1f} min")
            ),
        }
        for at, (who, place, minutes) in enumerate(
            zip(shown["customer"], shown["place"], shown["minutes"], strict=True)
        )
    ]
    return pd.DataFrame([*agents, *queue], columns=["x", "y", "what", "minutes", "said"])


def floor(rows: pd.DataFrame, tall: int) -> alt.LayerChart | alt.FacetChart:
    """Return the picture of one world; ``tall`` is how many rows it has room for, so that both worlds are alike.

    Its marks are hidden from who does not see them: any layer may be empty at a minute, and the chart's words say how
    many there are of each.
    """
    import altair as alt

    hidden: dict[str, Any] = {"axis": None}
    x = alt.X("x:Q", scale=alt.Scale(domain=[-0.7, WIDE - 0.3], nice=False), **hidden)
    y = alt.Y("y:Q", scale=alt.Scale(domain=[-0.7, max(tall, 3) + 0.3], reverse=True, nice=False), **hidden)
    base = alt.Chart(rows).encode(x=x, y=y, tooltip=alt.Tooltip("said:N", title=say("who")))
    free = base.transform_filter("datum.what == 'free'").mark_square(
        size=130, color=MIDDLE, strokeWidth=1.5, filled=False, aria=False
    )
    busy = base.transform_filter("datum.what == 'busy'").mark_square(size=150, color="#009E73", opacity=1, aria=False)
    scale = alt.Scale(scheme="yelloworangered", domain=[0, _LONG], clamp=True)
    waits = (
        base.transform_filter("datum.what == 'waits'")
        .mark_circle(size=120, opacity=1, stroke=MIDDLE, strokeWidth=1, aria=False)
        .encode(
            color=alt.Color("minutes:Q", scale=scale, title=say("minutes waited"), legend=alt.Legend(orient="bottom"))
        )
    )
    return alt.layer(free, busy, waits).properties(height=34 * min(max(tall, 3), 14) + 90)


def course(
    waiting: Sequence[np.ndarray[Any, Any]], worlds: Sequence[World], minute: float, ends: tuple[int, int]
) -> alt.LayerChart | alt.FacetChart:
    """Return how many wait through the day in both worlds, with a line at the minute that is watched."""
    import altair as alt

    names, at = names_of(worlds), np.arange(ends[0], ends[1] + 1, 5)
    hours = alt.Scale(domain=[ends[0] / 60, (ends[1] + 1) / 60], nice=False)
    each = zip(waiting, names, strict=True)
    rows = pd.concat([pd.DataFrame({"hour": at / 60.0, "waiting": one[at], "world": name}) for one, name in each])
    many = say("customers waiting")
    lines = (
        alt.Chart(rows)
        .mark_line(interpolate="step-after", strokeWidth=2)
        .encode(
            x=alt.X("hour:Q", title=say("hour of the day"), scale=hours),
            y=alt.Y("waiting:Q", title=many),
            color=alt.Color("world:N", title=None, scale=colours(worlds), legend=legend("bottom", 2)),
            strokeDash=alt.StrokeDash("world:N", title=None, scale=alt.Scale(domain=list(names)), legend=None),
            tooltip=[alt.Tooltip("world:N", title=say("world")), alt.Tooltip("waiting:Q", title=many)],
        )
    )
    now = alt.Chart(pd.DataFrame({"hour": [minute / 60.0]})).mark_rule(color=MIDDLE, strokeWidth=2).encode(x="hour:Q")
    return alt.layer(lines, now).properties(height=290)


def _waits(who: int, place: str, minutes: float) -> str:
    return say("customer {n} waits in {queue}, {far}", n=who, queue=place, far=told(f"{minutes:.1f} min"))


def _agent(team: str, at: int, row: int, busy: bool) -> dict[str, Any]:
    said = say("an agent of {team}, busy", team=team) if busy else say("an agent of {team}, free", team=team)
    return {"x": at % WIDE, "y": row + at // WIDE, "what": "busy" if busy else "free", "minutes": None, "said": said}
