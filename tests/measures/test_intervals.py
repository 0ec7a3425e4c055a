"""Measures by interval: a tiny day reckoned by hand, and sums over cells that are those of the whole."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

import sim
from sim.engines import run
from sim.history.rows import Event, History
from sim.measures import measure, measured, tables, totals_of
from sim.measures.intervals.asked import parting
from sim.measures.intervals.cells import NAMES
from sim.measures.intervals.columns import COLUMNS, columns_of, definition_of
from sim.measures.intervals.page import page
from sim.measures.intervals.parted import PartedFold
from sim.measures.register.service import service_level
from sim.measures.rules.levels import DEFINITIONS
from sim.people import populate
from sim.people.crowd import Coming
from sim.study.running.estimate import ratio, ratios
from sim.study.running.intervals import of_history
from sim.world import World
from tests.docs.tutorials import ROOT
from tests.measures.strips import hand_world, history, later
from tests.measures.test_fold import RICH
from tests.worlds import merged, tiny_world

EARLY = """
    480 APPEARED
    480 DIALLED
    480 PICKED_UP
    481 QUEUED front:-1
    481 ANSWERED front:0
    481 IDENTIFYING
    482 TALKING
    491 SOLVED
    491 LEFT_AGENT 2
    491 CALL_ENDED
"""
"""Dialled at 8:00, answered at once after the menu, 10 minutes with agent 0 and 2 of after-call work: to 8:13."""
WAITS = """
    485 APPEARED
    485 DIALLED
    485 PICKED_UP
    486 QUEUED front:-1
    493 ANSWERED front:0
    493 TALKING
    512 BELIEVED
    512 LEFT_AGENT 1
    512 CALL_ENDED
    540 FOUND_OUT
    541 DIALLED
    541 PICKED_UP
    542 QUEUED front:-1
    542 ANSWERED front:1
    542 TALKING
    546 SOLVED
    546 LEFT_AGENT 0
    546 CALL_ENDED
"""
"""Waits from 8:06 to 8:13, with agent 0 to 8:32 and 1 minute more; calls again at 9:01."""
PASSED_ON = """
    500 APPEARED
    500 DIALLED
    500 PICKED_UP
    501 QUEUED front:-1
    501 ANSWERED front:1
    501 TALKING
    505 TRANSFERRED_COLD
    505 LEFT_AGENT 0
    505 QUEUED back:-1
    511 ANSWERED back:0
    511 TALKING
    515 SOLVED
    515 LEFT_AGENT 3
    515 CALL_ENDED
"""
"""Four minutes with the front, six of transfer hold to 8:31, four with the back and three of after-call work."""
GONE_SOON = """
    487 APPEARED
    487 DIALLED
    487 PICKED_UP
    488 QUEUED front:-1
    488.05 ABANDONED
    488.05 CALL_ENDED
    488.05 GAVE_UP
"""
"""Hangs up after three seconds in the queue."""
GONE_LATE = """
    488 APPEARED
    488 DIALLED
    488 PICKED_UP
    489 QUEUED front:-1
    513 ABANDONED
    513 CALL_ENDED
    513 GAVE_UP
"""
"""In the queue from 8:09 to 8:33."""
BUSY_LINE = "489 APPEARED\n489 DIALLED\n489 BLOCKED\n489 GAVE_UP"
CLOSED = """
    570 APPEARED
    570 DIALLED
    570 PICKED_UP
    571 QUEUED front:-1
    580 DISMISSED
    580 CALL_ENDED
    580 GAVE_UP
"""
"""In the queue from 9:31 to 9:40, and turned away."""
CUT_OFF = """
    575 APPEARED
    575 DIALLED
    575 PICKED_UP
    576 QUEUED front:-1
    586 CUT
    586 CALL_ENDED
    586 GAVE_UP
