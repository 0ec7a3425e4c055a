"""A sweep, drawn: points stand where their values are, and a line joins those that differ in one path alone."""

from __future__ import annotations

from typing import Any

import pytest

import sim
from sim.figures import sweep_figure
from tests.figures.drawn import axes
from tests.worlds import tiny_world

WORLD = tiny_world(time={"warm_up": "0 min", "horizon": "1 d", "follow_up": "1 d"})
PATIENCE, STAFF, NEVER = "population.patience", "teams.front.staff", "levers.time.cut_after"


def lived(design: Any) -> sim.Sweep:
    return sim.sweep(WORLD, design, measures=["calls_per_problem"], replications=2, workers=1)


def drawn(ax: Any) -> dict[str, tuple[list[float], list[float], str]]:
    """Return by label where points stand, and with which line they are joined."""
    each = {one.get_label(): one.lines[0] for one in ax.containers}
    return {name: (list(one.get_xdata()), list(one.get_ydata()), one.get_linestyle()) for name, one in each.items()}


def test_points_of_one_path_are_joined_in_the_order_of_their_sizes():
    made = lived(sim.factorial({PATIENCE: ["10 min", "90 s", "4 min"]}))
    (ax,) = sweep_figure(made, axes=axes())
    ((xs, ys, line),) = drawn(ax).values()
    means = made.table()["mean"].tolist()[1:]
    assert (xs, ys, line) == ([1.5, 4.0, 10.0], [means[1], means[2], means[0]], "-")
    assert ax.get_xlabel() == f"{PATIENCE} (min)"


def test_a_second_path_is_told_by_colour():
    made = lived(sim.factorial({NEVER: ["15 min", "none"], STAFF: ["x0.5", "x2"]}))
    (ax,) = sweep_figure(made, axes=axes())
    assert {name: (xs, line) for name, (xs, _, line) in drawn(ax).items()} == {
        f"{STAFF} = x0.5": ([0.0, 1.0], "-"),
        f"{STAFF} = x2": ([0.0, 1.0], "-"),
    }
    assert [label.get_text() for label in ax.get_xticklabels()] == ["15 min", "none"]
    assert ax.get_xlabel() == NEVER


def test_points_that_differ_in_several_paths_are_not_joined():
    made = lived(sim.sobol({PATIENCE: ("2 min", "9 min"), STAFF: ("x0.5", "x3"), "line.lines": (3, 9)}, 8))
    panels = sweep_figure(made, axes=axes(3))
    assert [line for ax in panels for _, _, line in drawn(ax).values()] == ["None"] * 3
    assert panels[1].xaxis.get_major_formatter()(1.25, 0) == "x1.25"
    assert (panels[1].get_xlabel(), panels[2].get_xlabel()) == (STAFF, "line.lines")
    assert sorted(drawn(panels[2])["points"][0]) == sorted(float(point["line.lines"]) for point in made.design)


def test_a_title_names_points_by_number_where_what_they_change_is_too_long():
    made = lived(
        [
            {PATIENCE: "2 min", STAFF: "x0.5", "line.lines": 3, "line.menu": "1 s", "teams.front.wage": at}
            for at in (20, 21)
        ]
    )
    assert "(point 0) to" in sweep_figure(made, axes=axes(5))[0].get_title(loc="left").replace("\n", " ")


def test_a_measure_that_was_not_asked_for_is_not_drawn():
    with pytest.raises(ValueError, match="measure"):
        sweep_figure(lived([{"line.lines": 4}]), "hold_minutes_per_call")
