"""A comparison begun: by itself where it is quick, with a button where it is not, never where it is too large."""

from __future__ import annotations

import streamlit as st

from sim.ui.comparing.question import MOST_PROBLEMS, QUICK, Question
from sim.ui.jobs.job import Job, Work
from sim.ui.jobs.jobs import Full
from sim.ui.jobs.watching import AT_ONCE, again, asked, jobs
from sim.ui.state.speech import say, told

Key = tuple[object, ...]
_WANTED = "begun: "


def begun(place: str, key: Key, asking: Question, work: Work) -> Job | None:
    """Return the job that answers; None where it waits for `offered`'s button, was cancelled, or cannot be taken on.

    Parameters
    ----------
    place : str
        Where on the pages it stands.
    key : tuple
        What the answer depends on.
    """
    problems = asking.problems()
    if problems > MOST_PROBLEMS:
        st.error(say(
            "This would live {n} problems; at most {most} are lived here. Choose fewer days, replications or problems.",
            n=told(f"{problems:,.0f}"), most=told(f"{MOST_PROBLEMS:,}"),
        ))  # fmt: skip
        return None
    known = jobs().known(key)
    there = known is not None and known.state == "finished"
    if problems > QUICK and not there and st.session_state.get(_WANTED + place) != key:
        return None
    try:
        job = asked(place, key, work, "quick" if problems <= QUICK else "long")
    except Full:
        st.error(say("Too many are waiting on this server just now. Try again in a minute."))
        return None
    if job is not None:
        job.wait(AT_ONCE, lambda one: one.partial is not None)
    return job


def offered(place: str, key: Key, asking: Question) -> None:
    """Offer what is not begun by itself, or was cancelled."""
    if asking.problems() <= MOST_PROBLEMS:
        st.info(say("This takes more than a moment. Press Run to begin; it can be cancelled at any time."))
        st.button(say("Run"), type="primary", key=f"run {place}", on_click=_wanted, args=(place, key))


def _wanted(place: str, key: Key) -> None:
    st.session_state[_WANTED + place] = key
    again(place)
