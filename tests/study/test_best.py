"""The best of several points: KN++ on known systems, beside another program's, and on worlds."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from sim_tools.ovs.indifference_zone import KNPlusPlus

import sim
from sim.study.choosing import best as module
from sim.study.choosing.screening import alike, screened
from sim.study.running.estimate import by_replication
from sim.study.sweeping.hands import SweepError
from tests.study.points import living, numbered
from tests.worlds import tiny_world

WORLD = tiny_world(time={"warm_up": "1 d", "horizon": "3 d", "follow_up": "2 d"})


def test_a_stage_by_hand():
    """Two systems, four observations: differences 1, 3, 2, 2 with mean 2 and variance 2/3.

    With 95 %, eta is ((2 x 0.05)^(-2/3) - 1) / 2 = 1.82079; the second stays while 2 is at most
    eta x 3 x (2/3) / (4 delta) - delta / 2 = 0.910397 / delta - delta / 2: 2.0760 for delta = 0.4, 1.7981 for 0.45.
    """
    values = np.array([[1.0, 2.0], [0.0, 3.0], [2.0, 4.0], [1.0, 3.0]])
    assert screened(values, [7, 9], 2, 0.4, 0.95) == [7, 9]
    assert screened(values, [7, 9], 2, 0.45, 0.95) == [7]
    assert screened(values[:, ::-1], [7, 9], 2, 0.45, 0.95) == [9]


class Streams:
    """Systems whose observations are there before anyone asks."""

    def __init__(self, values: np.ndarray[Any, Any]) -> None:
        self.values, self.asked = values, [0] * values.shape[1]

    def register_observer(self, observer: Any) -> None:
        self.observer = observer

    def simulate(self, system: int) -> None:
        self.observer.feedback(self, system, self.values[self.asked[system], system])
        self.asked[system] += 1


def searched(values: np.ndarray[Any, Any], indifference: float, pilot: int) -> tuple[int, int]:
    """Return the best and the observations that it took, stage by stage as theirs."""
    alive, many, observed = list(range(values.shape[1])), pilot, pilot * values.shape[1]
    while len(alive := screened(values[:many, alive], alive, values.shape[1], indifference, 0.95)) > 1:
        many += 1
        observed += len(alive)
    return alive[0], observed


def test_another_program_chooses_the_same_with_about_as_many_observations():
    """sim-tools 1.3 takes both variances where here the difference's is taken: of independent systems the same."""
    same, ours, theirs = 0, 0, 0
    for seed in range(40):
        values = np.random.default_rng(seed).normal(10.0 + np.arange(5) / 2, 2.0, size=(20_000, 5))
        streams = Streams(values)
        (chosen,) = KNPlusPlus(streams, 5, 0.5, alpha=0.05, n_0=10, obj="min").solve()
        found, observed = searched(values, 0.5, 10)
        same, ours, theirs = same + (found == chosen), ours + observed, theirs + sum(streams.asked)
    assert same >= 38
    assert ours == pytest.approx(theirs, rel=0.05)


def test_the_best_is_chosen_as_often_as_is_promised():
    """The second is worse by just the indifference, and all share half of their luck: right in 95 % at least.

    Of 400 searches that are right with 95 %, fewer than 365 are with a chance of 1 in 10,000.
    """
    right = 0
    for seed in range(400):
        luck = np.random.default_rng(seed)
        values = np.array([0.0, 0.5, 0.5, 0.5]) + luck.normal(size=(5_000, 4)) + luck.normal(size=(5_000, 1))
        right += searched(values, 0.5, 10)[0] == 0
    assert right >= 365


def test_common_luck_costs_fewer_runs():
    luck = np.random.default_rng(1)
    shared = luck.normal(scale=3.0, size=(50_000, 1))
    values = np.array([0.0, 0.5]) + luck.normal(size=(50_000, 2))
    apart = values + luck.normal(scale=3.0, size=(50_000, 2))
    assert 4 * searched(values + shared, 0.5, 10)[1] < searched(apart, 0.5, 10)[1]


def test_values_by_replication_have_the_mean_of_the_ratio():
    totals = np.array([[6.0, 2.0], [6.0, 4.0], [1.0, 0.0]])
    assert by_replication(*totals.T).mean() == pytest.approx(13 / 6)


DESIGN = sim.factorial({"teams.front.staff": ["x0.7", "x1.5", "x3"]})


def test_the_point_with_the_shortest_waits_is_found_with_fewer_runs():
    made = sim.best(WORLD, DESIGN, "hold_minutes_per_call", indifference=0.05, seed=7, most=60)
    means = {at: sim.replicate(sim.changed(WORLD, DESIGN[at]), seed=7, replications=60) for at in range(3)}
    least = min(means, key=lambda at: means[at].estimate("hold_minutes_per_call").mean or 0.0)
    assert made.point in made.left
    assert made.point == least
    assert sum(made.replications.values()) < 4 * 60
    lived = sim.replicate(WORLD, seed=7, replications=made.replications[-1])
    assert made.estimates[-1] == lived.estimate("hold_minutes_per_call")
    table = made.table()
    assert table["point"].iloc[0] == made.point
    assert sorted(table["point"]) == [-1, 0, 1, 2]


