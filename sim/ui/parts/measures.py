"""Measures to choose from, by what they are called."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from sim.figures.names import named
from sim.measures import MEASURES
from sim.quoting import short
from sim.ui.parts import widgets
from sim.ui.state import address
from sim.ui.state.speech import later, told


def called(measure: str) -> str:
    """Return what a measure is called in the reader's language, with its unit."""
    one = MEASURES[measure]
    return f"{told(named(one)).capitalize()} ({told(one.unit)})"


def measure_chosen(label: str, key: str, own: str, among: Sequence[str] | None = None) -> str:
    """Draw the list of measures, and return the one chosen; what it means stands beside it."""
    ids = list(among or MEASURES)
    chosen = widgets.choice(label, key, ids, own, names=called)
    st.caption(told(MEASURES[chosen].definition))
    return chosen


def measures_chosen(label: str, key: str, own: Sequence[str], most: int = 6) -> list[str]:
    """Draw a list of measures of which several may be chosen; return which, at least one."""

    def reader(said: str) -> list[str]:
        ids = said.split(",")
        wrong = [one for one in ids if one not in MEASURES]
        if wrong or len(ids) > most:
            none, many = later("{name} is no measure"), later("at most {n} measures are possible")
            raise ValueError(none.format(name=short(wrong[0])) if wrong else many.format(n=most))
        return ids

    def keep() -> None:
        ids = list(st.session_state[key])
        address.put(key, None if ids == list(own) or not ids else ",".join(ids))

    st.session_state[key] = address.read(key, list(own), reader)
    return list(
        st.multiselect(
            label,
            list(MEASURES),
            key=key,
            max_selections=most,
            format_func=widgets.called(list(MEASURES), called),
            on_change=keep,
        )
    )
