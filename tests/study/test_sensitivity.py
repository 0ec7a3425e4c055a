"""What moves a measure: one path at a time, and all together."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.stats import sobol_indices

import sim
from sim.study.choosing import indices
from sim.study.choosing.tornado import tornado_of
from sim.study.sweeping.sweep import sweep
from tests.study.points import numbered, swept
from tests.worlds import tiny_world

WORLD = tiny_world(time={"warm_up": "1 d", "horizon": "3 d", "follow_up": "2 d"})
CALLS = "calls_per_problem"
HOW: dict[str, Any] = {"replications": 4, "seed": 7}


def test_a_tornado_is_each_end_against_the_world_as_it_is():
    ranges = {"line.menu": ("10 s", "20 s"), "teams.front.staff": ("x0.7", "x1.5")}
    table = sim.tornado(WORLD, ranges, "hold_minutes_per_call", **HOW).table()
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
    ).table()
    failed = table.set_index("path")["failed"]
    assert failed["levers.time.cut_after"] == ""
    assert "leaves nobody at work" in failed["teams.front.staff"]


@pytest.mark.parametrize(
    ("ranges", "told"), [({}, "ranges is empty: write them by path"), ({"line.menu": "10 s"}, "a pair is needed")]
)
def test_what_is_no_range_is_told(ranges, told):
    with pytest.raises(ValueError, match=told):
        sim.tornado(WORLD, ranges, "calls_per_problem")


X, Y, Z = "tariff.price_per_minute", "teams.front.wage", "line.lines"
"""Paths that are there; in a sweep of a known function nobody lives at their values."""


class Known:
    """A sweep of a function that is known."""

    interrupted = False
    base, numbers, seed, seconds = WORLD, (0, 1), 1, 0.0
    failed: dict[int, str] = {}  # noqa: RUF012 - none of them is changed

    def __init__(self, design: sim.Design, function: Any) -> None:
        self.values = [np.nan, *(function(*point.values()) for point in design)]

    def wide(self, measure: str) -> dict[str, Any]:
        return {measure: self.values}


def of_known(monkeypatch: pytest.MonkeyPatch, function: Any) -> None:
    monkeypatch.setattr(indices, "sweep", lambda base, design, **_: Known(design, function))


def test_indices_of_the_function_of_ishigami(monkeypatch):
    """sin x + 7 sin^2 y + 0.1 z^4 sin x over -pi to pi: first order .3139, .4424, 0; total .5576, .4424, .2437.

    Ishigami and Homma (1990); the values by formula in Saltelli et al., "Global Sensitivity Analysis" (2008), 4.9.
    """
    of_known(monkeypatch, lambda x, y, z: np.sin(x) + 7 * np.sin(y) ** 2 + 0.1 * z**4 * np.sin(x))
    ranges = dict.fromkeys((X, Y, Z), (-np.pi, np.pi))
    table = sim.sobol_indices(WORLD, ranges, "calls_per_problem", points=4096).table().set_index("path")
    assert table["first_order"].loc[[X, Y, Z]].tolist() == pytest.approx([0.3139, 0.4424, 0.0], abs=0.02)
    assert table["total"].loc[[X, Y, Z]].tolist() == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.02)
    assert table.index[0] == X
    for name in ("first_order", "total"):
        assert (table[f"{name}_low"] < table[name]).all()
        assert (table[name] < table[f"{name}_high"]).all()


def test_indices_of_a_world_are_of_the_points_that_it_lives():
    """The measure over four replications, at 32 points; staff explains nearly all, the menu next to nothing."""
    ranges = {"line.menu": ("10 s", "11 s"), "teams.front.staff": ("x0.7", "x1.5")}
    table = sim.sobol_indices(WORLD, ranges, "hold_minutes_per_call", points=8, **HOW).table().set_index("path")
    assert table["total"]["teams.front.staff"] > 0.9
    assert table["total"]["line.menu"] < 0.1


def test_points_may_be_a_number_of_numpy():
    how: dict[str, Any] = {"points": np.int64(4), "design_seed": np.int64(1), "replications": 1}
    made = sim.sobol_indices(tiny_world(), {"teams.front.talk": ("8 min", "12 min")}, "hold_minutes_per_call", **how)
    assert '"points": 4' in made.to_json()


@pytest.mark.slow
def test_one_path_alone_explains_all():
    found = sim.sobol_indices("base", {"teams.*.wage": ("x0.9", "x1.1")}, "staff_eur_per_problem", points=64, **HOW)
    (row,) = found.table().to_dict("records")
    assert row["first_order"] == pytest.approx(1.0, abs=0.05)
    assert row["total"] == pytest.approx(1.0, abs=0.05)


def test_what_has_no_indices_is_told(monkeypatch):
    ranges = {X: (0.0, 1.0)}
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
        sim.sobol_indices(WORLD, {X: ("a", "b")}, "calls_per_problem", points=4)


def test_points_that_cannot_be_lived_leave_no_indices():
    with pytest.raises(ValueError, match=r"2 points could not be lived\npoint 0: "):
        indices._values(sweep(WORLD, [{"teams.front.staff": 0}] * 2, **HOW), "calls_per_problem")


def test_half_a_design_has_no_indices(monkeypatch):
    of_known(monkeypatch, lambda x: x)
    monkeypatch.setattr(Known, "interrupted", True)
    with pytest.raises(KeyboardInterrupt):
        sim.sobol_indices(WORLD, {X: (0.0, 1.0)}, "calls_per_problem", points=4)


def test_a_tornado_by_hand():
    """At the low end 1 more in each replication, at the high one 1, 3, 2, 2 less: the change is -3 with variance 2/3.

    Half of its interval is 3.18245 sqrt(2/3 / 4) = 1.29923 (Student's t, 3 degrees of freedom, no skewness).
    """
    own = [10.0, 20.0, 30.0, 40.0]
    low, high = [one + 1 for one in own], [one - by for one, by in zip(own, (1, 3, 2, 2), strict=True)]
    seen = swept({CALLS: {-1: own, 0: low, 1: high, 2: own, 3: own}}, numbered(4), WORLD)
    made = tornado_of(seen, {"line.menu": (1, 2), "line.lines": ("x1", "x2")}, CALLS)
    first, second = made.bars
    assert (first.path, first.low, first.high) == ("line.menu", "1", "2")
    assert first.at_low == (1.0, 1.0, 1.0)
    assert first.at_high == pytest.approx((-2.0, -2.0 - 1.29923, -2.0 + 1.29923), abs=1e-5)
    assert first.change == pytest.approx((-3.0, -3.0 - 1.29923, -3.0 + 1.29923), abs=1e-5)
    assert first.swing == 3.0
    assert first.apart
    assert not first.one_sided
    assert second.swing == 0.0
    assert second.change == (0.0, 0.0, 0.0)
    assert not second.apart
    text = " ".join(made.text().split())
    assert "is moved most by line.menu: from 1 to 2 by -3.00 [-4.30, -1.70] calls." in text
    assert "Not told apart from nothing" not in text  # what changes nothing at all is sure


def test_what_a_tornado_does_not_tell_is_said():
    """The first path's ends lie on one side; the second moves by 1, 0: its interval holds 0; the third has no end."""
    own = [10.0, 20.0]
    seen = {-1: own, 0: [13.0, 23.0], 1: [12.0, 22.0], 2: own, 3: [11.0, 20.0], 4: own}
    made = tornado_of(
        swept({CALLS: seen}, numbered(6), WORLD, failed={5: "nobody works"}, interrupted=True),
        {"line.menu": (1, 2), "line.lines": (1, 2), "teams.front.staff": (1, 0)},
        CALLS,
    )
    assert [bar.path for bar in made.bars] == ["line.menu", "line.lines", "teams.front.staff"]
    assert made.bars[2].swing is None
    text = " ".join(made.text().split())
    for said in (
        "Interrupted", "Not told apart from nothing: line.lines.", "Both ends on the same side: line.menu.",
        "An end of teams.front.staff could not be lived: nobody works", "2 replications: intervals are honest",
    ):  # fmt: skip
        assert said in text
    nothing = tornado_of(swept({CALLS: {-1: own}}, numbered(2), WORLD), {"line.menu": (1, 2)}, CALLS)
    assert "is not known: no path has both of its ends" in nothing.text()
    same = tornado_of(swept({CALLS: dict.fromkeys((-1, 0, 1), own)}, numbered(2), WORLD), {"line.menu": (1, 2)}, CALLS)
    assert "Nothing moves calls_per_problem of tiny" in same.text()
    undefined = tornado_of(swept({CALLS: {0: own, 1: own}}, numbered(2), WORLD), {"line.menu": (1, 2)}, CALLS)
    assert "is undefined in the world as it is" in undefined.text()


def test_two_paths_that_do_the_same_have_the_same_shares(monkeypatch):
    """x + y over [0, 1]: each explains half, alone and in total; mean 1, variance 2/12."""
    of_known(monkeypatch, lambda x, y: x + y)
    made = sim.sobol_indices(WORLD, {X: (0.0, 1.0), Y: (0.0, 1.0)}, CALLS, points=1024)
    for share in made.shares:
        assert share.first_order.mean == pytest.approx(0.5, abs=0.01)
        assert share.total.mean == pytest.approx(0.5, abs=0.01)
    assert made.mean == pytest.approx(1.0, abs=0.01)
    assert made.deviation == pytest.approx((2 / 12) ** 0.5, abs=0.01)
    assert made.lived == 1024 * 4
    assert "Wider than" not in made.text()


def test_a_path_that_does_nothing_explains_nothing(monkeypatch):
    of_known(monkeypatch, lambda x, y: 5.0 * x)
    made = sim.sobol_indices(WORLD, {X: (0.0, 1.0), Y: (0.0, 1.0)}, CALLS, points=256)
    assert [one.path for one in made.shares] == [X, Y]
    assert made.shares[0].first_order.mean == pytest.approx(1.0, abs=0.05)
    assert made.shares[1].first_order.mean == pytest.approx(0.0, abs=1e-12)
    assert made.shares[1].total == (0.0, 0.0, 0.0)


def test_shares_of_few_points_are_said_to_be_uncertain(monkeypatch):
    of_known(monkeypatch, lambda x, y: x * y)
    made = sim.sobol_indices(WORLD, {X: (-1.0, 1.0), Y: (-1.0, 1.0)}, CALLS, points=2)
    assert "Take more points" in made.text()
    assert "Wider than ± 0.1: " in made.text() or "Too few points for an interval: " in made.text()
    assert all(np.isfinite([one for one in share.total if one is not None]).all() for share in made.shares)


def test_all_mistakes_are_told_at_once():
    wrong: dict[str, Any] = {"line.menux": (1, 2), "line.menu": ("a", "b"), "line.lines": (2, 1), X: (0.0, np.inf)}
    with pytest.raises(ValueError) as refused:
        sim.sobol_indices(WORLD, wrong, "calls_per_problme", points=3, confidence=1.0, design_seed=-1)
    said = str(refused.value)
    for part in (
        "did you mean calls_per_problem", "did you mean line.menu", "two numbers, two durations or two factors",
        "the lowest value comes first", "both have to be finite", "points is 3", "confidence is 1", "design_seed is -1",
    ):  # fmt: skip
        assert part in said
    no_pair: dict[str, Any] = {"line.menu": "x"}
    with pytest.raises(ValueError, match="points is 524,288: with 3 paths these are more than 1,000,000 points"):
        sim.sobol_indices(WORLD, {X: (0, 1), Y: (0, 1), Z: (0, 1)}, CALLS, points=2**19)
    with pytest.raises(ValueError) as refused:
        sim.tornado(WORLD, {"line.menux": (1, 2), **no_pair}, "calls_per_problme")
    assert len(str(refused.value).splitlines()) == 3
    none: list[Any] = [[], None, "line.menu", 3]
    for ranges in none:
        with pytest.raises(ValueError, match="write them by path"):
            sim.tornado(WORLD, ranges, CALLS)


def test_the_same_seed_comes_to_the_same_intervals(monkeypatch):
    """SciPy's bootstrap of these indices takes no seed: before, each call had other intervals."""
    of_known(monkeypatch, lambda x, y: x + x * y)
    ranges = {X: (0.0, 1.0), Y: (0.0, 1.0)}
    one, again, other = (sim.sobol_indices(WORLD, ranges, CALLS, points=32, design_seed=at) for at in (1, 1, 2))
    assert one.shares == again.shares
    assert one.shares != other.shares


def test_the_estimators_drawn_again_are_those_of_scipy():
    luck = np.random.default_rng(1)
    one, other, mixed = luck.normal(size=64), luck.normal(size=64), luck.normal(size=(3, 64))
    theirs = sobol_indices(func={"f_A": one[None], "f_B": other[None], "f_AB": mixed[:, None]}, n=64)
    mean = np.mean([one, other])
    ours = indices.shares_of(one - mean, other - mean, mixed - mean)
    assert ours[0] == pytest.approx(theirs.first_order.ravel(), rel=1e-12)
    assert ours[1] == pytest.approx(theirs.total_order.ravel(), rel=1e-12)


def test_intervals_hold_the_true_share_about_as_often_as_they_say(monkeypatch):
    """x + y, whose shares are a half: of 60 designs of 64 points, the intervals of the first path's total.

    Points of Sobol's sequence are spread more evenly than those drawn again, so intervals are too wide rather than too
    narrow: fewer than 51 of 60 that hold the share would come by chance once in a thousand.
    """
    of_known(monkeypatch, lambda x, y: x + y)
    held = 0
    for seed in range(60):
        made = sim.sobol_indices(WORLD, {X: (0.0, 1.0), Y: (0.0, 1.0)}, CALLS, points=64, design_seed=seed)
        share = next(one for one in made.shares if one.path == X)
        assert share.total.low is not None
        assert share.total.high is not None
        held += share.total.low <= 0.5 <= share.total.high
    assert held >= 51
