"""What moves a measure: one path at a time, and all together."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import sim
from sim.study.choosing import sensitivity
from sim.study.sweeping.sweep import sweep
from tests.worlds import tiny_world

WORLD = tiny_world(time={"warm_up": "1 d", "horizon": "3 d", "follow_up": "2 d"})
HOW: dict[str, Any] = {"replications": 4, "seed": 7}


def test_a_tornado_is_each_end_against_the_world_as_it_is():
    ranges = {"line.menu": ("10 s", "20 s"), "teams.front.staff": ("x0.7", "x1.5")}
    table = sim.tornado(WORLD, ranges, "hold_minutes_per_call", **HOW)
    assert table["path"].iloc[0] == "teams.front.staff"  # a second of the menu moves nobody's wait by much
    row = table.iloc[0]
    own = sim.replicate(WORLD, **HOW).totals["hold_minutes_per_call"]
    for end, value in (("at_low", "x0.7"), ("at_high", "x1.5")):
        its = sim.replicate(sim.changed(WORLD, {"teams.front.staff": value}), **HOW).totals["hold_minutes_per_call"]
        expected = sim.paired_difference(*own.T, *its.T)
        assert (row[end], row[f"{end}_from"], row[f"{end}_to"]) == expected
    assert row["swing"] == abs(row["at_high"] - row["at_low"])


def test_ends_need_be_no_numbers_and_what_cannot_be_is_told():
    table = sim.tornado(
        WORLD, {"levers.time.cut_after": ("none", "1 min"), "teams.front.staff": (0, 3)}, "calls_per_problem"
    )
    failed = table.set_index("path")["failed"]
    assert failed["levers.time.cut_after"] == ""
    assert "leaves nobody at work" in failed["teams.front.staff"]


@pytest.mark.parametrize(("ranges", "told"), [({}, "one path is needed"), ({"line.menu": "10 s"}, "a pair is needed")])
def test_what_is_no_range_is_told(ranges, told):
    with pytest.raises(ValueError, match=told):
        sim.tornado(WORLD, ranges, "calls_per_problem")


class Known:
    """A sweep of a function that is known."""

    interrupted = False
    failed: dict[int, str] = {}  # noqa: RUF012 - none of them is changed

    def __init__(self, design: sim.Design, function: Any) -> None:
        self.values = [np.nan, *(function(*point.values()) for point in design)]

    def wide(self, measure: str) -> dict[str, Any]:
        return {measure: self.values}


def of_known(monkeypatch: pytest.MonkeyPatch, function: Any) -> None:
    monkeypatch.setattr(sensitivity, "sweep", lambda base, design, **_: Known(design, function))


def test_indices_of_the_function_of_ishigami(monkeypatch):
    """sin x + 7 sin^2 y + 0.1 z^4 sin x over -pi to pi: first order .3139, .4424, 0; total .5576, .4424, .2437.

    Ishigami and Homma (1990); the values by formula in Saltelli et al., "Global Sensitivity Analysis" (2008), 4.9.
    """
    of_known(monkeypatch, lambda x, y, z: np.sin(x) + 7 * np.sin(y) ** 2 + 0.1 * z**4 * np.sin(x))
    ranges = dict.fromkeys("xyz", (-np.pi, np.pi))
    table = sim.sobol_indices(WORLD, ranges, "calls_per_problem", points=4096).set_index("path")
    assert table["first_order"].loc[list("xyz")].tolist() == pytest.approx([0.3139, 0.4424, 0.0], abs=0.02)
    assert table["total"].loc[list("xyz")].tolist() == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.02)
    assert table.index[0] == "x"
    for name in ("first_order", "total"):
        assert (table[f"{name}_low"] < table[name]).all()
        assert (table[name] < table[f"{name}_high"]).all()


def test_indices_of_a_world_are_of_the_points_that_it_lives():
    """The measure over four replications, at 32 points; staff explains nearly all, the menu next to nothing."""
    ranges = {"line.menu": ("10 s", "11 s"), "teams.front.staff": ("x0.7", "x1.5")}
    table = sim.sobol_indices(WORLD, ranges, "hold_minutes_per_call", points=8, **HOW).set_index("path")
    assert table["total"]["teams.front.staff"] > 0.9
    assert table["total"]["line.menu"] < 0.1


@pytest.mark.filterwarnings("error")
def test_a_path_that_moves_nothing_has_no_interval_and_warns_of_nothing(monkeypatch):
    of_known(monkeypatch, lambda x, y: x)
    table = sim.sobol_indices(WORLD, {"x": (0.0, 1.0), "y": (0.0, 1.0)}, "calls_per_problem", points=8)
    row = table.set_index("path").loc["y"]
    assert row["total"] == 0.0
    assert np.isnan([row["total_low"], row["total_high"]]).all()


def test_what_has_no_indices_is_told(monkeypatch):
    ranges = {"x": (0.0, 1.0)}
    of_known(monkeypatch, lambda x: 3.0)
    with pytest.raises(ValueError, match="calls_per_problem is 3 at every point"):
        sim.sobol_indices(WORLD, ranges, "calls_per_problem", points=4)
    of_known(monkeypatch, lambda x: np.nan)
    with pytest.raises(ValueError, match="is undefined at 12 points"):
        sim.sobol_indices(WORLD, ranges, "calls_per_problem", points=4)
    wrong: list[Any] = [3, 1, 0, "8"]
    for points in wrong:
        with pytest.raises(ValueError, match="a power of two is needed"):
            sim.sobol_indices(WORLD, ranges, "calls_per_problem", points=points)
    with pytest.raises(ValueError, match="two numbers, two durations or two factors"):
        sim.sobol_indices(WORLD, {"x": ("a", "b")}, "calls_per_problem", points=4)


def test_points_that_cannot_be_lived_leave_no_indices():
    with pytest.raises(ValueError, match=r"2 points could not be lived\npoint 0: "):
        sensitivity._values(sweep(WORLD, [{"teams.front.staff": 0}] * 2, **HOW), "calls_per_problem")


def test_half_a_design_has_no_indices(monkeypatch):
    of_known(monkeypatch, lambda x: x)
    monkeypatch.setattr(Known, "interrupted", True)
    with pytest.raises(KeyboardInterrupt):
        sim.sobol_indices(WORLD, {"x": (0.0, 1.0)}, "calls_per_problem", points=4)
