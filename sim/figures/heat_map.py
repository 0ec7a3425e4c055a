"""A typical week as a map: day of the week by time of day, one measure by colour."""

from __future__ import annotations

import math
import textwrap
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from sim.figures.names import plain, short
from sim.figures.numbers import shown, unit_of_difference
from sim.figures.style import INK, PALE, SMALL, TEXT, panel, titled
from sim.measures.intervals.columns import COLUMNS, Column, definition_of
from sim.study.running.parted import Intervals
from sim.study.running.replications import Replications
from sim.units import DAY, DAYS, HOUR

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.image import AxesImage

Floats = npt.NDArray[np.float64]

COLOURS = "cividis"
"""From dark blue to yellow, told apart by its lightness alone (Nunez, Anderton and Renslow, PLOS ONE 13, 2018)."""
_WRITTEN_AT_MOST = 24
"""Columns in whose fields the numbers are written too."""
_WIDE = 150
_OF_THOSE_ON_DUTY = "occupancy"


def heat_map(lived: Intervals | Replications, column: str | None = None, ax: Axes | None = None) -> Axes:
    """Draw one column of a table by intervals, over the days of the week and the times of day.

    The weeks of the horizon, and what the intervals are parted by, are put together. A field without a call that counts
    is hatched: it is not 0. So is the occupancy where nobody is on duty, of those who finish their last call.

    Parameters
    ----------
    lived : Intervals or Replications
        Replications of `sim.replicate(..., parting=...)`, or their intervals.
    column : str, optional
        Which one; the world's own service level by default.

    Raises
    ------
    ValueError
        If no intervals were asked for, they are the whole horizon, or there is no such column that can be added up.
    """
    found = lived.intervals if isinstance(lived, Replications) else lived
    if not isinstance(found, Intervals):
        raise ValueError("these replications have no intervals: ask for them with parting=...")
    week = found.week(parted=False)
    (chosen,) = week.columns(f"service_level_{week.world.service_level.definition}" if column is None else column)
    mean, low, high = (numbers.reshape(len(DAYS), -1) for numbers in _on_duty(week, chosen))
    ax = panel(ax, (12.0, 4.8))
    shown_from, shown_to = _hours(mean)
    image = _coloured(ax, mean[:, shown_from:shown_to], chosen)
    _axes(ax, week.asked.every, shown_from, shown_to)
    if shown_to - shown_from <= _WRITTEN_AT_MOST:
        _numbers(ax, image, mean[:, shown_from:shown_to], chosen.unit)
    titled(ax, f"{short(week.world.name, 40)}: {_finding(mean, week.asked.every, chosen)}", wide=110)
    _explained(ax, week, chosen, (high - low) / 2)
    return ax


def _on_duty(week: Intervals, column: Column) -> tuple[Floats, Floats, Floats]:
    """Return mean, low and high of every field; an occupancy of nobody but those past their shift is left out."""
    mean, low, high = week.estimates(column)
    if column.id != _OF_THOSE_ON_DUTY:
        return mean, low, high
    nobody = ~(week.estimates(COLUMNS["agents_scheduled"])[0] > 0.0)
    return np.where(nobody, np.nan, mean), np.where(nobody, np.nan, low), np.where(nobody, np.nan, high)


def _hours(mean: Floats) -> tuple[int, int]:
    """Return from which to which time of day there is anything to show."""
    some = np.flatnonzero(np.isfinite(mean).any(axis=0))
    return (int(some[0]), int(some[-1]) + 1) if len(some) else (0, mean.shape[1])


def _coloured(ax: Axes, mean: Floats, column: Column) -> AxesImage:
    ax.set_facecolor(PALE)
    ax.patch.set(hatch="////", edgecolor="white")
    ax.grid(visible=False)
    least, most = (0.0, 1.0) if column.unit == "share" else (0.0, float(np.nanmax(mean, initial=0.0)) or 1.0)
    image = ax.imshow(np.ma.masked_invalid(mean), cmap=COLOURS, vmin=least, vmax=most, aspect="auto")
    figure = ax.get_figure()
    if figure is not None:
        bar = figure.colorbar(image, ax=ax, pad=0.01, fraction=0.03)
        bar.set_label(f"{_name(column)} ({column.unit})", fontsize=TEXT)
        bar.ax.tick_params(labelsize=SMALL)
        if column.unit == "share":
            bar.ax.yaxis.set_major_formatter(lambda share, _: f"{100 * share:.0f} %")
    return image


def _axes(ax: Axes, every: float, first: int, last: int) -> None:
    """Say the days beside, and the hours below, each at the edge where it begins."""
    ax.set_yticks(range(len(DAYS)), DAYS)
    step = max(1, round((2 if last - first > 24 and every < HOUR else 1) * HOUR / every))
    edges = [at for at in range(first, last + 1) if at * every % (step * every) == 0]
    ax.set_xticks([at - first - 0.5 for at in edges], [_clock(at * every) for at in edges])
    ax.set_xlabel("time of day", fontsize=TEXT)
    ax.set_ylabel("day of the week", fontsize=TEXT)


def _clock(minute: float) -> str:
    return f"{int(minute // HOUR):02d}:{int(minute % HOUR):02d}" if minute % HOUR else f"{int(minute // HOUR)} h"


def _numbers(ax: Axes, image: AxesImage, mean: Floats, unit: str) -> None:
    most = float(np.nanmax(np.abs(mean), initial=0.0))
    light = np.asarray(image.norm(mean)) > 0.5
    for (day, at), value in np.ndenumerate(mean):
        if math.isfinite(value):
            said = shown(float(value), unit, most).removesuffix(" %")
            ax.text(at, day, said, ha="center", va="center", fontsize=SMALL, color=INK if light[day, at] else "white")


def _finding(mean: Floats, every: float, column: Column) -> str:
    """Say where it is highest and where it is lowest."""
    if not np.isfinite(mean).any():
        return f"there is nothing that {_name(column)} counts"
    ends = []
    for name, place in (("lowest", np.nanargmin(mean)), ("highest", np.nanargmax(mean))):
        day, at = divmod(int(place), mean.shape[1])
        value = shown(float(mean[day, at]), column.unit, float(np.nanmax(mean)))
        when = DAYS[day] if every == DAY else f"{DAYS[day]} {_clock(at * every)}"
        ends.append(f"{name} {when} ({value}{'' if column.unit == 'share' else f' {column.unit}'})")
    return f"{_name(column)} is {ends[0]}, {ends[1]}"


def _name(column: Column) -> str:
    return column.id.replace("_", " ")


def _explained(ax: Axes, week: Intervals, column: Column, reach: Floats) -> None:
    """Write under the map what is shown, how sure it is, and what the hatching means."""
    known = reach[np.isfinite(reach)]
    sure = "one replication: no intervals"
    if len(known):
        usual, most = (shown(float(one), column.unit, float(known.max())) for one in (np.median(known), known.max()))
        unit = unit_of_difference(column.unit)
        sure = (
            f"95 % intervals over {len(week.numbers)} replications: ±{usual.removesuffix(' %')} {unit} in the median "
            f"field, ±{most.removesuffix(' %')} at most"
        )
    nobody = "nobody on duty" if column.id == _OF_THOSE_ON_DUTY else "nothing to count"
    said = f"{definition_of(column, week.asked)} {sure}. Hatched: {nobody}, which is not 0."
    lines = "\n".join(textwrap.wrap(plain(said), _WIDE))
    ax.annotate(
        lines, (0, 0), xytext=(0, -40), xycoords="axes fraction", textcoords="offset points", fontsize=SMALL, va="top"
    )
