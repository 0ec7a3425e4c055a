"""What the page shows of a comparison in detail: the forest, the table, one customer's life."""

from __future__ import annotations

import threading

import streamlit as st
from matplotlib.figure import Figure

from sim.figures import forest, journey_strip
from sim.figures.comparison import size as size_of_forest
from sim.figures.differences import finding
from sim.figures.journey_strip import size as size_of_strip
from sim.study.cautions import cautions
from sim.study.compare import Comparison
from sim.study.words import comparison_rows
from sim.ui.work import Story, Whose
from sim.units import duration

_WHOSE: dict[str, Whose] = {
    "the one in the middle": "median",
    "the one who gains most": "worst",
}

_drawing = threading.Lock()
"""matplotlib is used by one of the server's threads at a time."""


def details(comparison: Comparison) -> None:
    """Show a comparison measure by measure, and how far it can be trusted."""
    _honesty(comparison)
    _forest(comparison)
    with st.expander("Every measure, with its definition", expanded=False):
        _table(comparison)


def _honesty(comparison: Comparison) -> None:
    """Say what was lived, and how far the numbers can be trusted."""
    first, second = comparison.worlds
    time, still_open = first.time, max(line.mean or 0.0 for line in comparison.line("open_share").worlds)
    notes = [
        f"{comparison.replications} replications of {duration(time.horizon)}, after {duration(time.warm_up)} of "
        f"warm-up and before {duration(time.follow_up)} of follow-up; {comparison.engine} engine, "
        f"{comparison.seconds:.1f} s. "
        f"Differences are {second.name} minus {first.name} with 95 % intervals.",
        f"{100 * still_open:.1f} % of the journeys are still open at the end. "
        f"On the command line: `python -m sim compare {first.name} {second.name}`.",
        comparison.equality.meaning if comparison.equality.how == "service" else "Each world pays its own wages.",
        *cautions(*comparison.lived),
    ]
    st.caption("  \n".join(notes))


def _forest(comparison: Comparison) -> None:
    with _drawing:
        figure = Figure(figsize=size_of_forest(comparison), layout="constrained")
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
        help="By what the first world costs him in effort beyond the second.",
    )
    customer = told.customers[_WHOSE[whose]]
    with _drawing:
        figure = Figure(figsize=size_of_strip(2), layout="constrained")
        drawn, _ = journey_strip(told.histories, customer, list(figure.subplots(2, 1, height_ratios=(2.4, 1.6))))
        st.pyplot(figure, alt=drawn.get_title(loc="left").replace("\n", " "))
