"""The engine, warmed at start: what the shipped worlds need is loaded, or compiled, before anybody waits for it."""

from __future__ import annotations

import threading

import streamlit as st

from sim.machine.compiling import Compiling
from sim.measures.ready import ready
from sim.reading import load
from sim.ui.state.speech import say, told

WORLDS = ("double_peine", "empowered")


class Warming:
    """The warming of one server, and how far it is."""

    def __init__(self) -> None:
        self.now: Compiling | None = None
        self.over = threading.Event()
        threading.Thread(target=self._warm, name="warming", daemon=True).start()

    def _warm(self) -> None:
        try:
            ready(*(load(name) for name in WORLDS), tell=self._tell)
        finally:
            self.over.set()

    def _tell(self, now: Compiling) -> None:
        self.now = now


@st.cache_resource(show_spinner=False)
def warming() -> Warming:
    """Return the server's warming, begun when the first page is drawn."""
    return Warming()


def warmed() -> None:
    """Warm the engine, and say so while anything has to be compiled."""
    begun = warming()
    if not begun.over.is_set() and begun.now is not None:
        st.info(say(
            "The simulator is being compiled for this computer, once: {far}. The first figures come when it is done.",
            far=told(str(begun.now)),
        ))  # fmt: skip
