"""What is kept between two drawings of the page: the last finished answers, what was asked for, what was cancelled."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import partial
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from sim.reading import WorldError
from sim.study.running.tasks import ReplicationError
from sim.ui.choices import Choices
from sim.ui.work import Answer, Tell, watched

_ASKED, _CANCELLED, _PLACE = "choices asked for", "choices cancelled", "lived: "
"""Keys of the session: none that a slider has, and the page's address knows."""


def wanted(choices: Choices) -> bool:
    """Return whether these choices are to be lived: at once where that is quick, else when they were asked for."""
    if st.session_state.get(_CANCELLED) == choices:
        return False
    return choices.quick() or st.session_state.get(_ASKED) == choices


def ask(choices: Choices) -> None:
    """Note that these choices are to be lived."""
    st.session_state[_ASKED], st.session_state[_CANCELLED] = choices, None


def cancel(choices: Choices) -> None:
    """Note that these choices are not to be lived, or no further."""
    st.session_state[_ASKED], st.session_state[_CANCELLED] = None, choices


def last(name: str) -> tuple[Any, Any]:
    """Return what was finished last under a name: of what, and the answer; both None where there is none."""
    known: tuple[Any, Any] = st.session_state.get(_PLACE + name, (None, None))
    return known


def finished(name: str, of: Hashable) -> Any | None:
    """Return what is kept under a name, if it is of this."""
    known, answer = last(name)
    return answer if known == of else None


def lived(
    name: str, of: Hashable, work: Callable[[Tell], Answer], choices: Choices, slot: DeltaGenerator
) -> Answer | None:
    """Return what is kept under a name; do the work for it now if it is wanted and not yet kept.

    The last answer stays kept until another one is finished: neither Cancel nor a mistake takes it away.

    Parameters
    ----------
    of : hashable
        What the answer depends on.
    slot : DeltaGenerator
        Where progress and Cancel are drawn; left empty.

    Returns
    -------
    answer or None
        None where there is none of this.
    """
    answer: Answer | None = finished(name, of)
    if answer is not None or not wanted(choices):
        return answer
    with slot.container():
        bar = st.progress(0.0, text="starting")
        st.button("Cancel", key=f"cancel {name}", on_click=cancel, args=(choices,), width="stretch")
    try:
        answer = watched(work, partial(_show, bar))
    except (WorldError, ValueError, ReplicationError) as mistake:
        st.error(f"This cannot be run. {mistake}")
        return None
    finally:
        slot.empty()
    st.session_state[_PLACE + name] = (of, answer)
    return answer


def _show(bar: DeltaGenerator, part: float, what: str) -> None:
    bar.progress(min(part, 1.0), text=what)
