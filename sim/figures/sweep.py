"""A measure over a design: against each path that changes, with its intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.asked import one_of
from sim.figures.names import plain, short
from sim.figures.style import BLUE, GREEN, GREY, INK, ORANGE, PURPLE, SKY, SMALL, TEXT, VERMILLION, panels, titled
from sim.measures import measures_of
from sim.report.points import within
from sim.study.changing.changed import factor_of
from sim.study.sweeping.chunk import BASE
from sim.study.sweeping.swept import Sweep
from sim.units import minutes

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

MOST_PATHS = 6
"""Panels of one figure at most."""
_MOST_LINES = 6
_LABEL = 60
_COLOURS = (VERMILLION, BLUE, GREEN, ORANGE, PURPLE, SKY)
_MARKERS = ("o", "s", "^", "D", "v", "P")


@dataclass(frozen=True)
class _Places:
    """Where a path's values stand: ``unit`` is empty, min, or x of factors; those without a size have ``labels``."""

    at: np.ndarray[Any, Any]
    unit: str = ""
    labels: tuple[str, ...] = ()


def sweep_figure(
    swept: Sweep, measure: str | None = None, *, difference: bool = False, axes: Sequence[Axes] | None = None
) -> list[Axes]:
    """Draw a measure against each path of a design, a panel for each; of two paths, one is told by colour.

    Parameters
    ----------
    swept : Sweep
    measure : str, optional
        The first of the sweep by default.
    difference : bool
        Draw by how much it differs from the world as it is.
    axes : sequence of Axes, optional
        As many as panels: one where a design has two paths and few values of the second, else one for each path.

    Returns
    -------
    list of Axes

    Raises
    ------
    ValueError
        If the measure was not asked for, or no point could be lived.
    """
    name = one_of("measure", swept.measures[0] if measure is None else measure, swept.measures)
    table = swept.table(name)
    shown = "difference" if difference else "mean"
    table = table[table[shown].notna() & (table["failed"] == "")]
    points = table[table["point"] != BASE]
    if points.empty:
        raise ValueError(f"no point has a {name} to be drawn")
    paths = list(swept.design.paths)[:MOST_PATHS]
    by = paths[1] if len(paths) == 2 and points[paths[1]].nunique() <= _MOST_LINES else None
    over = paths[:1] if by is not None or not paths else paths
    axes = panels(axes, len(over), (9.0, 4.2 * len(over)))
    for path, ax in zip(over, axes, strict=True):
        places = _places(points[path])
        _panel(ax, points, places, by, shown, joined=by is not None or len(paths) == 1)
        _base(ax, table, shown)
        ax.set_xlabel(plain(short(path, _LABEL)) + f" ({places.unit})" * (places.unit == "min"), fontsize=TEXT)
        unit = measures_of(swept.base)[name].unit
        ax.set_ylabel(f"{name} ({unit})" + (", difference" if difference else ""), fontsize=TEXT)
        ax.legend(fontsize=SMALL, frameon=False)
        ax.tick_params(labelsize=SMALL)
    titled(axes[0], plain(f"{name} of {swept.base.name}{', difference' * difference}: {_found(swept, points, shown)}"))
    return list(axes)


def _found(swept: Sweep, points: pd.DataFrame, shown: str) -> str:
    """Say between which values the measure lies, and at which points."""
    ends = (points.sort_values(shown).iloc[at] for at in (0, -1))
    low, high = (f"{end[shown]:.4g} ({within(swept.design, int(end['point']), 60)})" for end in ends)
    return f"from {low} to {high}"


def _panel(ax: Axes, points: pd.DataFrame, places: _Places, by: str | None, shown: str, *, joined: bool) -> None:
    """Draw points, those joined by a line that differ in this path alone."""
    groups: list[tuple[Any, pd.DataFrame]] = [(None, points)]
    groups = groups if by is None else list(points.groupby(by, sort=False))
    for number, (value, group) in enumerate(groups):
        xs = places.at[points.index.get_indexer(group.index)]
        order = np.argsort(xs, kind="stable")
        mean = group[shown].to_numpy()[order]
        low, high = (_bound(group, shown, end)[order] for end in ("low", "high"))
        ax.errorbar(
            xs[order],
            mean,
            yerr=np.nan_to_num([mean - low, high - mean]),
            fmt=_MARKERS[number % len(_MARKERS)] + "-" * joined,
            color=_COLOURS[number % len(_COLOURS)],
            linewidth=1.2,
            elinewidth=0.9,
            capsize=2.0,
            markersize=4.0,
            label="points" if value is None else f"{plain(short(str(by), _LABEL))} = {str(value) or 'as it is'}",
        )
    if places.labels:
        ax.set_xticks(range(len(places.labels)), [plain(short(label, 24)) for label in places.labels])
    elif places.unit == "x":
        ax.xaxis.set_major_formatter(lambda factor, _: f"x{factor:.4g}")


def _bound(group: pd.DataFrame, shown: str, end: str) -> Any:
    return group[end if shown == "mean" else f"difference_{end}"].to_numpy()


def _base(ax: Axes, table: pd.DataFrame, shown: str) -> None:
    """Mark the world as it is: by its interval, or by nothing where differences are shown."""
    own = table[table["point"] == BASE]
    if shown == "difference" or own.empty:
        ax.axhline(0.0, color=GREY, linewidth=1.0, linestyle=":", label="as it is" if shown == "difference" else None)
        return
    ax.axhline(own["mean"].iloc[0], color=INK, linewidth=1.0, linestyle=":", label="as it is")
    if own["low"].notna().iloc[0]:
        ax.axhspan(own["low"].iloc[0], own["high"].iloc[0], color=GREY, alpha=0.15, linewidth=0)


def _places(values: pd.Series[Any]) -> _Places:
    """Say where values stand: by size where all have one of a kind, or else one after the other, with labels."""
    found = [_size(value) for value in values]
    units = {unit for unit, _ in found}
    if len(units) == 1 and None not in units:
        return _Places(np.array([size for _, size in found]), found[0][0] or "")
    named = [str(value) or "as it is" for value in values]
    labels = tuple(dict.fromkeys(named))
    return _Places(np.array([labels.index(one) for one in named], float), labels=labels)


def _size(value: Any) -> tuple[str | None, float]:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return "", float(value)
    try:
        factor = factor_of(value)
        return ("min", minutes(value)) if factor is None else ("x", factor)
    except ValueError:
        return None, 0.0
