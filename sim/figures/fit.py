"""What was fitted to a log of calls, over what was seen: patience, talk, arrivals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from sim.figures.names import plain, short
from sim.figures.style import (
    BLUE,
    GREEN,
    GREY,
    INK,
    ORANGE,
    PALE,
    SMALL,
    TEXT,
    VERMILLION,
    panels,
    titled,
)
from sim.fitting.fitted import Fitted
from sim.fitting.found import Floats
from sim.fitting.laws import LawFit
from sim.fitting.parts import Queue
from sim.fitting.told import interval, named, number
from sim.units import DAYS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_DASHES = ("-", "--", ":")
_COLOURS = (VERMILLION, BLUE, GREEN)
_SIZE = (9.5, 11.5)


def fit_figure(fitted: Fitted, axes: Sequence[Axes] | None = None) -> list[Axes]:
    """Draw the survival of patience with its fitted laws, the talks with theirs, and the calls by interval.

    Parameters
    ----------
    fitted : Fitted
        As `sim.fit` returns it.
    axes : sequence of three Axes, optional

    Returns
    -------
    list of Axes
        Patience, talk (of the queue with most talks), arrivals.
    """
    axes = panels(axes, 3, _SIZE)
    _patience(fitted, axes[0])
    _talk(max(fitted.parts.queues, key=lambda queue: len(queue.talks)), axes[1])
    _arrivals(fitted, axes[2])
    return list(axes)


def _patience(fitted: Fitted, ax: Axes) -> None:
    waits = fitted.parts.waits
    seen = waits.survival
    ax.set_xlabel("wait (min)", fontsize=TEXT)
    ax.set_ylabel("share that would still wait", fontsize=TEXT)
    ax.set_ylim(0.0, 1.02)
    if not len(seen.at):
        titled(ax, "Patience is not told: nobody hung up while waiting")
        return
    at = np.concatenate([[0.0], seen.at])
    ax.step(at, np.concatenate([[1.0], seen.left]), where="post", color=INK, linewidth=1.6, label="Kaplan-Meier")
    low, high = np.concatenate([[1.0], seen.low]), np.concatenate([[1.0], seen.high])
    ax.fill_between(at, low, high, step="post", color=GREY, alpha=0.25, linewidth=0, label="its 95 % interval")
    _laws(ax, waits.laws, np.linspace(0.0, float(seen.at[-1]), 400), "survival")
    ax.legend(fontsize=SMALL, frameon=False, loc="upper right")
    ax.set_xlim(0.0, float(seen.at[-1]))
    many = f"{len(waits.hung_up):,} of {len(waits.hung_up) + len(waits.others):,} who waited hung up"
    told = f"{named(waits.laws[0].law)}, mean {interval(waits.laws[0].mean)} min" if waits.laws else "too few for a law"
    titled(ax, f"Patience: {told}; {many}")


def _talk(queue: Queue, ax: Axes) -> None:
    ax.set_xlabel("talk (min)", fontsize=TEXT)
    ax.set_ylabel("density (per min)", fontsize=TEXT)
    if not len(queue.talks):
        titled(ax, "Talk is not told: no call was answered to its end")
        return
    most = float(np.quantile(queue.talks, 0.99))
    bins = np.linspace(0.0, most, 61)
    seen, _ = np.histogram(queue.talks, bins)
    heights = seen / len(queue.talks) / np.diff(bins)
    ax.bar(bins[:-1], heights, np.diff(bins), align="edge", color=PALE, edgecolor=GREY, linewidth=0.4, label="seen")
    _laws(ax, queue.laws[:3], np.linspace(most / 1000.0, most, 500), "density")
    ax.set_xlim(0.0, most)
    if np.isfinite(heights).all() and heights.max() > 0.0:
        ax.set_ylim(0.0, 1.25 * float(heights.max()))
    ax.legend(fontsize=SMALL, frameon=False, loc="upper right")
    told = "too few for a law"
    if queue.laws:
        best = queue.laws[0]
        told = f"{named(best.law)}, mean {interval(best.mean)} min, cv {number(best.cv.value, 3)}"
    titled(ax, f"Talk of {short(queue.name, 40)}: {told}; {len(queue.talks):,} talks, the longest hundredth not shown")


def _laws(ax: Axes, laws: Sequence[LawFit], at: Floats, what: str) -> None:
    for law, colour, dashes in zip(laws, _COLOURS, _DASHES, strict=False):
        label = f"{named(law.law)}, KS distance {law.distance:.3f}" + (" (chosen)" if law is laws[0] else "")
        ax.plot(at, getattr(law, what)(at), color=colour, linestyle=dashes, linewidth=1.8, label=label)


def _arrivals(fitted: Fitted, ax: Axes) -> None:
    found = fitted.parts.arrivals
    hours = np.arange(found.counts.shape[1]) * fitted.parts.interval / 60.0
    kinds = found.days % 7
    shared = [day for day in range(7) if found.by_weekday[day].value > 0.0 and day not in found.own]
    groups = [(shared, "days that share a shape")] * bool(shared) + [([day], DAYS[day]) for day in found.own]
    for (days, name), colour, dashes in zip(groups, (INK, BLUE, ORANGE, GREEN, VERMILLION), _DASHES * 2, strict=False):
        mine = found.counts[np.isin(kinds, days)]
        mean, many = mine.mean(axis=0), len(mine)
        label = name if len(days) == 1 else f"{name} ({', '.join(DAYS[day] for day in days)})"
        ax.step(hours, mean, where="post", color=colour, linestyle=dashes, linewidth=1.6, label=plain(label))
        if many > 1:
            reach = 1.96 * mine.std(axis=0, ddof=1) / np.sqrt(many)
            ax.fill_between(hours, mean - reach, mean + reach, step="post", color=colour, alpha=0.18, linewidth=0)
    ax.set_xlim(0.0, 24.0)
    ax.set_xticks(range(0, 25, 3))
    ax.set_ylim(bottom=0.0)
    ax.set_xlabel("hour of the day", fontsize=TEXT)
    ax.set_ylabel(f"calls in {fitted.parts.interval} min", fontsize=TEXT)
    ax.legend(fontsize=SMALL, frameon=False, loc="upper right")
    first = "first calls about a problem" if fitted.parts.callers.first_share.n else "calls"
    titled(ax, f"Arrivals: {interval(found.per_day)} {first} a day; means of {len(found.days)} days, 95 % bands")
