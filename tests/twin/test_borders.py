"""What is handed to an engine is looked at first: whoever hands over what cannot be lived is told which, and why."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.engines import compiled_engine, run, simpy_engine, stream
from sim.engines.open_loop import Waits
from sim.luck.laws import Law, LawCode
from sim.luck.records import law_table
from sim.measures.measured import measured
from sim.mechanisms.state.numbers import plan
from sim.people import CUSTOMER, populate
from sim.reading import WorldError, difference, digest, load, population_differences
from sim.world import World
from tests.by_hand import people, plain
from tests.twin.both import twins
from tests.worlds import tiny_world

ENGINES = ("simpy", "compiled")
DOORS = {
    "run": lambda world, customers, engine: run(world, customers, engine=engine),
    "stream": lambda world, customers, engine: stream(world, customers, engine=engine),
    "measured": lambda world, customers, engine: measured(world, customers, engine=engine),
}
WORLD = tiny_world(
    population={"reasons": {"fault": {"share": 0.5}, "bill": {"share": 0.5}}, "patience": "5 min"},
    teams={"front": {"staff": 1}},
)
DRAWN = populate(WORLD, seed=3)


def changed(**columns):
    """Return the drawn customers with other values at their place 5."""
    rows = DRAWN.rows.copy()
    for name, value in columns.items():
        rows[name][5] = value
    return replace(DRAWN, rows=rows)


def swapped(one, other):
    rows = DRAWN.rows.copy()
    rows[[one, other]] = rows[[other, one]]
    return replace(DRAWN, rows=rows)


NUMBER = int(DRAWN.rows["number"][5])
WRONG = {
    "turned round": (replace(DRAWN, rows=DRAWN.rows[::-1]), r"^customer 1 .*one in front.*customers\.sorted\(\)"),
    "two swapped": (swapped(7, 8), r"^customer 8 .*one in front"),
    "joined": (replace(DRAWN, rows=np.concatenate([DRAWN.rows[:9], DRAWN.rows[:9]])), "^customer 9 .*earlier one"),
    "another's number": (changed(number=DRAWN.rows["number"][4], reason=DRAWN.rows["reason"][4]), "^customer 5 .*same"),
    "another reason's": (changed(reason=1 - DRAWN.rows["reason"][5]), rf"^customer 5 \(number {NUMBER}\) has the num"),
    "number too large": (changed(number=NUMBER + 2**32), "number that luck does not know: 0 to 4294967295"),
    "negative number": (changed(number=NUMBER - 2**32), "number that luck does not know"),
    "before time": (changed(appeared=-1.0), "before the run begins, at -1.0 min"),
    "at no time": (changed(appeared=np.nan), "appears at no time"),
    "no reason": (changed(reason=2), "has a reason that tiny does not have: 2; codes are 0 to 1"),
    "no difficulty": (changed(difficulty=-1), "has a difficulty that tiny does not have: -1"),
    "no segment": (changed(segment=1), "has a segment that tiny does not have"),
    "negative work": (changed(work=-1.0), "has a work of -1.0: it goes from 0 to 1e.50"),
    "no temper": (changed(temper=np.nan), "has a temper of nan"),
    "endless gesture": (changed(gesture=np.inf), "has a gesture of inf"),
    "no worth": (changed(worth=-np.inf), "has a worth of -inf"),
    "seed": (replace(DRAWN, seed=-1), r"seed is -1: it goes from 0 to 2\*\*64 - 1"),
    "replication": (replace(DRAWN, replication=2**24), r"replication is 16777216: it goes from 0 to 2\*\*24 - 1"),
    "a list": (replace(DRAWN, rows=list(DRAWN.rows)), "the rows of customers are one array"),
    "a table": (replace(DRAWN, rows=DRAWN.rows.reshape(1, -1)), "the rows of customers are one array"),
    "a field less": (
        replace(DRAWN, rows=DRAWN.rows[[name for name in CUSTOMER.names if name != "temper"]]),
        "temper missing",
    ),
    "single precision": (
        replace(
            DRAWN, rows=DRAWN.rows.astype([(n, np.float32 if n == "work" else CUSTOMER[n]) for n in CUSTOMER.names])
        ),
        "of another type than sim.people.CUSTOMER",
    ),
}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
@pytest.mark.parametrize(("customers", "said"), WRONG.values(), ids=WRONG)
def test_customers_who_cannot_be_are_refused_at_every_door(customers, said, door, engine):
    with pytest.raises(ValueError, match=said):
        door(WORLD, customers, engine)


def test_neither_true_nor_false_is_refused():
    """A byte of 2 in place of a truth would lead compiled code beside its tables."""
    customers = changed()
    customers.rows["other_network"].view(np.uint8)[5] = 2
    with pytest.raises(ValueError, match=r"customer 5 .* is neither true nor false on other_network"):
        run(WORLD, customers)


@settings(deadline=None, max_examples=20)
@given(order=st.permutations(range(len(DRAWN))))
def test_sorted_customers_live_the_same_whatever_order_they_were_in(order):
    shuffled = replace(DRAWN, rows=DRAWN.rows[list(order)])
    assert shuffled.sorted() == DRAWN
    assert run(WORLD, shuffled.sorted()) == run(WORLD, DRAWN)


def test_customers_of_another_layout_are_the_same_customers():
    """Aligned fields, every second row of an array twice as long: compiled code reads its own copy."""
    aligned = np.zeros(2 * len(DRAWN), np.dtype(CUSTOMER.descr, align=True))
    aligned[::2] = DRAWN.rows
    for engine in ENGINES:
        other = run(WORLD, replace(DRAWN, rows=aligned[::2]), engine=engine)
        assert other.rows.tobytes() == run(WORLD, DRAWN, engine=engine).rows.tobytes()


def test_problems_beyond_the_end_are_left_alone():
    late = people(WORLD, 10, 1440, 1500, 1e300)
    assert set(twins(WORLD, late).rows["customer"].tolist()) == {0}


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"seed": -1}, "seed is -1"),
        ({"seed": 2**64}, "seed is 18446744073709551616"),
        ({"seed": 1.5}, "seed is 1.5: a whole number"),
        ({"seed": "1"}, "seed is '1': a whole number"),
        ({"seed": 1, "replication": -1}, "replication is -1"),
        ({"seed": 1, "replication": 2**24}, "replication is 16777216"),
        ({"seed": 1, "replication": None}, "replication is None"),
    ],
)
def test_luck_has_64_bits_of_seed_and_24_of_replication(keys, said):
    with pytest.raises(ValueError, match=said):
        populate(WORLD, **keys)


@pytest.mark.parametrize("seed", [np.int8(3), np.uint32(3), np.int64(2**40 + 3), np.uint64(2**63 + 3)], ids=repr)
@pytest.mark.filterwarnings("error")
def test_numbers_of_numpy_are_the_same_luck(seed):
    """NumPy's own would overflow, in one engine otherwise than in the other."""
    plain_luck = populate(WORLD, seed=int(seed), replication=7)
    for made in (populate(WORLD, seed=seed, replication=np.int8(7)), replace(plain_luck, seed=seed)):
        assert (type(made.seed), type(made.replication)) == (int, int)
        assert made == plain_luck
        assert twins(WORLD, made) == run(WORLD, plain_luck)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