def test_the_other_side_can_be_asked_for():
    how: dict[str, Any] = {"indifference": 0.05, "seed": 7, "most": 40}
    assert sim.best(WORLD, DESIGN, "hold_minutes_per_call", better="higher", **how).point == 0


def test_points_that_cannot_be_are_told_and_the_others_go_on():
    design: list[dict[str, Any]] = [{"teams.front.staff": 0}, {"teams.front.staff": "x2"}]
    made = sim.best(WORLD, design, "hold_minutes_per_call", indifference=0.05, most=20)
    assert sorted(made.failed) == [0]
    assert "leaves nobody at work" in made.table().set_index("point")["failed"][0]
    with pytest.raises(ValueError, match="fewer than two points can be lived"):
        sim.best(WORLD, design[:1], "hold_minutes_per_call", indifference=0.05, most=20)


def test_a_search_that_is_interrupted_keeps_what_is_left():
    told = []

    def stop(done: int, of: int) -> None:
        told.append((done, of))
        if done / of > 0.5:
            raise KeyboardInterrupt

    made = sim.best(
        WORLD, [{"teams.front.staff": "x1.5"}], "hold_minutes_per_call", indifference=1e-6, most=40, progress=stop
    )
    assert made.interrupted
    assert not made.settled
    assert made.left == (-1, 0)
    assert all(done <= of for done, of in told)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"indifference": 0.0}, "indifference is 0"),
        ({"confidence": 1.0}, "confidence is 1"),
        ({"pilot": 1}, "pilot is 1: it has to be a whole number from 2"),
        ({"most": 0}, "most is 0"),
        ({"better": "up"}, "better is 'up'"),
        ({"measure": "calls_per_dya"}, "did you mean calls_per_day?"),
        ({"measure": "calls_per_day"}, "has no better side of its own"),
    ],
)
def test_mistakes_are_told(wrong, told):
    asked: dict[str, Any] = {"measure": "hold_minutes_per_call", "indifference": 0.1, **wrong}
    with pytest.raises(ValueError) as refused:
        sim.best(WORLD, DESIGN, **asked)
    assert told in str(refused.value)


def test_common_luck_shares_the_error_in_equal_parts():
    """Three systems, the third far behind: eta is ((2 x 0.05 / 2)^(-2/3) - 1) / 2 = 3.18403 by Bonferroni.

    The second, two behind with variance 2/3, stays while 2 is at most eta / (2 delta) - delta / 2: 2.013 for 0.677,
    1.962 for 0.69. With 1 - 0.95^(1/2), which is for independent systems, it would be 1.990 for 0.677, and fall out.
    """
    values = np.array([[1.0, 2.0, 100.0], [0.0, 3.0, 99.0], [2.0, 4.0, 101.0], [1.0, 3.0, 100.0]])
    assert screened(values, [0, 1, 2], 3, 0.677, 0.95) == [0, 1]
    assert screened(values, [0, 1, 2], 3, 0.69, 0.95) == [0]


def test_points_that_are_the_same_end_the_search_as_soon_as_they_are_alone():
    """Two points make the very world: nothing could tell them apart, and a thousand replications would be in vain."""
    design: list[dict[str, Any]] = [{}, {"teams.front.staff": "x1"}, {"line.menu": "5 min"}]
    made = sim.best(WORLD, design, "hold_minutes_per_call", indifference=0.05, seed=7)
    assert made.left == (-1, 0, 1)
    assert made.alike
    assert made.settled
    assert max(made.replications.values()) == 10
    assert made.differences[0] == (0.0, 0.0, 0.0)
    assert "at 3 points that are the same in every replication" in made.text()


def test_all_alike_at_every_point():
    values = np.full((3, 2), 5.0)
    assert screened(values, [4, 6], 2, 0.1, 0.95) == [4, 6]
    assert alike(values, 2, 0.1, 0.95)
    apart = np.array([[1.0, 2.0], [2.0, 1.0]])
    assert not alike(apart, 2, 0.1, 0.95)  # the same mean, and yet more could tell them apart
    assert not alike(np.array([[1.0, 2.0], [1.0, 2.0]]), 2, 0.1, 0.95)


def test_a_difference_that_never_varies_is_told_apart_at_once():
    """No variance, no reach: one behind by less than the indifference falls out too, which may not matter."""
    assert screened(np.array([[1.0, 1.01], [3.0, 3.01]]), [0, 1], 2, 0.5, 0.95) == [0]


FIRST = (1.0, 0.0, 2.0, 1.0)
SECOND = (2.0, 3.0, 4.0, 3.0)


