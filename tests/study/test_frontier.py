"""The efficient frontier: by hand, and of a world."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import sim
from sim.study.choosing.frontier import frontier, not_beaten
from tests.study.points import swept
from tests.worlds import tiny_world

WORLD = tiny_world(time={"warm_up": "1 d", "horizon": "3 d", "follow_up": "2 d"})
COST, EFFORT = "hold_minutes_per_call", "calls_per_problem"


def by_hand(costs: dict[int, list[float]], efforts: dict[int, list[float]], **also: Any) -> Any:
    """Return a sweep whose points have been seen to be so in each replication."""
    design = sim.Design(({},) * (max([0, *costs]) + 1))
    return swept({COST: costs, EFFORT: efforts}, design, WORLD, **{"failed": {-1: "nobody lives there"}, **also})


def test_points_by_hand():
    """Point 0 costs least, 1 takes least effort; 2 is worse than 1 for sure; 3 is worse than 0, but not for sure."""
    seen = by_hand(
        costs={0: [1, 1.1, 0.9], 1: [3, 3.1, 2.9], 2: [4, 4.1, 3.9], 3: [1.5, 0.5, 2.5]},
        efforts={0: [5, 5.1, 4.9], 1: [2, 2.1, 1.9], 2: [3, 3.1, 2.9], 3: [6, 6.1, 5.9]},
    )
    table = frontier(seen, COST, EFFORT).table().set_index("point")
    assert table.index.tolist() == [0, 3, 1, 2]
    assert table["efficient"].to_dict() == {0: "yes", 1: "yes", 2: "no", 3: "perhaps"}
    assert table["beaten_by"].to_dict() == {0: "", 1: "", 2: "1", 3: "0"}
    assert table[COST].to_dict() == {
        0: pytest.approx(1),
        1: pytest.approx(3),
        2: pytest.approx(4),
        3: pytest.approx(1.5),
    }


def test_of_points_alike_none_beats_the_other():
    seen = by_hand({0: [1, 2, 3], 1: [1, 2, 3]}, {0: [1, 2, 3], 1: [1, 2, 3]})
    assert frontier(seen, COST, EFFORT).table()["efficient"].tolist() == ["yes", "yes"]


def test_more_staff_buys_shorter_waits_and_costs_more():
    """Each number of agents is efficient, waits fall and costs grow; a longer menu on top costs as much, and is not."""
    design = [{"teams.front.staff": "x1.5"}, {"teams.front.staff": "x1.5", "line.menu": "5 min"}]
    world = sim.variant(WORLD, {"teams": {"front": {"wage": 24}}})
    made = sim.sweep(world, design, measures=["customer_minutes_per_problem", "staff_eur_per_problem"], replications=4)
    table = sim.frontier(made, "staff_eur_per_problem", "customer_minutes_per_problem").table().set_index("point")
    assert table["efficient"].to_dict() == {-1: "yes", 0: "yes", 1: "no"}
    assert table["beaten_by"][1] == "-1"  # the first of those that are: it costs less, and its menu is short
    assert table["staff_eur_per_problem"][0] == pytest.approx(1.5 * table["staff_eur_per_problem"][-1], rel=0.2)


def test_a_side_that_is_better_may_be_the_higher():
    made = sim.sweep(WORLD, [{"teams.front.staff": "x3"}], measures=["answered_share", EFFORT], replications=4)
    table = sim.frontier(made, "answered_share", EFFORT).table().set_index("point")
    assert table["efficient"][0] == "yes"


def test_what_cannot_be_a_frontier_is_told():
    made = sim.sweep(WORLD, [{"teams.front.staff": 0}], measures=[EFFORT, "calls_per_day"], replications=2)
    with pytest.raises(ValueError, match="is given twice"):
        sim.frontier(made, EFFORT, EFFORT)
    with pytest.raises(ValueError, match="calls_per_day: no side is better"):
        sim.frontier(made, EFFORT, "calls_per_day")
    with pytest.raises(ValueError, match=r"did you mean calls_per_problem.*\ncalls_per_day: no side is better"):
        sim.frontier(made, "calls_per_problme", "calls_per_day")
    with pytest.raises(ValueError, match="did you mean calls_per_problem"):
        sim.frontier(made, "calls_per_problme", EFFORT)
    with pytest.raises(ValueError, match="measures is 'hold_minutes_per_call'"):
        sim.frontier(made, EFFORT, COST)


def test_what_is_sure_by_hand():
    """Paired differences of point 1 from 0: cost 1 in every replication, effort 1, 3, 2, 2: 2 +- 1.299, all above 0."""
    seen = by_hand({0: [1, 2, 3, 4], 1: [2, 3, 4, 5]}, {0: [1, 0, 2, 1], 1: [2, 3, 4, 3]})
    made = frontier(seen, COST, EFFORT)
    assert [(one.point, one.efficient, one.beaten_by) for one in made.placed] == [(0, "yes", None), (1, "no", 0)]
    again = by_hand({0: [1, 2, 3, 4], 1: [2, 3, 4, 5]}, {0: [1, 0, 2, 1], 1: [2, 0, 2, 1]})
    assert frontier(again, COST, EFFORT).placed[1].efficient == "perhaps"  # 1, 0, 0, 0: its interval holds 0


def test_one_point_and_one_replication():
    made = frontier(by_hand({0: [2]}, {0: [3]}), COST, EFFORT)
    assert made.efficient == made.placed
    assert made.placed[0].values == ((2.0, None, None), (3.0, None, None))
    assert "One point of 1 points of tiny is the best in both" in made.text()
    two = frontier(by_hand({0: [2], 1: [3]}, {0: [3], 1: [4]}), COST, EFFORT)
    assert two.placed[1].efficient == "perhaps"  # of one replication nothing is sure


def test_what_is_left_out_is_told():
    seen = by_hand({0: [2, 2], 2: [1, 1]}, {0: [3, 3], 1: [1, 1]}, missing=lambda: {2: (0, 1)}, interrupted=True)
    made = frontier(seen, COST, EFFORT)
    why = f"{COST} or {EFFORT} is undefined there"
    assert made.left_out == {-1: "nobody lives there", 1: why, 2: "was not lived yet"}
    text = " ".join(made.text().split())
    assert "3 points are left out:" in text
    assert "nobody lives there" in text
    assert "Interrupted: this is of what was lived by then." in text
    assert "2 replications: intervals are honest from 10 on." in text
    with pytest.raises(ValueError, match="no point has both measures"):
        frontier(by_hand({0: [1]}, {1: [1]}), COST, EFFORT)


def test_those_that_no_other_beats_are_found_in_one_pass():
    """Held to the definition, pair by pair, on points of which many are the same in one measure or in both."""
    luck = np.random.default_rng(3)
    for many in (1, 2, 5, 40):
        for _ in range(50):
            means = luck.integers(0, 8, size=(many, 2)).astype(float)
            beaten = [any((means[one] <= means[at]).all() and (means[one] < means[at]).any() for one in range(many))
                      for at in range(many)]  # fmt: skip
            order = np.lexsort((means[:, 1], means[:, 0])).tolist()
            assert not_beaten(means, order) == [at for at in range(many) if not beaten[at]]
