"""What must hold in any run: minutes, calls, agents and euros are conserved."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.engines import run
from sim.history.rows import Event
from sim.measures import Tables, measure, tables
from sim.measures.register.cost import customer_parts, firm_parts
from sim.people import populate
from tests.worlds import tiny_world

BUSY_DAY: dict[str, Any] = {
    "time": {"warm_up": "1 d", "horizon": "2 d", "follow_up": "2 d"},
    "population": {
        "problems_per_day": 150,
        "patience": {"law": "exponential", "mean": "20 min"},
        "handling": {"law": "exponential", "mean": 1},
        "again": {"persistence": 0.8},
        "segments": {
            "all": {"share": 1, "value_of_time": 10, "outage_value": 1, "hours_of_use": 8, "other_network": 0.3}
        },
    },
    "line": {"open": ["mon-sun 08:00-12:00"], "menu": "30 s", "lines": 15},
    "teams": {
        "front": {
            "staff": 5,
            "talk": "6 min",
            "wage": 23,
            "solve": {"plain": 0.7},
            "competent": 0.8,
            "after_call": "1 min",
        },
        "back": {"staff": 2, "talk": "8 min", "wage": 30},
    },
    "paths": {"on": {"from": "front", "to": "back", "when": "wrong_person"}},
    "tariff": {"price_per_minute": 0.34, "firm_share": 0.58, "rounding": "minute", "hold_billed": "own_network_free"},
    "levers": {"memory": {"identification": "60 s", "explanation": "60 s"}, "time": {"cut_after": "20 min"}},
}


@pytest.fixture(scope="module")
def made() -> Tables:
    world = tiny_world(**BUSY_DAY)
    history = run(world, populate(world, seed=4))
    happened = set(history.rows["event"])
    wanted = {Event.BLOCKED, Event.ABANDONED, Event.CUT, Event.TRANSFERRED_COLD, Event.DISMISSED, Event.SOLVED}
    assert wanted <= happened  # or nothing would be tested here
    return tables(history)


def test_every_connected_minute_is_lived_in_one_activity(made: Tables):
    connected = made.calls[~np.isnan(made.calls["picked_up"])]
    np.testing.assert_allclose(connected["minutes"].sum(axis=1), connected["ended"] - connected["picked_up"], atol=1e-8)


def test_every_dialled_call_is_answered_or_lost_in_one_way(made: Tables):
    calls = made.calls
    lost = calls[["blocked", "abandoned", "dismissed", "cut"]]
    answered = ~np.isnan(calls["answered"])
    ways = answered.astype(int) + sum((lost[name] & ~answered).astype(int) for name in lost.dtype.names or ())
    assert (ways == 1).all()


def test_agents_are_busy_while_customers_are_with_them(made: Tables):
    """No leg crosses the ends of the horizon, which lie at night: the minutes are equal."""
    inside = made.legs[(made.legs["answered"] >= made.start) & (made.legs["answered"] < made.stop)]
    for number, team in enumerate(made.world.teams):
        mine = inside[inside["team"] == number]
        busy = (mine["left"] - mine["answered"] + mine["after_call"]).sum()
        assert made.agents[team].busy == pytest.approx(busy)
        assert made.agents[team].busy <= made.agents[team].paid


def test_euros_add_up(made: Tables):
    answers = measure(made)
    assert answers["customer_eur_per_problem"][0] == pytest.approx(sum(customer_parts(made).values()))
    assert answers["firm_eur_per_problem"][0] == pytest.approx(sum(firm_parts(made).values()))
    assert answers["toll_income_eur_per_problem"][0] == pytest.approx(0.58 * answers["toll_eur_per_call"][0])


def test_problems_end_in_one_way(made: Tables):
    answers = measure(made, ["solved_share", "given_up_share", "open_share"])
    assert sum(above for above, _ in answers.values()) == len(made.journeys)
