"""A study of a page: asked for with a button, watched while it is made, shown when it is there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from sim.ui.jobs.job import Job, Work
from sim.ui.jobs.jobs import Full
from sim.ui.jobs.watching import AT_ONCE, again, asked, current, jobs, watch
from sim.ui.parts.mistakes import told_all
from sim.ui.state import address
from sim.ui.state.speech import say, told

Key = tuple[object, ...]
_WANTED, _LAST = "wanted: ", "last: "
MOST_STUDIED = 200_000_000
"""Problems of one study beyond which it is not begun here: a quarter of an hour or more."""


def study(
    place: str, key: Key, work: Work, draw: Callable[[Any], None], *, problems: float = 0.0, offer: str = ""
) -> None:
    """Offer a study, show how far it is, and draw what it came to.

    The last answer of a place stays while other settings are tried. An answer that the server still has, or
    works on, is shown without a button: a page that is loaded again is as it was.

    Parameters
    ----------
    place : str
        Where on the pages it stands; one study is made there at a time.
    key : tuple
        What the answer depends on.
    draw : function
        Of an answer.
    problems : float
        How many problems will be lived, about; where they are more than `MOST_STUDIED` it is not begun.
    offer : str
        What is said beside the button, such as how long it will take.
    """
    state = st.session_state
    last = state.get(_LAST + place)
    if last is not None and last[0] == key:
        draw(last[1])
        return
    job, before = None if problems > MOST_STUDIED else _job(place, key, work), current(place)
    if problems > MOST_STUDIED:
        st.error(say(
            "This would live about {n} problems; at most {most} are lived here. Choose fewer days, replications or "
            "problems.",
            n=told(f"{problems:,.0f}"), most=told(f"{MOST_STUDIED:,}"),
        ))  # fmt: skip
    elif job is None:
        if before is not None and not before.over:
            st.caption(say("What was asked for before is still being worked on."))
            watch(place, before, lambda one: None)
        _offered(place, key, offer)
    elif not job.over:
        watch(place, job, lambda one: None)
    elif job.state == "failed":
        told_all(job.error)
        _offered(place, key, offer)
    else:
        state[_LAST + place] = key, job.answer
    known = state.get(_LAST + place)
    if known is not None:
        if known[0] != key:
            st.caption(say("This is the last answer; what is set has changed since."))
        draw(known[1])


def at_once(place: str, key: Key, work: Work, draw: Callable[[Any], None]) -> None:
    """Show what takes a second or two without being asked for it: how far it is, and then the answer.

    Parameters
    ----------
    place, key, draw
        As of `study`.
    """
    try:
        job = asked(place, key, work)
    except Full:
        st.error(say("Too many are waiting on this server just now. Try again in a minute."))
        return
    if job is None:
        st.button(say("Run"), key=f"run {place}", on_click=again, args=(place,))
        return
    job.wait(AT_ONCE, lambda one: False)
    if not job.over:
        watch(place, job, lambda one: None)
    elif job.state == "failed":
        told_all(job.error)
    elif job.state == "finished":
        draw(job.answer)


def _job(place: str, key: Key, work: Work) -> Job | None:
    known = jobs().known(key)
    there = known is not None and known.state not in ("failed", "cancelled")
    if st.session_state.get(_WANTED + place) != key and not there:
        return None
    try:
        return asked(place, key, work, "long")
    except Full:
        st.error(say("Too many are waiting on this server just now. Try again in a minute."))
        return None


def _offered(place: str, key: Key, offer: str) -> None:
    if offer:
        st.caption(offer)
    st.button(say("Run"), type="primary", key=f"run {place}", on_click=_wanted, args=(place, key))


def _wanted(place: str, key: Key) -> None:
    address.turned()
    st.session_state[_WANTED + place] = key
    again(place)