"""
"""In the queue from 9:36 to 9:46."""
DAY = (EARLY, WAITS, PASSED_ON, GONE_SOON, GONE_LATE, BUSY_LINE, CLOSED, CUT_OFF)
HOURS: dict[str, Any] = {
    "teams": {"front": {"staff": {"mon 08:00-08:30": 2, "mon 08:30-10:00": 1}}, "back": {"staff": 1}},
    "service_level": {"within": "20 s", "short": "5 s"},
}
"""Agent 1 of the front goes at 8:30: what he does from 9:02 to 9:06 is past his duty. So is nothing else."""
NAN = math.nan
AT_EIGHT = {
    "offered": 6, "answered": 3, "abandoned": 2, "abandoned_short": 1, "blocked": 1, "dismissed": 0, "cut": 0,
    "unfinished": 0, "queued": 5, "repeats": 0, "called_again": 1,
    "messages": 0, "moved_on": 0, "message_share": 0,
    "answered_share": 3 / 6, "abandoned_share": 2 / 6, "abandoned_short_share": 1 / 6, "blocked_share": 1 / 6,
    "repeat_share": 0, "called_again_share": 1 / 6, "first_contact_resolution": 2 / 6,
    "first_call_resolution_logged": 2 / 3,
    "service_level_sl1": 2 / 5,
    "service_level_sl2": 3 / 6, "service_level_arena": 2 / 6, "service_level_served": 2 / 3,
    "service_level_sl0": 2 / 3, "service_level_slg": 2 / 5,
    "service_level_queued": 2 / 5,
    "service_level_short_out": 2 / 5, "service_level_short_good": 3 / 6,
    "speed_of_answer": 7 / 3, "speed_of_answer_p50": 0, "speed_of_answer_p90": 7, "speed_of_answer_p95": 7,
    "time_to_abandon": 24.05 / 2, "longest_wait": 24,
    "handling_time": (12 + 20 + 4 + 7) / 3, "talk_time": (10 + 19 + 8) / 3, "after_call_work": (2 + 1 + 3) / 3,
    "legs": 3, "leg_handling_time": (12 + 20 + 4) / 3,
    "queue_length": (7 + 5 + 0.05 + 21) / 30, "longest_queue": 2, "agents_busy": (12 + 17 + 4) / 30,
    "agents_scheduled": 3, "agents_absent": 0, "agents_at_work": 3, "agents_paid": 3, "occupancy": 33 / 90,
    "staff_eur": 24 + 18,
}  # fmt: skip
"""From 8:00 to 8:30. Two agents cost 24 EUR/h, one 36. In queue: 8:06 to 8:13 one, three seconds of 8:08 another, 8:09
to 8:30 a third, 8:25 to 8:30 the one passed on; two at once, at 8:08, from 8:09 to 8:13, and from 8:25."""
AT_HALF_PAST = {
    "offered": 0, "answered": 0, "abandoned": 0, "queued": 0, "answered_share": NAN,
    "service_level_sl1": NAN, "service_level_sl2": NAN,
    "speed_of_answer": NAN, "speed_of_answer_p90": NAN, "handling_time": NAN, "longest_wait": NAN,
    "first_contact_resolution": NAN, "legs": 1, "leg_handling_time": 7, "queue_length": (3 + 1) / 30,
    "longest_queue": 2,
    "agents_busy": (3 + 7) / 30, "agents_at_work": 2, "occupancy": 10 / 60,
}  # fmt: skip
"""From 8:30 to 9:00 nobody dials; the queue is carried over: the late one to 8:33, the one passed on to 8:31."""
AT_NINE = {
    "offered": 1, "answered": 1, "repeats": 1, "called_again": 0, "repeat_share": 1, "first_contact_resolution": NAN,
    "first_call_resolution_logged": 1, "service_level_sl1": 1, "handling_time": 4, "legs": 1,
    "queue_length": 0, "longest_queue": 0,
    "agents_busy": 4 / 30, "agents_scheduled": 2, "agents_at_work": 2 + 4 / 30, "occupancy": 4 / 64,
    "agents_paid": 2 + 4 / 30, "staff_eur": 12 + 1.6 + 18,
}  # fmt: skip
"""From 9:00 to 9:30: the second call of the one who waited, with an agent four minutes past his duty."""
AT_CLOSING = {
    "offered": 2, "answered": 0, "dismissed": 1, "cut": 1, "abandoned": 0,
    "service_level_sl1": 0, "service_level_sl0": NAN, "service_level_slg": NAN,
    "speed_of_answer": NAN, "time_to_abandon": NAN, "longest_wait": 10, "queue_length": 19 / 30, "longest_queue": 2,
    "occupancy": 0, "legs": 0, "leg_handling_time": NAN,
}  # fmt: skip


def by_hand(**how: Any) -> pd.DataFrame:
    return sim.intervals(history(hand_world(**HOURS), *DAY), **how)


@pytest.mark.parametrize(("place", "expected"), [(16, AT_EIGHT), (17, AT_HALF_PAST), (18, AT_NINE), (19, AT_CLOSING)])
def test_every_column_of_a_day_reckoned_by_hand(place: int, expected: dict[str, float]):
    row = by_hand().iloc[place]
    for name, value in expected.items():
        precision = 0.01 if "_p" in name else 1e-12  # percentiles are read to a hundredth
        assert row[name] == pytest.approx(value, rel=precision, nan_ok=True), name


def test_the_day_reckoned_by_hand_shows_every_column():
    assert set(AT_EIGHT) == set(COLUMNS)


def test_rows_say_when_they_are_and_where_nobody_called():
    rows = by_hand(columns="offered")
    assert len(rows) == 48
    assert rows.iloc[16][["week", "day", "from", "to", "start", "minutes", "note"]].tolist() == [
        1, "mon", "08:00", "08:30", 480, 30, "",
    ]  # fmt: skip
    assert rows["note"].iloc[[15, 16, 17, 18, 19]].tolist() == ["no calls", "", "no calls", "", "no call answered"]
    assert rows["to"].iloc[47] == "24:00"


def test_with_the_date_of_the_first_monday_rows_bear_dates():
    for first in ("1999-01-04", date(1999, 1, 4)):
        assert by_hand(columns="offered", first_monday=first)["date"].tolist() == ["1999-01-04"] * 48


@pytest.mark.parametrize("first", ["1999-01-05", "4/1/1999", "", 5, date(1999, 1, 5), math.nan])
def test_a_first_monday_that_is_none_is_refused(first: Any):
    said = "first_monday: .*(is not a date|is a Tuesday; the nearest Mondays are 1999-01-04 and 1999-01-11)"
    for ask in (by_hand, of_history(history(hand_world()), parting(hand_world())).frame):
        with pytest.raises(ValueError, match=said):
            ask(first_monday=first)


def test_dates_are_those_of_a_calendar_that_holds_every_run():
    with pytest.raises(ValueError, match=r"first_monday: .* is out of reach: years go from 1900 to 2200"):
        by_hand(first_monday="9999-12-27")


def test_a_world_that_knows_its_first_monday_dates_its_rows_by_it():
    """From a Wednesday on; another date may be asked for all the same."""
    world = hand_world(time={"warm_up": "2 d", "first_monday": "2026-11-02"})
    told = history(world, later(EARLY, 2 * 1440))
    assert sim.intervals(told, every="day")["date"].tolist() == ["2026-11-04"]
    assert sim.intervals(told, every="day", first_monday="1999-01-04")["date"].tolist() == ["1999-01-06"]


def test_a_call_counts_where_it_is_dialled_or_where_it_ends():
    """The late one hangs up at 8:33, the one who waited is served to 8:32, the one passed on to 8:35."""
    arrived, left = by_hand(), by_hand(counted="exit")
    assert arrived["offered"].iloc[[16, 17]].tolist() == [6, 0]
    assert left["offered"].iloc[[16, 17]].tolist() == [3, 3]
    assert left["abandoned"].iloc[[16, 17]].tolist() == [1, 1]
    assert left["queue_length"].tolist() == arrived["queue_length"].tolist()
    assert definition_of(COLUMNS["offered"], parting(hand_world(), counted="exit")).endswith(
        "counted in the interval in which the call ended."
    )


def test_calls_that_end_in_the_horizon_count_by_exit_whenever_they_were_dialled():
    """Of two calls, one of the warm-up ends in the horizon and one of the horizon ends after it."""
    world = hand_world(time={"warm_up": "8 h", "horizon": "30 min"})
    told = history(world, EARLY.replace("480", "479"), WAITS)
    assert sim.intervals(told, counted="arrival")["offered"].tolist() == [1]
    assert sim.intervals(told, counted="exit")["offered"].tolist() == [1]
    assert sim.intervals(told, counted="exit")["speed_of_answer"].tolist() == [0]
    assert sim.intervals(told, counted="arrival")["speed_of_answer"].tolist() == [7]


def test_a_call_is_of_its_first_queue_and_of_the_first_team_that_took_it():
    """The back never has a call of its own: what it does stands in its legs. The blocked call came to no queue."""
    rows = by_hand(every="whole", by="team").set_index("team")
    assert rows["offered"].to_dict() == {"none": 1, "front": 8, "back": 0}
    assert rows["legs"].to_dict() == {"none": 0, "front": 4, "back": 1}
    assert rows.loc["back", "leg_handling_time"] == 7
    assert rows.loc["back", "occupancy"] == pytest.approx(7 / 1440)
    assert rows.loc["front", "occupancy"] == pytest.approx((12 + 20 + 4 + 4) / (60 + 90 + 4))
    assert rows.loc["back", "queue_length"] == pytest.approx(6 / 1440)
    assert np.isnan(rows["occupancy"]["none"])
    queues = by_hand(every="whole", by="queue").set_index("queue")
    assert queues["offered"].to_dict() == {"none": 1, "front": 8, "back": 0}
    assert queues.loc["back", "longest_queue"] == 1


def test_cells_can_be_parted_by_several_things_at_once():
    world = hand_world(**merged(HOURS, TWO_OF_EACH))
    reasons = np.arange(8) % 2
    told = history(world, *DAY, reason=reasons, number=np.arange(8) * 64 + reasons, segment=[0, 0, 1, 1, 0, 0, 1, 1])
    rows = sim.intervals(told, every="day", by=["segment", "reason"]).set_index(["reason", "segment"])
    assert rows["offered"].to_dict() == {("a", "x"): 2, ("a", "y"): 2, ("b", "x"): 3, ("b", "y"): 2}
    assert rows.loc[("a", "x"), "service_level_arena"] == 1 / 2
    assert rows.loc[("b", "x"), "repeats"] == 1
    assert rows.loc[("a", "y"), "longest_queue"] == 1


_ALIKE = {"share": 0.5, "value_of_time": 0, "outage_value": 0, "hours_of_use": 0}
TWO_OF_EACH: dict[str, Any] = {
    "population": {"reasons": {"a": {"share": 0.5}, "b": {"share": 0.5}}, "segments": {"x": _ALIKE, "y": _ALIKE}}
}


def test_agents_on_duty_belong_to_a_team_and_to_no_queue_reason_or_segment():
    assert "occupancy" not in by_hand(by="reason")
    with pytest.raises(ValueError, match='"occupancy" is of agents on duty, who belong to a team'):
        by_hand(by=["team", "reason"], columns=["offered", "occupancy"])


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"every": 7}, "every is 7: it has to part a day evenly"),
        ({"every": 0}, "every is 0: it has to part a day evenly"),
        ({"every": -30}, "every is -30"),
        ({"every": math.nan}, "every is nan"),
        ({"every": math.inf}, "every is inf"),
        ({"every": True}, "every is True"),
        ({"every": "fortnight"}, "every is 'fortnight'"),
        ({"every": None}, "every is None"),
        ({"every": []}, r"every is \[\]"),
        ({"by": "teem"}, "by is 'teem': did you mean team"),
        ({"by": 3}, "by is 3: it has to be of team, queue, reason, segment"),
        ({"counted": "departure"}, "counted is 'departure'"),
        ({"within": -1}, "within is -1"),
        ({"short": "5 s"}, "short is '5 s'"),
        ({"columns": "offerd"}, 'column "offerd" is not known; did you mean offered'),
        ({"columns": 5}, "columns is 5"),
        ({"columns": [5]}, 'column "5" is not known'),
        (
            {"every": 7, "by": "teem", "columns": "offerd", "first_monday": "x"},
            'every is 7.*; by is \'teem\'.*; column "offerd".*; first_monday: "x" is not a date',
        ),
    ],
)
def test_what_cannot_be_asked_is_refused_all_at_once(how: dict[str, Any], said: str):
    with pytest.raises(ValueError, match=said):
        by_hand(**how)


def test_cells_that_memory_does_not_hold_are_refused():
    with pytest.raises(ValueError, match=r"intervals by .* GB, and this machine has .* GB: ask for longer ones"):
        sim.intervals(hand_world(time={"horizon": "36000 d"}), every=1, by=["team", "queue"])


# The whole ------------------------------------------------------------------------------------------------------------

LEVELS = list(DEFINITIONS)
SUMMED = NAMES[: NAMES.index("scheduled")]


CLOSING: dict[str, Any] = {
    "time": {"follow_up": "0 min"},  # many a call is still in the hold when the run ends
    "line": {"closing": "dismiss", "balking": 0.1, "lines": 7},
    "levers": {"time": {"cut_after": "12 min"}},
    "queues": {"front": {"places": 4}, "late": {"places": 2}},
    "teams": {"front": {"serves": ["front", "late"]}},
    "paths": {
        "on": {"from": "front", "to": "late", "when": "waited", "after": "4 min"},
        "tell": {"from": "late", "to": "front", "when": "full", "by": "ticket"},
    },
}


@pytest.fixture(scope="module")
def lived() -> History:
    world = tiny_world(**merged(RICH, CLOSING))
    found = run(world, populate(world, seed=6))
    ends = {Event.BLOCKED, Event.ABANDONED, Event.BALKED, Event.CUT, Event.DISMISSED, Event.CALL_BACK_TAKEN}
    assert ends | {Event.MESSAGE_LEFT, Event.QUEUE_FULL, Event.MOVED_ON} <= set(found.rows["event"])
    return found


def sums(told: History, **how: Any) -> dict[str, float]:
    """Add up every sum over all cells."""
    cells = of_history(told, parting(told.world, **how)).sums[0]
    return dict(zip(NAMES, np.nansum(cells, axis=0).tolist(), strict=True))


@pytest.mark.parametrize("every", [15, "30 min", 60, 480, "day", "whole"])
@pytest.mark.parametrize("by", [(), "team", ("team", "queue", "reason", "segment")])
def test_sums_over_cells_are_those_of_the_whole(lived: History, every: Any, by: Any):
    found, totals = sums(lived, every=every, by=by), totals_of(lived)
    calls, agents = totals.calls, totals.agents.values()
    exact = {
        "offered": calls.dialled,
        "answered": calls.answered,
        "abandoned": calls.abandoned,
        "blocked": calls.events.of(Event.BLOCKED, Event.QUEUE_FULL),
        "messages": calls.events.of(Event.MESSAGE_LEFT),
        "logged": calls.logged,
    }
    assert {name: found[name] for name in exact} == exact
    close = {
        "wait": calls.wait,
        "handling": calls.handling,
        "busy": sum(its.busy for its in agents),
        "overtime": sum(its.overtime for its in agents),
    }
    assert {name: found[name] for name in close} == pytest.approx(close, rel=1e-12)
    if by in ((), "team"):
        assert found["scheduled"] == pytest.approx(sum(its.scheduled for its in agents), rel=1e-12)


@pytest.mark.parametrize("counted", ["arrival", "exit"])
def test_every_call_has_one_end(lived: History, counted: str):
    """Answered, abandoned, blocked, with a message, turned away, cut while holding, or not over: in every cell."""
    table = of_history(lived, parting(lived.world, 60, "queue", counted)).frame()
    ends = ["answered", "abandoned", "blocked", "messages", "dismissed", "cut", "unfinished"]
    assert (table["offered"] == table[ends].sum(axis=1)).all()
    none = [end for end in ends if not table[end].sum()]
    assert none == (["unfinished"] if counted == "exit" else [])


def test_unfinished_calls_are_those_still_in_menu_or_hold_when_the_run_ends(lived: History):
    made = tables(lived)
    calls = made.dialled
    lost = calls["blocked"] | calls["abandoned"] | calls["message"] | calls["dismissed"] | calls["cut"]
    over = np.isfinite(calls["answered"]) | lost
    assert (calls["ended"][~over] == lived.world.time.end).all()
    assert sums(lived)["unfinished"] == (~over).sum() > 0


@pytest.mark.parametrize("definition", LEVELS)
def test_a_service_level_of_sums_is_that_of_the_calls_one_by_one(lived: History, definition: str):
    """And no denominator is expected arrivals: it never passes one, in no cell."""
    column = COLUMNS[f"service_level_{definition}"]
    for within, short in ((1 / 3, 1 / 12), (2.0, 1.0)):
        whole = of_history(lived, parting(lived.world, "whole", within=within, short=short))
        cells = {name: whole.sums[..., at] for at, name in enumerate(NAMES)}
        above, below = column.of(cells)
        assert (above.item(), below.item()) == service_level(tables(lived), definition, within, short)
    by_interval = of_history(lived, parting(lived.world, 15)).frame(column.id)[column.id].dropna()
    assert by_interval.between(0, 1).all()


def test_counts_are_those_of_the_tables(lived: History):
    """Repeats, calls again and first contacts from the table of calls, with NumPy; queue minutes from the spells."""
    made = tables(lived)
    calls, found = made.calls, sums(lived)
    same = np.append(False, calls["customer"][1:] == calls["customer"][:-1])
    gap = np.append(np.inf, calls["dialled"][1:] - calls["ended"][:-1])
    repeats = same & (gap <= 7 * 1440)
    followed = np.append(repeats[1:], False)
    counted = calls["counted"]
    rows = lived.rows[(lived.rows["event"] == Event.SOLVED) & (lived.rows["contact"] == 0)]
    solved = np.isin(calls["customer"], rows["customer"])
    first = counted & (calls["contact"] == 0)
    assert found["repeats"] == (repeats & counted).sum() > 0
    assert found["called_again"] == (followed & counted).sum() > 0
    assert found["first_contacts"] == first.sum()
    assert found["solved_at_first"] == (first & solved).sum() > 0


def test_minutes_in_queues_are_those_between_the_rows(lived: History):
    rows, start, stop = lived.rows, lived.world.time.warm_up, lived.world.time.warm_up + lived.world.time.horizon
    queued = np.flatnonzero(rows["event"] == Event.QUEUED)
    ends = np.where(
        (queued + 1 < len(rows))
        & (rows["customer"][np.minimum(queued + 1, len(rows) - 1)] == rows["customer"][queued]),
        rows["time"][np.minimum(queued + 1, len(rows) - 1)],
        lived.world.time.end,
    )
    held = np.clip(ends, start, stop) - np.clip(rows["time"][queued], start, stop)
    assert sums(lived)["held"] == pytest.approx(held.sum(), rel=1e-12)


def test_the_longest_queue_is_that_of_a_plain_count(lived: History):
    """Minute by minute: how many have queued and not left; the column is never less, and by the rows exactly it."""
    rows = lived.rows
    queued = np.flatnonzero(rows["event"] == Event.QUEUED)
    changes = sorted(
        [(rows["time"][at], 1) for at in queued]
        + [(rows["time"][at + 1], -1) for at in queued if rows["customer"][at + 1] == rows["customer"][at]]
    )
    table = of_history(lived, parting(lived.world, 60)).frame("longest_queue")
    longest = {}
    for start, minutes in zip(table["start"], table["minutes"], strict=True):
        inside = sum(by for time, by in changes if time <= start)
        most = inside
        for time, by in changes:
            if start < time < start + minutes:
                inside += by
                most = max(most, inside)
        longest[start] = most
    assert dict(zip(table["start"], table["longest_queue"], strict=True)) == longest


def test_both_engines_and_the_stream_come_to_the_same(lived: History):
    world, asked = lived.world, parting(lived.world, 15, ("team", "reason"))
    kept = of_history(lived, asked).sums[0]
    customers = populate(world, seed=6)
    for engine in ("compiled", "simpy"):
        cells = measured(world, customers, engine=engine, parting=asked).cells
        np.testing.assert_allclose(cells, kept, rtol=1e-12, atol=1e-12)
    coming = measured(world, Coming.to(world, seed=6), parting=asked)
    np.testing.assert_allclose(coming.cells, kept, rtol=1e-12, atol=1e-12)
    assert measure(coming.totals) == measure(measured(world, Coming.to(world, seed=6)).totals)


def test_chunks_of_any_size_come_to_the_same(lived: History):
    asked = parting(lived.world, 30, "queue")
    fold = PartedFold(lived.world, lived.customers, asked)
    for rows in np.array_split(lived.rows[np.argsort(lived.rows["time"], kind="stable")], 37):
        if len(rows):
            fold.follow(rows)
            fold.reached(float(rows["time"][-1]))
    np.testing.assert_allclose(fold.read(), of_history(lived, asked).sums[0], rtol=1e-12, atol=1e-12)


def test_a_long_history_is_followed_in_parts(lived: History, monkeypatch: pytest.MonkeyPatch):
    asked = parting(lived.world, 30, "queue")
    whole = of_history(lived, asked).sums[0]
    monkeypatch.setattr("sim.measures.intervals.parted._ROWS", 7)
    assert len(lived.rows) > 7
    np.testing.assert_allclose(of_history(lived, asked).sums[0], whole, rtol=1e-12, atol=1e-12)


def test_what_happened_before_it_was_counted_is_an_error(lived: History):
    fold = PartedFold(lived.world, lived.customers, parting(lived.world))
    fold.reached(1e6)
    with pytest.raises(RuntimeError, match=r"a queue changed before 1000000\.0 min"):
        fold.follow(lived.rows)
        fold.reached(2e6)


@pytest.mark.parametrize("percent", [50, 90, 95])
def test_percentiles_are_those_of_the_waits_one_by_one(lived: History, percent: int):
    """The wait that so many in a hundred do not exceed, by NumPy, to a hundredth of it; those of no wait exactly."""
    calls = tables(lived).dialled
    calls = calls[np.isfinite(calls["answered"])]
    table = of_history(lived, parting(lived.world, 20)).frame(f"speed_of_answer_p{percent}")
    intervals = (calls["dialled"] // 20).astype(int)
    seen = 0
    for start, found in table[["start", f"speed_of_answer_p{percent}"]].to_numpy():
        waits = calls["wait"][intervals == start // 20]
        if len(waits):
            exact = np.quantile(waits, percent / 100, method="inverted_cdf")
            assert found == pytest.approx(exact, rel=0.01, abs=1e-3)
            seen += exact > 1
        else:
            assert math.isnan(found)
    assert seen > 10


def test_reasons_and_segments_are_those_of_a_plain_count():
    """Row by row: whose call it is says the customer, and when, the row that dials it."""
    several = {"reasons": {"a": {"share": 0.7}, "b": {"share": 0.3}}, **TWO_OF_EACH["population"]}
    changes = {"population": {**several, "patience": "2 min", "again": {"persistence": 0.6}}}
    world = tiny_world(**merged(changes, {"teams": {"front": {"staff": 2}}, "time": {"warm_up": "6 h"}}))
    told = run(world, populate(world, seed=4))
    expected: dict[tuple[Any, ...], dict[str, float]] = {}
    cell, came = {"offered": 0.0}, 0.0
    for row in told.rows:
        event, who = Event(row["event"]), told.customers.rows[row["customer"]]
        if event is Event.DIALLED:
            at = 60 * (row["time"] // 60), "ab"[who["reason"]], "xy"[who["segment"]]
            inside = 360 <= row["time"] < 360 + 1440
            nothing = dict.fromkeys(("offered", "answered", "abandoned", "wait"), 0.0)
            cell = expected.setdefault(at, nothing) if inside else dict(nothing)
            cell["offered"] += 1
        elif event is Event.QUEUED:
            came = row["time"]
        elif event is Event.ANSWERED:
            cell["answered"] += 1
            cell["wait"] += row["time"] - came
        elif event is Event.ABANDONED:
            cell["abandoned"] += 1
    table = sim.intervals(told, every=60, by=["reason", "segment"])
    assert len(table) == 24 * 4
    for row in table.to_dict("records"):
        its = expected.get((row["start"], row["reason"], row["segment"]), {})
        assert {name: row[name] for name in ("offered", "answered", "abandoned")} == {
            name: its.get(name, 0) for name in ("offered", "answered", "abandoned")
        }
        answer = its["wait"] / its["answered"] if its.get("answered") else NAN
        assert row["speed_of_answer"] == pytest.approx(answer, nan_ok=True, abs=1e-9)
        assert row["note"] == ("no calls" if not its else "no call answered" if not its["answered"] else "")


# Traps of others ------------------------------------------------------------------------------------------------------


def test_occupancy_ends_with_the_interval_and_not_with_the_last_patience():
    """One agent, busy all of the half hour that is measured; the caller's patience would end hours later."""
    world = hand_world(
        time={"warm_up": "8 h", "horizon": "30 min"}, teams={"front": {"staff": 1}, "back": {"staff": 0}}
    )
    strip = "480 APPEARED\n480 DIALLED\n480 PICKED_UP\n480 QUEUED front:-1\n480 ANSWERED front:0\n480 TALKING"
    rows = sim.intervals(history(world, strip))
    assert rows["occupancy"].tolist() == [1.0]
    assert rows["agents_at_work"].tolist() == [1.0]


