"""The engine, warmed at start: what the shipped worlds need is loaded, or compiled, before anybody waits for it."""

from __future__ import annotations

import gc
import threading
from importlib import import_module

import streamlit as st

from sim.machine.compiling import Compiling
from sim.measures.ready import ready
from sim.reading import load
from sim.ui.state.speech import say, told

WORLDS = ("double_peine", "empowered")
LATER = ("altair", "pandas", "matplotlib.figure", "sim.figures", "sim.report", "sim.ui.comparing.page")
"""What the pages load when they are first drawn."""


def settle() -> None:
    """Take what has been loaded out of what is looked through for garbage.

    Streamlit looks through everything after every script and every fragment. Of some hundred thousand objects that stay
    as long as the server that takes a tenth of a second and more, in which nothing else goes on: with ten users it took
    nine tenths of the time.
    """
    gc.collect()
    gc.freeze()


class Warming:
    """The warming of one server, and how far it is."""

    def __init__(self) -> None:
        self.now: Compiling | None = None
        self.over = threading.Event()
        threading.Thread(target=self._warm, name="warming", daemon=True).start()

    def _warm(self) -> None:
        try:
            ready(*(load(name) for name in WORLDS), tell=self._tell)
            for name in LATER:
                import_module(name)
        finally:
            settle()
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
