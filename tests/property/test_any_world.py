"""What is true of every world: hypothesis makes the worlds, `truths` says what must hold."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from sim.engines import run
from sim.history.rows import Event, History
from sim.measures import measure, tables, totals_of
from sim.measures.intervals.asked import parting
from sim.measures.intervals.cells import NAMES
from sim.people import populate
from sim.study.running.intervals import of_history
from sim.world import World
from tests.property import truths
from tests.property.worlds_at_large import worlds

SEEDS = st.integers(0, 2**32)
NO_EXPLANATION = (Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink)
MANY = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), phases=NO_EXPLANATION)
FEW = settings(MANY, max_examples=20)
_OUTCOMES = ("solved_share", "given_up_share", "prevented_share", "open_share")


def lived(written: dict[str, Any], seed: int) -> History:
    """Run a world as it is written, on customers of this seed."""
    world = World.model_validate(written)
    return run(world, populate(world, seed=seed))


@given(written=worlds(), seed=SEEDS)
@MANY
def test_nothing_is_false_of_any_world(written, seed):
    """See the docstrings of `truths.TRUTHS`."""
    assert not truths.falsehoods(lived(written, seed))[:3]


@given(written=worlds(call_back=True), seed=SEEDS)
@MANY
def test_who_is_to_be_rung_back_is_rung_when_an_agent_is_idle(written, seed):
    """See `truths.rings`; each world here offers to ring back."""
    assert not list(truths.rings(lived(written, seed)))[:3]


@given(written=worlds(), seed=SEEDS)
@FEW
def test_the_same_seed_gives_the_same_history(written, seed):
    """Populated and run twice, nothing differs by a bit."""
    assert lived(written, seed).rows.tobytes() == lived(written, seed).rows.tobytes()


@given(written=worlds(), seed=SEEDS)
@FEW
def test_a_world_read_back_from_its_own_values_lives_the_same(written, seed):
    """Identical worlds, identical histories, and measures that differ by exactly nothing."""
    world = World.model_validate(written)
    twin = World.model_validate(world.model_dump(mode="json", by_alias=True))
    first, second = (run(one, populate(one, seed=seed)) for one in (world, twin))
    assert first.rows.tobytes() == second.rows.tobytes()
    assert measure(first) == measure(second)


@given(written=worlds(), seed=SEEDS)
@FEW
def test_billed_minutes_are_metered_minutes(written, seed):
    """At 1 EUR a minute, all billed, a call costs its minutes; one that is to be rung back, those before."""
    history = lived(written, seed)
    asked = tables(history)
    lasted: dict[tuple[int, int], float] = {}
    began: dict[tuple[int, int], float] = {}
    for row in history.rows:
        call = (int(row["customer"]), int(row["contact"]))
        if row["event"] == Event.PICKED_UP:
            began[call] = lasted[call] = float(row["time"])
        if row["event"] in (Event.CALL_BACK_TAKEN, Event.CALL_ENDED) and call in began:
            lasted[call] = float(row["time"]) - began.pop(call)
    for call in began:  # still on the line at the end
        lasted[call] = history.world.time.end - began[call]
    for call, toll in zip(asked.calls, asked.tolls.total, strict=True):
        meant = lasted.get((int(call["customer"]), int(call["contact"])), 0.0)
        assert toll == pytest.approx(meant, abs=1e-6)


@given(written=worlds(), seed=SEEDS)
@FEW
def test_every_problem_is_solved_given_up_prevented_or_open(written, seed):
    """The four shares add up to one, and money and minutes are never negative."""
    history = lived(written, seed)
    said = measure(history)
    if said["solved_share"][1]:
        whole = sum(said[name][0] / said[name][1] for name in _OUTCOMES)
        assert whole == pytest.approx(1.0, abs=1e-12)
    for name in ("toll_eur_per_problem", "hold_minutes_per_problem", "customer_minutes_per_problem"):
        assert said[name][0] >= 0
    assert all(np.isfinite(part) for answer in said.values() for part in answer)


@given(written=worlds(), seed=SEEDS)
@FEW
def test_sums_by_interval_are_those_of_the_whole(written, seed):
    """In whatever cells, every call has one end, and calls and agents' minutes add up to the totals."""
    history = lived(written, seed)
    totals = totals_of(history)
    found = of_history(history, parting(history.world, 60, ("team", "reason")))
    cells = {name: found.sums[0, :, at] for at, name in enumerate(NAMES)}
    ends = sum(
        cells[name] for name in ("answered", "abandoned", "blocked", "messages", "dismissed", "cut", "unfinished")
    )
    assert (cells["offered"] == ends).all()
    assert cells["offered"].sum() == totals.calls.dialled
    assert cells["logged"].sum() == totals.calls.logged
    assert cells["busy"].sum() == pytest.approx(sum(its.busy for its in totals.agents.values()), rel=1e-9, abs=1e-9)
    assert (cells["held"] <= 60 * cells["longest_queue"] + 1e-9).all()


@given(written=worlds(), seed=SEEDS)
@FEW
def test_staff_by_interval_is_that_of_the_whole(written, seed):
    """In any interval nobody is busy who is not at work, and time at work, paid time and money add up to the totals."""
    history = lived(written, seed)
    totals, found = totals_of(history), of_history(history, parting(history.world, 15, ("team",))).sums[0]
    cells = dict(zip(NAMES, found.T, strict=True))
    at_work = cells["scheduled"] - cells["absent"] + cells["overtime"] + cells["while_absent"]
    paid = cells["paid"] + cells["overtime"] - cells["in_breaks"]
    assert (cells["busy"] <= at_work + 1e-6).all()
    assert at_work.sum() == pytest.approx(sum(its.at_work for its in totals.agents.values()), rel=1e-9, abs=1e-6)
    assert paid.sum() == pytest.approx(sum(its.paid for its in totals.agents.values()), rel=1e-9, abs=1e-6)
    eur = cells["scheduled_eur"].sum() + cells["overtime_eur"].sum()
    assert eur == pytest.approx(totals.staff_eur, rel=1e-9, abs=1e-6)