def test_agents_past_their_shift_stand_in_the_denominator():
    """On duty to 8:30, busy to 8:40: in the interval after it, he alone is at work, and fully busy."""
    world = hand_world(teams={"front": {"staff": {"mon 08:00-08:30": 1}}, "back": {"staff": 0}})
    strip = EARLY.replace("491", "520").replace("LEFT_AGENT 2", "LEFT_AGENT 0")
    rows = sim.intervals(history(world, strip), columns=["agents_scheduled", "agents_at_work", "occupancy"])
    assert rows.iloc[16][["agents_scheduled", "agents_at_work"]].tolist() == [1, 1]
    assert rows.iloc[17][["agents_scheduled", "agents_at_work", "occupancy"]].tolist() == pytest.approx([0, 1 / 3, 1])
    assert math.isnan(rows.iloc[18]["occupancy"])


@pytest.mark.parametrize("closing", ["dismiss", "serve"])
def test_a_queue_drains_after_closing(closing: str):
    """Open from 8 to 10 with too few: nobody is in a queue from half past ten on, and no call is left unfinished."""
    world: World = tiny_world(
        time={"horizon": "1 d", "follow_up": "1 d"},
        line={"open": ["mon-sun 08:00-10:00"], "closing": closing},
        population={"problems_per_day": 400, "patience": "2 h", "awake": "mon-sun 08:00-10:00"},
    )
    rows = sim.intervals(world, replications=2, columns=["offered", "queue_length", "longest_queue", "unfinished"])
    after = rows[rows["start"] >= (630 if closing == "dismiss" else 870)]
    assert rows["longest_queue"].max() > 3
    assert after["longest_queue"].max() == after["queue_length"].max() == rows["unfinished"].max() == 0


