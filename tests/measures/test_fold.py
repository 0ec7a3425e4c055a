"""The fold: rows come in chunks and interleaved, and come to the same; what it adds up is what the tables hold."""

from __future__ import annotations

import pickle
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

import numpy as np
import pytest

from sim.engines import run
from sim.history.rows import Activity, Event, History
from sim.measures import (
    Fold,
    Tables,
    Totals,
    drift,
    measure,
    measured,
    tables,
    totals_of,
)
from sim.measures.accounts.account import ACCOUNT
from sim.measures.accounts.totals import CallSums, JourneySums
from sim.measures.register.measure import times_per_call, times_per_problem
from sim.measures.rules.counts import CODES, COUNT, MOST
from sim.people import populate
from tests.measures.strips import (
    ABANDONED,
    BLOCKED,
    CLEAN,
    CUT_TWICE_TOLD,
    RUNG_BACK,
    TRANSFERRED,
    asked,
    hand_world,
    history,
)
from tests.measures.test_a_run import BUSY_DAY
from tests.worlds import merged, tiny_world

ROUNDING = 1e-12
"""Sums of the same numbers in another order differ by no more than this part of them."""

RICH = merged(
    BUSY_DAY,
    {
        "time": {"horizon": "34 h", "follow_up": "30 min"},  # many calls and legs still go on at the end
        "line": {"lines": 9},
        "teams": {"front": {"staff": 2}},
        "population": {
            "again": {"repair_share": 0.5, "most_attempts": 4},
            "segments": {"all": {**BUSY_DAY["population"]["segments"]["all"], "worth": 144, "lock_in": 0.25}},
        },
        "levers": {
            "knowledge": {"wrong_pitch": 0.2},
            "memory": {"contradicted": 0.3},
            "follow_through": {
                "known_now": 0.4,
                "owned": True,
                "call_back": {"offered_above": "3 min", "accepted": 0.3, "missed": 0.4},
            },
        },
    },
)


@pytest.fixture(scope="module")
def lived() -> History:
    """A run with nearly all that can happen in it, cut off in the middle of a morning."""
    world = tiny_world(**RICH)
    found = run(world, populate(world, seed=6))
    wanted = {Event.BLOCKED, Event.ABANDONED, Event.CUT, Event.RING_MISSED, Event.GAVE_UP, Event.LIMIT_REACHED}
    assert wanted <= set(found.rows["event"])
    dialled, blocked, ended = np.bincount(found.rows["event"])[[Event.DIALLED, Event.BLOCKED, Event.CALL_ENDED]]
    assert dialled - blocked - ended > 3
    return found


@pytest.fixture(scope="module")
def made(lived: History) -> Tables:
    return tables(lived)


def folded(lived: History, chunks: Iterable[Any]) -> Totals:
    fold = Fold(lived.world, lived.customers)
    for rows in chunks:
        fold.follow(rows)
    return fold.totals()


def numbers(told: Totals) -> dict[str, float]:
    """Return all numbers of totals, by name."""
    return {
        **numbers_in("calls", told.calls),
        **numbers_in("journeys", told.journeys),
        **{f"{team}.{name}": value for team, its in told.agents.items() for name, value in its._asdict().items()},
        **{f"middle.{name}": value for name, value in asdict(told.drift.middle).items()},
        **{f"last.{name}": value for name, value in asdict(told.drift.last).items()},
        **{name: getattr(told, name) for name in ("staff_eur", "toll_income_eur", "people_told")},
    }


def numbers_in(of: str, sums: CallSums | JourneySums) -> dict[str, float]:
    """Return all numbers of sums, by name, and by event."""
    named = asdict(sums)
    counts = named.pop("events")
    return {
        **{f"{of}.{event.name}": counts[event] for event in Event},
        **{f"{of}.{name}": v for name, v in named.items()},
    }


@pytest.mark.parametrize("by", ["customer", "time"])
@pytest.mark.parametrize("seed", range(4))
def test_it_does_not_matter_how_the_rows_are_cut_or_interleaved(lived: History, by: str, seed: int):
    """Cut at random, in the middle of calls; by customer, or as an engine meets them."""
    rows = lived.rows[np.argsort(lived.rows[by], kind="stable")]
    cuts = np.sort(np.random.default_rng(seed).integers(0, len(rows) + 1, 40))
    assert numbers(folded(lived, np.split(rows, cuts))) == pytest.approx(numbers(totals_of(lived)), rel=ROUNDING)


