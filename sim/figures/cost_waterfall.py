"""Where the money goes: from the first world's cost per problem to the second's, part by part."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.figures.numbers import euros, signed
from sim.figures.replications import Lived, tables_of
from sim.figures.style import GREY, INK, JUDGED, SMALL, TEXT, looks, panels, titled
from sim.measures import Tables
from sim.measures.cost import customer_parts, firm_parts
from sim.study.estimate import Estimate, paired_difference, ratio

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from sim.figures.style import Look
    from sim.scenario import World


_HALF = 0.31
"""Half the width of a bar."""


class Fall(NamedTuple):
    """A cost per problem (EUR): of each world, and the difference part by part."""

    worlds: tuple[Estimate, Estimate]
    difference: Estimate
    parts: dict[str, Estimate]


def cost_waterfall(first: Lived, second: Lived, axes: Sequence[Axes] | None = None) -> list[Axes]:
    """Draw how the first world's cost per problem becomes the second's, for the customer and for the firm.

    Parameters
    ----------
    first, second : History, Tables, or sequence of them
        The same replications of each world. From two replications on, every bar carries its 95 % interval;
        a part's is that of its paired difference.
    axes : sequence of two Axes, optional

    Returns
    -------
    list of Axes
        The customer's and the firm's panel.
    """
    here, there = tables_of("first", first), tables_of("second", second)
    panel_of = panels(axes, 2, (9.5, 7.4))
    worlds = (here[0].world, there[0].world)
    for ax, who, parts in zip(panel_of, ("customer", "firm"), (customer_parts, firm_parts), strict=True):
        _draw(ax, who, fall(here, there, parts), worlds)
    return panel_of


def fall(first: Sequence[Tables], second: Sequence[Tables], parts_of: Callable[[Tables], dict[str, float]]) -> Fall:
    """Estimate a cost per problem in both worlds, its difference, and the difference of each of its parts."""
    here, there = [parts_of(one) for one in first], [parts_of(one) for one in second]
    problems = [len(one.journeys) for one in first], [len(one.journeys) for one in second]
    totals = [sum(one.values()) for one in here], [sum(one.values()) for one in there]
    parts = {
        name: paired_difference([one[name] for one in here], problems[0], [one[name] for one in there], problems[1])
        for name in here[0]
    }
    worlds = ratio(totals[0], problems[0]), ratio(totals[1], problems[1])
    return Fall(worlds, paired_difference(totals[0], problems[0], totals[1], problems[1]), parts)


def _draw(ax: Axes, who: str, cost: Fall, worlds: tuple[World, World]) -> None:
    start, end = cost.worlds
    if start.mean is None or end.mean is None or cost.difference.mean is None:
        raise ValueError("no problem appeared in the horizon: there is no cost per problem")
    first, second = looks(worlds)
    _total(ax, 0, start, first)
    level, names = start.mean, [worlds[0].name]
    for place, (name, part) in enumerate(cost.parts.items(), 1):
        level = _step(ax, place, level, part)
        names.append(name)
    _total(ax, len(names), end, second)
    names.append(worlds[1].name)
    ax.set_xticks(range(len(names)), names, fontsize=TEXT)
    ax.tick_params(axis="x", length=0)
    ax.grid(visible=False, axis="x")
    ax.axhline(0.0, color=INK, linewidth=0.8)
    ax.margins(y=0.2)
    ax.set_ylabel("EUR per problem", fontsize=TEXT)
    _legend(ax, cost)
    titled(ax, _finding(who, cost, worlds))


def _finding(who: str, cost: Fall, worlds: tuple[World, World]) -> str:
    difference = cost.difference
    assert difference.mean is not None
    main = max(cost.parts, key=lambda name: abs(cost.parts[name].mean or 0.0))
    text = f"{worlds[1].name}: {signed(difference.mean, 'EUR', 10)} EUR per problem for the {who}"
    if difference.low is None or difference.high is None:
        return f"{text} (one replication: no interval)"
    if difference.low <= 0 <= difference.high:
        return f"{text}, not told apart from 0"
    return f"{text}; the largest part: {main}"


def _total(ax: Axes, place: int, total: Estimate, look: Look) -> None:
    assert total.mean is not None
    ax.bar(place, total.mean, 2 * _HALF, facecolor=look.colour, edgecolor="white", hatch=look.hatch, label="total")
    _interval(ax, place, total.mean, total)
    _written(ax, place, max(total.mean, total.high or 0.0, 0.0), euros(total.mean))


def _step(ax: Axes, place: int, level: float, part: Estimate) -> float:
    """Draw one part's difference from the level reached so far; return the level it leads to."""
    assert part.mean is not None
    reached = level + part.mean
    judged = _judged(part)
    look = JUDGED[judged]
    ax.plot([place - 1 + _HALF, place + _HALF], [level, level], color=GREY, linewidth=0.8, zorder=1)
    ax.plot([place - _HALF, place + 1 - _HALF], [reached, reached], color=GREY, linewidth=0.8, zorder=1)
    ax.bar(
        place,
        part.mean,
        2 * _HALF,
        bottom=level,
        facecolor=look.colour,
        edgecolor="white",
        linewidth=0,
        hatch=look.hatch,
        label=judged,
    )
    shifted = Estimate(
        reached,
        None if part.low is None else level + part.low,
        None if part.high is None else level + part.high,
    )
    _interval(ax, place, reached, shifted)
    _written(ax, place, max(level, reached, shifted.high or reached), signed(part.mean, "EUR", 1))
    return reached


def _judged(part: Estimate) -> str:
    """Say what a part's difference means: less cost is better."""
    mean, low, high = part
    if low is None or high is None or mean is None or low <= 0 <= high:
        return "not told apart"
    return "worse" if mean > 0 else "better"


def _legend(ax: Axes, cost: Fall) -> None:
    from matplotlib.patches import Patch

    met = {_judged(part) for part in cost.parts.values()}
    handles = [
        Patch(facecolor=look.colour, edgecolor="white", hatch=look.hatch, label=name)
        for name, look in JUDGED.items()
        if name in met
    ]
    ax.legend(handles=handles, fontsize=SMALL, frameon=False, ncols=len(handles), loc="upper center")


def _interval(ax: Axes, place: int, mean: float, estimate: Estimate) -> None:
    if estimate.low is None or estimate.high is None:
        return
    reach = np.array([[mean - estimate.low], [estimate.high - mean]])
    ax.errorbar([place], [mean], yerr=reach, color=INK, capsize=4, linewidth=1.2, zorder=5)


def _written(ax: Axes, place: int, above: float, text: str) -> None:
    ax.annotate(
        text, (place, above), xytext=(0, 4), textcoords="offset points", ha="center", fontsize=SMALL + 1, color=INK
    )
