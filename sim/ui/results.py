"""What the page shows of a comparison in detail: the forest, the table, one customer's life."""

from __future__ import annotations

import threading

import streamlit as st

from sim.figures import forest, journey_strip
from sim.figures.canvas import blank
from sim.figures.comparison import size as size_of_forest
from sim.figures.differences import finding
from sim.figures.journey_strip import size as size_of_strip
from sim.report.rows import comparison_rows
from sim.report.words import comparison_head, notes, warnings_of
from sim.study.comparison import Comparison
from sim.ui.choices import Choices
from sim.ui.headlines import escaped
from sim.ui.work import Story, Whose

_WHOSE: dict[str, Whose] = {
    "a typical one": "median",
    "the one who gains most": "worst",
}

_drawing = threading.Lock()
"""matplotlib is used by one of the server's threads at a time."""


def details(comparison: Comparison, choices: Choices) -> None:
    """Show a comparison measure by measure, and how far it can be trusted."""
    _honesty(comparison, choices)
    _forest(comparison)
    with st.expander("Every measure, with its definition", expanded=False):
        _table(comparison)


def _honesty(comparison: Comparison, choices: Choices) -> None:
    """Say what was lived, and how far the numbers can be trusted."""
    for caution in warnings_of(comparison):
        if caution.warns:
            st.warning(escaped(caution.said))
    said = [*comparison_head(comparison), *(note for note in notes(comparison) if not note.startswith("Warning"))]
    st.caption("  \n".join([*map(escaped, said), f"On the command line: `{choices.command()}`"]))


def _forest(comparison: Comparison) -> None:
    with _drawing:
        figure = blank(size_of_forest(comparison))
        forest(comparison, figure.subplots())
        st.pyplot(figure, alt=f"Paired differences of every headline measure. {finding(comparison)}.")


def _table(comparison: Comparison) -> None:
    heading, *rows = comparison_rows(comparison)
    definitions = [line.measure.definition for line in comparison.lines]
    st.dataframe(
        [
            {**dict(zip(heading, row, strict=True)), "definition": said}
            for row, said in zip(rows, definitions, strict=True)
        ],
        hide_index=True,
        column_config={"definition": st.column_config.TextColumn(width="large")},
        alt="Each measure: both worlds' means, the paired difference with its interval, which is better, definition.",
    )


def strip(told: Story) -> None:
    """Show one customer's life in both worlds."""
    if told.missing:
        st.info(told.missing)
        return
    whose = st.radio(
        "Whose?",
        _WHOSE,
        horizontal=True,
        help="By calls in the first world, and by what it costs in effort beyond the second.",
    )
    customer = told.customers[_WHOSE[whose]]
    with _drawing:
        figure = blank(size_of_strip(2))
        drawn, _ = journey_strip(told.histories, customer, list(figure.subplots(2, 1, height_ratios=(2.4, 1.6))))
        st.pyplot(figure, alt=drawn.get_title(loc="left").replace("\n", " "))
