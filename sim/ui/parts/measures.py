"""Measures to choose from, by what they are called."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from sim.figures.names import named
from sim.measures import Measure, measure_named, measures_of
from sim.quoting import short
from sim.ui.parts import widgets
from sim.ui.state import address
from sim.ui.state.speech import later, told
from sim.world import World


def called(measure: str) -> str:
    """Return what a measure is called in the reader's language, with its unit."""
    one = measure_named(measure)
    return f"{told(named(one)).capitalize()} ({told(one.unit)})"


def exists(measure: str) -> bool:
    """Say whether some world has a measure of this id."""
    try:
        return bool(measure_named(measure))
    except KeyError:
        return False


def known_in(*worlds: World) -> dict[str, Measure]:
    """Return the measures that all of these worlds have: of all, and of teams, channels and queues of the same name."""
    first, *others = map(measures_of, worlds)
    return {id: one for id, one in first.items() if all(id in other for other in others)}


def measure_chosen(label: str, key: str, own: str, *worlds: World) -> str:
    """Draw the list of what is measured in these worlds; return what is chosen. What it means stands beside it."""
    among = known_in(*worlds)
    chosen = widgets.choice(label, key, list(among), own, names=called, ever=exists)
    st.caption(told(among[chosen].definition))
    return chosen


def measures_chosen(label: str, key: str, own: Sequence[str], *worlds: World, most: int = 6) -> list[str]:
    """Draw a list of what is measured in these worlds, of which several may be chosen; return which, at least one."""
    among = known_in(*worlds)

    def reader(said: str) -> list[str]:
        ids = said.split(",")
        wrong = [one for one in ids if one not in among]
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
            list(among),
            key=key,
            max_selections=most,
            format_func=widgets.called(list(among), called),
            on_change=keep,
        )
    )
