"""What went wrong, told in words at the place where it matters: never a traceback."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import streamlit as st

from sim.reading import WorldError
from sim.ui.parts.markdown import escaped
from sim.ui.state import address
from sim.ui.state.shelf import NotKept
from sim.ui.state.speech import say, told

MOST = 30
_NOT_KEPT = "not kept"


@contextmanager
def kept_or_told() -> Iterator[None]:
    """Let a callback of a page end where something cannot be kept: the page that is drawn next tells it on top."""
    try:
        yield
    except NotKept as why:
        address.turned()
        st.session_state[_NOT_KEPT] = str(why)


def told_not_kept() -> None:
    """Tell what could not be kept since the page was drawn last."""
    why = st.session_state.pop(_NOT_KEPT, None)
    listed([why] if why else [])


def told_all(error: BaseException | None) -> None:
    """Show all that is wrong, each mistake on a line of its own."""
    if isinstance(error, WorldError):
        mistakes = [str(mistake) for mistake in error.mistakes]
    else:
        mistakes = str(error or "").splitlines() or [say("Something went wrong.")]
    listed(mistakes)


def listed(mistakes: Sequence[str]) -> None:
    """Show mistakes, each on a line of its own; nothing where there are none."""
    if not mistakes:
        return
    lines = [f"- {escaped(told(one))}" for one in mistakes[:MOST]]
    if len(mistakes) > MOST:
        lines.append("- " + say("and {n} more", n=len(mistakes) - MOST))
    st.error("\n".join(lines))
