"""The engine against the formulas of one team: Erlang A, B and C, any patience, a cut talk.

`near` allows four standard errors, estimated from the run itself.
"""

import numpy as np
import pytest

from sim import purposes, theory
from sim.engines import run
from sim.history.rows import Event
from sim.luck.keys import Kind, uniforms
from sim.luck.laws import quantile
from sim.people import populate
from tests.theory.asked import busy_share, holds, near
from tests.worlds import MEMORYLESS, tiny_world

WARM_UP = 600.0


def queue(rate, handling, agents, minutes, *, patience="10000 d", seed=1, **changes):
    """Return the holds of one team with Poisson calls and exponential talks, after ten hours of warm-up."""
    population = {"problems_per_day": rate * 1440, "handling": MEMORYLESS, "patience": patience}
    world = tiny_world(
        **{
            **changes,
            "time": {"warm_up": "0 min", "horizon": f"{minutes} min", "follow_up": "0 min"},
            "population": {**population, **changes.get("population", {})},
            "teams": {"front": {"staff": agents, "talk": f"{handling} min"}},
        }
    )
    return run(world, populate(world, seed=seed))


@pytest.mark.parametrize(("rate", "handling", "agents"), [(1.5, 5, 10), (0.4, 4, 3)])
def test_without_abandonment_the_waits_are_erlang_cs(rate, handling, agents):
    history = queue(rate, handling, agents, 30 * round(400 / rate))
    waits = holds(history, WARM_UP).wait
    erlang = theory.ErlangC(rate, handling, agents)
    assert near(waits > 0, erlang.p_wait)
    assert near(waits, erlang.speed_of_answer)
    assert near(waits <= 1, erlang.service_level(1))
    busy = busy_share(history, 0, agents, WARM_UP, history.world.time.end)
    assert busy == pytest.approx(erlang.occupancy, abs=0.03)


@pytest.mark.parametrize("agents", [38, 44])
def test_with_exponential_patience_the_waits_are_erlang_as(agents):
    """Ten calls of four minutes a minute: 40 erlangs, once overloaded; 12,000 calls."""
    history = queue(10, 4, agents, 1800, patience={"law": "exponential", "mean": "3 min"})
    held = holds(history, WARM_UP, history.world.time.end - 30)
    palm = theory.erlang_a(10, 4, agents, 3)
    assert near(held.wait > 0, palm.p_wait)
    assert near(~held.served, palm.p_abandon)
    assert near(held.wait, palm.mean_wait)
    assert near(held.served & (held.wait <= 1 / 3), palm.answered_within(1 / 3))
    served = held.wait[held.served]
    assert near(served, palm.mean_wait_served)


def test_some_balk_and_the_others_wait_with_a_weibull_patience():
    """The formula for any patience: one in five hangs up at once, the others' patience has shape 0.7."""
    patience = {"law": "weibull", "scale": "4 min", "shape": 0.7}
    history = queue(4, 4, 15, 3600, patience=patience, line={"balking": 0.2})
    held = holds(history, WARM_UP, history.world.time.end - 60)
    palm = theory.Impatient(4, 4, 15, lambda v: 0.8 * np.exp(-((v / 4) ** 0.7)))
    assert near(held.ended == Event.BALKED, 0.2 * palm.p_wait)
    assert near(~held.served, palm.p_abandon)
    assert near(held.wait, palm.mean_wait)


def test_as_many_lines_as_agents_block_as_erlang_b_says():
    """No hold at all; the law of the talk does not matter (here lognormal): M/G/n/n. 12 lines, 10 erlangs."""
    population = {"handling": {"law": "lognormal", "mean": 1, "cv": 1.2}}
    history = queue(2, 5, 12, 6000, line={"lines": 12}, population=population)
    rows = history.rows[history.rows["time"] >= WARM_UP]
    rows = rows[np.argsort(rows["time"], kind="stable")]
    tried = rows["event"][np.isin(rows["event"], (Event.PICKED_UP, Event.BLOCKED))]
    assert near(tried == Event.BLOCKED, theory.erlang_b(10, 12))
    assert holds(history).wait.max() == 0


def test_a_few_places_to_wait_make_a_finite_queue():
    """Five agents, eight lines, six erlangs offered: blocked share and wait of those let in."""
    history = queue(1.2, 5, 5, 9000, line={"lines": 8})
    finite = theory.Finite(1.2, 5, 5, 8)
    rows = history.rows[history.rows["time"] >= WARM_UP]
    rows = rows[np.argsort(rows["time"], kind="stable")]
    tried = rows["event"][np.isin(rows["event"], (Event.PICKED_UP, Event.BLOCKED))]
    assert near(tried == Event.BLOCKED, finite.p_block)
    assert near(holds(history, WARM_UP).wait, finite.speed_of_answer)


CUT = {"levers": {"time": {"cut_after": "8 min", "clock": "current_agent"}}}
TALKS = {
    "memoryless": (MEMORYLESS, theory.cut_exponential(6, 8)),
    "lognormal": ({"law": "lognormal", "mean": 1, "cv": 1.2}, theory.cut_lognormal(6, 1.2, 8)),
}


@pytest.mark.parametrize("talk", TALKS)
def test_one_agent_whose_talks_are_cut_waits_as_pollaczek_and_khinchine_say(talk):
    """Talks of mean 6 min, cut at 8 on the agent's clock, nobody calls again: the wait, and the talk."""
    law, moments = TALKS[talk]
    history = queue(0.14, 6, 1, 90_000, population={"handling": law}, **CUT)
    assert near(holds(history, WARM_UP).wait, theory.pollaczek_khinchine(0.14, moments))
    rows = history.rows
    talking = (rows["event"][:-1] == Event.TALKING) & (np.diff(rows["customer"]) == 0)
    talked = np.diff(rows["time"])[talking]
    assert near(talked, moments.first)
    assert talked.max() <= 8 + 1e-9


def drawn(customers, law, purpose):
    """Return the values of a law drawn for each customer's first call, by the same keys as the engine."""
    luck = uniforms(customers.seed, customers.replication, Kind.CUSTOMER, customers.rows["number"], purpose)
    return [quantile(law, u) for u in luck.tolist()]


@pytest.mark.parametrize(("agents", "patience"), [(4, "3 min"), (1, "9 min"), (7, "1 min")])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_customer_waits_as_kiefer_and_wolfowitz_say(agents, patience, seed):
    """The workload recursion, with no calendar and no queue, gives every wait to 1e-9 min."""
    work = {"law": "lognormal", "mean": 1, "cv": 0.7}
    law = {"law": "exponential", "mean": patience}
    history = queue(1, 5, agents, 1440, patience=law, seed=seed, population={"work": work})
    customers, population = history.customers, history.world.population
    handling = drawn(customers, population.handling.numbers(), purposes.HANDLING)
    service = [5.0 * part * more for part, more in zip(customers.rows["work"].tolist(), handling, strict=True)]
    limits = drawn(customers, population.patience.numbers(), purposes.PATIENCE)
    appeared = customers.rows["appeared"].tolist()
    expected = list(theory.waits_in_line(appeared, service, agents, limits))
    held = holds(history)
    assert len(held.wait) > len(customers) - 200  # those who still hold at the end of the day have no end
    for who, wait, served in zip(held.customer.tolist(), held.wait.tolist(), held.served.tolist(), strict=True):
        assert served == expected[who][1]
        assert wait == pytest.approx(expected[who][0], abs=1e-9)