def test_row_by_row_of_every_other_customer_comes_to_the_same():
    """The strips dealt like cards: one row of each customer in turn."""
    told = history(hand_world(), CLEAN, CUT_TWICE_TOLD, TRANSFERRED, RUNG_BACK, ABANDONED, BLOCKED)
    turn = np.concatenate([np.arange(many) for many in np.bincount(told.rows["customer"])])
    dealt = told.rows[np.argsort(turn, kind="stable")]
    totals = folded(told, (dealt[place : place + 1] for place in range(len(dealt))))
    assert numbers(totals) == pytest.approx(numbers(totals_of(told)), rel=ROUNDING)


def test_rows_that_cannot_be_written_to_or_lie_apart_are_followed_too(lived: History):
    twice = np.repeat(lived.rows, 2)
    twice.flags.writeable = False
    assert numbers(folded(lived, [twice[::2]])) == numbers(totals_of(lived))


def test_the_tables_and_the_stream_come_to_the_same(lived: History, made: Tables):
    assert numbers(made.totals) == numbers(totals_of(lived))
    assert measure(lived) == measure(made) == measure(made.totals)
    assert drift(lived) == drift(made) == drift(made.totals)


def sums_of_calls(made: Tables) -> dict[str, tuple[float, float]]:
    """Add up the table of calls with NumPy."""
    calls = made.calls[made.calls["counted"]]
    taken = calls[np.isfinite(calls["answered"])]
    toll = made.tolls.total[made.calls["counted"]].sum()
    hold = taken["minutes"][:, Activity.MENU] + taken["minutes"][:, Activity.HOLD]
    per_call = {
        "toll_eur_per_call": toll,
        "answered_share": len(taken),
        "abandoned_share": (calls["abandoned"] & np.isnan(calls["answered"])).sum(),
        "blocked_share": calls["blocked"].sum(),
        "cut_share": calls["cut"].sum(),
    }
    per_answered = {
        "hold_minutes_per_call": hold.sum(),
        "hold_over_10_share": (hold > 10).sum(),
        "answered_at_once_share": (taken["wait"] <= 0.25).sum(),
        "talk_minutes_per_call": taken["minutes"].sum() - hold.sum(),
        "transfer_hold_minutes_per_call": taken["minutes"][:, Activity.TRANSFER_HOLD].sum(),
        "speed_of_answer": (taken["answered"] - taken["queued"]).sum(),
        "first_call_resolution_logged": logged(made.calls),
    }
    return {
        **{name: (float(value), len(calls)) for name, value in per_call.items()},
        **{name: (float(value), len(taken)) for name, value in per_answered.items()},
        "hold_share_of_toll": (made.tolls.of_hold[made.calls["counted"]].sum(), toll),
    }


def logged(calls: Any) -> int:
    """Count the answered calls of the horizon after which the same customer does not call within a week."""
    last = np.append(calls["customer"][1:] != calls["customer"][:-1], True)
    again = np.append(calls["dialled"][1:], np.inf) - calls["ended"]
    return int((calls["counted"] & np.isfinite(calls["answered"]) & (last | (again > 7 * 1440))).sum())


