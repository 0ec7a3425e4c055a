"""The graph of journeys drawn: what followed what, the thicker the oftener, with how often and how long after."""

from __future__ import annotations

import math
from collections.abc import Container, Mapping, Sequence
from typing import TYPE_CHECKING

from sim.figures.names import plain, short
from sim.figures.numbers import away, shown
from sim.figures.style import BLUE, GREEN, INK, SMALL, TEXT, VERMILLION, panel, titled
from sim.study.observing.graph import JourneyGraph, Step

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.patches import FancyBboxPatch

MOST = 18
"""Steps that are drawn at most: more cannot be told apart."""
LEAST = 0.01
"""And how often at least, per problem."""
_BEGINS, _ENDS = ("appeared", "away"), ("solved", "gave up", "prevented", "dropped", "ended")
_COLOURS = {"solved": GREEN, "gave up": VERMILLION, "dropped": VERMILLION}
_WIDE, _TALL = 10.0, 6.0
"""Of the figure (inch), and of the axes in their own unit: one that is as long upwards as sidewards."""
_BENT = 0.16
_LETTER, _HIGH = 0.088, 0.17
"""How wide a letter of a name is, and half the height of its box."""

Point = tuple[float, float]


def journey_graph_figure(graph: JourneyGraph, ax: Axes | None = None) -> Axes:
    """Draw the steps of journeys as arrows: how often per problem, and how long after the one the other began.

    Parameters
    ----------
    graph : JourneyGraph
        What `sim.journey_graph` returns. Rare steps are left out, and how many is said.
    ax : Axes, optional

    Raises
    ------
    ValueError
        If no step was ever taken: there is nothing to draw.
    """
    drawn = _drawn(graph)
    if not drawn:
        raise ValueError("no step was taken in these journeys: there is nothing to draw")
    ax = panel(ax, (_WIDE, _TALL))
    at = _places(graph, {name for step in drawn for name in (step.before, step.after)})
    boxes = {name: _box(ax, name, place) for name, place in at.items()}
    most = max(step.per_problem.mean or 0.0 for step in drawn)
    for step in drawn:
        _arrow(ax, at, boxes, step, most)
    _bare(ax)
    titled(ax, _finding(graph, drawn), wide=100)
    ax.set_xlabel(_how_to_read(graph, drawn), fontsize=SMALL, color=INK)
    return ax


def _drawn(graph: JourneyGraph) -> list[Step]:
    often = [step for step in graph.steps if (step.per_problem.mean or 0.0) >= LEAST]
    return often[:MOST]


def _finding(graph: JourneyGraph, drawn: Sequence[Step]) -> str:
    name, many = short(graph.world.name, 40), f"{graph.problems:,}"
    later = next((step for step in drawn if step.before not in _BEGINS), drawn[0])
    often = shown(later.per_problem.mean or 0.0, "")
    return f"{name}: most often {later.before}, then {later.after}: {often} times a problem ({many} problems)"


def _how_to_read(graph: JourneyGraph, drawn: Sequence[Step]) -> str:
    left = len(graph.steps) - len(drawn)
    said = "on each arrow: times per problem, mean time from the beginning of the one to that of the other"
    return f"{said}; rarer steps, not drawn: {left}" if left else said


def _places(graph: JourneyGraph, names: Container[str]) -> Mapping[str, Point]:
    """Place what begins on the left, what ends on the right, all else on an ellipse between, in the graph's order."""
    known = [name for name in graph.names if name in names]
    begins = [name for name in known if name in _BEGINS]
    ends = sorted((name for name in known if name in _ENDS), key=_ENDS.index)
    others = [name for name in known if name not in begins and name not in ends]
    places = dict.fromkeys(begins, (0.07 * _WIDE, 0.5 * _TALL))
    places |= {name: (0.93 * _WIDE, (0.5 - 0.3 * (at - (len(ends) - 1) / 2)) * _TALL) for at, name in enumerate(ends)}
    for at, name in enumerate(others):
        turn = math.pi - math.pi * (2 * at + 1) / len(others)
        aside, up = (0.24 * math.cos(turn), 0.38 * math.sin(turn)) if len(others) > 1 else (0.0, 0.0)
        places[name] = ((0.49 + aside) * _WIDE, (0.5 + up) * _TALL)
    return places


def _box(ax: Axes, name: str, at: Point) -> FancyBboxPatch:
    from matplotlib.patches import FancyBboxPatch

    said = plain(short(name, 18))
    half = _LETTER * len(said) / 2 + 0.1
    corner = at[0] - half, at[1] - _HIGH
    box = FancyBboxPatch(
        corner,
        2 * half,
        2 * _HIGH,
        boxstyle="round,pad=0,rounding_size=0.08",
        facecolor="white",
        edgecolor=_COLOURS.get(name, INK),
        linewidth=1.4,
        zorder=3,
    )
    ax.add_patch(box)
    ax.text(*at, said, fontsize=TEXT, fontweight="bold", color=INK, ha="center", va="center", zorder=5)
    return box


def _arrow(ax: Axes, at: Mapping[str, Point], boxes: Mapping[str, FancyBboxPatch], step: Step, most: float) -> None:
    from matplotlib.patches import FancyArrowPatch

    often = step.per_problem.mean or 0.0
    width = 0.6 + 4.4 * often / most
    begin, end, bent = at[step.before], at[step.after], _BENT
    to_itself = step.before == step.after
    if to_itself:
        begin, end, bent = _loop(begin)
    ax.add_patch(
        FancyArrowPatch(
            begin,
            end,
            connectionstyle=f"arc3,rad={bent}",
            patchA=None if to_itself else boxes[step.before],
            patchB=None if to_itself else boxes[step.after],
            shrinkA=1,
            shrinkB=1,
            arrowstyle="-|>",
            mutation_scale=8 + 1.5 * width,
            linewidth=width,
            color=_COLOURS.get(step.after, BLUE),
            alpha=0.75,
        )
    )
    x, y = _on_the_way(begin, end, bent, 0.5 if to_itself else 0.42)
    said = f"{shown(often, '')} · {away(step.minutes.mean or 0.0)}"
    ax.text(x, y, said, fontsize=SMALL, color=INK, ha="center", va="center", zorder=4,
            bbox={"boxstyle": "round,pad=0.12", "facecolor": "white", "edgecolor": "none", "alpha": 0.85})  # fmt: skip


def _loop(at: Point) -> tuple[Point, Point, float]:
    """Return where an arrow begins and ends that comes back to its own box, on the side away from the middle."""
    x, y = at
    side = 1.0 if y >= 0.5 * _TALL - 0.01 else -1.0
    begin, end = (x - 0.28, y + side * (_HIGH + 0.02)), (x + 0.28, y + side * (_HIGH + 0.02))
    return begin, end, -1.5 * side


def _on_the_way(begin: Point, end: Point, bent: float, part: float) -> Point:
    """Return a point of a bent arrow as `arc3` draws it: a parabola whose third point stands aside from the middle."""
    (x0, y0), (x1, y1) = begin, end
    aside = (x0 + x1) / 2 + bent * (y1 - y0), (y0 + y1) / 2 - bent * (x1 - x0)
    first, both, last = (1 - part) ** 2, 2 * part * (1 - part), part**2
    return first * x0 + both * aside[0] + last * x1, first * y0 + both * aside[1] + last * y1


def _bare(ax: Axes) -> None:
    ax.set_xlim(0, _WIDE)
    ax.set_ylim(0, _TALL)
    ax.set_aspect("equal")
    ax.set_xticks([])
    ax.set_yticks([])
    ax.grid(False)
    ax.spines[["left", "bottom"]].set_visible(False)
