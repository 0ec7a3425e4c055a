"""Queues against closed forms: priority, agents joined from two teams, places, overflow after a time.

Priority that interrupts nobody: A. Cobham, "Priority Assignment in Waiting Line Problems", Operations Research 2
(1954), for one agent with any talks and for several with exponential ones.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from sim import purposes, theory
from sim.engines import run
from sim.history.rows import Event, History
from sim.people import populate
from sim.world import World
from tests.theory.asked import holds, near
from tests.theory.test_engine_queues import drawn
from tests.worlds import MEMORYLESS, tiny_world

WARM_UP = 600.0
GOLD, SILVER = 0, 1
"""Reasons."""


def cobham(rates: Sequence[float], residual: float, agents: int, handling: float) -> list[float]:
    """Return the mean wait of each class (min), the first going first.

    Parameters
    ----------
    residual : float
        Mean time until an agent is free for who comes and would go before all others (min).
    """
    below, waits = 0.0, []
    for rate in rates:
        upto = below + rate * handling / agents
        waits.append(residual / ((1.0 - below) * (1.0 - upto)))
        below = upto
    return waits


BY_ORDER: dict[str, Any] = {
    "line": {"team": "silver", "routes": {"gold": "gold"}},
    "teams": {"front": {"serves": ["gold", "silver"]}},
    "queues": {"gold": {}, "silver": {}},
}
BY_SCORE: dict[str, Any] = {
    **BY_ORDER,
    "teams": {"front": {"serves": ["silver", "gold"], "takes": "by_score"}},
    "queues": {"gold": {"score": 1e5}, "silver": {}},
}
IN_ONE_QUEUE: dict[str, Any] = {"queues": {"front": {"score_reasons": {"gold": 1e5}}}}
"""A gold caller has a head start of more minutes than the run has."""


def world_of(
    rates: tuple[float, float], handling: float, staff: int, minutes: int, law: Any = MEMORYLESS, **routing: Any
) -> World:
    """Return a world in which gold and silver call at these rates (1/min), with talks of this mean (min)."""
    whole = sum(rates)
    world: dict[str, Any] = {"line": {}, "teams": {}, "queues": {}, "patience": "none", **routing}
    return tiny_world(
        time={"horizon": f"{15 * (minutes // 15)} min"},
        population={
            "problems_per_day": whole * 1440,
            "handling": law,
            "patience": world["patience"],
            "reasons": {"gold": {"share": rates[GOLD] / whole}, "silver": {"share": rates[SILVER] / whole}},
        },
        line=world["line"],
        queues=world["queues"],
        teams={
            name: {"staff": staff, "talk": f"{handling} min", "wage": 0, **its}
            for name, its in ({"front": {}} | world["teams"]).items()
        },
    )


def waits_by_reason(history: History) -> list[Any]:
    """Return the waits of gold and of silver (min)."""
    held = holds(history, WARM_UP)
    reasons = history.customers.rows["reason"][held.customer]
    return [held.wait[reasons == reason] for reason in (GOLD, SILVER)]


@pytest.mark.parametrize("routing", [BY_ORDER, BY_SCORE, IN_ONE_QUEUE], ids=["order", "score", "one queue"])
@pytest.mark.parametrize(("rates", "handling", "agents"), [((0.06, 0.08), 5.0, 1), ((0.5, 0.7), 5.0, 8)])
def test_two_classes_wait_as_cobham_says(routing, rates, handling, agents):
    """Agents are busy for seven tenths or three quarters of their time; without priority both would wait alike."""
    world = world_of(rates, handling, agents, round(30_000 / sum(rates)), **routing)
    found = waits_by_reason(run(world, populate(world, seed=3)))
    erlang = theory.ErlangC(sum(rates), handling, agents)
    expected = cobham(rates, erlang.p_wait * handling / agents, agents, handling)
    assert [near(waits, meant) for waits, meant in zip(found, expected, strict=True)] == [True, True]
    assert not any(near(waits, erlang.speed_of_answer) for waits in found)


def test_two_classes_wait_as_cobham_says_whatever_the_talks_are():
    """One agent, lognormal talks: until he is free it takes half of the load times the second moment over the first."""
    rates, handling, cv = (0.06, 0.08), 5.0, 1.2
    law = {"law": "lognormal", "mean": 1, "cv": cv}
    world = world_of(rates, handling, 1, 250_000, law, **BY_ORDER)
    residual = sum(rates) * handling**2 * (1 + cv**2) / 2
    found = waits_by_reason(run(world, populate(world, seed=4)))
    assert [near(waits, meant) for waits, meant in zip(found, cobham(rates, residual, 1, handling), strict=True)] == [
        True,
        True,
    ]


def answers(world: World, seed: int = 5) -> list[tuple[int, float]]:
    """Return who is answered when (min)."""
    rows = run(world, populate(world, seed=seed)).rows
    rows = rows[rows["event"] == Event.ANSWERED]
    return list(zip(rows["customer"].tolist(), rows["time"].tolist(), strict=True))


def test_a_queue_of_two_teams_is_a_queue_of_their_agents_together():
    """Three and five agents: every caller is answered at the very instant at which eight of one team answer him."""
    pool = {"line": {"team": "all"}, "queues": {"all": {}}}
    teams = {"front": {"staff": 3, "serves": ["all"]}, "back": {"staff": 5, "serves": ["all"]}}
    together = answers(world_of((0.7, 0.7), 5.0, 8, 6000))
    assert len(together) > 7000
    assert answers(world_of((0.7, 0.7), 5.0, 0, 6000, **pool, teams=teams)) == together


@pytest.mark.parametrize("more", [{}, {"gold": {"score": 3}, "silver": {"score": 3}}])
def test_two_queues_by_minutes_waited_are_one_queue(more):
    """With the same score for both, every caller is answered when he would be in one queue for all."""
    apart = {**BY_SCORE, "queues": {"gold": {}, "silver": {}, **more}}
    one = answers(world_of((0.5, 0.7), 5.0, 7, 6000))
    assert len(one) > 6000
    assert answers(world_of((0.5, 0.7), 5.0, 7, 6000, **apart)) == one


def test_a_few_places_in_the_queue_make_a_finite_one():
    """Five agents, three places, six erlangs offered: as eight lines would."""
    world = world_of((0.6, 0.6), 5.0, 5, 9000, queues={"front": {"places": 3}})
    held, finite = holds(run(world, populate(world, seed=6)), WARM_UP), theory.Finite(1.2, 5, 5, 8)
    assert near(held.ended == Event.QUEUE_FULL, finite.p_block)
    assert near(held.wait[held.served], finite.speed_of_answer)


# Overflow -------------------------------------------------------------------------------------------------------------


def overflowing(
    appeared: list[float], service: list[float], patience: list[float], agents: tuple[int, int], after: float
) -> list[tuple[float, int]]:
    """Simulate a queue that asks a first team at once, and a second one for who has waited so long.

    Returns
    -------
    list of (float, int)
        Each caller's wait (min), and the team that took him: -1 for none.
    """
    idle, waiting, found = list(agents), list[int](), dict[int, tuple[float, int]]()
    planned = [(time, 0, who) for who, time in enumerate(appeared)]
    heapq.heapify(planned)
    comes, leaves, asks, is_free = range(4)

    def takes(team: int, who: int, time: float) -> None:
        idle[team] -= 1
        found[who] = time - appeared[who], team
        heapq.heappush(planned, (time + service[who], is_free, team))

    while planned:
        time, what, who = heapq.heappop(planned)
        if what == comes and idle[0]:
            takes(0, who, time)
        elif what == comes:
            waiting.append(who)
            heapq.heappush(planned, (time + patience[who], leaves, who))
            heapq.heappush(planned, (time + after, asks, who))
        elif what == leaves and who in waiting:
            waiting.remove(who)
            found[who] = patience[who], -1
        elif what == asks and who in waiting and idle[1]:
            waiting.remove(who)
            takes(1, who, time)
        elif what == is_free:
            team = who
            idle[team] += 1
            if waiting and (team == 0 or appeared[waiting[0]] + after <= time):
                takes(team, waiting.pop(0), time)
    return [found[who] for who in range(len(appeared))]


@pytest.mark.parametrize(("agents", "after"), [((3, 2), 2.0), ((4, 1), 0.5), ((1, 5), 6.0)])
def test_overflow_after_a_time_is_told_as_by_a_simulation_of_its_own(agents, after):
    """Every wait to 1e-9 min and every team, of a thousand and more, half of whom wait."""
    law = {"law": "exponential", "mean": "9 min"}
    teams = {name: {"staff": many, "serves": ["all"]} for name, many in zip(("front", "back"), agents, strict=True)}
    queue = {"all": {"asks": ["front", "back"], "after": {"back": f"{after} min"}}}
    world = world_of((0.4, 0.5), 5.0, 0, 1440, line={"team": "all"}, teams=teams, queues=queue, patience=law)
    history = run(world, populate(world, seed=7))
    customers, population = history.customers, world.population
    handling = drawn(customers, population.handling.numbers(), purposes.HANDLING)
    limits = drawn(customers, population.patience.numbers(), purposes.PATIENCE)
    service = [5.0 * part for part in handling]
    expected = overflowing(customers.rows["appeared"].tolist(), service, limits, agents, after)
    held = holds(history)
    by = {int(row["customer"]): int(row["team"]) for row in history.rows[history.rows["event"] == Event.ANSWERED]}
    assert len(held.wait) > 1100
    assert np.mean(held.wait > 0) > 0.3
    teams_asked = [by.get(who, -1) for who in held.customer.tolist()]
    assert teams_asked == [expected[who][1] for who in held.customer.tolist()]
    assert held.wait.tolist() == pytest.approx([expected[who][0] for who in held.customer.tolist()], abs=1e-9)
    assert len(set(teams_asked)) == 3
