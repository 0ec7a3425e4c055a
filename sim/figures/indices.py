"""Sobol' indices: the share of a measure's variance that each path explains, alone and with the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.figures.names import named, plain, short
from sim.figures.style import BLUE, INK, ORANGE, SMALL, TEXT, panel, titled
from sim.report.influences import indices_findings

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from sim.study.choosing.indices import SobolIndices
    from sim.study.running.estimate import Estimate

MOST_PATHS = 20
_PATH = 34
_HEIGHT = 0.36


def indices_figure(study: SobolIndices, ax: Axes | None = None) -> Axes:
    """Draw first order and total of each path, each with its interval; 20 paths at most.

    Parameters
    ----------
    ax : Axes, optional
    """
    shares = study.shares[:MOST_PATHS]
    ax = panel(ax, (8.5, 1.9 + 0.6 * len(shares)))
    for place, share in enumerate(shares):
        drawn = (
            (share.first_order, -0.5, BLUE, "", "first order: alone"),
            (share.total, 0.5, ORANGE, "///", "total: with others"),
        )
        for one, beside, colour, hatch, label in drawn:
            _share(ax, place + beside * _HEIGHT, one, colour, hatch, label if place == 0 else f"_{label}")
    ax.axvline(0.0, color=INK, linewidth=0.9)
    ax.set_yticks(range(len(shares)), [plain(short(one.path, _PATH)) for one in shares], fontsize=SMALL)
    ax.set_ylim(len(shares) - 0.4, -0.6)
    sure = f"{100 * study.confidence:g} %"
    said = f"share of the variance of {named(study.measure)} ({study.measure.unit}), bootstrap {sure} intervals"
    ax.set_xlabel(plain(said), fontsize=TEXT)
    ax.legend(fontsize=SMALL, frameon=False, labelcolor=INK, loc="best")
    left = len(study.shares) - len(shares)
    more = f" ({left} of {len(study.shares)} paths are not drawn)" if left else ""
    titled(ax, indices_findings(study)[0] + more, wide=85)
    return ax


def _share(ax: Axes, middle: float, one: Estimate, colour: str, hatch: str, label: str) -> None:
    mean = one.mean or 0.0
    ax.barh(middle, mean, _HEIGHT, facecolor=colour, edgecolor="white", linewidth=0.4, hatch=hatch, label=label)
    if one.low is not None and one.high is not None:
        ends = [[max(0.0, mean - one.low)], [max(0.0, one.high - mean)]]
        ax.errorbar([mean], [middle], xerr=ends, fmt="none", color=INK, capsize=3, linewidth=1.0)
