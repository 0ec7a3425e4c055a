"""Customers made as they come and forgotten when all is over: nobody can tell from the totals, but by the memory."""

from __future__ import annotations

import numpy as np
import pytest

from sim.engines import run
from sim.engines.compiled_engine import slices
from sim.machine.kernel.pages import IN_A_PAGE
from sim.measures import Fold, measure, measured, totals_of
from sim.people import CUSTOMER, populate
from sim.people.crowd import Coming, Crowd
from sim.reading import load
from sim.world import World
from tests.by_hand import people
from tests.cli.worlds import ROOT
from tests.twin.both import twins
from tests.twin.telling_worlds import OUTLIVED, TELLING, lived_in
from tests.worlds import tiny_world

MANY = tiny_world(
    time={"warm_up": "2 d", "horizon": "5 d", "follow_up": "2 d"},
    population={"problems_per_day": 1500},
    teams={"front": {"staff": 9}},
)
"""Thirteen pages, of a journey's half day at most: busy, so that some wait across the end of the run."""
LATE = tiny_world(
    time={"horizon": "7 h", "follow_up": "0 d"},
    population={"problems_per_day": 12_000},
    teams={"front": {"staff": 60}},
)
"""Everything goes on when the run ends."""


@pytest.mark.parametrize("world", [MANY, LATE, tiny_world()], ids=["many", "late", "tiny"])
def test_those_who_come_are_those_who_would_be_made_ahead(world: World):
    crowd = Crowd(Coming.to(world, seed=4, replication=2))
    pages = 0
    while not crowd.complete:
        crowd.make_more()
        pages += 1
        assert pages < 100
    came = np.concatenate([page for _, page in crowd.pages.held()])[: crowd.many]
    made = populate(world, seed=4, replication=2)
    assert crowd.many == len(made) <= crowd.most
    for name in CUSTOMER.names or ():
        assert came[name].tobytes() == made.rows[name].tobytes()
    assert int(crowd.left["value"].sum()) == len(made)
    crowd.make_more()
    assert int(crowd.left["value"].sum()) == len(made)
    assert Coming.to(world, seed=4, replication=2).all() == made


@pytest.mark.parametrize("name", TELLING)
def test_the_totals_are_the_same_to_the_bit(name):
    world, _ = lived_in(name)
    assert measured(world, Coming.to(world, seed=1)).totals == measured(world, populate(world, seed=1)).totals


@pytest.mark.parametrize("world", [MANY, LATE, OUTLIVED], ids=["many", "late", "outlived"])
def test_the_totals_of_many_pages_are_the_same_to_the_bit(world: World):
    """They are forgotten in another order than that in which they came."""
    coming, customers = Coming.to(world, seed=1), populate(world, seed=1)
    assert len(customers) > 3 * IN_A_PAGE
    assert measured(world, coming).totals == measured(world, customers).totals
    twins(world, customers)


