"""Steady states that other programs document. Tolerances hold for their lengths of run; ours are wider by the square
root of their length over ours. Jackson, Erlang-R and the cut begun anew are in tests/theory.
"""

import math

import numpy as np
import pytest

from sim.engines import run
from sim.history.rows import Event
from sim.people import populate
from tests.theory.asked import busy_share, holds
from tests.worlds import MEMORYLESS, merged, tiny_world


def lived(minutes: int, seed: int, rate: float, **world):
    time = {"warm_up": "0 min", "horizon": f"{minutes} min", "follow_up": "0 min"}
    population = {"problems_per_day": rate * 1440, "handling": MEMORYLESS, "patience": "10000 d"}
    told = tiny_world(**merged({"time": time, "population": population}, world))
    return run(told, populate(told, seed=seed))


def within(tolerance: float, theirs: float, ours: float) -> float:
    """Return a tolerance for a shorter run."""
    return tolerance * math.sqrt(theirs / ours)


def check_hundred_calls(minutes: int) -> None:
    """The READMEs of pyworkforce and of R's ErlangC: 100 calls in half an hour, 3 minutes, 14 agents."""
    history = lived(minutes, 1, 100 / 30, teams={"front": {"staff": 14, "talk": "3 min"}})
    waits = holds(history, since=300).wait
    assert (waits > 0).mean() == pytest.approx(0.17413193, abs=within(0.004, 400_000, minutes))
    assert (waits <= 1 / 3).mean() == pytest.approx(0.88835002, abs=within(0.004, 400_000, minutes))
    assert 60 * waits.mean() == pytest.approx(7.835937, abs=within(0.3, 400_000, minutes))
    busy = busy_share(history, 0, 14, 300, minutes)
    assert busy == pytest.approx(0.7142857, abs=within(0.003, 400_000, minutes))


def test_a_hundred_calls_in_half_an_hour():
    check_hundred_calls(9_000)


@pytest.mark.slow
def test_a_hundred_calls_in_half_an_hour_for_two_months():
    check_hundred_calls(90_000)


def fifty_agents(minutes: int, **population):
    """Mandelbaum and Zeltyn's comparison: 48 calls of a minute each minute, 50 agents."""
    return lived(minutes, 2, 48, population=population, teams={"front": {"staff": 50, "talk": "1 min"}})


def test_fifty_agents_with_abandonment():
    """Patience of 2 minutes. The paper: 3.1 % abandon, the served wait 3.6 s, 3 in queue, 93 % busy."""
    minutes = 1200
    history = fifty_agents(minutes, patience={"law": "exponential", "mean": "2 min"})
    held = holds(history, 60, minutes - 30)
    served = held.wait[held.served]
    span = minutes - 90
    expected = {
        "abandon": (1 - held.served.mean(), 0.030912, 0.002),
        "wait at all": ((held.wait > 0).mean(), 0.467774, 0.015),
        "wait of all (s)": (60 * held.wait.mean(), 3.709, 0.25),
        "wait of the served (s)": (60 * served.mean(), 3.616, 0.25),
        "nine in ten wait less (s)": (60 * np.quantile(served, 0.9), 12.34, 0.6),
        "queue": (held.wait.sum() / span, 2.9676, 0.2),
        "busy": (busy_share(history, 0, 50, 60, minutes - 30), 0.930324, 0.003),
    }
    for name, (ours, theirs, tolerance) in expected.items():
        assert ours == pytest.approx(theirs, abs=within(tolerance, 100_000, span)), name


@pytest.mark.slow
def test_fifty_agents_without_abandonment():
    """Nobody hangs up: the wait is six times as long. The paper: 20.8 s, 17 in queue, 96 % busy."""
    minutes = 9000
    history = fifty_agents(minutes)
    held = holds(history, 300, minutes)
    assert (held.wait > 0).mean() == pytest.approx(0.69446, abs=within(0.02, 100_000, minutes))
    assert 60 * held.wait.mean() == pytest.approx(20.834, abs=within(2.0, 100_000, minutes))
    assert 60 * np.quantile(held.wait, 0.9) == pytest.approx(58.14, abs=within(6.0, 100_000, minutes))
    assert busy_share(history, 0, 50, 300, minutes) == pytest.approx(0.96, abs=within(0.004, 100_000, minutes))


