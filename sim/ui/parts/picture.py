"""A figure of the library on a page: drawn by one thread at a time, kept as it was drawn, with words beside it."""

from __future__ import annotations

import io
import threading
import warnings
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from sim.figures import translated
from sim.figures.saving import DPI
from sim.ui.parts.markdown import escaped
from sim.ui.parts.night import by_night
from sim.ui.state.speech import language, told

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

DRAWING = threading.Lock()
"""matplotlib is used by one of the server's threads at a time."""
_PICTURE = "picture: "


def picture(place: str, of: object, draw: Callable[[], Figure | Axes | Sequence[Axes]], words: str) -> None:
    """Draw a figure of a result, or show it as it was drawn before.

    Parameters
    ----------
    place : str
        Where on the pages it stands.
    of : object
        What is drawn; drawn anew only where this is another object, or the language or the page's theme another.
    words : str
        What stands for it where it is not seen; where there is nothing to draw, it is said why.
    """
    known: tuple[Any, ...] | None = st.session_state.get(_PICTURE + place)
    looks = language(), st.context.theme.type == "dark"
    if known is None or known[0] is not of or known[1] != looks:
        with DRAWING, warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Glyph .* missing from font")
            page = io.BytesIO()
            try:
                figure = translated(draw(), language())
            except ValueError as why:
                st.info(escaped(told(str(why))))
                return
            figure.savefig(page, format="png", dpi=DPI, bbox_inches="tight", facecolor="white")
        shown = by_night(page.getvalue()) if looks[1] else page.getvalue()
        known = st.session_state[_PICTURE + place] = of, looks, shown
    st.image(known[2], width="stretch", alt=words)
