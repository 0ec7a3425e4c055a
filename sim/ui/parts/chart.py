"""A chart as every page draws it: as wide as there is room, with words for those who do not see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from sim.ui.state.speech import language

if TYPE_CHECKING:
    import altair as alt

    Chart = alt.Chart | alt.LayerChart | alt.FacetChart | alt.VConcatChart


_FRENCH = {
    "number": {"decimal": ",", "thousands": "\N{NARROW NO-BREAK SPACE}", "grouping": [3], "currency": ["", " €"]}
}


def drawn(
    chart: alt.Chart | alt.LayerChart | alt.FacetChart | alt.VConcatChart, words: str, *, key: str | None = None
) -> None:
    """Draw a chart; its words stand for it where it is not seen."""
    more: dict[str, Any] = {} if key is None else {"key": key}
    if language() == "fr":
        chart = chart.configure(locale=_FRENCH)
    st.altair_chart(chart, alt=words, width="stretch", **more)
