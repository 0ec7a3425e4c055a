"""How effort is spread over problems: the share of them with at most so much effort, in each world."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from sim.figures.differences import judged
from sim.figures.names import plain, short
from sim.figures.replications import Lived, tables_of
from sim.figures.style import (
    INK,
    SMALL,
    TEXT,
    looks,
    panel,
    titled,
)
from sim.measures import MEASURES, Tables
from sim.measures.rules.effort import HIGH_EFFORT
from sim.study.comparing.comparison import Line
from sim.study.running.estimate import UNDEFINED, paired_difference, ratio

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

Floats = npt.NDArray[np.float64]

GRID = np.linspace(1.0, 5.0, 321)
"""Efforts at which the curves are drawn (CES)."""


def effort_distribution(first: Lived, second: Lived, ax: Axes | None = None) -> Axes:
    """Draw, for both worlds, the share of problems with at most a given effort (CES, 1 to 5).

    Parameters
    ----------
    first, second : History, Tables, or sequence of them
        The same replications of each world. From two replications on, a band shows the 95 % interval of each
        share, taken point by point over replications.

    Returns
    -------
    Axes
    """
    worlds = [tables_of("first", first), tables_of("second", second)]
    names = [replications[0].world for replications in worlds]
    ax = panel(ax, (8.5, 4.8))
    for replications, look in zip(worlds, looks(names), strict=True):
        mean, low, high = shares_up_to(replications, GRID)
        ax.step(GRID, mean, where="post", color=look.colour, linestyle=look.dashes, linewidth=2.0, label="world")
        if len(replications) > 1:
            ax.fill_between(
                GRID, low, high, step="post", facecolor=look.colour, alpha=0.18, hatch=look.hatch,
                edgecolor=look.colour, linewidth=0,
            )  # fmt: skip
    ax.axvline(HIGH_EFFORT, color=INK, linewidth=1.0, linestyle=(0, (4, 2)))
    ax.annotate("high effort", (HIGH_EFFORT, 1.0), xytext=(4, -2), textcoords="offset points", fontsize=SMALL, va="top")
    ax.set_xlim(1.0, 5.0)
    ax.set_ylim(0.0, 1.02)
    ax.grid(axis="y", color="#EEEEEE", linewidth=0.6)
    ax.set_xlabel("effort of the problem (CES, points: 1 very little to 5 very much)", fontsize=TEXT)
    ax.set_ylabel("share of problems with at most this effort", fontsize=TEXT)
    legend = ax.legend(loc="lower right", fontsize=TEXT, frameon=False)
    for text, world in zip(legend.get_texts(), names, strict=True):
        text.set_text(plain(short(world.name, 40)))  # as a label, a name that begins with _ would be left out
    if len(worlds[0]) > 1:
        legend.set_title("95 % bands")
    titled(ax, _finding(worlds))
    return ax


def shares_up_to(replications: Sequence[Tables], efforts: Floats) -> tuple[Floats, Floats, Floats]:
    """Return the share of problems with at most each effort, and the ends of its interval over replications."""
    problems = [len(one.journeys) for one in replications]
    counts = np.array([np.searchsorted(np.sort(one.journeys["ces"]), efforts, "right") for one in replications])
    estimates = [ratio(counts[:, at], problems) for at in range(len(efforts))]
    mean, low, high = (
        np.array([getattr(one, part) for one in estimates], np.float64) for part in ("mean", "low", "high")
    )
    return mean, np.clip(low, 0.0, 1.0), np.clip(high, 0.0, 1.0)


def effort_table(first: Lived, second: Lived, efforts: npt.ArrayLike = GRID) -> pd.DataFrame:
    """Return the curves of `effort_distribution` as a table.

    Parameters
    ----------
    first, second : History, Tables, or sequence of them
        The same replications of each world.
    efforts : array_like
        At which the shares are taken (CES, 1 to 5).

    Returns
    -------
    DataFrame
        A row for each world and effort: ``world``, its ``place`` (1 or 2), ``effort``; ``share`` of the problems with
        at most this effort, ``low`` and ``high``, its 95 % interval point by point (NaN for one replication), and
        ``beyond``, the share with more.

    Raises
    ------
    ValueError
        If a world has no replication, or efforts are no finite numbers.
    """
    import pandas as pd

    at = np.atleast_1d(np.asarray(efforts, np.float64))
    if at.ndim != 1 or not np.isfinite(at).all():
        raise ValueError("efforts is no row of finite numbers: efforts (CES) go from 1 to 5")
    frames = []
    for place, (name, lived) in enumerate((("first", first), ("second", second)), 1):
        replications = tables_of(name, lived)
        share, low, high = shares_up_to(replications, at)
        columns = {"world": replications[0].world.name, "place": place, "effort": at, "share": share}
        frames.append(pd.DataFrame({**columns, "low": low, "high": high, "beyond": 1.0 - share}))
    return pd.concat(frames, ignore_index=True)


def _finding(worlds: Sequence[Sequence[Tables]]) -> str:
    counts = [[int((one.journeys["ces"] >= HIGH_EFFORT).sum()) for one in replications] for replications in worlds]
    problems = [[len(one.journeys) for one in replications] for replications in worlds]
    shares = [sum(high) / sum(all_) for high, all_ in zip(counts, problems, strict=True)]
    first, second = (short(replications[0].world.name, 40) for replications in worlds)
    difference = paired_difference(counts[0], problems[0], counts[1], problems[1])
    text = f"High effort for {shares[0]:.0%} of the problems in {first}, {shares[1]:.0%} in {second}".replace("%", " %")
    if difference.low is None:
        return f"{text} (one replication: no interval)"
    return f"{text}: {judged(Line(MEASURES['high_effort_share'], (UNDEFINED, UNDEFINED), difference))}"
