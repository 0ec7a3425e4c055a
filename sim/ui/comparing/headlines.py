"""The headlines of a comparison: the finding in a sentence, and cards with what separates the two worlds."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from sim.figures.differences import difference_text, judged
from sim.figures.numbers import unit_of_difference
from sim.report.finding import findings
from sim.report.headlines import GUESSED
from sim.study.comparing.comparison import Comparison, Line
from sim.ui.parts.markdown import escaped
from sim.ui.parts.numbers import with_unit
from sim.ui.state.speech import later, say, told

HEADLINES = {
    "calls_per_problem": later("Calls per problem"),
    "customer_eur_per_problem": later("Customer's cost per problem"),
    "firm_eur_per_problem": later("Firm's cost per problem"),
    "effort_ces": later("Customer's effort, 1 to 5"),
    "solved_share": later("Problems solved"),
    "hold_minutes_per_call": later("Hold per call"),
}
_COLOURS: dict[str, Literal["normal", "inverse", "off"]] = {"lower": "inverse", "higher": "normal", "neither": "off"}

_CARD = 220
"""Pixels in which no figure of a card is cut: on a telephone they stand under one another."""


def headlines(comparison: Comparison) -> None:
    """Show what a comparison finds, for whom and how sure, and the measures that matter most."""
    (found,) = findings(comparison)
    lead, _, clauses = found.partition(". ")
    lead = f"{lead.removesuffix('.')}."
    st.markdown(f"**{escaped(told(lead))}**")
    if clauses:
        st.caption(escaped(told(clauses)))
    lines = {line.measure.id: line for line in comparison.lines}
    cards = st.grid(3, min_column_width=_CARD)
    for name, label in HEADLINES.items():
        if name in lines:
            with cards.cell().container(border=True):
                _card(lines[name], say(label) + GUESSED * lines[name].measure.guessed, comparison.worlds[0].name)


def _card(line: Line, label: str, first: str) -> None:
    """Show the second world's mean, and the paired difference with its interval under it."""
    unit, (one, other), difference = line.measure.unit, line.worlds, line.difference
    means = [mean for mean in (one.mean, other.mean) if mean is not None]
    like = max(map(abs, means), default=None)
    apart, _, interval = difference_text(line).partition(" ")
    # Streamlit takes the arrow's way from a hyphen; a true minus sign would point up.
    delta = told(f"{apart} {unit_of_difference(unit)}").replace("\N{MINUS SIGN}", "-")
    st.metric(
        label,
        with_unit(other.mean, unit, like),
        None if difference.mean is None else delta,
        delta_color=_COLOURS[line.measure.better] if judged(line) in ("better", "worse") else "off",
        help=told(line.measure.definition),
    )
    said = []
    if difference.low is not None:
        said.append(say("95 % interval: {interval}", interval=told(interval)))
    if one.mean is not None:
        said.append(say("against {value} in {world}", value=with_unit(one.mean, unit, like), world=escaped(first)))
    if said:
        st.caption("  \n".join(said))


def undecided(comparison: Comparison) -> bool:
    """Say whether one of the measures that matter most is not told apart."""
    return any(judged(line) == "not told apart" for line in comparison.lines if line.measure.id in HEADLINES)
