"""The address: all that is set on any page stands in it, so that a link opens the same again.

The address is the truth. What it says is kept for the session under one name; each widget is put where the address has
it before it is drawn, and writes there when it is turned. Streamlit's own binding is not used: it drops what it does
not understand without a word, and knows nothing of values that are a world's own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

import streamlit as st

from sim.asked import nearest

T = TypeVar("T")
_STATE, _WRITTEN, _TURNED, _NOTES = "address", "address: written", "address: turned", "address: notes"
_PAGE, _THERE = "address: page", "address: there"
LONGEST = 4_000
"""Characters of one value that are read; a longer one is told and left out."""
MOST = 200
"""Settings that are read."""
PLAIN = (
    "lang", "mine", "first", "second", "load", "staff", "days", "replications", "seed", "how", "view", "whose",
    "customer", "hours", "kind", "day", "pace", "at", "opened", "edit", "draft", "section", "find", "kept",
    "story", "times",
)  # fmt: skip
GROUPS = ("a", "b", "e", "f", "c", "p", "w", "t", "in", "sw", "st", "be", "levers", "tornado", "rows", "arrivals")
"""All keys that the pages have, and what those with a dot begin with: what else stands in an address is told."""


class Note(NamedTuple):
    """What was not understood in an address: under which key, what stood there, and why."""

    key: str
    value: str
    why: str


def begin() -> None:
    """Take over what the browser's address says, where a link, Back or a hand has changed it.

    Called once whenever the script begins. An address that comes with a widget's change may be older than the change:
    then it is not taken over. One that says nothing is Back to where nothing was set where the browser is known to have
    had what was written, and the page is the same: a page that is opened anew comes without what was set, which stays.
    """
    state = st.session_state
    state.setdefault(_STATE, {})
    asked = {key: st.query_params[key] for key in list(st.query_params)[:MOST]}
    turned = state.pop(_TURNED, False)
    written, here = state.get(_WRITTEN, {}), st.context.url
    same_page, state[_PAGE] = here is not None and here == state.get(_PAGE), here
    if not same_page or (asked and asked == written):
        state[_THERE] = same_page
    back = not asked and same_page and state[_THERE]
    if (asked or back) and not turned and asked != written:
        state[_STATE], state[_NOTES] = {}, []
        for key, value in asked.items():
            if not is_known(key):
                doubt(key, value, f"no page has it; {nearest(key.partition('.')[0], PLAIN, 'there are')}")
            elif len(value) > LONGEST:
                doubt(key, value[:20] + "...", "too long")
            else:
                state[_STATE][key] = value


def end() -> None:
    """Write into the browser's address what is set by now."""
    state = st.session_state
    state[_WRITTEN] = dict(state[_STATE])
    if {key: st.query_params[key] for key in st.query_params} != state[_WRITTEN]:
        st.query_params.from_dict(state[_WRITTEN])


def turned() -> None:
    """Note that the next beginning comes of a change on the page: what the browser's address says may be older."""
    st.session_state[_TURNED] = True


def is_known(key: str) -> bool:
    """Whether some page has a key."""
    group, dot, _ = key.partition(".")
    return group in GROUPS if dot else key in PLAIN


def text(key: str) -> str | None:
    """Return what the address says under a key.

    Raises
    ------
    KeyError
        If it is none of `PLAIN`, and of none of `GROUPS`.
    """
    if not is_known(key):
        raise KeyError(key)
    value: str | None = st.session_state.get(_STATE, {}).get(key)
    return value


def read(key: str, own: T, reader: Callable[[str], T]) -> T:
    """Return what is set under a key, or `own`; what the reader refuses is told once, and no longer set.

    Parameters
    ----------
    reader : function
        Of the text in the address; raises ValueError, saying why, where it is none of the key's.
    """
    said = text(key)
    if said is None:
        return own
    try:
        return reader(said)
    except ValueError as why:
        doubt(key, said, str(why))
        forget(key)
        return own


def put(key: str, value: str | None) -> None:
    """Set a key; None leaves it as it is by itself, and takes it out of the address."""
    turned()
    if value is None:
        forget(key)
    else:
        st.session_state.setdefault(_STATE, {})[key] = value


def forget(key: str) -> None:
    """Take a key out of the address."""
    st.session_state.get(_STATE, {}).pop(key, None)


def doubt(key: str, value: str, why: str) -> None:
    """Note that something in the address was not understood."""
    noted = st.session_state.setdefault(_NOTES, [])
    if (note := Note(key, value, why)) not in noted:
        noted.append(note)


def notes() -> tuple[Note, ...]:
    """Return what was not understood in the address that was opened."""
    return tuple(st.session_state.get(_NOTES, ()))


def everything() -> dict[str, str]:
    """Return all that is set."""
    kept: dict[str, Any] = st.session_state.get(_STATE, {})
    return dict(kept)
