"""The page: two worlds, a few sliders, and what they cost the same customers and the firm."""

from __future__ import annotations

from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from sim.scenario import WorldError, difference, load
from sim.study.tasks import ReplicationError
from sim.ui.choices import Choices
from sim.ui.controls import chosen
from sim.ui.results import show
from sim.ui.work import Study, watched


def page() -> None:
    """Draw the page."""
    st.header("What does a way of answering cost the same customers?")
    st.write(
        "The same customers, with the same problems and the same luck, live through two call centres. "
        "Choose them at the left, change what you like, and run."
    )
    choices = chosen()
    asked = st.sidebar.button("Run", type="primary", width="stretch")
    if asked:
        _run(choices)
    result: Study | None = st.session_state.get("study")
    if result is None:
        _before(choices)
        return
    if result.choices != choices:
        st.info("The choices have changed since this was run: press Run to see what they do.")
    show(result)


def _run(choices: Choices) -> None:
    """Do the study and keep it; a mistake is answered in words and leaves the last one in place."""
    bar = st.progress(0.0, text="starting")
    try:
        st.session_state["study"] = watched(choices, partial(_show_progress, bar))
    except (WorldError, ValueError, ReplicationError) as mistake:
        st.error(f"This cannot be run. {mistake}")
    finally:
        bar.empty()


def _show_progress(bar: DeltaGenerator, part: float, what: str) -> None:
    bar.progress(part, text=what)


def _before(choices: Choices) -> None:
    """Say what is about to be compared."""
    try:
        first, second = load(choices.first), load(choices.second)
    except WorldError as mistake:
        st.error(str(mistake))
        return
    for world in (first, second):
        st.markdown(f"**{world.name}**: {world.about}")
    changes = [change._asdict() for change in difference(first, second)]
    if not changes:
        st.warning("Both are the same world: nothing but your sliders will separate them.")
        return
    st.subheader("What separates them")
    st.dataframe(
        [{"": change["key"], first.name: change["first"], second.name: change["second"]} for change in changes],
        hide_index=True,
        alt=f"The values on which {first.name} and {second.name} differ.",
    )
