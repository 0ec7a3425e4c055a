"""Prevention: the problem is there, nothing of it is lived, and all others keep their luck."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from sim import purposes
from sim.engines import run
from sim.figures.life import life
from sim.history.rows import Event, History
from sim.luck.keys import Kind, uniforms
from sim.measures import MEASURES, measure, tables
from sim.people import populate
from sim.reading import WorldError, load, same_population, warnings_of
from sim.study.running.replicate import replicate
from sim.units import YEAR
from sim.world import World
from tests.by_hand import PLAIN
from tests.measures.strips import CLEAN, hand_world, history
from tests.reading.conftest import SMALL
from tests.worlds import tiny_world

SEED = 4
REASONS = {
    "line": {"share": 0.6, "difficulty": {"easy": 0.5, "hard": 0.5}},
    "bill": {"share": 0.4, "difficulty": {"easy": 1.0}},
}
CAUSES: dict[str, Any] = {
    "booklet": {"share": 0.5, "read": 0.4, "eur_per_year": 3650, "eur_per_prevented": 2},
    "cause": {"share": 0.4, "reasons": ["line"]},
    "guide": {"share": 0.25, "classes": ["line.easy"], "eur_per_prevented": 1},
}
CHANCES = {("line", 0): 1 - 0.8 * 0.6 * 0.75, ("line", 1): 1 - 0.8 * 0.6, ("bill", 0): 0.2}
"""By reason and class: one less the product of what each leaves."""


def preventing(prevention: dict[str, Any] = CAUSES, **changes: Any) -> World:
    """Return a world in which nobody waits for anybody: there are agents for all at once."""
    solve = {"easy": 0.7, "hard": 0.4}
    team = {"staff": 2000, "talk": "10 min", "wage": 0, "solve": solve}
    again = PLAIN["population"]["again"] | {"persistence": 0.8}
    population = {"problems_per_day": 300, "reasons": REASONS, "again": again}
    world: dict[str, Any] = {"time": {"horizon": "2 d", "follow_up": "2 d"}, "population": population}
    return tiny_world(**world, teams={"front": team}, prevention=prevention, **changes)


def prevented_of(told: History) -> Any:
    """Return which customers' problems are prevented."""
    found = np.zeros(len(told.customers), bool)
    found[told.rows["customer"][told.rows["event"] == Event.PREVENTED]] = True
    return found


def test_problems_are_thinned_as_the_formula_says_by_reason_and_class():
    """Of 40 replications: the share of each kind within 4 standard errors of a share of so many; Bonferroni over 3."""
    world = preventing()
    seen: dict[tuple[str, int], list[bool]] = {kind: [] for kind in CHANCES}
    for replication in range(40):
        customers = populate(world, seed=SEED, replication=replication)
        hit = prevented_of(run(world, customers))
        for (reason, level), found in seen.items():
            mine = (customers.rows["reason"] == list(REASONS).index(reason)) & (customers.rows["difficulty"] == level)
            found += hit[mine].tolist()
    for kind, found in seen.items():
        p = CHANCES[kind]
        assert np.mean(found) == pytest.approx(p, abs=4 * math.sqrt(p * (1 - p) / len(found)))


def test_those_are_prevented_whose_own_luck_says_so():
    """One uniform for each problem, of its number and of no occasion: whoever knows the key foretells who it is."""
    world = preventing()
    customers = populate(world, seed=SEED, replication=7)
    u = uniforms(SEED, 7, Kind.CUSTOMER, customers.rows["number"], purposes.PREVENTED)
    names = list(REASONS)
    chances = [CHANCES[names[row["reason"]], int(row["difficulty"])] for row in customers.rows]
    for engine in ("simpy", "compiled"):
        assert (prevented_of(run(world, customers, engine=engine)) == (u < chances)).all()


def test_all_others_live_as_they_would_have_lived_to_the_bit():
    """With agents for all at once nobody waits for anybody: rows of those not prevented are what they were, but for
    which of the idle agents takes them."""
    world, without = preventing(), preventing({})
    assert same_population(world, without)
    customers = populate(world, seed=SEED)
    told, plain = run(world, customers), run(without, customers)
    hit = prevented_of(told)
    assert 0.3 < hit.mean() < 0.6
    rest, before = (one.rows[~hit[one.rows["customer"]]] for one in (told, plain))
    for name in told.rows.dtype.names or ():
        if name != "agent":
            assert rest[name].tobytes() == before[name].tobytes(), name
    mine = told.rows[hit[told.rows["customer"]]]
    assert (mine["event"].reshape(-1, 2) == [Event.APPEARED, Event.PREVENTED]).all()
    assert (mine["time"] == np.repeat(customers.rows["appeared"][hit], 2)).all()
    assert (mine["contact"] == -1).all()


def test_a_larger_share_prevents_the_same_problems_and_more():
    customers = populate(preventing(), seed=SEED)
    few, more = (prevented_of(run(preventing({"one": {"share": share}}), customers)) for share in (0.2, 0.5))
    assert (more >= few).all()
    assert more.sum() > few.sum() > 0


def test_statuses_add_up_to_the_common_population():
    """Solved, given up, open and prevented are all problems, in every replication; contacts are of the others alone."""
    world = preventing()
    ids = ("solved_share", "given_up_share", "open_share", "prevented_share", "calls_per_problem")
    found, plain = (replicate(one, replications=4, seed=SEED, measures=list(ids)) for one in (world, preventing({})))
    parts = sum(found.totals[name][:, 0] for name in ids[:4])
    problems = found.totals["solved_share"][:, 1]
    assert parts == pytest.approx(problems)
    assert (problems == plain.totals["solved_share"][:, 1]).all()
    assert (found.totals["prevented_share"][:, 0] > 0).all()
    assert (plain.totals["prevented_share"][:, 0] == 0).all()
    assert (found.totals["calls_per_problem"][:, 0] < plain.totals["calls_per_problem"][:, 0]).all()


