"""The engine against the formulas of agents who hold several chats at once: processor sharing, and as many as seats.

`near` allows four standard errors, estimated from the run itself.
"""

from __future__ import annotations

import numpy as np
import pytest

from sim import theory
from sim.engines import run
from sim.history.rows import Event
from sim.people import populate
from tests.theory.asked import holds, near
from tests.worlds import MEMORYLESS, tiny_world

WARM_UP = 600.0
LAWS = {
    "memoryless": MEMORYLESS,
    "always the same": 1.0,
    "of great spread": {"law": "lognormal", "mean": 1, "cv": 1.5},
}


def chatted(rate, work, *, agents=1, seats=20, slowdown=1.0, law=MEMORYLESS, minutes=60_000, seed=1):
    """Return the history of a team to which so many chats a minute come, of so many minutes of work."""
    world = tiny_world(
        time={"warm_up": "0 min", "horizon": f"{minutes} min", "follow_up": "0 min"},
        population={"problems_per_day": rate * 1440, "handling": law},
        teams={"front": {"staff": agents, "talk": f"{work} min", "chats": seats, "chat_slowdown": slowdown}},
        chats={"chat": {"team": "front", "open": ["mon-sun 00:00-24:00"]}},
        contacts={"first": {"chat": 1.0}},
    )
    return run(world, populate(world, seed=seed))


def of_each(history):
    """Return the work and the minutes of each chat opened between the warm-up and ten hours before the end."""
    rows, until = history.rows, history.world.time.end - WARM_UP
    begun, opened, ended = (
        dict(zip(its["customer"].tolist(), its[said].tolist(), strict=True))
        for event, said in ((Event.CHATTING, "amount"), (Event.CHAT_OPENED, "time"), (Event.CHAT_ENDED, "time"))
        for its in [rows[rows["event"] == event]]
    )
    return np.array([(begun[who], ended[who] - at) for who, at in opened.items() if WARM_UP < at < until]).T


@pytest.mark.parametrize("law", LAWS)
def test_an_agent_who_shares_himself_out_takes_as_long_whatever_the_law_of_the_work(law):
    """Half a chat's worth of work comes at a time: 5 min of work take 5 / (1 - 0.5) = 1 / (mu - lambda) min."""
    work, lasted = of_each(chatted(0.1, 5, law=LAWS[law]))
    assert near(lasted, 10.0)
    assert near(lasted - 2.0 * work, 0.0)


def test_who_has_much_to_say_waits_for_others_in_the_same_proportion():
    """Of those with more work than most, too, each minute takes 1 / (1 - rho): Kleinrock's linear law."""
    work, lasted = of_each(chatted(0.12, 5, law=LAWS["of great spread"], minutes=90_000))
    much = work > 6.0
    assert near(lasted[much] - 2.5 * work[much], 0.0)
    assert near(lasted[~much] - 2.5 * work[~much], 0.0)


@pytest.mark.parametrize("seats", [2, 4])
def test_who_finds_no_seat_waits_as_in_a_line_of_one(seats):
    """Memoryless work: as many are there as with one server, and who finds `seats` of them there or more waits.

    So a share of rho^seats waits, rho^seats / (mu - lambda) min in the mean, and all are there for 1 / (mu - lambda).
    """
    rate, work = 0.12, 5.0
    rho = rate * work
    history = chatted(rate, work, seats=seats, minutes=90_000)
    waits = holds(history, WARM_UP).wait
    assert near(waits > 0, rho**seats)
    assert near(waits, rho**seats / (1 / work - rate))
    assert near(of_each(history)[1], 1 / (1 / work - rate))


@pytest.mark.parametrize(("agents", "seats"), [(2, 3), (3, 2), (6, 1)])
def test_without_a_slowdown_the_waits_are_erlang_cs_of_all_seats(agents, seats):
    """Six seats, whoever has them."""
    history = chatted(0.9, 5, agents=agents, seats=seats, slowdown=0.0, minutes=15_000)
    waits, erlang = holds(history, WARM_UP).wait, theory.ErlangC(0.9, 5, 6)
    assert near(waits > 0, erlang.p_wait)
    assert near(waits, erlang.speed_of_answer)


@pytest.mark.parametrize(("slowdown", "seats"), [(0.5, 3), (0.25, 5), (1.5, 2)])
def test_in_between_as_many_are_there_as_births_and_deaths_say(slowdown, seats):
    """With n chats one ends at the rate n / (1 + slowdown (n - 1)) / work, at most that of all seats."""
    rate, work = 0.12, 5.0
    history = chatted(rate, work, seats=seats, slowdown=slowdown, minutes=60_000)
    ends = [min(n, seats) / (1 + slowdown * (min(n, seats) - 1)) / work for n in range(1, 400)]
    shares = np.concatenate(([1.0], np.cumprod(rate / np.array(ends))))
    shares /= shares.sum()
    there = float((np.arange(400) * shares).sum())
    assert near(holds(history, WARM_UP).wait > 0, float(shares[seats:].sum()))
    assert near(of_each(history)[1], there / rate)  # Little's law
