"""The engines against each other and against the textbook, a day by itself, and a call of each world."""

from __future__ import annotations

import math
import statistics
from collections import deque
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from bench.lines import Line, Size, Target, Told
from bench.stopwatch import Seconds, Way, interleaved, ratios
from bench.textbook import LAST_DIAL, MEANS, means_of_history, means_of_textbook, textbook
from bench.worlds import m2, pooled, skilled
from sim.engines import Engine, run, stream
from sim.history.rows import Event
from sim.measures import measured
from sim.measures.rules.counts import CONTACTS
from sim.people import Customers, populate
from sim.people.crowd import Coming
from sim.reading import load
from sim.world import World

SEED = 1
_AGAINST_TEXTBOOK, _AGAINST_TELLING = Target(100, at_least=True), Target(30, at_least=True)
_WRITTEN = ("bricoleurs_1", "silence", "toll_invoice", "outage")
Days = Sequence[Customers]


def days_of(world: World, many: int) -> Days:
    """Return the customers of so many rounds."""
    return [populate(world, seed=SEED, replication=turn) for turn in range(many)]


def alone(world: World, days: Days, engine: Engine) -> Callable[[int], object]:
    """Return what lets an engine live and tell a day whose customers are made, nobody listening."""
    return lambda turn: deque(stream(world, days[turn], engine=engine), maxlen=0)


def everything(world: World, engine: Engine) -> Callable[[int], object]:
    """Return what makes the customers of a day, lives it and adds it up."""
    return lambda turn: measured(world, Coming.to(world, seed=SEED, replication=turn), engine=engine)


def appearances(customers: Customers) -> list[float]:
    """Return when the problems appear."""
    appeared = customers.rows["appeared"]
    return [float(at) for at in appeared[appeared < LAST_DIAL]]


def of_m2(size: Size, told: Told) -> Iterator[Line | str]:
    """Compare the compiled engine with the textbook and with the project's own SimPy, on M2."""
    world = m2()
    days = days_of(world, size.rounds)
    seconds = interleaved(
        {
            "textbook": Way(lambda turn: textbook(appearances(days[turn]), SEED + turn)),
            "telling": Way(alone(world, days, "simpy")),
            "telling, all": Way(everything(world, "simpy")),
            "compiled": Way(alone(world, days, "compiled"), times=10),
            "compiled, all": Way(everything(world, "compiled"), times=10),
        },
        size.rounds,
        told,
    )
    by_hand, one, whole = seconds["textbook"], seconds["compiled"], seconds["compiled, all"]
    yield Line("compiled against the textbook, engines alone", "times", ratios(by_hand, one), _AGAINST_TEXTBOOK)
    yield Line("  the same, with customers and measures", "times", ratios(by_hand, whole), _AGAINST_TEXTBOOK)
    yield from _against_the_telling(seconds["telling"], seconds["telling, all"], one, whole)
    yield Line("the SimPy telling against the textbook", "times", ratios(by_hand, seconds["telling"]))
    yield Line("the textbook's day", "ms", [1000 * each for each in by_hand])
    yield from _agreement(world, days)


def of_double_peine(size: Size, told: Told) -> Iterator[Line | str]:
    """Compare the compiled engine with the project's own SimPy, on the whole double penalty."""
    world = load("double_peine")
    days = days_of(world, size.long_rounds)
    seconds = interleaved(
        {
            "telling": Way(alone(world, days, "simpy")),
            "telling, all": Way(everything(world, "simpy")),
            "compiled": Way(alone(world, days, "compiled"), times=3),
            "compiled, all": Way(everything(world, "compiled"), times=3),
        },
        size.long_rounds,
        told,
    )
    yield from _against_the_telling(*seconds.values())


def of_skills(size: Size, told: Told) -> Iterator[Line | str]:
    """Compare what a call costs with fifty teams and thirty queues and with one team of as many agents."""
    worlds = {"pooled": pooled(), "skilled": skilled()}
    days = days_of(worlds["pooled"], size.rounds)
    seconds = interleaved(
        {name: Way(alone(world, days, "compiled"), times=10) for name, world in worlds.items()}, size.rounds, told
    )
    calls = {
        name: [float((run(world, day).rows["event"] == Event.DIALLED).sum()) for day in days]
        for name, world in worlds.items()
    }
    a_call = {name: [spent / many for spent, many in zip(seconds[name], calls[name], strict=True)] for name in worlds}
    dearer = ratios(a_call["skilled"], a_call["pooled"])
    yield Line("a call, 50 teams and 30 queues over one team", "times", dearer, Target(2.0))


def _against_the_telling(telling: Seconds, telling_all: Seconds, one: Seconds, whole: Seconds) -> Iterator[Line]:
    yield Line("compiled against the SimPy telling, engines alone", "times", ratios(telling, one), _AGAINST_TELLING)
    yield Line("  the same, with customers and measures", "times", ratios(telling_all, whole), _AGAINST_TELLING)


