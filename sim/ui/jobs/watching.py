"""A job watched from a page: drawn anew while it runs, with how far it is, the time left, and Cancel."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from sim.ui.jobs.job import Job, Work
from sim.ui.jobs.jobs import Jobs, Lane
from sim.ui.state import address
from sim.ui.state.speech import say, told

EVERY, SELDOM = 0.5, 2.0
"""Seconds between two looks at a job that runs; and the most, while it only grows surer and many run, for to look
takes time from them."""
AT_ONCE = 0.45
"""Seconds for which the page itself waits for a first figure, before it is drawn without."""
_OWNER, _JOB, _CANCELLED = "owner", "job: ", "cancelled: "


@st.cache_resource(show_spinner=False)
def jobs() -> Jobs:
    """Return the server's jobs, given up when it ends.

    Python waits for the threads of a study before it calls what `atexit` knows; only what threads themselves are told
    comes before (`concurrent.futures` is told so too).
    """
    made = Jobs()
    threading._register_atexit(made.end)  # type: ignore[attr-defined]
    return made


def owner() -> str:
    """Return by what this session is known to the jobs: what Streamlit calls it, and a name of its own."""
    context = get_script_run_ctx()
    session = "" if context is None else context.session_id
    return str(st.session_state.setdefault(_OWNER, f"{session} {uuid.uuid4().hex}"))


def _is_gone(owner: str) -> bool:
    """Say whether a session has ended: its page was closed, or loaded again, which begins another."""
    return runtime.exists() and not runtime.get_instance().is_active_session(owner.partition(" ")[0])


def _leave(job: Job) -> None:
    """Wait for a job no longer, nor let those who are gone."""
    job.leave(owner(), *filter(_is_gone, [*job.seen]))


def asked(place: str, key: tuple[object, ...], work: Work, lane: Lane = "quick") -> Job | None:
    """Return the job that answers what a place of a page asks; what it asked before is no longer waited for.

    Long work that was asked for before goes on where this answer was there already: nothing was begun in its place.

    Returns
    -------
    Job or None
        None where this very job was cancelled here (`again` takes that back).

    Raises
    ------
    Full
        If the server has too much in line.
    """
    state, before = st.session_state, current(place)
    if state.get(_CANCELLED + place) == key:
        return None
    state.pop(_CANCELLED + place, None)
    if before is not None and before.key == key and before.state == "failed":
        return before  # told as long as nobody asks again
    there = jobs().known(key)
    begins = there is None or not there.over
    if before is not None and before.key != key and not before.over and (begins or not before.stays):
        _leave(before)
    job = state[_JOB + place] = jobs().ask(key, work, owner(), lane)
    return job


def current(place: str) -> Job | None:
    """Return the job that was asked for last at a place of this session."""
    job: Job | None = st.session_state.get(_JOB + place)
    return job


def again(place: str) -> None:
    """Let what was cancelled at a place, or has failed there, be asked again."""
    address.turned()
    st.session_state.pop(_CANCELLED + place, None)
    before = current(place)
    if before is not None and before.over:
        st.session_state.pop(_JOB + place)


def watch(place: str, job: Job, draw: Callable[[Job], None]) -> None:
    """Draw a job now, and again while it runs; when it is over the whole page is drawn anew.

    Parameters
    ----------
    draw : function
        Draws what there is to show of it; called in a fragment.
    """
    running = not job.over
    every = EVERY if job.shown is None else min(SELDOM, EVERY * max(1, jobs().busy() // 2))
    st.fragment(_watched, run_every=every if running else None)(place, job, draw, running)


def _watched(place: str, job: Job, draw: Callable[[Job], None], running: bool) -> None:
    gone = st.session_state.get(_CANCELLED + place) == job.key
    if not gone:
        job.look(owner())
    if running and (job.over or gone):
        address.turned()
        st.rerun()
    draw(job)
    if running:
        _progress(place, job)


def _progress(place: str, job: Job) -> None:
    """Show how far a job is, the time left, and Cancel."""
    bar, button = st.columns([4, 1], vertical_alignment="center")
    bar.progress(min(max(job.done, 0.0), 1.0), text=_far(job))
    button.button(say("Cancel"), key=f"cancel {place}", on_click=_cancel, args=(place, job), width="stretch")


def _cancel(place: str, job: Job) -> None:
    address.turned()
    st.session_state[_CANCELLED + place] = job.key
    st.session_state.pop(_JOB + place, None)  # for another it may go on
    _leave(job)


def _far(job: Job) -> str:
    place = jobs().place(job)
    if place:
        return say("In line: place {place}", place=place)
    left = job.seconds_left()
    what = told(job.what) or say("starting")
    return what if left is None else say("{what}; about {left} left", what=what, left=told(seconds(left)))


def seconds(many: float) -> str:
    """Return a time that is left, in words as long as they are true."""
    if many < 60:
        return f"{max(1, round(many))} s"
    return f"{round(many / 60)} min" if many < 5400 else f"{many / 3600:.1f} h"
