"""The cost waterfall: how the first world's cost per problem becomes the second's, part by part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from sim.figures.cost_waterfall import Bar, Fall, bars, falls_of
from sim.figures.differences import judged
from sim.measures import MEASURES
from sim.report.headlines import GUESSED
from sim.study.comparing.comparison import Comparison, Line
from sim.study.running.estimate import UNDEFINED, Estimate
from sim.ui.charts.looks import MIDDLE, judged_scale, legend, names_of, slanted
from sim.ui.state.speech import say, told

if TYPE_CHECKING:
    import altair as alt

Whose = Literal["customers", "firm"]
_MEASURE: dict[Whose, str] = {"customers": "customer_eur_per_problem", "firm": "firm_eur_per_problem"}
_GUESSED_PART = "lost margin"


def table(comparison: Comparison, whose: Whose) -> pd.DataFrame:
    """Return a row for each bar: its name, the levels between which it hangs, its words.

    Raises
    ------
    ValueError
        If what a problem costs is not defined in both worlds.
    """
    found = falls_of(comparison)
    cost: Fall = found.customers if whose == "customers" else found.firm
    rows: list[dict[str, Any]] = []
    for at, bar in enumerate(bars(cost, comparison.worlds)):
        total = bar.kind == "total"
        called = names_of(comparison.worlds)[0 if at == 0 else 1] if total else told(bar.name)
        guessed = GUESSED if bar.name == _GUESSED_PART or (total and whose == "firm") else ""
        rows.append(
            {
                "bar": called + guessed,
                "kind": bar.kind,
                "start": bar.start,
                "end": bar.end,
                "low": _end(bar, bar.estimate.low),
                "high": _end(bar, bar.estimate.high),
                "judged": say("total") if total else told(judged(_as_cost(bar.estimate))),
                "words": _words(bar.estimate, total=total),
            }
        )
    return pd.DataFrame(rows)


def costs(comparison: Comparison, whose: Whose) -> alt.LayerChart | alt.FacetChart:
    """Return the chart of whose costs.

    Raises
    ------
    ValueError
        As `table`.
    """
    import altair as alt

    rows = table(comparison, whose)
    meanings, total = judged_scale(), say("total")
    met = [total, *(word for word in meanings.domain if word in set(rows["judged"]))]
    colour_of = dict(zip(meanings.domain, meanings.range, strict=True))
    shown = alt.Scale(domain=met, range=[MIDDLE, *(colour_of[word] for word in met[1:])])
    x = alt.X("bar:N", sort=None, title=None, axis=alt.Axis(labelLimit=110, labelOverlap=False, **slanted()))
    tips = [
        alt.Tooltip("bar:N", title=say("part")),
        alt.Tooltip("words:N", title=say("EUR per problem")),
        alt.Tooltip("judged:N", title=say("which is")),
    ]
    base = alt.Chart(rows).encode(x=x, tooltip=tips)
    colour = alt.Color("judged:N", title=None, scale=shown, legend=legend("bottom", 3))
    hung = base.mark_bar(size=42).encode(
        y=alt.Y("start:Q", title=say("EUR per problem"), scale=alt.Scale(padding=14)), y2="end:Q", color=colour
    )
    reach = base.mark_rule(strokeWidth=1.5, color=MIDDLE).encode(y="low:Q", y2="high:Q")
    text = (
        base.mark_text(dy=-8, fontSize=11, color=MIDDLE)
        .encode(y="top:Q", text="words:N")
        .transform_calculate(top="max(datum.start, datum.end, datum.high)")
    )
    return alt.layer(hung, reach, text).properties(height=320)


def _end(bar: Bar, end: float | None) -> float:
    """Return where an end of a bar's interval lies; a part's interval hangs where the part ends."""
    return bar.end if end is None else bar.end - (bar.estimate.mean or 0.0) + end


def _words(estimate: Estimate, *, total: bool) -> str:
    assert estimate.mean is not None
    return told(f"{estimate.mean:,.2f}" if total else f"{estimate.mean:+,.2f}")


def _as_cost(difference: Estimate) -> Line:
    return Line(MEASURES["customer_eur_per_problem"], (UNDEFINED, UNDEFINED), difference)
