"""Shocks: a common cause that strikes many at once, beside the problems that come one by one."""

from __future__ import annotations

import hashlib
import json
import math
from itertools import count as numbers
from typing import Any

import numpy as np
import pytest

from sim import purposes
from sim.engines import run
from sim.engines.agreement import first_difference
from sim.luck.keys import Kind, uniform
from sim.measures import measured
from sim.people import Customers, expected_problems, populate
from sim.people.crowd import Coming
from sim.people.shocks import Strike, strikes
from sim.reading import load, same_population, variant, warnings_of
from sim.reading.memory import memory_needed
from sim.study.comparing.what_if import WhatIf
from sim.study.stopping.controlled import expected_problems as expected_in_the_horizon
from sim.world import World
from tests.recorded.digests import FILE, mathematics
from tests.worlds import tiny_world

SEED = 5
YEAR = 365 * 1440.0
TWO = {"line": {"share": 0.75}, "bill": {"share": 0.25}}
STORM = {"per_year": 146, "size": 1.5, "lasts": "6 h", "reasons": ["line"]}
"""One in two and a half days."""


def struck(days: int = 5, storm: dict[str, Any] | None = None, **said: Any) -> World:
    shocks = {"shocks": {"storm": STORM | (storm or {})}}
    return tiny_world(time={"horizon": f"{days} d"}, population={"reasons": TWO, **shocks, **said})


def unstruck(world: World) -> World:
    return world.model_copy(update={"population": world.population.model_copy(update={"shocks": {}})})


def shocks_of(world: World, seed: int = SEED, replication: int = 0) -> list[Strike]:
    return strikes(world.population, world.time.end, seed, replication)


def of_reason(customers: Customers, reason: int) -> Any:
    return customers.rows[customers.rows["reason"] == reason]


def same(one: Any, other: Any) -> bool:
    return all(one[name].tobytes() == other[name].tobytes() for name in one.dtype.names)


# Worlds without ------------------------------------------------------------------------------------------------------

RECORDED = {
    "base": (8229, "a618655a18e617128746eaf635b3345020db53ac7a3bbda0c704c509ef0813e6"),
    "hotline_2005": (20701, "3f1ebcc0ae24bc734c78680b9f6383be570b518f2b34502991d19364e5051bfd"),
    "scenarios/profiles/bank_1999.toml": (19910, "fda334744ce42a99c21195f2e90b79038383488c19babcd02d1b1343443f8244"),
    "scenarios/profiles/bank_2003.toml": (159477, "650815f2ef2ee05a3dcaaf1d2af515b5d208aedab16e41a67522c0977e2564b1"),
}
"""How many customers there were before there were shocks, and every bit of them: seed 1, replication 3."""


@pytest.mark.skipif(
    mathematics() != json.loads(FILE.read_text(encoding="utf-8"))["mathematics"],
    reason="this machine's logarithms or powers differ in their last bits",
)
@pytest.mark.parametrize("name", RECORDED)
def test_customers_of_worlds_without_shocks_are_what_they_were(name):
    rows = populate(load(name), seed=1, replication=3).rows
    told = hashlib.sha256()
    for field in rows.dtype.names or ():
        told.update(rows[field].tobytes())
    assert (len(rows), told.hexdigest()) == RECORDED[name]


def test_a_run_to_which_no_shock_comes_keeps_every_bit():
    world = struck(storm={"per_year": 1e-9})
    assert shocks_of(world) == []
    assert same(populate(world, seed=SEED).rows, populate(unstruck(world), seed=SEED).rows)
    assert same(populate(struck(storm={"per_year": 0}), seed=SEED).rows, populate(unstruck(world), seed=SEED).rows)


# By hand --------------------------------------------------------------------------------------------------------------


