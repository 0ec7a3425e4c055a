"""The engine against the formulas of calls that are passed on, that come again, that are cut and begun anew."""

from typing import Any

import numpy as np
import pytest

from sim import theory
from sim.engines import run
from sim.history.rows import Event
from sim.people import populate
from tests.theory.asked import busy_share, holds, near
from tests.worlds import MEMORYLESS, tiny_world

WARM_UP = 1200.0


def lived(minutes, *, rate, teams, seed=1, **changes):
    population = {"problems_per_day": rate * 1440, "handling": MEMORYLESS, "patience": "10000 d"}
    world = tiny_world(
        **{
            **changes,
            "time": {"warm_up": "0 min", "horizon": f"{minutes} min", "follow_up": "0 min"},
            "population": {**population, **changes.get("population", {})},
            "teams": teams,
        }
    )
    return run(world, populate(world, seed=seed))


def jackson(minutes, seed=1):
    """Two calls a minute; three in ten go on, after a whole talk, to the experts."""
    teams = {
        "front": {"staff": 12, "talk": "5 min", "wage": 0, "competent": 0.7, "wrong_talk": 1.0},
        "experts": {"staff": 8, "talk": "10 min", "wage": 0},
    }
    paths = {"on": {"from": "front", "to": "experts", "when": "wrong_person"}}
    return lived(minutes, rate=2.0, teams=teams, paths=paths, seed=seed)


def check_jackson(history):
    for team, (agents, expected) in enumerate(
        zip((12, 8), theory.with_transfers(2.0, (5, 12), 0.3, (10, 8)), strict=True)
    ):
        held = holds(history, WARM_UP).of(team)
        in_time = held.wait[np.argsort(held.began, kind="stable")]
        assert near(in_time, expected.speed_of_answer)
        assert near(in_time <= 1 / 3, expected.service_level(1 / 3))
        busy = busy_share(history, team, agents, WARM_UP, history.world.time.end)
        assert busy == pytest.approx(expected.occupancy, abs=0.03)  # a day's load of these centres varies by 1 %


def test_two_teams_in_a_row_wait_as_jackson_says():
    """Each team is an M/M/n queue of its own (Burke, Jackson)."""
    check_jackson(jackson(7200))


@pytest.mark.slow
def test_two_teams_in_a_row_wait_as_jackson_says_for_two_months():
    check_jackson(jackson(86_400))


def repeats(minutes, seed=1):
    """A fifth of the answered call again, half an hour later on average, as often as need be."""
    teams = {"front": {"staff": 12, "talk": "5 min", "wage": 0, "solve": {"plain": 0.8}}}
    again: dict[str, Any] = {"persistence": 1.0, "most_attempts": 1000}
    again["after_unsolved"] = {"law": "exponential", "mean": "30 min"}
    return lived(minutes, rate=1.5, teams=teams, population={"again": again}, seed=seed)


def check_repeats(history):
    expected = theory.with_repeats(1.5, 5, 12, again=0.2)
    held = holds(history, WARM_UP)
    in_time = held.wait[np.argsort(held.began, kind="stable")]
    assert near(in_time, expected.speed_of_answer)
    assert near(in_time <= 1 / 3, expected.service_level(1 / 3))
    rows, end = history.rows, history.world.time.end
    contacts = np.bincount(rows["customer"][rows["event"] == Event.DIALLED], minlength=len(history.customers))
    early = history.customers.rows["appeared"] < end - 600
    assert near(contacts[early], 1.25)


def test_those_who_call_again_make_an_erlang_r():
    """In its steady state M/M/n at rate/(1 - again), and 1/(1 - again) contacts per case."""
    check_repeats(repeats(7200))


@pytest.mark.slow
def test_those_who_call_again_make_an_erlang_r_for_two_months():
    check_repeats(repeats(86_400))


@pytest.mark.parametrize("agents", [9, 60])
def test_a_cut_talk_begun_anew_takes_the_same_minutes_in_more_calls(agents):
    """Ten memoryless minutes cut at twenty on the agent's clock, all call again: for any staffing."""
    teams = {"front": {"staff": agents, "talk": "10 min", "wage": 0}}
    levers = {"time": {"cut_after": "20 min", "clock": "current_agent"}, "memory": {"progress_kept": 0.0}}
    history = lived(14_400, rate=0.7, teams=teams, levers=levers, population={"again": {"persistence": 1.0}})
    rows, expected = history.rows, theory.restart_exponential(10, 20)
    many = len(history.customers)
    talking = (rows["event"][:-1] == Event.TALKING) & (np.diff(rows["customer"]) == 0)
    talk = np.bincount(rows["customer"][:-1][talking], np.diff(rows["time"])[talking], minlength=many)
    calls = np.bincount(rows["customer"][rows["event"] == Event.DIALLED], minlength=many)
    settled = history.customers.rows["appeared"] < history.world.time.end - 1440
    assert near(calls[settled], expected.calls)
    assert near(talk[settled], expected.talk)
    assert near(calls[settled] >= 2, expected.at_least(2))
    assert near(calls[settled] >= 3, expected.at_least(3))


def test_work_kept_after_a_cut_makes_the_calls_no_longer_than_the_work():
    """With everything kept and a talk of 50 minutes cut at 20: three calls of 20, 20 and 10 minutes."""
    teams = {"front": {"staff": 300, "talk": "50 min", "wage": 0}}
    levers = {"time": {"cut_after": "20 min", "clock": "current_agent"}, "memory": {"progress_kept": 1.0}}
    history = lived(
        1440, rate=0.1, teams=teams, levers=levers,
        population={"again": {"persistence": 1.0}, "handling": 1.0},
    )  # fmt: skip
    rows = history.rows
    assert (rows["event"] == Event.CUT).sum() > 100
    settled = np.flatnonzero(history.customers.rows["appeared"] < 1200)
    for customer in settled:
        mine = rows[rows["customer"] == customer]
        at = np.flatnonzero(mine["event"] == Event.TALKING)
        assert mine["time"][at + 1] - mine["time"][at] == pytest.approx([20, 20, 10])