def test_what_are_no_customers_is_refused(door, engine):
    for nobody, kind in ((None, "NoneType"), (DRAWN.rows, "ndarray")):
        with pytest.raises(ValueError, match=f"customers is of the kind {kind}: it has to be Customers"):
            door(WORLD, nobody, engine)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_tick_is_a_function(engine):
    for door in (run, stream, measured):
        with pytest.raises(ValueError, match="tick is 3: it has to be a function"):
            door(WORLD, DRAWN, engine=engine, tick=3)


def test_more_problems_than_there_are_numbers_are_refused():
    """2**26 of one reason: ten million a day need a week."""
    with pytest.raises(ValueError, match=r"there are numbers for 67,108,864; shorten time\.horizon"):
        populate(tiny_world(population={"problems_per_day": 1e7}, time={"horizon": "10 d"}), seed=1)


# Worlds ---------------------------------------------------------------------------------------------------------------

BASE = load("base")
FRONT = BASE.teams["front"]


def with_front(**values):
    return BASE.model_copy(update={"teams": {**BASE.teams, "front": FRONT.model_copy(update=values)}})


IMPOSSIBLE = {
    "fewer than none": (with_front(staff=-5), r"teams\.front\] staff is -5: it must be at least 0"),
    "no talk": (with_front(talk=float("nan")), r"teams\.front\] talk"),
    "endless talk": (with_front(talk=float("inf")), r"teams\.front\] talk"),
    "negative talk": (with_front(talk=-3.0), r"teams\.front\] talk .*cannot be negative"),
    "a talk in words": (with_front(talk="8 min"), "teams holds a value of another kind"),
    "a law by hand": (with_front(after_call=Law(LawCode.CONSTANT, 1.0)), r"teams\.front\] after_call"),
    "nobody's team": (
        BASE.model_copy(update={"line": BASE.line.model_copy(update={"team": "frnt"})}),
        r'team is "frnt": there is no such team; did you mean front\?',
    ),
    "a line as a table": (BASE.model_copy(update={"line": BASE.line.model_dump()}), "is not right|another kind|needs"),
    "hardly anything": (World.model_construct(name="x", population=BASE.population, time=BASE.time), "is missing"),
    "nothing": (World.model_construct(), "world name is missing"),
    "no time": (BASE.model_copy(update={"time": None}), "base time is missing"),
    "no population": (BASE.model_copy(update={"population": None}), "base population is missing"),
    "a line in words": (BASE.model_copy(update={"line": "x"}), 'base line is "x": a table is needed'),
    "a number of teams": (BASE.model_copy(update={"teams": 3}), "base teams is 3: a table is needed"),
    "no teams": (BASE.model_copy(update={"teams": {}}), "base teams is empty"),
    "no text": (BASE.model_copy(update={"about": b"\xff"}), "base holds a value that no file can hold"),
    "an object": (BASE.model_copy(update={"line": object()}), "base holds a value that no file can hold"),
}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("world", "said"), IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_a_world_that_no_file_could_give_is_neither_populated_nor_lived(world, said, engine):
    with pytest.raises(WorldError, match=said):
        populate(world, seed=1)
    with pytest.raises(WorldError, match=said):
        run(world, people(BASE), engine=engine)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(("world", "said"), IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_a_world_that_no_file_could_give_has_no_digest_and_differs_from_none(world, said):
    for ask in (digest, lambda world: difference(BASE, world), lambda world: population_differences(world, BASE)):
        with pytest.raises(WorldError, match=said):
            ask(world)


def test_what_is_no_world_is_refused():
    with pytest.raises(ValueError, match=r"world is a table \(dict\); it has to be a World"):
        run({}, people(BASE))


def test_a_line_that_nobody_can_call_is_lived_by_both():
    """Open by night, customers awake by day: all wait for an hour that never comes."""
    world = plain(line={"open": ["mon-sun 00:00-06:00"]}, population={"awake": "mon-sun 08:00-20:00"})
    assert twins(world, people(world, 5, 600)).rows["time"].tolist() == [5.0, 600.0]


# What the engines' own parts refuse -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("law", "said"),
    [
        (Law(9), "code 9 is not known"),
        (Law(LawCode.EXPONENTIAL, float("nan")), "not finite"),
        (Law(LawCode.EMPIRICAL), "needs its points"),
        (Law(LawCode.EMPIRICAL, points=((0.0, 1.0),)), "needs its points, two at least"),
        (Law(LawCode.EMPIRICAL, points=((0.0, 1.0), (0.5, 2.0))), "rise to 1"),
        (Law(LawCode.EMPIRICAL, points=((0.5, 1.0), (0.2, 2.0), (1.0, 3.0))), "rise to 1"),
        (Law(LawCode.EMPIRICAL, points=((0.0, 1.0), (1.0, float("inf")))), "not finite"),
        (Law(LawCode.MIXTURE), "or its parts"),
        (Law(LawCode.MIXTURE, parts=((1.0, Law(12)),)), "code 12 is not known"),
    ],
)
def test_numbers_that_are_no_law_never_reach_compiled_code(law, said):
    with pytest.raises(ValueError, match=said):
        law_table([law], [])


