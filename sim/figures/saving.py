"""Figures as files, written whole or not at all."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sim.files import written_whole

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FORMATS = (".png", ".svg", ".pdf")
DPI = 150


def save(drawn: Figure | Axes | Sequence[Axes], path: str | Path) -> Path:
    """Write a figure as PNG, SVG or PDF, by the path's suffix; no screen is needed.

    Parameters
    ----------
    drawn : Figure, Axes or sequence of Axes
        A figure, or what the functions of `sim.figures` return.

    Raises
    ------
    ValueError
        If the suffix is of another kind.
    """
    path = Path(path)
    if path.suffix.lower() not in FORMATS:
        raise ValueError(f'"{path}": a figure is saved as {", ".join(FORMATS[:-1])} or {FORMATS[-1]}')
    figure = figure_of(drawn)
    with written_whole(path) as unfinished, warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing from font")  # a box stands for what no font has
        figure.savefig(unfinished, format=path.suffix[1:].lower(), dpi=DPI, bbox_inches="tight", facecolor="white")
    return path


def figure_of(drawn: Figure | Axes | Sequence[Axes]) -> Figure:
    """Return the figure that axes stand in."""
    from matplotlib.figure import Figure

    if isinstance(drawn, Figure):
        return drawn
    first = drawn[0] if isinstance(drawn, Sequence) else drawn
    figure = first.get_figure(root=True)
    if figure is None:
        raise ValueError("these axes stand in no figure")
    return figure
