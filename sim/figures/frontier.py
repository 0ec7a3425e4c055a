"""The efficient frontier: one measure against the other, those that are beaten faded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.figures.names import named, plain
from sim.figures.style import BLUE, GREY, INK, ORANGE, SMALL, TEXT, VERMILLION, panel, titled
from sim.report.chosen import frontier_findings
from sim.report.points import within
from sim.study.choosing.frontier import Frontier, Placed
from sim.study.running.estimate import Estimate
from sim.study.sweeping.chunk import BASE

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_LABELS, _NAME = 8, 24
_MANY = 20
"""Points from which on those that are beaten are drawn without their intervals, which would hide the others."""
_LOOKS = {
    "yes": ("efficient", BLUE, "o", 1.0, 3),
    "perhaps": ("not told apart", ORANGE, "s", 0.75, 2),
    "no": ("beaten for sure", GREY, "x", 0.4, 1),
}
"""What each point is: what that is called, its colour, its marker, how faint and how far in front it is."""


def frontier_figure(study: Frontier, ax: Axes | None = None) -> Axes:
    """Draw each point with a cross of 95 % intervals; a line leads along those that are efficient.

    Of twenty beaten points or more only the means are drawn.

    Parameters
    ----------
    ax : Axes, optional
    """
    ax = panel(ax, (8.5, 5.4))
    ax.grid(visible=True, color="#E8E8E8", linewidth=0.6)
    for kind in ("no", "perhaps", "yes"):
        its = [one for one in study.placed if one.efficient == kind]
        if its:
            _crosses(ax, its, kind)
    good = study.efficient
    xs, ys = ([one.values[at].mean or 0.0 for one in good] for at in (0, 1))
    ax.plot(xs, ys, color=BLUE, linewidth=1.0, linestyle="--", zorder=2)
    _own(ax, study)
    for one in good if len(good) <= _LABELS else (good[0], good[-1]):
        _named(ax, study, one)
    across, up = (plain(f"{named(one)} ({one.unit}), {one.better} is better") for one in study.measures)
    ax.set_xlabel(across, fontsize=TEXT)
    ax.set_ylabel(up, fontsize=TEXT)
    ax.margins(0.12)
    ax.legend(fontsize=SMALL, frameon=False, labelcolor=INK)
    titled(ax, frontier_findings(study)[0], wide=85)
    return ax


def _crosses(ax: Axes, its: list[Placed], kind: str) -> None:
    label, colour, marker, alpha, order = _LOOKS[kind]
    xs, ys = ([one.values[at].mean or 0.0 for one in its] for at in (0, 1))
    bare = kind == "no" and len(its) >= _MANY
    across, up = (None if bare else [_reach(one.values[at]) for one in its] for at in (0, 1))
    ax.errorbar(
        xs, ys, xerr=across, yerr=up, fmt=marker, color=colour, alpha=alpha, markersize=5.0, capsize=2, linewidth=1.0,
        zorder=order, label=f"{label} ({len(its):,})",
    )  # fmt: skip


def _reach(one: Estimate) -> float:
    return 0.0 if one.mean is None or one.high is None else one.high - one.mean


def _own(ax: Axes, study: Frontier) -> None:
    """Put a ring round the world as it is."""
    for one in study.placed:
        if one.point == BASE:
            at = [[value.mean or 0.0] for value in one.values]
            ax.plot(
                *at, "o", markersize=12, markerfacecolor="none", markeredgecolor=VERMILLION, zorder=4, label="as it is"
            )


def _named(ax: Axes, study: Frontier, one: Placed) -> None:
    if one.point == BASE:
        return
    ax.annotate(
        plain(within(study.swept.design, one.point, _NAME)),
        (one.values[0].mean or 0.0, one.values[1].mean or 0.0),
        xytext=(6, 6),
        textcoords="offset points",
        bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.7, "pad": 0.5},
        zorder=5,
        fontsize=SMALL,
        color=INK,
    )