@pytest.mark.parametrize(("world", "lives"), [(MANY, 1), (OUTLIVED, 2)], ids=["many", "outlived"])
def test_who_is_over_is_forgotten_while_the_run_goes_on(world, lives):
    """And not before his last message has been worked on, though he has given up long since."""
    crowd = Crowd(Coming.to(world, seed=1))
    given_back: list[int] = []
    at_once = 0
    for _, rows in slices(world, crowd, 2000):
        assert crowd.left["value"].max() <= lives * IN_A_PAGE
        assert crowd.left["value"].min() >= -1
        assert not set(np.unique(rows["customer"] // IN_A_PAGE)) & set(given_back)
        for page in crowd.over():
            crowd.pages.give_back(page)
            given_back.append(page)
        at_once = max(at_once, crowd.pages.begun - len(given_back))
    assert len(given_back) > 9
    assert at_once < 9


def test_a_journey_is_over_after_its_last_row_and_not_before():
    """Told of the whole history: when a page is over, all rows of its customers have come."""
    customers = populate(MANY, seed=1)
    last = np.zeros(len(customers) // IN_A_PAGE + 1)
    rows = run(MANY, customers).rows
    np.maximum.at(last, rows["customer"] // IN_A_PAGE, rows["time"])
    crowd, over = Crowd(customers), 0
    for now, _ in slices(MANY, crowd, 500):
        for page in crowd.over():
            over += 1
            assert last[page] <= now
    assert over > 9


def test_who_is_ahead_of_the_end_of_the_run_has_not_lived_to_it():
    """Both are answered at once and done within ten minutes: the second call is cut short by the end, and billed."""
    world = tiny_world(tariff={"price_per_minute": 1.0})
    customers = people(world, 100.0, 1435.0)
    totals = measured(world, customers).totals
    assert totals == totals_of(run(world, customers))
    assert totals.calls.toll == pytest.approx(10.0 + 5.0)
    assert totals.journeys.solved == 1.0


def test_customers_given_as_a_whole_are_left_as_they_are():
    customers = populate(MANY, seed=1)
    before = customers.rows.tobytes()
    measured(MANY, customers)
    assert customers.rows.tobytes() == before


@pytest.mark.parametrize(("trace", "engine"), [(True, "auto"), (False, "simpy"), (True, "simpy")])
def test_where_all_are_needed_at_once_all_are_made(trace, engine):
    world, coming = tiny_world(), Coming.to(tiny_world(), seed=1)
    customers = populate(world, seed=1)
    found = measured(world, coming, trace=trace, engine=engine)
    assert found.totals == measured(world, customers, engine=engine).totals
    assert (found.history is not None) == trace
    if found.history is not None:
        assert found.history == run(world, customers, engine=engine)


def test_another_worlds_customers_are_refused():
    coming = Coming.to(MANY, seed=1)
    with pytest.raises(ValueError, match="come from another population than that of tiny"):
        measured(tiny_world(), coming)
    longer = MANY.model_copy(update={"time": MANY.time.model_copy(update={"horizon": 1440.0})})
    with pytest.raises(ValueError, match=r"come for 12960 min, and the run of tiny takes 7200 min"):
        measured(longer, coming)


@pytest.mark.parametrize(
    ("changes", "seed"),
    [
        ({"population": {"problems_per_day": 900}, "teams": {"front": {"staff": 5}}}, 73),
        (
            {
                "population": {"problems_per_day": 8704, "profile": {"intervals": [1, 0]}},
                "teams": {"front": {"staff": 62}},
            },
            164,
        ),
    ],
    ids=["one page", "eight and a half"],
)
def test_a_last_page_that_is_half_empty_is_over_when_its_customers_are(changes, seed):
    """Where as many wait at the end of the run as there are empty places, or twice as many: SimPy knows no pages."""
    world = tiny_world(**changes)
    customers = populate(world, seed=seed)
    whole = measure(run(world, customers, engine="simpy"))
    for found in (measured(world, Coming.to(world, seed=seed)), measured(world, customers)):
        parts = measure(found.totals)
        assert list(parts) == list(whole)
        for id, expected in whole.items():
            assert parts[id] == pytest.approx(expected, rel=1e-11, nan_ok=True), id
        assert found.problems == len(customers)


def test_a_crowd_lives_once():
    world = tiny_world()
    crowd = Crowd(Coming.to(world, seed=1))
    for _ in slices(world, crowd):
        pass
    with pytest.raises(ValueError, match="another run takes another crowd"):
        next(slices(world, crowd))


def test_a_crowd_is_looked_at_for_its_world():
    crowd = Crowd(Coming.to(MANY, seed=1))
    with pytest.raises(ValueError, match="from another population"):
        slices(tiny_world(), crowd)


def test_a_row_of_who_was_forgotten_is_refused():
    crowd = Crowd(Coming.to(MANY, seed=1))
    fold, first = Fold(MANY, crowd), None
    for _, rows in slices(MANY, crowd):
        first = rows[:10].copy() if first is None else first
        fold.follow(rows)
        fold.forget_those_over()
    assert first is not None
    with pytest.raises(ValueError, match="the journey of customer 0 is over, and was added up"):
        fold.follow(first)


def test_more_customers_than_rows_can_tell_apart_are_refused():
    reasons = {f"r{n}": {"share": 0.02} for n in range(50)}
    world = tiny_world(time={"horizon": "4000 d"}, population={"problems_per_day": 600_000, "reasons": reasons})
    with pytest.raises(ValueError, match="tell 2,147,483,647 customers apart"):
        Crowd(Coming.to(world, seed=1))


def test_only_the_compiled_engine_lets_them_live_as_they_come():
    from sim.engines import stream

    with pytest.raises(ValueError, match="only the compiled engine"):
        stream(MANY, Crowd(Coming.to(MANY, seed=1)), engine="simpy")


def test_a_long_run_holds_no_more_than_a_short_one():
    """Ten days of the reference workload, and thirty: customers and accounts of as many pages."""
    held = []
    for days in (10, 30):
        world = load(ROOT / "experiments" / "m2.toml")
        world = world.model_copy(update={"time": world.time.model_copy(update={"horizon": days * 1440.0})})
        crowd = Crowd(Coming.to(world, seed=1))
        most = 0
        for _ in slices(world, crowd):
            most = max(most, sum(1 for _ in crowd.pages.held()))
            for page in crowd.over():
                crowd.pages.give_back(page)
        held.append(most)
    assert held[1] <= held[0] + 2 < 20
