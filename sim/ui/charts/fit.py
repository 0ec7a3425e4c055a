"""A fit, figure by figure: your band and the world's interval, in percent of your figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from sim.figures.style import BLUE, GREEN, ORANGE, PURPLE, VERMILLION
from sim.report.calibrated import band_said
from sim.study.calibrating.calibration import Beside, Calibration
from sim.ui.charts.looks import MIDDLE, legend, seen
from sim.ui.state.speech import later, say, told

if TYPE_CHECKING:
    import altair as alt

VERDICTS = {
    "inside": later("inside your band"),
    "too wide": later("band too wide to tell"),
    "overlaps": later("its interval reaches your band"),
    "outside": later("outside your band"),
}
_LOOKS = {
    "inside": (GREEN, "circle"),
    "too wide": (PURPLE, "cross"),
    "overlaps": (ORANGE, "diamond"),
    "outside": (VERMILLION, "square"),
}
_LEAST, _MOST = 0.0, 200.0
"""Percent of the reported figure between which all is drawn; of a mean beyond it an arrow says where it is."""
_LINE = "\n"
"""Parts the name of a figure from its band."""


def fit_table(made: Calibration) -> pd.DataFrame:
    """Return a row for each figure: band, mean and interval in percent of what is reported; those of 0 are left out."""
    days = made.figures.over()
    return pd.DataFrame([_row(line, days) for line in made.lines if line.value])


def _row(line: Beside, days: float) -> dict[str, Any]:
    mean, low, high = (_percent(one, line.value) for one in line.estimate)
    beyond = line.estimate.mean is not None and 100.0 * line.estimate.mean / line.value > _MOST
    named = told(line.question.words), say("your band: {band}", band=told(band_said(line, days)))
    return {
        "figure": _LINE.join(named),
        "from": _percent(line.low, line.value),
        "to": _percent(line.high, line.value),
        "at": None if beyond else mean,
        "low": mean if low is None else low,
        "high": mean if high is None else high,
        "end": _MOST,
        "beyond": _arrow(line) if beyond else "",
        "verdict": say(VERDICTS[line.verdict]),
    }


def _arrow(line: Beside) -> str:
    assert line.estimate.mean is not None
    return "\N{RIGHTWARDS ARROW} " + told(f"{100.0 * line.estimate.mean / line.value:,.0f} %")


def _percent(one: float | None, of: float) -> float | None:
    return None if one is None else min(max(100.0 * one / of, _LEAST), _MOST)


def fit_chart(made: Calibration) -> alt.LayerChart | alt.FacetChart:
    """Return the chart of a fit."""
    import altair as alt

    rows = fit_table(made)
    words = [say(one) for one in VERDICTS.values()]
    colours, shapes = [seen(one) for one, _ in _LOOKS.values()], [one for _, one in _LOOKS.values()]
    axis = alt.Axis(labelLimit=240, labelOverlap=False, labelExpr=r"split(datum.label, '\n')")
    y = alt.Y("figure:N", sort=list(rows["figure"]), title=None, axis=axis)
    tips = [alt.Tooltip("figure:N", title=told("figure")), alt.Tooltip("verdict:N", title=say("this world is"))]
    colour = alt.Color(
        "verdict:N", title=None, scale=alt.Scale(domain=words, range=colours), legend=legend("bottom", 1)
    )
    shape = alt.Shape("verdict:N", title=None, scale=alt.Scale(domain=words, range=shapes))
    base = alt.Chart(rows).encode(y=y, tooltip=tips)
    x = alt.X("from:Q", title=say("% of your figure"), scale=alt.Scale(zero=False))
    band = base.mark_bar(height=16, color=BLUE, fillOpacity=0.25, stroke=BLUE).encode(x=x, x2="to:Q")
    reach = base.mark_rule(strokeWidth=2.5).encode(x="low:Q", x2="high:Q", color=colour)
    mean = base.mark_point(filled=True, size=100, opacity=1).encode(x="at:Q", color=colour, shape=shape)
    beyond = base.mark_text(align="right", dy=-12).encode(x="end:Q", text="beyond:N", color=colour)
    yours = alt.Chart(pd.DataFrame({"at": [100.0]})).mark_rule(strokeDash=[4, 3], color=MIDDLE).encode(x="at:Q")
    return alt.layer(yours, band, reach, mean, beyond).properties(height=38 * len(rows) + 160)
