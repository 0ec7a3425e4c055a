"""What a finished comparison is looked at by: difference, one customer, costs, effort, service, every measure."""

from __future__ import annotations

import streamlit as st

from sim.figures.differences import finding
from sim.report.rows import comparison_rows
from sim.study.comparing.comparison import Comparison
from sim.ui.charts.differences import differences
from sim.ui.comparing.apart import apart
from sim.ui.comparing.question import Question
from sim.ui.parts.chart import drawn
from sim.ui.state.speech import later, say, told

VIEWS = {
    "differences": later("Differences"),
    "measures": later("Every measure"),
    "worlds": later("What separates the worlds"),
}


def viewed(view: str, comparison: Comparison, asking: Question) -> None:
    """Show one view of a comparison."""
    if view == "differences":
        drawn(
            differences(comparison),
            say("Paired differences in percent of the first world, with 95 % intervals. {finding}.",
                finding=told(finding(comparison))),
        )  # fmt: skip
    elif view == "measures":
        _measures(comparison)
    else:
        apart(*comparison.worlds)


def _measures(comparison: Comparison) -> None:
    heading, *rows = comparison_rows(comparison)
    definitions = [line.measure.definition for line in comparison.lines]
    st.dataframe(
        [
            {
                **{told(head): told(cell) for head, cell in zip(heading, row, strict=True)},
                say("definition"): told(said),
            }
            for row, said in zip(rows, definitions, strict=True)
        ],
        hide_index=True,
        column_config={say("definition"): st.column_config.TextColumn(width="large")},
        alt=say("Each measure: both worlds' means, the paired difference with its interval, which is better."),
    )
