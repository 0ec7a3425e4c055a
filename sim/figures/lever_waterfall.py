"""Which lever does what: from the first world's value of a measure to the second's, lever by lever."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from sim.asked import nearest
from sim.figures.differences import judged
from sim.figures.names import GUESS_TOLD, named, plain, short
from sim.figures.numbers import shown, signed, unit_of_difference
from sim.figures.style import GREY, INK, JUDGED, SMALL, TEXT, Look, looks, panels, titled
from sim.report.headlines import GUESSED
from sim.study.comparing.comparison import Line
from sim.study.running.estimate import UNDEFINED, Estimate

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from sim.study.decomposing.decomposition import Decomposition, Gap, Way

MEASURES = ("calls_per_problem", "effort_index", "customer_eur_per_problem", "firm_eur_per_problem")
"""Those drawn unless others are named."""
_HALF = 0.31
_NAME = 14
_LETTERS = 12.0
"""Of a title, on an inch."""


def lever_waterfall(
    study: Decomposition, axes: Sequence[Axes] | None = None, *, measures: Sequence[str] | None = None
) -> list[Axes]:
    """Draw how the first world's value of a measure becomes the second's: Shapley values, each with its 95 % interval.

    A panel for each measure and way, the ways beside each other.

    Parameters
    ----------
    axes : sequence of Axes, optional
        One for each panel, measure by measure.
    measures : sequence of str, optional
        By default those that were asked for, of all: calls, effort, the customer's and the firm's cost.

    Raises
    ------
    ValueError
        If a measure was not measured, or none is defined in all worlds.
    """
    ways = study.ways
    wanted = list(measures or study.shown[:4] or MEASURES)
    known = [one.id for one in ways[0].measures()]
    for name in wanted:
        if name not in known:
            raise ValueError(f"measures holds {name!r}, which was not measured: {nearest(name, known)}")
    wanted = [name for name in wanted if all(way.gap(name).defined for way in ways)]
    if not wanted:
        raise ValueError("none of these measures is defined in all worlds between the two")
    panel_of = _panels(axes, len(wanted), len(ways), len(study.players))
    each = iter(panel_of)
    for name in wanted:
        for way in ways:
            _draw(next(each), study, way, way.gap(name))
    return panel_of


def _panels(axes: Sequence[Axes] | None, rows: int, columns: int, players: int) -> list[Axes]:
    if axes is None:
        from sim.figures.canvas import figure

        size = (max(6.5, 1.0 + 0.85 * (players + 2)) * columns, 3.4 * rows)
        axes = list(figure(size).subplots(rows, columns, squeeze=False).flat)
    return panels(axes, rows * columns, (0.0, 0.0))


def _draw(ax: Axes, study: Decomposition, way: Way, gap: Gap) -> None:
    start, end = gap.worlds
    assert start.mean is not None and end.mean is not None
    unit, like = gap.measure.unit, max(abs(start.mean), abs(end.mean))
    first, second = looks(study.worlds)
    _total(ax, 0, start, first, shown(start.mean, unit, like))
    level, names = start.mean, [short(study.worlds[0].name, _NAME)]
    for place, part in enumerate(gap.parts, 1):
        level = _step(ax, place, level, gap, part.shapley, like)
        names.append(part.player.name)
    _total(ax, len(names), end, second, shown(end.mean, unit, like))
    names.append(short(study.worlds[1].name, _NAME))
    ax.set_xticks(range(len(names)), [plain(_broken(name)) for name in names], fontsize=SMALL)
    ax.tick_params(axis="x", length=0)
    ax.grid(visible=False, axis="x")
    ax.axhline(0.0, color=INK, linewidth=0.8)
    ax.use_sticky_edges = False
    ax.margins(y=0.22)
    ax.set_ylabel(plain(f"{named(gap.measure)} ({unit})"), fontsize=SMALL + 0.5)
    if gap.measure.guessed:
        ax.set_xlabel(f"{GUESSED} {GUESS_TOLD}", fontsize=SMALL, loc="right")
    _legend(ax, gap)
    titled(ax, f"{way.label.capitalize()}: {_finding(gap)}", size=TEXT + 1, wide=_letters(ax))


def _letters(ax: Axes) -> int:
    """Return how many letters of a title find room over a panel."""
    return round(_LETTERS * ax.get_window_extent().width / ax.figure.dpi)


def _finding(gap: Gap) -> str:
    most, unit = gap.largest(), unit_of_difference(gap.measure.unit)
    assert most.shapley.mean is not None and gap.difference.mean is not None
    whole = f"{named(gap.measure)} {signed(gap.difference.mean, gap.measure.unit)} {unit}"
    unsure = "" if _judged(gap, most.shapley) != "not told apart" else " (not told apart from 0)"
    return f"{whole}, most by {most.player.name}: {signed(most.shapley.mean, gap.measure.unit)}{unsure}"


def _judged(gap: Gap, part: Estimate) -> str:
    return judged(Line(gap.measure, (UNDEFINED, UNDEFINED), part))


def _total(ax: Axes, place: int, total: Estimate, look: Look, text: str) -> None:
    assert total.mean is not None
    ax.bar(place, total.mean, 2 * _HALF, facecolor=look.colour, edgecolor="white", hatch=look.hatch, label="total")
    _interval(ax, place, total.mean, total)
    _written(ax, place, max(total.mean, total.high or 0.0, 0.0), text)


def _step(ax: Axes, place: int, level: float, gap: Gap, part: Estimate, like: float) -> float:
    """Draw one lever's part from the level reached so far; return the level it leads to."""
    assert part.mean is not None
    reached, meaning = level + part.mean, _judged(gap, part)
    look = JUDGED[meaning]
    ax.plot([place - 1 + _HALF, place + _HALF], [level, level], color=GREY, linewidth=0.8, zorder=1)
    ax.plot([place - _HALF, place + 1 - _HALF], [reached, reached], color=GREY, linewidth=0.8, zorder=1)
    ax.bar(
        place, part.mean, 2 * _HALF, bottom=level, facecolor=look.colour, edgecolor="white", linewidth=0,
        hatch=look.hatch, label=meaning,
    )  # fmt: skip
    ends = [None if end is None else level + end for end in (part.low, part.high)]
    _interval(ax, place, reached, Estimate(reached, *ends))
    _written(ax, place, max(level, reached, ends[1] or reached), signed(part.mean, gap.measure.unit, like))
    return reached


def _interval(ax: Axes, place: int, mean: float, estimate: Estimate) -> None:
    if estimate.low is not None and estimate.high is not None:
        reach = np.array([[mean - estimate.low], [estimate.high - mean]])
        ax.errorbar([place], [mean], yerr=reach, color=INK, capsize=3, linewidth=1.0, zorder=5)


def _written(ax: Axes, place: int, above: float, text: str) -> None:
    ax.annotate(text, (place, above), xytext=(0, 4), textcoords="offset points", ha="center", fontsize=SMALL, color=INK)


def _legend(ax: Axes, gap: Gap) -> None:
    from matplotlib.patches import Patch

    met = {_judged(gap, part.shapley) for part in gap.parts}
    handles = [
        Patch(facecolor=look.colour, edgecolor="white", hatch=look.hatch, label=name)
        for name, look in JUDGED.items()
        if name in met
    ]
    ax.legend(handles=handles, fontsize=SMALL, frameon=False, ncols=len(handles), loc="upper right")


def _broken(name: str) -> str:
    """Break a name between its words, or between the levers that are moved together; shorten what is still too wide."""
    lines = name.split(" + ") if " + " in name else name.split(" ")
    return "\n".join(short(line, _NAME) for line in lines)
