"""The long run: what each world costs the firm since the first day, and whom it has left, over the years."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from sim.figures.names import plain, short
from sim.figures.style import GREEN, GREY, INK, PALE, SMALL, TEXT, looks, panels, titled
from sim.report.generations import FIRM, headline
from sim.report.headlines import GUESSED
from sim.study.generations.law import MONTHS
from sim.study.running.estimate import ratios

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from sim.figures.style import Look
    from sim.study.generations.found import Generations

_NAME = 30
_OF_ENDS = 0.12
Floats = npt.NDArray[np.float64]


def generations_figure(study: Generations, axes: Sequence[Axes] | None = None) -> list[Axes]:
    """Draw the firm's euros since the first day, their difference, and the customers left, with 95 % bands.

    Parameters
    ----------
    axes : sequence of three axes, optional
        Break-evens are marked with their intervals on the second, the change of generation on all.
    """
    euros, apart, customers = panels(axes, 3, (8.5, 9.6), ratios=(3, 2.4, 2.4))
    its = looks(study.worlds)
    for at, (world, look) in enumerate(zip(study.worlds, its, strict=True)):
        name = plain(short(world.name, _NAME))
        _line(euros, study.cumulated(FIRM, at), look, name, from_nothing=True)
        _line(customers, 100.0 * study.cumulated("customers", at), look, f"all customers, {name}", begins=100.0)
        _line(
            customers,
            100.0 * study.cumulated("initial_left", at),
            look,
            f"initial customers, {name}",
            begins=100.0,
            thin=True,
        )
        if at:
            _line(apart, study.cumulated(FIRM, at) - study.cumulated(FIRM), look, name, from_nothing=True)
            _turns(apart, study, at, look)
    apart.axhline(0.0, color=INK, linewidth=0.9)
    euros.set_ylabel(f"firm's cost since the first day{GUESSED}\n(EUR for each initial customer)", fontsize=TEXT)
    apart.set_ylabel(
        plain(f"minus {short(study.worlds[0].name, _NAME)}\n(EUR for each initial customer)"), fontsize=TEXT
    )
    customers.set_ylabel("customers\n(in 100 initial ones)", fontsize=TEXT)
    customers.set_xlabel("years", fontsize=TEXT)
    customers.set_ylim(bottom=0.0)
    for ax in (euros, apart, customers):
        _dressed(ax, study)
    titled(euros, headline(study)[0], size=TEXT + 1.5, wide=85)
    return [euros, apart, customers]


def _line(
    ax: Axes,
    rows: Floats,
    look: Look,
    name: str,
    *,
    from_nothing: bool = False,
    begins: float | None = None,
    thin: bool = False,
) -> None:
    """Draw a mean over the months with its band, from the first day on."""
    mean, low, high = ratios(rows, np.ones_like(rows))
    start = 0.0 if from_nothing else begins
    if start is not None:
        mean, low, high = (np.concatenate([[start], values]) for values in (mean, low, high))
    years = np.arange(len(mean)) / MONTHS
    every = MONTHS if len(mean) > MONTHS else 1
    ax.fill_between(years, low, high, color=look.colour, alpha=0.18, linewidth=0)
    ax.plot(
        years, mean, color=look.colour, linestyle=":" if thin else look.dashes, linewidth=1.2 if thin else 1.8,
        marker=None if thin else look.marker, markevery=every, markersize=4.0, label=name,
    )  # fmt: skip


def _turns(ax: Axes, study: Generations, at: int, look: Look) -> None:
    """Mark where a world becomes the dearer one, with the interval of the time."""
    for turn in study.turns(at):
        low, high = turn.low or 0.0, turn.high if turn.high is not None else float(study.years)
        ax.plot([low, high], [0.0, 0.0], color=look.colour, linewidth=4.0, alpha=0.6, solid_capstyle="butt")
        ax.plot(
            [turn.at], [0.0], "D", color=look.colour, markersize=8, zorder=6, label=f"the same at {turn.at:.1f} years"
        )


def _dressed(ax: Axes, study: Generations) -> None:
    ax.grid(axis="y", color=PALE, linewidth=0.6)
    ax.set_xlim(0.0, study.years)
    if study.change:
        ax.axvspan(study.change - 1, study.change, color=GREEN, alpha=_OF_ENDS, linewidth=0, label="generation changes")
    ax.legend(fontsize=SMALL, frameon=False, labelcolor=GREY)