def sums_of_journeys(made: Tables) -> dict[str, tuple[float, float]]:
    """Add up the table of journeys with NumPy, effort and loyalty by their formulas."""
    journeys, people = made.journeys, made.customers.rows[made.journeys["customer"]]
    ces = 1 + 4 * (1 - np.exp(-journeys["effort"] / 4))
    disloyal = 1 / (1 + np.exp(2.31 - 1.83 * (ces - 1.5)))
    solved = journeys[journeys["status"] == 1]
    per_problem = {
        "contacts_per_problem": journeys["calls"],
        "identifications_per_problem": journeys["identifications"],
        "explanations_per_problem": journeys["explanations"],
        "transfers_per_problem": journeys["cold_transfers"] + journeys["warm_transfers"],
        "cuts_per_problem": journeys["cuts"],
        "customer_minutes_per_problem": journeys["active_minutes"],
        "hold_minutes_per_problem": journeys["hold_minutes"],
        "downtime_hours_per_problem": journeys["downtime_hours"],
        "toll_eur_per_problem": journeys["toll"],
        "effort_index": journeys["effort"],
        "effort_ces": ces,
        "high_effort_share": ces >= 4,
        "disloyal_share": disloyal,
        "leaves_at_renewal_share": 0.12 + 0.88 * 0.3 * (1 - people["lock_in"]) * disloyal,
        "lost_margin_eur_per_problem": journeys["lost_margin"],
        "solved_share": journeys["status"] == 1,
        "open_share": journeys["status"] == 0,
        "given_up_share": journeys["status"] == 2,
        "attempts_exhausted_share": journeys["exhausted"],
    }
    per_solved = {
        "hours_to_solution": (solved["solved_at"] - solved["appeared"]) / 60,
        "calls_per_solved_problem": solved["calls"],
        "toll_eur_per_solved_problem": solved["toll"],
        "call_minutes_per_solved_problem": solved["active_minutes"],
        "calls_spent_per_solution": journeys["calls"],
    }
    return {
        **{name: (float(column.sum()), len(journeys)) for name, column in per_problem.items()},
        **{name: (float(column.sum()), len(solved)) for name, column in per_solved.items()},
        "first_contact_resolution": (journeys["solved_at_first"].sum(), (journeys["calls"] > 0).sum()),
    }


def test_the_totals_are_the_sums_of_the_tables(made: Tables):
    """Recomputed from the rows of the tables, by other means."""
    expected = {**sums_of_calls(made), **sums_of_journeys(made)}
    answers = measure(made, expected)
    for name, answer in expected.items():
        assert answers[name] == pytest.approx(answer, rel=ROUNDING, abs=ROUNDING), name
    nothing = [name for name, (above, _) in expected.items() if above == 0]
    assert nothing == []  # or nothing would be said of them here


def test_the_journeys_are_the_sums_of_their_calls_and_spells(made: Tables):
    """Calls by customer, and spells by customer, come to what the journeys hold."""
    many = len(made.customers)
    of = made.journeys["customer"]
    calls, spells = made.calls, made.spells
    lasted = spells["end"] - spells["start"]
    holds = np.isin(spells["activity"], [Activity.HOLD, Activity.TRANSFER_HOLD, Activity.APPROVAL_HOLD])
    expected = {
        "calls": np.bincount(calls["customer"], minlength=many),
        "cuts": np.bincount(calls["customer"], calls["cut"], many),
        "answered_calls": np.bincount(calls["customer"], np.isfinite(calls["answered"]), many),
        "identifications": np.bincount(calls["customer"], calls["identifications"], many),
        "explanations": np.bincount(calls["customer"], calls["explanations"], many),
        "toll": np.bincount(calls["customer"], made.tolls.total, many),
        "active_minutes": np.bincount(spells["customer"], lasted, many),
        "long_holds": np.bincount(spells["customer"][holds & (lasted > 3)], minlength=many),
    }
    for name, column in expected.items():
        np.testing.assert_allclose(made.journeys[name], column[of], rtol=ROUNDING, err_msg=name)


def test_the_agents_minutes_are_those_of_legs_and_rings(lived: History, made: Tables):
    """Cut at the ends of the horizon by hand; a leg that goes on lasts to the end of the run."""
    rung = lived.rows[lived.rows["event"] == Event.RING_MISSED]
    for number, team in enumerate(made.world.teams):
        legs, rings = made.legs[made.legs["team"] == number], rung[rung["team"] == number]
        ends = np.concatenate([legs["left"] + legs["after_call"], rings["time"] + rings["amount"]])
        begins = np.concatenate([legs["answered"], rings["time"]])
        inside = np.clip(ends, made.start, made.stop) - np.clip(begins, made.start, made.stop)
        assert made.agents[team].busy == pytest.approx(inside.sum(), rel=ROUNDING)


def test_the_tables_stand_by_customer_in_the_order_lived(made: Tables):
    """Those that the end of the run has ended stand where they belong."""
    for rows, moment in ((made.calls, "dialled"), (made.legs, "answered"), (made.spells, "start")):
        assert (np.lexsort((rows[moment], rows["customer"])) == np.arange(len(rows))).all()
    assert (made.legs["left"] == made.world.time.end).any()
    for name in ("customer", "contact"):
        assert (made.calls[name][made.legs["call"]] == made.legs[name]).all()