def test_what_is_told_of_the_points_by_hand(monkeypatch):
    """Differences 1, 3, 2, 2 by hand: mean 2, half of the interval 3.18245 sqrt(2/3 / 4) = 1.29923 (t, 3 degrees)."""
    monkeypatch.setattr(module, "sweep", living({-1: FIRST, 0: SECOND}))
    made = sim.best(WORLD, numbered(1), "hold_minutes_per_call", indifference=0.45, pilot=4, most=4)
    assert (made.point, made.left, made.replications) == (-1, (-1,), {-1: 4, 0: 4})
    assert made.estimates[0].mean == 3.0
    assert made.differences[0] == pytest.approx((2.0, 2.0 - 1.29923, 2.0 + 1.29923), abs=1e-5)
    table = made.table().set_index("point")
    assert table["difference"][0] == 2.0
    assert np.isnan(table["difference"][-1])
    assert "A pilot of 4: the promise holds as replications become many" in made.text()


def test_a_search_whose_budget_is_over_says_that_its_promise_is_not_held(monkeypatch):
    """With an indifference of 0.4 both stay, as by hand above."""
    monkeypatch.setattr(module, "sweep", living({-1: FIRST, 0: SECOND}))
    made = sim.best(WORLD, numbered(1), "hold_minutes_per_call", indifference=0.4, pilot=4, most=4)
    assert not made.settled
    assert made.left == (-1, 0)
    text = " ".join(made.text().split())
    assert "Not settled: 2 points of 2 may be the best; so far" in text
    assert "The promise of 95 % is not held: the search ended because its 4 replications were over." in text
    assert "Chosen by KN++" not in text


def test_a_point_whose_measure_is_undefined_takes_no_other_with_it(monkeypatch):
    """Nobody is answered at point 1: before, its NaN was better than nothing and no point was left."""
    monkeypatch.setattr(module, "sweep", living({-1: FIRST, 0: SECOND, 1: FIRST}, below={1: 0.0}))
    made = sim.best(WORLD, numbered(2), "hold_minutes_per_call", indifference=0.45, pilot=4, most=4)
    assert made.left == (-1,)
    assert made.failed == {1: "hold_minutes_per_call is undefined there"}
    assert "1 point is left out:" in made.text()
    monkeypatch.setattr(module, "sweep", living({-1: FIRST, 0: SECOND}, below={-1: 0.0, 0: 0.0}))
    with pytest.raises(ValueError, match="fewer than two points can be lived"):
        sim.best(WORLD, numbered(1), "hold_minutes_per_call", indifference=0.45, pilot=4, most=4)


@pytest.mark.parametrize("ends", [KeyboardInterrupt(), SweepError("gone")])
def test_what_ends_a_later_stage_loses_nothing(monkeypatch, ends):
    """Before, whoever pressed Ctrl-C while the world as it is lived a later stage lost the whole search."""
    there = living({-1: FIRST, 0: SECOND})

    def sweep(*asked: Any, replications: range, **how: Any) -> Any:
        if replications.start:
            raise ends
        return there(*asked, replications=replications, **how)

    monkeypatch.setattr(module, "sweep", sweep)
    how: dict[str, Any] = {"indifference": 0.4, "pilot": 4, "most": 40}
    if isinstance(ends, SweepError):
        with pytest.raises(SweepError):
            sim.best(WORLD, numbered(1), "hold_minutes_per_call", **how)
        made = ends.finished
    else:
        made = sim.best(WORLD, numbered(1), "hold_minutes_per_call", **how)
    assert made.interrupted
    assert made.replications == {-1: 4, 0: 4}
    assert "the search ended because it was interrupted" in made.text()


def test_interrupted_before_all_have_lived_the_pilot_there_is_nothing_to_tell(monkeypatch):
    def sweep(*_: Any, **__: Any) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "sweep", sweep)
    with pytest.raises(KeyboardInterrupt):
        sim.best(WORLD, numbered(1), "hold_minutes_per_call", indifference=0.4)


def test_all_mistakes_are_told_at_once():
    design: list[dict[str, Any]] = [{"teams.front.stff": 1}, {"lin.menu": "1 s"}]
    wrong: dict[str, Any] = {"indifference": float("nan"), "confidence": 2, "pilot": 0, "seed": -1, "days": 0.3}
    wrong["better"] = "up"
    with pytest.raises(ValueError) as refused:
        sim.best(WORLD, design, "hold_minute_per_call", **wrong)
    said = str(refused.value)
    for part in (
        "indifference is nan", "confidence is 2", "pilot is 0", "seed is -1", "days is 0.3",
        "did you mean hold_minutes_per_call", "better is 'up'",
        "did you mean teams.front.staff", "did you mean line.menu",
    ):  # fmt: skip
        assert part in said


def test_progress_that_is_none_is_refused():
    with pytest.raises(ValueError, match="progress is 3"):
        sim.best(WORLD, numbered(1), "hold_minutes_per_call", indifference=0.4, progress=3)  # type: ignore[arg-type]