def test_two_servers_and_one_waiting_place():
    """The M/M/2/3 of simmer's vignette on queueing, its unit of time a minute: shares of time with 0 to 3 inside."""
    minutes = 6000
    history = lived(minutes, 3, 3, line={"lines": 3}, teams={"front": {"staff": 2, "talk": "15 s"}})
    rows = history.rows
    steps = rows[np.isin(rows["event"], (Event.PICKED_UP, Event.CALL_ENDED))]
    steps = steps[np.argsort(steps["time"], kind="stable")]
    inside = np.cumsum(np.where(steps["event"] == Event.PICKED_UP, 1, -1))
    time = np.bincount(inside[:-1], np.diff(steps["time"]), minlength=4) / (steps["time"][-1] - steps["time"][0])
    assert time == pytest.approx([0.468007, 0.351005, 0.131627, 0.04936], abs=within(0.004, 20_000, minutes))
    assert time @ np.arange(4) == pytest.approx(0.76234, abs=within(0.01, 20_000, minutes))
    tried = rows["event"][np.isin(rows["event"], (Event.PICKED_UP, Event.BLOCKED))]
    blocked = (tried == Event.BLOCKED).mean()
    assert blocked == pytest.approx(0.0493602, abs=within(0.003, 20_000, minutes))


def check_ciw(minutes: int) -> None:
    """Ciw's guide to parallel processing, M/M/3: short averages from an empty start lie 15 to 25 % under 4.44.

    Warm-up: 20 relaxation times of 1/(sqrt(3 mu) - sqrt(lambda))^2 = 99 minutes.
    """
    history = lived(minutes, 4, 0.2, teams={"front": {"staff": 3, "talk": "10 min"}})
    waits = holds(history, since=2000).wait
    assert waits.mean() == pytest.approx(4.444444, abs=within(0.25, 800_000, minutes))
    assert (waits > 0).mean() == pytest.approx(0.4444444, abs=within(0.015, 800_000, minutes))


def test_three_servers_wait_as_long_as_the_limit_says():
    check_ciw(150_000)


@pytest.mark.slow
def test_three_servers_wait_as_long_as_the_limit_says_in_a_year_and_a_half():
    check_ciw(799_980)


def test_three_lines_and_one_expert_of_jaamsim():
    """JaamSim's Little's-law call centre: a call in 10 s on each of 3 lines, 6 s, a third go on to one expert.

    Level 1 is M/D/1: 4.5 s. Level 2 by an independent simulation: 3.44 s.
    """
    minutes = 6030
    calls = 18 * minutes
    lines = {f"line_{i}": {"staff": 1, "talk": "6 s", "wage": 0, "competent": 2 / 3, "wrong_talk": 1.0} for i in "123"}
    names = list(lines)
    history = lived(
        minutes,
        5,
        18,
        population={"handling": 1.0, "reasons": {name: {"share": 1 / 3} for name in names}},
        line={"team": "line_1", "routes": {name: name for name in names}},
        teams={"front": {"staff": 0, "talk": "0 s"}, **lines, "expert": {"staff": 1, "talk": "6 s", "wage": 0}},
        paths={"on": {"from": names, "to": "expert", "when": "wrong_person"}},
    )
    held = holds(history, since=10)
    expert = held.of(4)
    assert 60 * held.wait[held.team < 4].mean() == pytest.approx(4.5, abs=within(0.1, 400_000, calls))
    assert 60 * expert.wait.mean() == pytest.approx(3.44, abs=within(0.12, 400_000, calls))
    for team in (1, 2, 3):
        busy = busy_share(history, team, 1, 10, minutes)
        assert busy == pytest.approx(0.6, abs=within(0.004, 400_000, calls / 3))
    assert busy_share(history, 4, 1, 10, minutes) == pytest.approx(0.6, abs=within(0.006, 400_000, calls))
