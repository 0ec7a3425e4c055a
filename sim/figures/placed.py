"""A story placed: at which percentile of its world's journeys each of its figures lies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.figures.style import BLUE, GREY, INK, ORANGE, SMALL, TEXT, panel, titled
from sim.study.placing.place import USUAL, Placed
from sim.study.placing.quantities import QUANTITIES
from sim.study.running.estimate import Estimate

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_LOOKS = ((BLUE, "o"), (ORANGE, "s"))


def placed_figure(placed: Placed | Sequence[Placed], ax: Axes | None = None) -> Axes:
    """Draw each figure of a story as a point between 0 and 100 per cent, with its 95 % interval.

    Parameters
    ----------
    placed : Placed or sequence of Placed
        In its own world; then, where it is given, in the one that answers it. Both of the same figures.
    ax : Axes, optional

    Raises
    ------
    ValueError
        If the story gives no figure: there is nothing to draw.
    """
    both = [placed] if isinstance(placed, Placed) else list(placed)
    if not both or not both[0].figures:
        raise ValueError("this story gives no figure: there is nothing to draw")
    ax = panel(ax, (8.0, 1.4 + 0.6 * len(both[0].figures)))
    ax.axvspan(*USUAL, color=GREY, alpha=0.15, linewidth=0)
    for which, (one, (colour, marker)) in enumerate(zip(both, _LOOKS, strict=False)):
        for row, figure in enumerate(one.figures):
            _point(ax, figure.percentile, row + 0.22 * which, colour, marker)
        ax.plot([], [], marker, color=colour, label=one.world.name)
    names = [f"{QUANTITIES[figure.id].label} ({figure.value:g})" for figure in both[0].figures]
    ax.set_yticks(range(len(names)), names, fontsize=TEXT, color=INK)
    ax.set_ylim(len(names) - 0.5, -0.5)
    ax.set_xlim(0, 100)
    ax.set_xlabel("per cent of the journeys below the story's figure (shaded: usual)", fontsize=TEXT)
    ax.legend(fontsize=SMALL, frameon=False, labelcolor=INK, loc="best")
    name, many = both[0].world.name, f"{both[0].journeys:,}"
    if both[0].is_usual:
        titled(ax, f"A usual story in {name}: {many} journeys")
    else:
        titled(ax, f"No usual story in {name}: {many} journeys")
    return ax


def _point(ax: Axes, percentile: Estimate, at: float, colour: str, marker: str) -> None:
    mean, low, high = percentile
    if mean is None:
        return
    if low is not None and high is not None:
        ax.plot([max(low, 0.0), min(high, 100.0)], [at, at], color=colour, linewidth=2.0)
    ax.plot([mean], [at], marker, color=colour, markersize=7)