PREVENTED = "600 APPEARED\n600 PREVENTED 5"


def test_a_prevented_problem_counts_in_all_that_is_told_per_problem_and_in_no_contact():
    """One solved at its first call and one prevented: half and half; the first contact solves all that had one."""
    told = history(hand_world(), CLEAN, PREVENTED, outage_value=10.0, hours_of_use=24.0)
    wanted = {
        "solved_share": (1, 2),
        "prevented_share": (1, 2),
        "open_share": (0, 2),
        "given_up_share": (0, 2),
        "first_contact_resolution": (1, 1),
        "calls_per_problem": (1, 2),
    }
    assert measure(told, list(wanted)) == wanted
    made = tables(told)
    row = made.journeys[1]
    assert (row["downtime_hours"], row["outage_eur"], row["effort"], row["ces"], row["calls"]) == (0, 0, 0, 1, 0)
    assert math.isnan(row["solved_at"])
    assert made.frame()["status"].tolist() == ["solved", "prevented"]
    assert life(told, 1).end == "prevented"
    assert life(told, 1).marks == ((600.0, "prevented"),)


def test_what_prevention_costs_is_part_of_the_firm_s_euros():
    """A day of 3,650 EUR a year is 10 EUR; each prevented 5; one that appears after the horizon is no part of it."""
    world = hand_world(prevention={"cause": {"share": 0.5, "eur_per_year": 3650, "eur_per_prevented": 5}})
    late = "2000 APPEARED\n2000 PREVENTED 5"
    told = history(world, CLEAN, PREVENTED, PREVENTED, late)
    found = measure(told, ["prevention_eur_per_problem", "firm_cash_eur_per_problem", "staff_eur_per_problem"])
    assert found["prevention_eur_per_problem"] == (pytest.approx(10 + 2 * 5), 3)
    staff = found["staff_eur_per_problem"][0]
    assert found["firm_cash_eur_per_problem"][0] == pytest.approx(staff + 20)


def test_its_price_is_that_of_the_first_that_would_have_prevented_it():
    """2 EUR for a fifth of all; 1 EUR for what the guide alone prevents; and two days of 10 EUR, of 600 problems."""
    world = preventing()
    found = replicate(world, replications=30, seed=SEED, measures=["prevention_eur_per_problem"])
    euros, problems = found.totals["prevention_eur_per_problem"].T
    by_chance = 0.2 * 2 + 0.3 * (0.8 * 0.6 * 0.25) * 1
    spread = 0.2 * 4 + 0.3 * (0.8 * 0.6 * 0.25)
    error = math.sqrt(spread * problems.sum()) / problems.sum()
    assert ((euros.sum() - 30 * 3650 * 2 * 1440 / YEAR) / problems.sum()) == pytest.approx(by_chance, abs=4 * error)


def test_all_may_be_prevented():
    world = preventing({"cure": {"share": 1.0}})
    told = run(world, populate(world, seed=SEED))
    assert prevented_of(told).all()
    found = measure(told, list(MEASURES))
    assert found["prevented_share"][0] == found["prevented_share"][1]
    assert found["first_contact_resolution"] == (0, 0)
    assert warnings_of(world) == warnings_of(preventing({}))


def test_every_mistake_in_prevention_is_told(tmp_path):
    """Each at its line; a table's key beside the blocks is told that a block has a name."""
    path = tmp_path / "mine.toml"
    path.write_text(
        SMALL
        + """
[prevention.booklet]
share = 1.2
read = "30"
reasons = ["fualt"]
classes = ["esay", "fault.easy", "bill.hard"]
eur_per_year = -1
[prevention.cause]
eur_per_prevented = "much"
cost = 3
[prevention.guide]
share = "40 %"
classes = "easy"
[prevention.twice]
share = 0.1
reasons = ["bill", "bill"]
[prevention.none]
share = 0.1
classes = []
"""
    )
    with pytest.raises(WorldError) as raised:
        load(path)
    known = "share, read, reasons, classes, eur_per_year, eur_per_prevented"
    assert str(raised.value).replace(f"{path}:", "").splitlines() == [
        "63 [prevention.booklet] share is 1.2: it must be at most 1",
        '64 [prevention.booklet] read is "30", which is not a share; write a part of one or a percentage: 0.8 or '
        '"80 %"',
        '65 [prevention.booklet] reasons[1] is "fualt": there is no such reason; did you mean fault?',
        '66 [prevention.booklet] classes[1] is "esay": there is no such difficulty class; did you mean easy?',
        '66 [prevention.booklet] classes[3] is "bill.hard": there is no such difficulty class; did you mean bill.easy?',
        "67 [prevention.booklet] eur_per_year is -1: it must be at least 0",
        "68 [prevention.cause] share is missing; write share = ...",
        '69 [prevention.cause] eur_per_prevented is "much": a number is needed',
        f"70 [prevention.cause] cost is not known; known here are {known}",
        '73 [prevention.guide] classes is "easy": a list in [brackets] is needed; write ["easy"]',
        "76 [prevention.twice] reasons is not right: a name stands there twice; write each once",
    ]


def test_a_class_that_only_prevention_names_still_needs_a_chance_of_solving(tmp_path):
    path = tmp_path / "mine.toml"
    text = SMALL.replace("hard = 0.4", "odd = 0.4").replace(", hard = 0.2", "").replace(", hard = 0.7", "")
    path.write_text(text + '[prevention.cause]\nshare = 0.1\nclasses = ["odd"]\n')
    with pytest.raises(WorldError, match="is a class for which no team has a chance of solving"):
        load(path)