# Over replications ----------------------------------------------------------------------------------------------------

SMALL: dict[str, Any] = {"time": {"horizon": "7 d", "follow_up": "7 d"}}


def test_many_ratios_are_estimated_as_one_is():
    luck = np.random.default_rng(3)
    above, below = luck.poisson(5, (2, 6, 40)).astype(float)
    below[:, 7] = 0
    means, lows, highs = ratios(above, below)
    for at in range(40):
        expected = [math.nan if x is None else x for x in ratio(above[:, at], below[:, at])]
        assert [means[at], lows[at], highs[at]] == pytest.approx(expected, rel=1e-12, nan_ok=True)
    one = ratios(above[:1], below[:1])
    assert np.isnan(one[1:]).all()
    assert one[0][0] == above[0, 0] / below[0, 0]


def test_a_table_does_not_depend_on_who_lives_the_replications():
    world = tiny_world(**SMALL)
    alone, together = (sim.intervals(world, replications=3, by="team", workers=many) for many in (1, 2))
    pd.testing.assert_frame_equal(alone, together)


def test_replications_are_put_together_with_their_intervals():
    world = tiny_world(**SMALL)
    asked = parting(world, "day")
    one, other = (sim.replicate(world, replications=which, parting=asked) for which in (range(2), range(2, 4)))
    both = (one + other).intervals
    whole = sim.replicate(world, replications=4, parting=asked).intervals
    assert both is not None and whole is not None
    np.testing.assert_array_equal(both.sums, whole.sums)
    assert both.only(2).numbers == (0, 1)
    assert (one + sim.replicate(world, replications=range(2, 4))).intervals is None


