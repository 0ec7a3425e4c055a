"""Which point is best: the measure at each point with its interval, those that fell out faded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.figures.names import named, plain
from sim.figures.style import BLUE, GREEN, GREY, INK, SKY, SMALL, TEXT, panel, titled
from sim.report.chosen import best_findings, in_order
from sim.report.points import within

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from sim.study.choosing.best import Best

MOST_POINTS = 30
_NAME = 40


def best_figure(study: Best, ax: Axes | None = None) -> Axes:
    """Draw the measure at each point with its 95 % interval, and how many replications it lived; 30 points at most.

    Parameters
    ----------
    ax : Axes, optional
    """
    order = in_order(study)[:MOST_POINTS]
    ax = panel(ax, (8.5, 1.9 + 0.32 * len(order)))
    mean = study.estimates[study.point].mean or 0.0
    reach = study.indifference if study.better == "lower" else -study.indifference
    ax.axvspan(mean, mean + reach, color=SKY, alpha=0.25, linewidth=0, label="indifference")
    seen = set[str]()
    for place, point in enumerate(order):
        label = _meaning(study, point)
        _point(ax, study, point, place, label if label not in seen else f"_{label}")
        seen.add(label)
    ax.set_yticks(range(len(order)), [plain(within(study.design, one, _NAME)) for one in order], fontsize=SMALL)
    ax.set_ylim(len(order) - 0.4, -0.6)
    side = "lower" if study.better == "lower" else "higher"
    ax.set_xlabel(plain(f"{named(study.measure)} ({study.measure.unit}), {side} is better"), fontsize=TEXT)
    ax.legend(fontsize=SMALL, frameon=False, labelcolor=INK, loc="best")
    more = f" ({MOST_POINTS} of {len(study.estimates):,} points are drawn)" * (len(study.estimates) > MOST_POINTS)
    titled(ax, best_findings(study)[0] + more, wide=85)
    return ax


def _meaning(study: Best, point: int) -> str:
    if point == study.point:
        return "best" if study.settled else "best so far"
    if point in study.left:
        return "the same" if study.alike else "may be the best"
    return "worse, fell out"


_LOOKS = {
    "best": (GREEN, "D", 1.0),
    "best so far": (BLUE, "D", 1.0),
    "may be the best": (BLUE, "o", 1.0),
    "the same": (GREEN, "o", 1.0),
    "worse, fell out": (GREY, "x", 0.6),
}
"""What each point is: its colour, its marker, and how faint it is."""


def _point(ax: Axes, study: Best, point: int, place: int, label: str) -> None:
    colour, marker, alpha = _LOOKS[label.removeprefix("_")]
    one, runs = study.estimates[point], study.replications[point]
    mean = one.mean or 0.0
    ends = None if one.low is None or one.high is None else [[mean - one.low], [one.high - mean]]
    ax.errorbar(
        [mean], [place], xerr=ends, fmt=marker, color=colour, alpha=alpha, markersize=5.5, capsize=3, linewidth=1.4,
        label=label,
    )  # fmt: skip
    ax.annotate(
        f"{runs:,} runs", (1.0, place), xycoords=("axes fraction", "data"), xytext=(4, 0), textcoords="offset points",
        va="center", fontsize=SMALL, color=GREY,
    )  # fmt: skip
