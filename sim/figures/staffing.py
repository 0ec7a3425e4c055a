"""Staff by interval as simulation needs it, and beside it what formulas give, with and without repeats."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from sim.figures.names import plain
from sim.figures.style import BLUE, GREEN, GREY, INK, PALE, SMALL, TEXT, VERMILLION, panels, titled
from sim.study.staffing.plan import Row, StaffPlan

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_MOST_PANELS = 8
_FORMULAS = (
    ("erlang_a_first", "Erlang A, first attempts", GREEN, ":"),
    ("erlang_c_first", "Erlang C, first attempts", VERMILLION, ":"),
    ("erlang_a", "Erlang A, with repeats", GREEN, "--"),
    ("erlang_c", "Erlang C, with repeats", VERMILLION, "-."),
)


def staff_figure(plan: StaffPlan, axes: Sequence[Axes] | None = None) -> list[Axes]:
    """Draw the staff that was found by interval, team by team and kind of day by kind of day.

    Parameters
    ----------
    plan : StaffPlan
    axes : sequence of Axes, optional
        One for each team and kind of day, `panels_of` of them.

    Returns
    -------
    list of Axes
    """
    kinds = panels_of(plan)
    axes = panels(axes, len(kinds), (9.5, 2.2 + 2.5 * len(kinds)))
    for ax, (team, days) in zip(axes, kinds, strict=True):
        _day(ax, plan, [row for row in plan.rows if (row.team, row.days) == (team, days)], f"{team}, {days}")
    titled(axes[0], f"{_finding(plan)}\n{axes[0].get_title(loc='left')}")
    axes[-1].set_xlabel("hour of the day", fontsize=TEXT)
    axes[0].legend(fontsize=SMALL, frameon=False, ncols=3, loc="upper right")
    return list(axes)


def panels_of(plan: StaffPlan) -> list[tuple[str, str]]:
    """Return the teams and kinds of day that are drawn, one panel each: eight at most."""
    return list(dict.fromkeys((row.team, row.days) for row in plan.rows))[:_MOST_PANELS]


def _finding(plan: StaffPlan) -> str:
    """Say in a sentence what formulas miss."""
    needed = sum(row.agents for row in plan.rows)
    first = sum(row.erlang_a_first for row in plan.rows)
    cost = f"{plan.eur:,.0f} EUR a week for {', '.join(map(str, plan.targets))}"
    if not needed or not math.isfinite(first):
        return cost
    return f"{cost}: Erlang A for first attempts gives {first / needed:.0%} of the agents needed"


def _day(ax: Axes, plan: StaffPlan, rows: Sequence[Row], name: str) -> None:
    from matplotlib.ticker import MaxNLocator

    edges = np.array([_hour(row.begins) for row in rows])
    length = plan.every / 60.0
    agents = np.array([row.agents for row in rows], float)
    ax.bar(
        edges, agents, length, align="edge", color=PALE, edgecolor=GREY, linewidth=0.5, label="needed, by simulation"
    )
    if plan.shifts:
        _steps(ax, edges, length, [row.on_duty for row in rows], BLUE, "-", "on duty in shifts")
    else:
        _steps(ax, edges, length, [row.before for row in rows], INK, "-", "now")
    for field, label, colour, dashes in _FORMULAS:
        _steps(ax, edges, length, [getattr(row, field) for row in rows], colour, dashes, label)
    ax.set_ylabel("agents", fontsize=TEXT)
    ax.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    formulas = (getattr(row, field) for row in rows for field, *_ in _FORMULAS)
    known = [one for one in formulas if math.isfinite(one)]
    ax.set_ylim(0.0, 1.5 * max([1.0, *agents, *(max(row.before, row.on_duty) for row in rows), *known]))
    ax.set_xlim(edges.min(), edges.max() + length)
    titled(ax, plain(name), size=TEXT)


def _hour(clock: str) -> float:
    hour, minute = clock.split(":")
    return int(hour) + int(minute) / 60.0


def _steps(
    ax: Axes, edges: np.ndarray, length: float, values: Sequence[float], colour: str, dashes: str, label: str
) -> None:
    """Draw a line of steps, broken where intervals do not follow each other, or a number is none."""
    for at, (edge, value) in enumerate(zip(edges, values, strict=True)):
        if not math.isfinite(value):
            continue
        its = None if at else label
        ax.plot([edge, edge + length], [value, value], color=colour, linestyle=dashes, linewidth=1.6, label=its)
        if at and math.isclose(edges[at - 1] + length, edge) and math.isfinite(values[at - 1]):
            ax.plot([edge, edge], [values[at - 1], value], color=colour, linestyle=dashes, linewidth=1.0)