def test_a_typical_week_puts_the_weeks_together():
    """Of two weeks: as many a Monday morning as on both of them, halved; a ratio is that of their sums."""
    world = tiny_world(time={"warm_up": "1 d", "horizon": "14 d", "follow_up": "7 d"})
    asked = parting(world, "day")
    lived_here = sim.replicate(world, replications=3, parting=asked).intervals
    assert lived_here is not None
    apart, week = (
        lived_here.frame(["offered", "answered_share"]),
        lived_here.week().frame(["offered", "answered_share"]),
    )
    assert week["day"].tolist() == ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    for day in week["day"]:
        both = apart[apart["day"] == day]
        assert len(both) == 2
        assert week.set_index("day").loc[day, "offered"] == pytest.approx(both["offered"].mean())
    assert lived_here.week().week() is not None
    with pytest.raises(ValueError, match="longest_wait cannot be"):
        lived_here.week().frame("longest_wait")
    with pytest.raises(ValueError, match="whole horizon"):
        sim.intervals(world, every="whole", week=True, replications=2)


def test_a_typical_week_of_a_few_days_says_which_times_it_never_saw():
    """From Wednesday noon on for two days, nobody calling: a count is 0 where it was counted, and empty elsewhere."""
    world = hand_world(time={"warm_up": "60 h", "horizon": "48 h"})
    rows = sim.intervals(history(world), every=720, week=True, columns=["offered", "queue_length", "occupancy"])
    seen = [where in (("wed", "12:00"), ("thu", "00:00"), ("thu", "12:00"), ("fri", "00:00"))
            for where in zip(rows["day"], rows["from"], strict=True)]  # fmt: skip
    assert rows["note"].tolist() == ["no calls" if there else "not in the horizon" for there in seen]
    assert rows["minutes"].tolist() == [720 * there for there in seen]
    for name in ("offered", "queue_length", "occupancy"):
        assert rows[name].tolist() == pytest.approx([0 if there else NAN for there in seen], nan_ok=True)