def _agreement(world: World, days: Days) -> Iterator[str]:
    """Say how far the textbook and the scenario are apart, which is by chance and by what `m2.toml` says otherwise."""
    by_hand = [means_of_textbook(textbook(appearances(day), SEED + turn)) for turn, day in enumerate(days)]
    lived = [means_of_history(run(world, day)) for day in days]
    yield f"means per problem of {len(days)} days, +- 1 standard error: textbook, scenario"
    for name, one, other in zip(MEANS, zip(*by_hand, strict=True), zip(*lived, strict=True), strict=True):
        yield f"  {name:<18}{_with_error(one):>18}{_with_error(other):>18}"


def _with_error(values: Sequence[float]) -> str:
    error = f" +-{statistics.stdev(values) / math.sqrt(len(values)):.3f}" if len(values) > 1 else ""
    return f"{statistics.fmean(values):.3f}{error}"


def of_a_day(size: Size, told: Told) -> Iterator[Line | str]:
    """Time one M2 day with everything, and its parts."""
    world, rounds = m2(), 4 * size.rounds
    days = days_of(world, rounds)
    seconds = interleaved(
        {
            "populate": Way(lambda turn: populate(world, seed=SEED, replication=turn), times=5),
            "alone": Way(alone(world, days, "compiled"), times=5),
            "all": Way(everything(world, "compiled"), times=5),
        },
        rounds,
        told,
    )
    thousandths = {name: [1000 * each for each in its] for name, its in seconds.items()}
    yield Line("one M2 day: customers, life, measures; no trace", "ms", thousandths["all"], Target(2.8))
    yield Line("  of it: making the customers", "ms", thousandths["populate"])
    yield Line("  of it: living and telling it", "ms", thousandths["alone"])
    yield Line("M2 days a second, one thread", "days", [1 / each for each in seconds["all"]])


def of_a_call(size: Size, told: Told) -> Iterator[Line | str]:
    """Compare what a call costs in the whole double penalty and in M2."""
    calm, full = m2(), load("double_peine")
    seconds = interleaved(
        {"m2": Way(everything(calm, "compiled"), times=20), "double_peine": Way(everything(full, "compiled"))},
        size.rounds,
        told,
    )
    counts = [(calls_of(calm, day), calls_of(full, of_full)) for day, of_full in _pairs(calm, full, size.rounds)]
    within = Target(3, 2)
    for at, words in enumerate(("dialled", "answered")):
        m2_each = [took / count[0][at] for took, count in zip(seconds["m2"], counts, strict=True)]
        full_each = [took / count[1][at] for took, count in zip(seconds["double_peine"], counts, strict=True)]
        yield Line(f"a call {words}, double_peine against M2, everything", "times", ratios(full_each, m2_each), within)
        yield Line("  a call in double_peine", "us", [1e6 * each for each in full_each])


def of_a_contact(size: Size, told: Told) -> Iterator[Line | str]:
    """Compare what a contact costs in the worlds of the stories, in which most write, with a call of double_peine."""
    worlds = {name: load(name) for name in ("double_peine", *_WRITTEN)}
    seconds = interleaved(
        {name: Way(everything(world, "compiled")) for name, world in worlds.items()}, size.rounds, told
    )
    many = {name: [contacts_of(world, day) for day in days_of(world, size.rounds)] for name, world in worlds.items()}
    each = {name: ratios(seconds[name], many[name]) for name in worlds}
    for name in _WRITTEN:
        dearer = ratios(each[name], each["double_peine"])
        yield Line(f"a contact in {name} against a call in double_peine", "times", dearer, Target(2))
    yield Line("  a call in double_peine", "us", [1e6 * one for one in each["double_peine"]])


def contacts_of(world: World, customers: Customers) -> int:
    """Return the contacts of a whole run, warm-up and follow-up too, through whatever channel."""
    return sum(int(np.isin(rows["event"], CONTACTS).sum()) for rows in stream(world, customers))


def _pairs(calm: World, full: World, rounds: int) -> Iterator[tuple[Customers, Customers]]:
    return zip(days_of(calm, rounds), days_of(full, rounds), strict=True)


def calls_of(world: World, customers: Customers) -> tuple[int, int]:
    """Return the calls of a whole run, warm-up and follow-up too: dialled, and answered by an agent at least once."""
    dialled = answered = 0
    for rows in stream(world, customers):
        dialled += int(np.count_nonzero(rows["event"] == Event.DIALLED))
        answered += int(np.count_nonzero((rows["event"] == Event.ANSWERED) & (rows["leg"] == 0)))
    return dialled, answered