def test_a_shock_at_a_known_time_adds_its_problems_evenly_from_its_instant_on():
    """One shock on the second morning, found by its seed. Up to t there are 180 t of `line` by day, and of the shock
    1.5 x 180 evenly over 6 h: problem n appears where that comes to the sum of its and all earlier gaps."""
    world = struck(days=2)
    end = world.time.end
    seed = next(s for s in numbers() if len(found := shocks_of(world, s)) == 1 and 1800 < found[0].begins < 2200)
    u = [uniform(seed, 0, Kind.DAY, 0, purposes.SHOCK, n) for n in range(2)]
    begins = -math.log(1 - u[0]) * YEAR / 146
    assert begins - math.log(1 - u[1]) * YEAR / 146 > end
    seams = np.array([0.0, begins, begins + 360, end])
    upto = 180 / 1440 * seams + np.array([0, 0, 270, 270])
    gaps = [-math.log(1 - uniform(seed, 0, Kind.REASON, 0, purposes.ARRIVAL, n)) for n in range(1000)]
    points = np.cumsum(gaps)
    wanted = np.interp(points[points < upto[-1]], upto, seams)
    seen = of_reason(populate(world, seed=seed), 0)
    assert seen["appeared"] == pytest.approx(wanted, abs=1e-7)
    assert (seen["number"] // 64).tolist() == list(range(len(wanted)))
    assert ((seen["appeared"] > begins) & (seen["appeared"] < begins + 360)).sum() > 200


def test_a_shock_within_a_cell_begins_and_ends_within_it():
    """A cell of a whole day without any other problem: all come within the ten minutes of a shock."""
    world = struck(days=30, storm={"per_year": 12, "size": 500, "lasts": "10 min"}, problems_per_day=1)
    found = [(one.begins, one.ends) for one in shocks_of(world)]
    appeared = of_reason(populate(world, seed=SEED), 0)["appeared"]
    assert found
    inside = sum(((appeared >= begins) & (appeared <= ends)).sum() for begins, ends in found)
    assert len(appeared) - inside == pytest.approx(0.75 * 30, abs=4 * math.sqrt(0.75 * 30))
    assert inside == pytest.approx(375 * len(found), abs=4 * math.sqrt(375 * len(found)))


def test_shocks_that_overlap_add_up_and_the_run_s_end_cuts_the_last():
    """Many at a time, of two names: what is expected at the end is the sum of what each has brought by then."""
    both = {"a": STORM | {"per_year": 365, "lasts": "3 d"}, "b": STORM | {"per_year": 300, "size": 0.5, "reasons": []}}
    world = struck(days=20, shocks=both)
    found, end = shocks_of(world), world.time.end
    assert sum(one.ends > end for one in found) >= 2
    brought = [sum(o.size * min(1, (end - o.begins) / (o.ends - o.begins)) for o in found if o.shock.strikes(name))
               for name in TWO]  # fmt: skip
    for reason, (share, extra) in enumerate(zip((0.75, 0.25), brought, strict=True)):
        mean = 240 * share * (20 + extra)
        counts = [len(of_reason(populate_with(world, found, replication), reason)) for replication in range(30)]
        assert np.mean(counts) == pytest.approx(mean, abs=4 * math.sqrt(mean / 30))


def populate_with(world: World, found: list[Strike], replication: int) -> Customers:
    """Make a replication on which the shocks of another fall."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sim.people.making.strikes", lambda *_: found)
        return populate(world, seed=SEED, replication=replication)


# Theory ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("busyness", [None, 4])
def test_counts_have_the_mean_and_the_variance_of_a_compound_poisson_law(busyness):
    """Shocks of exponential size s, one in 1460 minutes; w(t) is the part of one begun at t that has come by the end.

    With m problems on a usual day of those struck: mean m (days + rate E[s] int w), variance that mean plus m^2 (rate
    E[s^2] int w^2 + days / shape of the days' busyness); int w = T - L/2, int w^2 = T - 2 L / 3. 4000 runs, each within
    4.5 standard errors, taken from the squares themselves.
    """
    storm = {"per_year": 360, "size": {"law": "exponential", "mean": 0.5}, "lasts": "12 h"}
    world = struck(days=4, storm=storm, problems_per_day=40, **({"busyness_day": busyness} if busyness else {}))
    counts = [
        np.bincount(populate(world, seed=SEED, replication=turn).rows["reason"], minlength=2) for turn in range(4000)
    ]
    long, lasts, rate = 4 * 1440.0, 720.0, 360 / YEAR
    for reason, m, shocked in ((0, 30, 1), (1, 10, 0)):
        seen = np.array(counts)[:, reason].astype(float)
        mean = m * (4 + shocked * rate * 0.5 * (long - lasts / 2))
        spread = shocked * rate * 2 * 0.5**2 * (long - 2 * lasts / 3) + (4 / busyness if busyness else 0.0)
        squares = (seen - mean) ** 2
        assert seen.mean() == pytest.approx(mean, abs=4.5 * seen.std() / math.sqrt(4000))
        assert squares.mean() == pytest.approx(mean + m**2 * spread, abs=4.5 * squares.std() / math.sqrt(4000))


def test_expected_problems_are_those_of_the_volume_and_of_the_shocks():
    """By the same formula; a run shorter than a shock lasts gets the part end^2 / (2 lasts) of its rate."""
    world = struck(days=5)
    rate = 146 / YEAR
    assert expected_problems(world) == pytest.approx(1200 + 180 * rate * 1.5 * (7200 - 180))
    short = struck(days=5, storm={"lasts": "10 d", "reasons": []})
    assert expected_problems(short) == pytest.approx(1200 + 240 * rate * 1.5 * 7200**2 / (2 * 14400))
    warmed = variant(world, {"time": {"warm_up": "1 d", "follow_up": "2 d"}})
    assert expected_in_the_horizon(warmed) == pytest.approx(1200 + 180 * rate * 1.5 * 7200)
    odd = {"line": TWO["line"], "bill": TWO["bill"] | {"profile": {"days": [0, 1, 1, 1, 1, 1, 1]}}}
    assert expected_problems(struck(days=7, reasons=odd)) == pytest.approx(1680 + 180 * rate * 1.5 * (10080 - 180))
    assert unstruck(world).population.problems_per_day == world.population.problems_per_day == 240
    assert memory_needed(world, kept=True) > memory_needed(unstruck(world), kept=True)


# Luck -----------------------------------------------------------------------------------------------------------------


def test_a_shock_falls_on_its_reasons_alone():
    """The others' customers are the same to the bit; of those struck, problem n has the luck that it had, and all who
    came in the cells before the first shock are the same to the bit."""
    world = struck(days=30)
    seed = next(s for s in numbers() if shocks_of(world, s)[0].begins > 4000)
    with_them, without = populate(world, seed=seed), populate(unstruck(world), seed=seed)
    assert same(of_reason(with_them, 1), of_reason(without, 1))
    hit, plain = of_reason(with_them, 0), of_reason(without, 0)
    assert len(hit) > len(plain) + 1000
    begins = shocks_of(world, seed)[0].begins
    before = int((plain["appeared"] < begins // 1440 * 1440).sum())
    assert before > 100
    assert same(hit[:before], plain[:before])
    assert hit["number"][: len(plain)].tolist() == plain["number"].tolist()
    assert (hit["appeared"][: len(plain)] <= plain["appeared"] + 1e-9).all()
    for name in ("work", "temper", "segment", "value_of_time", "difficulty"):
        assert (hit[name][: len(plain)] == plain[name]).all()


def told_of(found: list[Strike]) -> list[tuple[float, float]]:
    return [(one.begins, one.size) for one in found]


def test_shocks_keep_their_luck_whatever_else_changes():
    size = {"size": {"law": "gamma", "mean": 2, "shape": 3}}
    world = struck(days=30, storm=size)
    found = told_of(shocks_of(world))
    assert len(found) > 5
    others = {"storm": STORM | size, "cut": STORM | {"per_year": 50}}
    three = {"line": {"share": 0.5}, "bill": {"share": 0.25}, "box": {"share": 0.25}}
    for changed in (
        struck(days=30, storm=size, problems_per_day=900, busyness_day=3),
        struck(days=30, storm=size | {"lasts": "2 d", "reasons": []}),
        struck(days=30, storm=size, reasons=three, profile={"intervals": [1, 2, 3, 4]}),
    ):
        assert told_of(shocks_of(changed)) == found
    with_another = struck(days=30, storm=size, shocks=others)
    assert told_of([one for one in shocks_of(with_another) if one.shock.per_year == 146]) == found
    assert told_of(shocks_of(struck(days=60, storm=size)))[: len(found)] == found
    often = told_of(shocks_of(struck(days=15, storm=size | {"per_year": 292})))
    assert often == [(pytest.approx(begins / 2), large) for begins, large in found]
    assert told_of(shocks_of(world, replication=1)) != found


def test_shocks_are_common_to_all_worlds_and_grow_with_the_load():
    world = struck(days=20)
    other = variant(world, {"teams": {"front": {"talk": "20 min"}}})
    assert same_population(world, other)
    assert not same_population(world, unstruck(world))
    assert populate(world, seed=SEED) == populate(other, seed=SEED)
    loaded, _ = WhatIf(load=150).worlds(world, other)
    assert expected_problems(loaded) == pytest.approx(1.5 * expected_problems(world))


def test_problems_of_shocks_are_lived_alike_by_both_engines_and_made_alike_as_they_come():
    world = variant(struck(days=5, problems_per_day=900), {"teams": {"front": {"staff": 3}}})
    customers = populate(world, seed=SEED)
    assert shocks_of(world)
    assert Coming.to(world, seed=SEED).all() == customers
    told = [run(world, customers, engine=engine) for engine in ("simpy", "compiled")]
    assert first_difference(*told) is None
    assert measured(world, Coming.to(world, seed=SEED)).totals == measured(world, customers).totals


# At the edges ---------------------------------------------------------------------------------------------------------


def test_more_problems_than_there_are_numbers_are_told():
    world = struck(days=30, problems_per_day=1e7, storm={"size": 900, "per_year": 365})
    with pytest.raises(ValueError, match=r"problems of one reason may appear in one replication: there are numbers"):
        Coming.to(world, seed=SEED).all()


def test_a_size_beyond_all_numbers_is_told_too():
    """A law that is usually small and has no bound: one in ten thousand such shocks is as large as this."""
    world = struck(days=30)
    huge = [one._replace(size=1e300) for one in shocks_of(world)]
    with pytest.raises(ValueError, match=r"4,611,686,018,427,387,904 problems of one reason may appear"):
        populate_with(world, huge, 0)


def test_a_shock_on_reasons_that_nobody_has_is_a_warning():
    reasons = {"line": {"share": 0.0}, "bill": {"share": 1.0}}
    world = struck(reasons=reasons)
    said = "population.shocks.storm strikes nobody: its reasons have no share of the problems"
    assert said in warnings_of(world)
    assert same(populate(world, seed=SEED).rows, populate(unstruck(world), seed=SEED).rows)
    assert said not in warnings_of(struck())