def test_what_happens_at_the_very_edge_belongs_to_the_interval_that_begins():
    """Dialled at 8:30; queue and agent from 8:31 to 8:43, half an hour after EARLY."""
    rows = sim.intervals(history(hand_world(), later(EARLY, 30)), columns=["offered", "agents_busy"])
    assert rows["offered"].iloc[[16, 17]].tolist() == [0, 1]
    at_the_end = sim.intervals(history(hand_world(), later(EARLY, 59 - 30)), columns=["agents_busy"])
    assert (30 * at_the_end["agents_busy"]).iloc[[16, 17, 18]].tolist() == pytest.approx([0, 12, 0])
    past = sim.intervals(history(hand_world(time={"horizon": "8 h"}), EARLY), columns=["offered"])
    assert past["offered"].sum() == 0


def test_intervals_that_the_horizon_cuts_have_their_own_minutes():
    """From 8:15 to ten, by the hour: 45 minutes, then 60. Calls are dialled at 8:20, 9:01, 9:30 and 9:35."""
    world = hand_world(**merged(HOURS, {"time": {"warm_up": "495 min", "horizon": "105 min"}}))
    rows = sim.intervals(history(world, *DAY), every=60, columns=["offered", "agents_scheduled", "staff_eur"])
    assert rows[["from", "to", "minutes"]].to_numpy().tolist() == [["08:15", "09:00", 45], ["09:00", "10:00", 60]]
    assert rows["offered"].tolist() == [1, 3]
    assert rows["agents_scheduled"].tolist() == pytest.approx([(2 * 15 + 30) / 45 + 1, 2])
    assert rows["staff_eur"].tolist() == pytest.approx([24 + 27, 24 + 1.6 + 36])


