"""Numbers of absurd size: refused with their key and the most that makes sense; what is accepted stays finite."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from sim.luck.laws import Law, LawCode, quantile
from sim.luck.records import law_at, law_table
from sim.machine.compiling import piece
from sim.machine.kernel.memory import address_of
from sim.people import populate
from sim.units import LONGEST
from sim.world.laws import DurationLaw, MoneyLaw, NumberLaw
from tests.twin.both import twins
from tests.worlds import tiny_world

DIGITS = "0" * 155
REFUSED = [
    # what stands in the small world, what takes its place, the key that is told, and what is said of it
    ('patience = { law = "exponential", mean = "5 min" }',
     f'patience = {{ law = "triangular", low = "0 min", mode = "1 min", high = "1{DIGITS * 2} min" }}',
     "population.patience.high", "it must be at most 36500 d"),
    ('patience = { law = "exponential", mean = "5 min" }',
     f'patience = {{ law = "triangular", low = "0 min", mode = "1 min", high = "2{DIGITS} min" }}',
     "population.patience.high", "it must be at most 36500 d"),
    ("hangup = 0.01", "cost_per_hour = 1e308", "levers.time.cost_per_hour", "it must be at most 1000"),
    ("hangup = 0.01", "hangup = 0.01\n[effort]\nrepeat = 1e308", "effort.repeat", "it must be at most 1000"),
    ("hangup = 0.01", 'hangup = 0.01\n[effort]\nactive_minutes = "0.000001 s"', "effort.active_minutes",
     "it must be at least 1 s"),
    ("hangup = 0.01", 'hangup = 0.01\ncut_after = "20 months"', "levers.time.cut_after", "it must be at most 7 d"),
    ("hangup = 0.01", "hangup = 0.01\ntalk_factor = 1e308", "levers.time.talk_factor", "it must be at most 1000"),
    ("hangup = 0.01", "hangup = 0.01\n[loyalty]\nyears_lost = 1e9", "loyalty.years_lost", "it must be at most 100"),
    ("hangup = 0.01", "hangup = 0.01\n[loyalty]\npeople_told = 1e9", "loyalty.people_told", "at most 1e+06"),
    ("share = 0.3", "share = 0.3\nwork = 1e9", "population.reasons.bill.work", "it must be at most 1000"),
    ("share = 0.3", "share = 0.3\ngesture = 1e10", "population.reasons.bill.gesture", "it must be at most 1e+09"),
    ("value_of_time = 10", 'value_of_time = { law = "weibull", scale = 1e300, shape = 0.06 }',
     "population.segments.private.value_of_time.scale", "it must be at most 1e+09"),
    ("hours_of_use = 4", "hours_of_use = 1e308", "population.segments.private.hours_of_use", "at most 1e+06"),
    ("problems_per_day = 50", "problems_per_day = 50\nbusyness_day = 1e-300", "population.busyness_day",
     "it must be more than 0.01"),
    ('talk = "8 min"', 'talk = "40000 d"', "teams.front.talk", "it must be at most 36500 d"),
    ("wage = 23", "wage = 1e12", "teams.front.wage", "it must be at most 1000"),
    ("price_per_minute = 0.34", "price_per_minute = 0.34\ncap = 1e12", "tariff.cap", "it must be at most 1e+09"),
    ('after_cut = "5 min"', 'after_cut = "1e9 d"', "population.again.after_cut", "is not a duration"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "key", "said"), REFUSED)
def test_an_absurd_number_is_refused_with_its_key_and_the_most_that_makes_sense(
    world_file, mistakes, old, new, key, said
):
    told = mistakes(world_file((old, new)))
    assert [sentence for where, sentence in told if where == key and said in sentence], told


def test_more_agents_than_a_run_can_hold_are_refused(world_file, mistakes):
    crowds = "".join(f'\n[teams.t{at}]\nstaff = 100000\nwage = 1\ntalk = "1 min"\n' for at in range(11))
    told = mistakes(world_file(("hangup = 0.01", f"hangup = 0.01\n{crowds}")))
    assert [said for key, said in told if key == "teams" and "1,000,000 is the most" in said], told


@pytest.mark.parametrize("kind", [DurationLaw, MoneyLaw, NumberLaw])
@pytest.mark.parametrize("value", [1e300, 10**400, math.inf, math.nan, -1.0])
def test_no_law_takes_a_number_beyond_its_bound(kind, value):
    written = f"{value} min" if kind is DurationLaw else value
    with pytest.raises(ValidationError):
        TypeAdapter(kind).validate_python({"law": "uniform", "low": written, "high": written})


# Every accepted law is finite, and inside its support, at every draw --------------------------------------------------

MOST = {"duration": LONGEST, "money": 1e9, "number": 1e6}
TYPES: dict[str, Any] = {"duration": DurationLaw, "money": MoneyLaw, "number": NumberLaw}
ENDS = [2.0**-53, 2.0**-52, 0.5 - 2.0**-53, 0.5, 0.5 + 2.0**-53, 1.0 - 2.0**-52, 1.0 - 2.0**-53]
draws = st.sampled_from(ENDS) | st.floats(2.0**-53, 1.0 - 2.0**-53)


@piece
def compiled_quantile(laws: int, u: float) -> float:
    return quantile(law_at(laws, 0), u)


def numbers_up_to(most: float) -> st.SearchStrategy[float]:
    """Give numbers of every size, the ends among them."""
    return st.sampled_from([0.0, 5e-324, 1e-300, 1.0, most]) | st.floats(0.0, most)


@st.composite
def written_laws(draw: st.DrawFn, most: float, simple: bool = False):
    """Give any law that can be written, as numbers, with the support it has."""
    kinds = ["constant", "exponential", "lognormal", "weibull", "gamma", "erlang", "uniform", "triangular", "empirical"]
    kind = draw(st.sampled_from(kinds if simple else [*kinds, "mixture"]))
    values = sorted(draw(st.lists(numbers_up_to(most), min_size=3, max_size=3)))
    shape = st.sampled_from([0.0500001, 100.0]) | st.floats(0.0500001, 100.0)
    wide = st.sampled_from([0.0100001, 1e6]) | st.floats(0.0100001, 1e6)
    made: dict[str, Callable[[], dict[str, Any]]] = {
        "constant": lambda: {"value": values[1]},
        "exponential": lambda: {"mean": values[1]},
        "lognormal": lambda: {
            "mean": values[1],
            "cv": draw(st.sampled_from([5e-324, 1e-9, 20.0]) | st.floats(1e-9, 20)),
        },
        "weibull": lambda: {"scale": values[1], "shape": draw(shape)},
        "gamma": lambda: {"mean": values[1], "shape": draw(wide)},
        "erlang": lambda: {"mean": values[1], "stages": draw(st.sampled_from([1, 10_000]) | st.integers(1, 10_000))},
        "uniform": lambda: {"low": values[0], "high": values[2]},
        "triangular": lambda: dict(zip(("low", "mode", "high"), values, strict=True)),
        "empirical": lambda: {"values": values, "levels": draw(st.none() | st.just([0.0, 5e-324, 1.0]))},
    }
    if kind != "mixture":
        return {"law": kind, **made[kind]()}
    first = draw(st.sampled_from([5e-324, 0.5, 1.0 - 2.0**-53]))
    parts = [{"share": share, "of": draw(written_laws(most, simple=True))} for share in (first, 1.0 - first)]
    return {"law": kind, "parts": parts}


def read(law, kind):
    """Return the law as a scenario reads it."""
    return TypeAdapter(TYPES[kind]).validate_python(_with_units(law) if kind == "duration" else law)


def _with_units(law):
    if isinstance(law, list):
        return [_with_units(one) for one in law]
    if not isinstance(law, dict):
        return law
    values = ("value", "mean", "scale", "low", "mode", "high", "values")
    return {key: _minutes(value) if key in values else _with_units(value) for key, value in law.items()}


def _minutes(value):
    return [_minutes(one) for one in value] if isinstance(value, list) else f"{value:.400f} min"


def support(law: Law) -> tuple[float, float]:
    """Return the least and the most that a law may give, so far as its parameters say it."""
    if law.code == LawCode.MIXTURE:
        ends = [support(part) for _, part in law.parts]
        return min(low for low, _ in ends), max(high for _, high in ends)
    if law.code == LawCode.EMPIRICAL:
        return law.points[0][1], law.points[-1][1]
    found = {LawCode.CONSTANT: (law.a, law.a), LawCode.UNIFORM: (law.a, law.b), LawCode.TRIANGULAR: (law.a, law.c)}
    return found.get(LawCode(law.code), (0.0, 1e45))


@pytest.mark.parametrize("kind", TYPES)
@settings(deadline=None, max_examples=400)
@given(data=st.data())
def test_every_accepted_law_stays_finite_and_inside_its_support(kind, data):
    law = read(data.draw(written_laws(MOST[kind])), kind)
    assert 0.0 <= law.mean_value() < 1e45
    numbers = law.numbers()
    low, high = support(numbers)
    for u in {*ENDS, data.draw(draws)}:
        value = quantile(numbers, u)
        assert low <= value <= high, (u, value)
        kept: list[np.ndarray] = []
        table = law_table([numbers], kept)
        assert compiled_quantile(address_of(table), u) == value


def test_a_world_of_the_longest_tails_is_lived_the_same_by_both():
    """Weibull laws of shape 0.051 (their draws span fifty powers of ten) wherever a law may stand."""
    tail = {"law": "weibull", "scale": "36500 d", "shape": 0.051}
    one = {"law": "lognormal", "mean": 1, "cv": 20}
    delays = ("after_blocked", "after_abandoned", "after_cut", "after_dismissed", "after_unsolved")
    world = tiny_world(
        line={"menu": tail},
        population={
            "patience": tail, "moved": tail, "work": one, "handling": one, "temper_cv": 20,
            "again": {**dict.fromkeys(delays, tail), "persistence": 0.9, "repair_share": 0.5, "repair": 1e9},
        },
        teams={"front": {"staff": 3, "talk": "36500 d", "after_call": tail, "speed_cv": 3, "solve": {"plain": 0.5}}},
        levers={
            "knowledge": {"talk_factor": 1000, "wrong_pitch": 0.5, "pitch_factor": 100},
            "memory": {"identification": tail, "explanation": tail, "contradicted": 0.5, "redone": 1000,
                       "talk_factor": 1000},
            "time": {"cut_after": "1 min", "clock": "current_agent", "talk_factor": 1000},
            "follow_through": {"known_now": 0.5, "discovery": tail},
        },
    )  # fmt: skip
    history = twins(world, populate(world, seed=2))
    assert len(history.rows) > 1000
    assert np.isfinite(history.rows["amount"]).all()
    assert (history.rows["amount"] >= 0).all()
