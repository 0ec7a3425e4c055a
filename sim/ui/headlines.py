"""The headlines of a comparison: four cards, each with the second world's mean and what separates it from the first."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from sim.figures.differences import difference_text, finding, judged
from sim.figures.numbers import shown, unit_of_difference
from sim.study.compare import Comparison, Line
from sim.study.sizes import paid_hours

HEADLINES = {
    "calls_per_problem": "Calls per problem",
    "customer_eur_per_problem": "Customer's cost per problem",
    "firm_eur_per_problem": "Firm's cost per problem",
    "effort_ces": "Customer's effort, 1 to 5",
}
_COLOURS: dict[str, Literal["normal", "inverse", "off"]] = {"lower": "inverse", "higher": "normal", "neither": "off"}


def headlines(title: str, comparison: Comparison) -> None:
    """Show what a comparison finds, and four of its measures."""
    hours = [paid_hours(world) for world in comparison.worlds]
    staffed = f"{hours[1]:,.0f} agent hours a week against {hours[0]:,.0f}"
    st.markdown(f"**{title}** ({staffed}). {finding(comparison)}.")
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
