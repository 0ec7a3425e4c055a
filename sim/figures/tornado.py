"""The tornado: what each path does to a measure from end to end, the one that moves it most on top."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.figures.names import named, plain, short
from sim.figures.numbers import shown
from sim.figures.style import BLUE, GREY, INK, ORANGE, SMALL, TEXT, panel, titled
from sim.report.influences import tornado_findings

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from sim.study.choosing.tornado import Bar, Tornado
    from sim.study.running.estimate import Estimate

MOST_BARS = 20
_PATH, _VALUE = 34, 12
_HEIGHT, _BESIDE = 0.62, 0.24
"""Of a bar, and how far the intervals of its two ends are from each other: they may reach over the line."""


def tornado_figure(study: Tornado, ax: Axes | None = None) -> Axes:
    """Draw a bar for each path, from the measure at its lowest to that at its highest value, each with its interval.

    Parameters
    ----------
    ax : Axes, optional

    Raises
    ------
    ValueError
        If no path has both of its ends.
    """
    bars = [bar for bar in study.bars if bar.swing is not None][:MOST_BARS]
    if not bars:
        raise ValueError("no path has both of its ends: there is nothing to draw")
    ax = panel(ax, (8.5, 1.9 + 0.5 * len(bars)))
    for place, bar in enumerate(bars):
        _bar(ax, place, bar)
    ax.axvline(0.0, color=INK, linewidth=0.9)
    ax.set_yticks(range(len(bars)), [plain(short(bar.path, _PATH)) for bar in bars], fontsize=SMALL)
    ax.set_ylim(len(bars) - 0.4, -0.6)
    ax.margins(x=0.18)
    unit = study.measure.unit
    own = "" if study.own.mean is None else f", as it is {shown(study.own.mean, unit)}"
    difference = f"{named(study.measure)}, difference to the world as it is ({unit}{own})"
    ax.set_xlabel(plain(difference), fontsize=TEXT)
    ax.legend(fontsize=SMALL, frameon=False, labelcolor=GREY, loc="best")
    left = len(study.bars) - len(bars)
    more = f" ({left} of {len(study.bars)} paths are not drawn)" if left else ""
    titled(ax, tornado_findings(study)[0] + more, wide=85)
    return ax


def _bar(ax: Axes, place: int, bar: Bar) -> None:
    """Draw both ends; where they lie on the same side they share the height, so that neither hides the other."""
    half = bar.one_sided
    for at, (value, one, colour, hatch, label) in enumerate(
        ((bar.low, bar.at_low, ORANGE, "///", "at its lowest"), (bar.high, bar.at_high, BLUE, "", "at its highest"))
    ):
        high = _HEIGHT / 2 if half else _HEIGHT
        middle = place + (at - 0.5) * high * half
        beside = middle if half else place + (at - 0.5) * _BESIDE
        mean = one.mean or 0.0
        ax.barh(
            middle, mean, high, facecolor=colour, edgecolor="white", linewidth=0.4, hatch=hatch, alpha=0.85,
            label=label if place == 0 else f"_{label}",
        )  # fmt: skip
        _interval(ax, beside, one)
        _value(ax, beside, one, value, to_the_right=mean > 0 or (mean == 0 and at == 1))


def _interval(ax: Axes, middle: float, one: Estimate) -> None:
    if one.mean is not None and one.low is not None and one.high is not None:
        ends = [[one.mean - one.low], [one.high - one.mean]]
        ax.errorbar([one.mean], [middle], xerr=ends, fmt="none", color=INK, capsize=3, linewidth=1.0)


def _value(ax: Axes, middle: float, one: Estimate, value: str, *, to_the_right: bool) -> None:
    mean = one.mean or 0.0
    end = max(mean, one.high or 0.0, 0.0) if to_the_right else min(mean, one.low or 0.0, 0.0)
    ax.annotate(
        plain(short(value, _VALUE)), (end, middle), xytext=(4 if to_the_right else -4, 0), textcoords="offset points",
        va="center", ha="left" if to_the_right else "right", fontsize=SMALL, color=INK,
    )  # fmt: skip
