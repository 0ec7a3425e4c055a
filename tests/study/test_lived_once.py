"""Worlds that are lived alike are lived once, and judged each by itself."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import sim
from sim.engines import Engine
from sim.engines.alike import lived_alike
from sim.people.crowd import Coming
from sim.study.running.replicate import each_once, together
from sim.study.running.size import Size
from tests.worlds import tiny_world

FREE = {"levers.price.free": True}
WAGES = {"teams.*.wage": 30.0}


def worlds():
    base = sim.changed("double_peine", {"population.problems_per_day": 120.0})
    base = sim.variant(base, {"time": {"warm_up": "1 d", "horizon": "3 d", "follow_up": "1 d"}})
    changes: tuple[dict[str, Any], ...] = (
        {},
        FREE,
        {"levers.time.cut_after": "15 min"},
        {**FREE, **WAGES},
        {"effort.cut": 2.0},
    )
    return [sim.changed(base, change) for change in changes]


def test_what_only_reprices_leaves_the_same_rows_in_both_tellings():
    first, free, cut, both, effort = worlds()
    customers = sim.populate(first, seed=3)
    engines: tuple[Engine, ...] = "simpy", "compiled"
    rows = {engine: sim.run(first, customers, engine=engine).rows for engine in engines}
    for other in (free, both, effort):
        assert lived_alike(first, other)
        for engine, mine in rows.items():
            assert np.array_equal(sim.run(other, customers, engine=engine).rows, mine)
    assert not lived_alike(first, cut)
    assert not np.array_equal(sim.run(cut, customers).rows, rows["compiled"])


@pytest.mark.parametrize("engine", ["compiled", "simpy"])
def test_worlds_lived_once_come_to_what_they_come_to_each_by_itself(engine):
    every, size = worlds(), Size((0, 1, 2), 5, engine, 2)
    once, apart = each_once(every, size), together(every, size)
    for one, other in zip(once, apart, strict=True):
        assert one.world is other.world
        for name, rows in other.totals.items():
            assert np.array_equal(one.totals[name], rows), name


def test_the_days_to_do_are_those_that_are_lived():
    told: list[tuple[int, int]] = []
    each_once(worlds(), Size((0, 1), 5, "auto", 1, lambda done, of: told.append((done, of))))
    assert told[-1] == (2 * 2 * 5, 2 * 2 * 5)  # two histories of five days, twice


def test_a_world_in_which_another_history_is_lived_cannot_judge():
    first, _, cut, *_ = worlds()
    with pytest.raises(ValueError, match="another history is lived"):
        sim.measured(first, Coming.to(first, seed=1), also=[cut])


def test_another_demand_has_customers_of_its_own_with_the_same_luck():
    one, more = tiny_world(), tiny_world(population={"problems_per_day": 480})
    both = each_once([one, more, one], Size((0, 1), 7))
    (alone,) = together([more], Size((0, 1), 7))
    assert both[1] == alone
    assert both[0].totals["calls_per_problem"].tolist() == both[2].totals["calls_per_problem"].tolist()
    assert both[1].totals["calls_per_problem"][:, 1].sum() > 1.8 * both[0].totals["calls_per_problem"][:, 1].sum()