@pytest.mark.parametrize(
    ("times", "holds", "said"),
    [
        ([1.0, 2.0], [1.0], "as many holds as times"),
        ([2.0, 1.0], [0.0, 0.0], r"times\[1\] of the waits is before the one in front"),
        ([1.0, np.nan], [0.0, 0.0], r"times\[1\] of the waits is nan"),
        ([1.0, 2.0], [-1.0, 0.0], r"holds\[0\] of the waits is -1.0"),
        ([1.0, 2.0], [0.0, np.inf], r"holds\[1\] of the waits is inf"),
    ],
)
def test_waits_that_nobody_can_have_met_are_refused(times, holds, said):
    with pytest.raises(ValueError, match=said):
        Waits(np.array(times), np.array(holds))


def test_waits_are_given_for_every_team():
    with pytest.raises(ValueError, match="waits are given for 2 queues: tiny has 1"):
        simpy_engine.tell(WORLD, DRAWN, waits=(Waits(np.zeros(1), np.zeros(1)),) * 2)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_time_that_is_over_or_none_stops_an_engine_instead_of_leading_it_astray(monkeypatch, engine):
    """A draw of minus infinity, of which no world is capable any more, put into the plan behind all checks."""
    broken = Law(LawCode.UNIFORM, -1e300, -1e300)

    def astray(world):
        return replace(plan(world), patience=(broken,))

    monkeypatch.setattr(simpy_engine, "plan", astray)
    monkeypatch.setattr(compiled_engine, "plan", astray)
    world = tiny_world(teams={"front": {"staff": 0}})
    with pytest.raises(RuntimeError, match="planned for"):
        run(world, people(world, 10, 20), engine=engine)
