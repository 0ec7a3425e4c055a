"""The break-even: the difference of two worlds over a parameter, and where it is nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.figures.names import named, plain, short
from sim.figures.numbers import unit_of_difference
from sim.figures.style import BLUE, GREY, INK, SKY, SMALL, TEXT, VERMILLION, panel, titled
from sim.report.breaking_even import findings

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from sim.study.breaking_even.found import BreakEven

_NAME = 30


def break_even_figure(study: BreakEven, ax: Axes | None = None) -> Axes:
    """Draw the difference with its 95 % band over the parameter; each root with its interval.

    Parameters
    ----------
    ax : Axes, optional

    Raises
    ------
    ValueError
        If the difference is undefined wherever it was looked for.
    """
    tried = [one for one in study.tried if one.difference.mean is not None]
    if not tried:
        raise ValueError("the difference is undefined at every value that was tried: there is nothing to draw")
    ax = panel(ax, (8.5, 4.8))
    values, means, lows, highs = np.array([(one.value, *one.difference) for one in tried], np.float64).T
    ax.fill_between(values, lows, highs, color=SKY, alpha=0.3, linewidth=0, label="95 % interval")
    ax.plot(values, means, "o-", color=BLUE, markersize=3.5, label="difference")
    ax.axhline(0.0, color=INK, linewidth=0.9)
    for at, root in enumerate(study.roots):
        low, high = (
            end if end is not None else bound for end, bound in zip(root.interval, _bounds(study), strict=True)
        )
        ax.axvspan(low, high, color=VERMILLION, alpha=0.12, linewidth=0)
        ax.plot(
            [low, high],
            [0.0, 0.0],
            color=VERMILLION,
            linewidth=3.5,
            solid_capstyle="butt",
            label=_once(at, "95 % of the break-even"),
        )
        ax.plot([root.at], [0.0], "X" if root.jump else "D", color=VERMILLION, markersize=8, zorder=6)
        ax.annotate(
            plain(study.varied.said(root.at)), (root.at, 0.0), xytext=(0, 9), textcoords="offset points", ha="center",
            fontsize=TEXT, fontweight="bold", color=INK,
        )  # fmt: skip
    first, second = (short(world.name, _NAME) for world in study.worlds)
    unit = (
        " (min)"
        if study.varied.kind == "duration"
        else " (times what is written)"
        if study.varied.kind == "factor"
        else ""
    )
    ax.set_xlabel(plain(f"{study.varied.path}{unit}"), fontsize=TEXT)
    ax.set_ylabel(
        plain(f"{named(study.measure)}\n{second} minus {first} ({_unit(study.measure.unit)})"),
        fontsize=TEXT,
    )
    ax.grid(axis="y", color="#E8E8E8", linewidth=0.6)
    ax.legend(fontsize=SMALL, frameon=False, labelcolor=GREY)
    titled(ax, findings(study)[0], size=TEXT + 1.5, wide=85)
    return ax


def _unit(unit: str) -> str:
    """Return the unit of the axis: shares stand on it as they are, not in points."""
    return unit if unit == "share" else unit_of_difference(unit)


def _bounds(study: BreakEven) -> tuple[float, float]:
    return study.varied.low, study.varied.high


def _once(at: int, label: str) -> str:
    return label if at == 0 else f"_{label}"
