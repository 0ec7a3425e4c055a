"""What the page shows after a run: four headlines, the forest, the table, one customer's journey."""

from __future__ import annotations

import threading
from typing import Literal

import streamlit as st
from matplotlib.figure import Figure

from sim.figures import forest, interesting_customer, journey_strip
from sim.figures.comparison import size as size_of_forest
from sim.figures.differences import difference_text, finding, judged
from sim.figures.journey_strip import size as size_of_strip
from sim.figures.numbers import shown, unit_of_difference
from sim.study.cautions import cautions
from sim.study.compare import Comparison, Line
from sim.study.sizes import paid_hours
from sim.study.words import comparison_rows
from sim.ui.choices import FOLLOW_UP, WARM_UP
from sim.ui.work import Study
from sim.units import duration

HEADLINES = {
    "calls_per_problem": "Calls per problem",
    "customer_eur_per_problem": "Customer's cost per problem",
    "firm_eur_per_problem": "Firm's cost per problem",
    "effort_ces": "Customer's effort, 1 to 5",
}
_COLOURS: dict[str, Literal["normal", "inverse", "off"]] = {"lower": "inverse", "higher": "normal", "neither": "off"}

_WHOSE: dict[str, Literal["median", "worst"]] = {
    "the one in the middle": "median",
    "the one who gains most": "worst",
}

_drawing = threading.Lock()
"""matplotlib is used by one of the server's threads at a time."""


def show(result: Study) -> None:
    """Show a study."""
    comparison = result.comparison
    st.subheader(finding(comparison))
    _headlines(comparison)
    _honesty(result)
    _forest(comparison)
    with st.expander("Every measure, with its definition", expanded=False):
        _table(comparison)
    _strip(result)


def _headlines(comparison: Comparison) -> None:
    lines = {line.measure.id: line for line in comparison.lines}
    for column, (name, label) in zip(st.columns(len(HEADLINES)), HEADLINES.items(), strict=True):
        with column:
            _metric(lines[name], label, comparison.worlds[0].name)


def _metric(line: Line, label: str, first: str) -> None:
    """Show the second world's mean, and the paired difference with its interval under it."""
    unit, (one, other) = line.measure.unit, line.worlds
    means = [mean for mean in (one.mean, other.mean) if mean is not None]
    like = max(map(abs, means), default=None)
    euros = " EUR" if unit == "EUR" else ""
    # Streamlit takes the arrow's way from a hyphen; a true minus sign would point up.
    delta = f"{difference_text(line)} {unit_of_difference(unit)}".replace("\N{MINUS SIGN}", "-")
    st.metric(
        label,
        "undefined" if other.mean is None else f"{shown(other.mean, unit, like)}{euros}",
        delta,
        delta_color="off" if judged(line) == "not told apart" else _COLOURS[line.measure.better],
        help=line.measure.definition,
        border=True,
    )
    st.caption("" if one.mean is None else f"against {shown(one.mean, unit, like)}{euros} in {first}")


def _honesty(result: Study) -> None:
    """Say how far the numbers can be trusted."""
    comparison = result.comparison
    first, second = comparison.worlds
    still_open = max(line.mean or 0.0 for line in comparison.line("open_share").worlds)
    notes = [
        f"{comparison.replications} replications of {duration(first.time.horizon)}, SimPy, "
        f"{comparison.seconds:.0f} s; differences are {second.name} minus {first.name} with 95 % intervals.",
        f"Kept small for the page: {WARM_UP} of warm-up and {FOLLOW_UP} of follow-up, less than the worlds' own, so a "
        "queue that builds up over weeks is not yet all there; "
        f"up to {100 * still_open:.0f} % of the journeys are still open at the end. For the whole study: "
        f"`python -m sim compare {first.name} {second.name}`.",
        f"{second.name} pays {result.choices.staff_percent} % of {first.name}'s agent hours "
        f"({paid_hours(second):,.0f} and {paid_hours(first):,.0f} a week), at its own wages.",
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


def _strip(result: Study) -> None:
    st.subheader("One customer's life in both worlds")
    whose = st.radio(
        "Whose?",
        _WHOSE,
        horizontal=True,
        help="By what the first world costs him in effort beyond the second.",
    )
    try:
        customer = interesting_customer(*result.histories, which=_WHOSE[whose])
    except ValueError as mistake:
        st.info(str(mistake))
        return
    with _drawing:
        figure = Figure(figsize=size_of_strip(2), layout="constrained")
        strip, _ = journey_strip(result.histories, customer, list(figure.subplots(2, 1, height_ratios=(2.4, 1.6))))
        st.pyplot(figure, alt=strip.get_title(loc="left").replace("\n", " "))
