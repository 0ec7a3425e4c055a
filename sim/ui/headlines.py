"""The headlines of a comparison: four cards, each with the second world's mean and what separates it from the first."""

from __future__ import annotations

import re
from typing import Literal

import streamlit as st

from sim.figures.differences import difference_text, judged
from sim.figures.numbers import shown, unit_of_difference
from sim.report.finding import findings
from sim.report.headlines import GUESSED
from sim.study.comparison import Comparison, Line

HEADLINES = {
    "calls_per_problem": "Calls per problem",
    "customer_eur_per_problem": "Customer's cost per problem",
    "firm_eur_per_problem": "Firm's cost per problem",
    "effort_ces": "Customer's effort, 1 to 5",
}
_COLOURS: dict[str, Literal["normal", "inverse", "off"]] = {"lower": "inverse", "higher": "normal", "neither": "off"}


def headlines(comparison: Comparison) -> None:
    """Show what a comparison finds, for whom and how sure, and four of its measures."""
    (found,) = findings(comparison)
    lead, _, said = found.partition(": ")
    st.markdown(f"**{escaped(lead)}**: {escaped(said)}")
    lines = {line.measure.id: line for line in comparison.lines}
    for column, (name, label) in zip(st.columns(len(HEADLINES)), HEADLINES.items(), strict=True):
        with column:
            _metric(lines[name], label + GUESSED * lines[name].measure.guessed, comparison.worlds[0].name)


def escaped(said: str) -> str:
    """Return words that Markdown leaves as they are."""
    return re.sub(r"([\\`*_{}\[\]()#+!|~<>$:-])", r"\\\1", said)


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
        delta_color=_COLOURS[line.measure.better] if judged(line) in ("better", "worse") else "off",
        help=line.measure.definition,
        border=True,
    )
    st.caption("" if one.mean is None else f"against {shown(one.mean, unit, like)}{euros} in {first}")