def test_the_table_is_written_with_what_is_not_defined_left_empty():
    written = of_history(history(hand_world(**HOURS), *DAY), parting(hand_world())).csv(["offered", "speed_of_answer"])
    lines = written.splitlines()
    assert lines[0].startswith("week,day,from,to,start,minutes,note,offered,offered_low,offered_high,speed_of_answer,")
    assert lines[1] == "1,mon,00:00,00:30,0.0,30.0,no calls,0.0,,,,,"


def test_bounds_go_no_further_than_a_column_can_and_are_written_to_six_decimals():
    """Two replications, of which one has two calls and the other none: Student's t of 12.7 goes below nothing."""
    lived = of_history(history(hand_world(**HOURS), *DAY), parting(hand_world()))
    both = replace(lived, numbers=(0, 1), sums=np.concatenate([lived.sums / 3, np.zeros_like(lived.sums)]))
    row = both.frame(["offered", "answered_share"]).iloc[16]
    assert row[["offered", "offered_low"]].tolist() == [1.0, 0.0]
    assert row["offered_high"] == pytest.approx(1 + 12.7062047)
    wide = replace(lived, numbers=(0, 1), sums=np.concatenate([lived.sums, np.roll(lived.sums, 1, axis=-2)]))
    shares = wide.frame(["answered_share"])
    assert shares["answered_share_high"].max() <= 1.0
    assert shares["answered_share_low"].min() >= 0.0
    assert both.csv(["offered"]).splitlines()[17].split(",")[7:] == ["1.0", "0.0", "13.706205"]


def test_every_column_has_a_definition_with_its_denominator_and_where_it_counts():
    asked = parting(hand_world(), within=0.5, short=0.1)
    for column in columns_of(asked):
        said = definition_of(column, asked)
        assert said.endswith(("counted in the interval in which the call was dialled.", "counted when it happens."))
        assert "{" not in said + definition_of(column)
        if column.unit in ("share", "min") and "longest" not in column.id:
            assert any(word in said for word in (" over ", " / ", "Percentile")), column.id
    assert "within 30 s / (calls offered - calls abandoned within 6 s)" in definition_of(
        COLUMNS["service_level_short_out"], asked
    )


def test_the_page_of_intervals_says_what_the_columns_say():
    """Where not: ``python -c "from sim.measures.intervals.page import page; print(page(), end='')"`` is what it is."""
    assert (ROOT / "docs" / "intervals.md").read_text(encoding="utf-8") == page()
