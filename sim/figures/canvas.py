"""Figures to draw on: no screen is needed, and none is used unless whoever asks sits at one."""

from __future__ import annotations

import os
import sys
import warnings
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_FOR_FILES = ("agg", "cairo", "pdf", "pgf", "ps", "svg", "template")
"""The backends without a window."""


def figure(size: tuple[float, float]) -> Figure:
    """Return an empty figure of this size (inch): pyplot's in a notebook or at a screen, else one of its own.

    What pyplot makes it keeps until it is closed, and shows; a program that writes files needs neither.
    """
    load()
    if _at_a_screen():
        import matplotlib.pyplot as plt

        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "More than .* figures")  # a notebook closes them after each cell
            return plt.figure(figsize=size, layout="constrained")
    return blank(size)


def blank(size: tuple[float, float]) -> Figure:
    """Return an empty figure of this size (inch) that nothing holds but whoever asks for it."""
    load()
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    made = Figure(figsize=size, layout="constrained")
    FigureCanvasAgg(made)
    return made


def load() -> None:
    """Import matplotlib, whatever the environment says about backends.

    It refuses to be imported where ``MPLBACKEND`` names no backend, though none has to be chosen to write a file. The
    name is kept from it until it is there, and counts if it is one.
    """
    if "matplotlib" in sys.modules:
        return
    wanted = os.environ.pop("MPLBACKEND", None)
    try:
        import matplotlib
    finally:
        if wanted is not None:
            os.environ["MPLBACKEND"] = wanted
    if wanted:
        with suppress(ValueError):
            matplotlib.rcParams["backend"] = wanted


def _at_a_screen() -> bool:
    """Say whether figures are to be shown: in a notebook, or where pyplot is in use with a backend that has windows."""
    if _in_a_notebook():
        return True
    if "matplotlib.pyplot" not in sys.modules:
        return False
    import matplotlib

    return matplotlib.get_backend().lower() not in _FOR_FILES


def _in_a_notebook() -> bool:
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    return hasattr(shell, "kernel")