def test_a_call_that_never_says_that_it_ends_is_over_at_the_next():
    """Hold from 600 to 610, when he dials again: ten minutes, not to the end of the run."""
    strip = "600 APPEARED\n600 DIALLED\n600 PICKED_UP\n600 QUEUED\n610 DIALLED\n610 BLOCKED\n610 GAVE_UP"
    calls = asked(hand_world(), strip).calls
    assert calls["ended"].tolist() == [610, 610]
    assert calls["minutes"].sum(axis=1).tolist() == [10, 0]
    assert calls["blocked"].tolist() == [False, True]


def test_a_leg_that_goes_on_at_the_end_keeps_its_agent_until_then():
    """Answered at minute 1400 of a horizon of 1440 and a run of ten days: 40 minutes, after-call work not known."""
    strip = "1400 APPEARED\n1400 DIALLED\n1400 PICKED_UP\n1400 QUEUED\n1400 ANSWERED front:1\n1400 TALKING"
    made = asked(hand_world(), strip)
    assert made.agents["front"].busy == 40
    assert made.legs[["agent", "left", "after_call"]].tolist() == [(1, 14400, 0)]


def test_the_handling_time_is_that_of_the_legs(made: Tables):
    """Of the calls dialled in the horizon: from the answer to the end of after-call work, leg by leg."""
    legs = made.legs[made.calls["counted"][made.legs["call"]]]
    spent = (legs["left"] - legs["answered"] + legs["after_call"]).sum()
    assert made.totals.calls.handling == pytest.approx(spent, rel=ROUNDING)
    assert spent > 0


def test_the_days_of_the_week_are_those_of_the_tables(made: Tables):
    """34 hours from Tuesday on: one Tuesday and ten hours of Wednesday."""
    week = made.totals.week
    assert week.days == (0, 1, pytest.approx(10 / 24), 0, 0, 0, 0)
    for times, counted in ((made.dialled["dialled"], week.calls), (made.journeys["appeared"], week.problems)):
        assert list(counted) == np.bincount((times // 1440).astype(int), minlength=7).tolist()
        assert counted[1] > counted[2] > 0


def test_waits_over_one_and_five_minutes_are_counted(made: Tables):
    waits = made.dialled["wait"][~np.isnan(made.dialled["answered"])]
    calls = made.totals.calls
    assert (calls.over_1, calls.over_5) == ((waits > 1).sum(), (waits > 5).sum())
    assert 0 < calls.over_5 < calls.over_1


def test_an_account_has_room_for_twice_as_many_events():
    """An account takes five lines of a processor's cache, of which nearly every row touches the first.

    Its counts take three of them. With twice the events it takes eight: those who are counted at a time are some two
    million, a gigabyte, be a run ever so long.
    """
    assert ACCOUNT.itemsize <= 5 * 64
    assert ACCOUNT.itemsize + CODES * np.dtype(COUNT).itemsize <= 8 * 64


def test_what_a_fold_holds_does_not_grow_with_the_calls_of_a_customer(lived: History, monkeypatch: pytest.MonkeyPatch):
    """A call has a place as long as it goes on: the places are fewer than twice the calls at the same time."""
    monkeypatch.setattr("sim.measures.accounts.fold._CALLS_AT_FIRST", 1)
    fold = Fold(lived.world, lived.customers)
    before = {name: len(table) for name, table in vars(fold).items() if isinstance(table, np.ndarray)}
    rows = lived.rows[np.argsort(lived.rows["time"], kind="stable")]
    for chunk in np.split(rows, range(100, len(rows), 100)):
        fold.follow(chunk)
    after = {name: len(table) for name, table in vars(fold).items() if isinstance(table, np.ndarray)}
    assert {name for name in after if after[name] != before[name]} == {"calls"}
    begun, ended = rows["event"] == Event.DIALLED, np.isin(rows["event"], [Event.BLOCKED, Event.CALL_ENDED])
    at_once = np.cumsum(begun.astype(int) - ended).max()
    assert 2 < at_once < fold.books["calls_made"][0] + 1 <= after["calls"] <= 2 * (1 + at_once)
    assert begun.sum() > 10 * after["calls"]
    assert numbers(fold.totals()) == pytest.approx(numbers(totals_of(lived)), rel=ROUNDING)


def within_calls(rows: Any, start: float, stop: float) -> Any:
    """Say of each row whether it lies within a call dialled between two times, its ends included."""
    call, found = False, np.zeros(len(rows), bool)
    for place, row in enumerate(rows):
        if row["event"] in (Event.APPEARED, Event.DIALLED):
            call = row["event"] == Event.DIALLED and start <= row["time"] < stop
        found[place] = call
        if row["event"] in (Event.BLOCKED, Event.CALL_ENDED):
            call = False
    return found


def test_whatever_happens_can_be_measured_by_naming_its_event(lived: History, made: Tables):
    """Counted from the rows one by one: of problems of the horizon, and in calls dialled in it."""
    of_problems = np.isin(lived.rows["customer"], made.journeys["customer"])
    in_calls = within_calls(lived.rows, made.start, made.stop)
    seen = set()
    for event in Event:
        its = lived.rows["event"] == event
        assert times_per_problem(event)(made.totals) == ((its & of_problems).sum(), len(made.journeys)), event.name
        assert times_per_call(event)(made.totals) == ((its & in_calls).sum(), len(made.dialled)), event.name
        seen |= {event} if (its & of_problems).any() else set()
    assert len(seen) > 25


def test_several_events_are_counted_together(made: Tables):
    either = times_per_problem(Event.CUT, Event.HUNG_UP)(made.totals)
    assert either == (made.journeys["cuts"].sum(), len(made.journeys))
    assert either[0] > 0


def pitched(times: int) -> History:
    """A clean call in which the agent speaks too simply so many times."""
    told = history(hand_world(), CLEAN.replace("606 EXPLAINING", "606 EXPLAINING\n606 WRONG_PITCH"))
    place = int(np.flatnonzero(told.rows["event"] == Event.WRONG_PITCH)[0])
    repeated = np.repeat(told.rows, np.where(np.arange(len(told.rows)) == place, times, 1))
    return History.of(told.world, told.customers, repeated, engine="hand")


def test_what_happens_very_often_is_counted_to_the_last_time():
    assert totals_of(pitched(MOST)).journeys.events[Event.WRONG_PITCH] == MOST
    assert tables(pitched(MOST)).journeys["wrong_pitches"].tolist() == [MOST]


def test_what_happens_more_often_than_can_be_counted_is_refused():
    """A count that began again from below would be wrong without a word."""
    why = f"row {7 + MOST} of the history cannot be: WRONG_PITCH happens to customer 0 more than 32,767 times"
    for asked_of in (totals_of, tables):
        with pytest.raises(ValueError, match=why):
            asked_of(pitched(MOST + 1))


@pytest.mark.parametrize(("column", "wrong"), [("customer", -1), ("customer", 1), ("event", 0x7FFF), ("event", -1)])
def test_rows_of_nobody_and_of_nothing_are_refused(column: str, wrong: int):
    """Compiled code would write beside its tables."""
    told = history(hand_world(), CLEAN)
    told.rows[column][3] = wrong
    with pytest.raises(ValueError, match=f"row 3 of the history cannot be: its {column} is {wrong}"):
        totals_of(told)


def test_totals_travel_between_processes(made: Tables):
    assert pickle.loads(pickle.dumps(made.totals)) == made.totals


def test_totals_asked_for_again_are_the_same():
    told = history(hand_world(), CLEAN)
    fold = Fold(told.world, told.customers)
    fold.follow(told.rows)
    assert fold.totals() is fold.totals()


@pytest.mark.parametrize("trace", [True, False])
def test_a_world_is_lived_and_measured_at_once(trace: bool):
    world = tiny_world(**BUSY_DAY)
    customers = populate(world, seed=2)
    found, whole = measured(world, customers, trace=trace), run(world, customers)
    assert numbers(found.totals) == pytest.approx(numbers(totals_of(whole)), rel=ROUNDING)
    assert (found.history is not None) == trace
    if found.history is not None:
        assert found.history.rows.tobytes() == whole.rows.tobytes()
    assert found.engine == whole.engine
