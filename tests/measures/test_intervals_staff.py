"""Agents by interval: shifts and their breaks, absence, shrinkage, premiums, colleagues; small cases and whole sums."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest

import sim
from sim import purposes
from sim.engines import run
from sim.history.rows import Event, History
from sim.luck.keys import Kind, uniform
from sim.measures import totals_of
from sim.measures.intervals.asked import parting
from sim.measures.intervals.cells import NAMES
from sim.people import populate
from sim.study.running.intervals import of_history
from sim.study.running.replicate import replicate
from tests.by_hand import lived, plain
from tests.measures.strips import CLEAN, hand_world, history, later
from tests.property.truths.rows import busy
from tests.worlds import merged, tiny_world

CALL = later(CLEAN, -605)
"""Answered at 0, left at 10, two minutes of work after it."""
AGENTS = ["agents_scheduled", "agents_absent", "agents_at_work", "agents_paid", "agents_busy"]
OF_STAFF = [*AGENTS, "staff_eur", "occupancy"]
NAN = math.nan


def quarters(*strips: str, every: float = 15, **front: Any) -> pd.DataFrame:
    """Return the quarters of a Monday with the front's agents alone, at 24 EUR/h, in minutes where it says agents."""
    shifts = {"staff": 0} if "shifts" in front else {}
    world = hand_world(teams={"front": {**shifts, **front}, "back": {"staff": 0}})
    found = sim.intervals(history(world, *strips), every=every, columns=OF_STAFF).set_index("from")[OF_STAFF]
    return found.assign(**{name: found[name] * every for name in AGENTS})


def assert_row(table: pd.DataFrame, clock: str, *expected: float) -> None:
    """Compare minutes scheduled, absent, at work, paid and busy, euros and occupancy."""
    assert table.to_dict("index")[clock] == pytest.approx(dict(zip(OF_STAFF, expected, strict=True)), nan_ok=True)


ONE = {"day": {"agents": 1, "hours": ["mon 08:00-12:00"], "breaks": ["09:00-09:15"], "lunches": ["10:00-10:30"]}}


def test_one_agent_with_a_break_and_a_lunch():
    """Nobody calls. A quarter of an hour costs 6 EUR."""
    table = quarters(shifts=ONE)
    assert_row(table, "07:45", 0, 0, 0, 0, 0, 0, NAN)
    assert_row(table, "08:00", 15, 0, 15, 15, 0, 6, 0)
    assert_row(table, "09:00", 0, 0, 0, 15, 0, 6, NAN)
    assert_row(table, "10:00", 0, 0, 0, 0, 0, 0, NAN)
    assert_row(table, "10:30", 15, 0, 15, 15, 0, 6, 0)
    assert_row(table, "12:00", 0, 0, 0, 0, 0, 0, NAN)


def test_a_call_into_a_break_is_worked_and_paid_once():
    """From 8:55 to 9:07."""
    table = quarters(later(CALL, 535), shifts=ONE)
    assert_row(table, "08:45", 15, 0, 15, 15, 5, 6, 1 / 3)
    assert_row(table, "09:00", 0, 0, 7, 15, 7, 6, 1)


def test_a_call_into_a_lunch_and_one_past_the_shift_are_paid_beside_it():
    """From 9:55 to 10:07, and from 11:55 to 12:07: seven minutes are 2.80 EUR."""
    table = quarters(later(CALL, 595), later(CALL, 715), shifts=ONE)
    for clock in ("10:00", "12:00"):
        assert_row(table, clock, 0, 0, 7, 7, 7, 2.8, 1)
    assert_row(table, "12:15", 0, 0, 0, 0, 0, 0, NAN)


def test_shrinkage_and_premiums_are_paid_in_their_hours():
    """From 8 to 9 half as much again: 6 / 0.8 EUR a quarter, then 9 / 0.8. What runs past the shift has none."""
    its: dict[str, Any] = {"shrinkage": 0.2, "wage_premiums": {"mon 08:00-09:00": 0.5, "mon 12:00-13:00": 1}}
    table = quarters(later(CALL, 715), shifts=ONE, **its)
    assert_row(table, "08:00", 15, 0, 15, 15 / 0.8, 0, 9 / 0.8, 0)
    assert_row(table, "09:00", 0, 0, 0, 15 / 0.8, 0, 6 / 0.8, NAN)
    assert_row(table, "12:00", 0, 0, 7, 7, 7, 2.8, 1)


def test_intervals_that_part_a_quarter_share_it():
    """Of 5 minutes each, and of 20: 8:40 to 9:00 on duty, to 9:15 on a break, then five minutes on duty."""
    fine, coarse = quarters(shifts=ONE, every=5), quarters(shifts=ONE, every=20)
    assert_row(fine, "09:10", 0, 0, 0, 5, 0, 2, NAN)
    assert_row(fine, "09:15", 5, 0, 5, 5, 0, 2, 0)
    assert_row(coarse, "09:00", 5, 0, 5, 20, 0, 8, 0)


def away(day: int, agents: int, share: float) -> int:
    """Count the agents of the front who are absent on a working day, by their luck of seed 0."""
    return sum(uniform(0, 0, Kind.AGENT, agent, purposes.ABSENCE, day) < share for agent in range(agents))


@pytest.mark.parametrize("every", [5, 60, 240])
def test_one_agent_away_for_a_day(every: float):
    """From four to four: he whose luck of the first whole day is under a half, and not that of the days beside it."""
    luck = [[uniform(0, 0, Kind.AGENT, agent, purposes.ABSENCE, day) for day in range(3)] for agent in range(99)]
    most = next(at for at, (first, second, third) in enumerate(luck, 1) if second < 0.5 <= min(first, third))
    world = hand_world(time={"horizon": "2 d"}, teams={"front": {"staff": most, "absent": 0.5}, "back": {"staff": 0}})
    table = sim.intervals(history(world), every=every, columns=OF_STAFF)
    gone = [away(int(start >= 240) + int(start >= 1680), most, 0.5) for start in table["start"]]
    assert table["agents_absent"].tolist() == gone
    assert table["agents_at_work"].tolist() == [most - absent for absent in gone]
    assert (table["agents_paid"] == most).all()
    assert len({*gone}) > 1


def test_who_is_absent_from_four_on_stands_in_what_is_at_work_as_long_as_he_finishes():
    """From 3:55 to 4:07, the last of agents; he is absent from four on, and nobody is busy beside him."""
    luck = [[uniform(0, 0, Kind.AGENT, agent, purposes.ABSENCE, day) for day in range(2)] for agent in range(99)]
    agent = next(at for at, (first, second) in enumerate(luck) if second < 0.5 <= first)
    strip = later(CALL, 235).replace("front:0", f"front:{agent}")
    table = quarters(strip, staff=agent + 1, absent=0.5)
    gone = away(1, agent + 1, 0.5)
    expected = 15 * (agent + 1 - gone) + 7
    eur = 6 * (agent + 1)
    assert_row(table, "04:00", 15 * (agent + 1), 15 * gone, expected, 15 * (agent + 1), 7, eur, 7 / expected)


ASKED: dict[str, Any] = {"time": {"horizon": "1 d", "follow_up": "6 d"}, "population": {"again": {"most_attempts": 1}}}
BACK: dict[str, Any] = {"staff": 1, "talk": "10 min", "wage": 0, "solve": {"plain": 1.0}}


def test_both_agents_are_busy_while_a_colleague_gives_advice():
    """The front from 0 to 18, the back from 13 to 18, of no queue but the customer's."""
    advice = {"team": "back", "share": 1, "lasts": "5 min"}
    told = lived(plain(**merged(ASKED, {"teams": {"front": {"advice": advice}, "back": BACK}})), 0)
    table = sim.intervals(told, every=15, by=["team", "queue"]).set_index(["team", "queue", "from"])
    minutes = {where: 15 * value for where, value in table["agents_busy"].items() if value}
    assert minutes == pytest.approx(
        {
            ("front", "front", "00:00"): 15,
            ("front", "front", "00:15"): 3,
            ("back", "front", "00:00"): 2,
            ("back", "front", "00:15"): 3,
        }
    )
    assert table["legs"].sum() == 1
    assert table["handling_time"].dropna().tolist() == [18]


@pytest.mark.parametrize(("how", "front", "back"), [("cold", 5.5, 12.5), ("warm", 5.5, 13), ("conference", 8.5, 13)])
def test_who_is_busy_when_a_customer_is_passed_on(how: str, front: float, back: float):
    """The talk of the wrong person ends at 5.5; the back talks for ten minutes after half a minute, or a briefing of 3.

    In a conference both are there for the three minutes.
    """
    world = plain(
        **merged(
            ASKED,
            {
                "teams": {"front": {"competent": 0.0}, "back": BACK},
                "paths": {"up": {"from": "front", "to": "back", "when": "wrong_person", "how": how,
                                 "briefing": "3 min"}},
            },
        )
    )  # fmt: skip
    told = lived(world, 0)
    table = sim.intervals(told, every="whole", by="team").set_index("team")
    assert (1440 * table["agents_busy"]).to_dict() == pytest.approx({"front": front, "back": back})
    assert table["legs"].to_dict() == {"front": 1, "back": 1}


# The whole ------------------------------------------------------------------------------------------------------------

DAY_AND_NIGHT: dict[str, Any] = {
    "time": {"warm_up": "1 d", "horizon": "3 d", "follow_up": "1 d"},
    "population": {"problems_per_day": 300, "patience": {"law": "exponential", "mean": "6 min"},
                   "handling": {"law": "lognormal", "mean": 1, "cv": 1},
                   "again": {"persistence": 0.5}},
    "teams": {"front": {"staff": 3, "wage": 21, "after_call": "1 min", "solve": {"plain": 0.8}},
              "back": {"staff": 2, "talk": "8 min", "wage": 33, "solve": {"plain": 1.0}}},
}  # fmt: skip
LATE = {"agents": 2, "hours": ["mon-sun 14:00-22:00"], "lunches": ["18:00-18:30"], "breaks": ["20:00-20:15"]}
EARLY = {"agents": 3, "hours": ["mon-sun 06:00-14:00"], "lunches": ["12:00-12:30"], "breaks": ["09:00-09:15"]}
IN_SHIFTS: dict[str, Any] = {"teams": {"front": {"staff": 0, "shifts": {"early": EARLY, "late": LATE}}}}
UP = {"up": {"from": "front", "to": "back", "when": "wrong_person", "briefing": "2 min"}}
WORLDS: dict[str, dict[str, Any]] = {
    "absence": {"teams": {"front": {"absent": 0.4}, "back": {"absent": 0.2}}},
    "shrinkage": {"teams": {"front": {"shrinkage": 0.25}}},
    "shifts": IN_SHIFTS,
    "all of pay": merged(
        IN_SHIFTS,
        {"teams": {"front": {"absent": 0.3, "shrinkage": 0.2, "wage_premiums": {"mon-sun 20:00-24:00": 0.5},
                             "wage_skills": {"front": 1.5}}}},
    ),
    "pauses": {"teams": {"front": {"pause": "2 min"}}},
    "served at closing": merged(IN_SHIFTS, {"line": {"open": ["mon-sun 08:00-20:00"], "closing": "serve"}}),
    "advice": {"teams": {"front": {"advice": {"team": "back", "share": 0.5, "lasts": "4 min", "if_busy": "wait"}}}},
    "conference": {"teams": {"front": {"competent": 0.6}}, "paths": {"up": {**UP["up"], "how": "conference"}}},
    "warm": merged(
        IN_SHIFTS, {"teams": {"front": {"competent": 0.6}}, "paths": {"up": {**UP["up"], "how": "warm"}}}
    ),
    "supervisors": {
        "population": {"reasons": {"any": {"share": 1, "gesture_share": 0.8, "gesture": 60}}},
        "levers": {"authority": {"limit": 20, "approval": "4 min", "granted": 0.5, "supervisors": "back"}},
    },
    "rings": {"levers": {"follow_through": {"call_back": {"offered_above": "1 min", "accepted": 0.8, "missed": 0.5}}}},
}  # fmt: skip
SHOWN = {"advice": Event.COLLEAGUE_JOINED, "conference": Event.COLLEAGUE_JOINED, "warm": Event.BRIEFING,
         "supervisors": Event.COLLEAGUE_JOINED, "rings": Event.RING_MISSED}  # fmt: skip


@pytest.fixture(scope="module", params=WORLDS)
def told(request: pytest.FixtureRequest) -> History:
    world = tiny_world(**merged(DAY_AND_NIGHT, WORLDS[request.param]))
    found = run(world, populate(world, seed=3))
    assert (found.rows["event"] == SHOWN.get(request.param, Event.ANSWERED)).sum() > 20
    return found


def sums(told: History, every: Any, *by: str) -> dict[str, Any]:
    """Return every sum by cell."""
    cells = of_history(told, parting(told.world, every, by)).sums[0]
    return dict(zip(NAMES, cells.T, strict=True))


@pytest.mark.parametrize("every", [7.5, 60, "day", "whole"])
def test_intervals_add_up_to_the_whole_of_every_team(told: History, every: Any):
    cells, totals = sums(told, every, "team"), totals_of(told)
    teams = {name: its.reshape(1 + len(totals.agents), -1).sum(axis=1)[1:] for name, its in cells.items()}
    for at, its in enumerate(totals.agents.values()):
        whole = {
            "scheduled": its.scheduled,
            "absent": its.absent,
            "busy": its.busy,
            "overtime": its.overtime,
            "in_breaks": its.in_breaks,
            "while_absent": its.while_absent,
            "paid": its.scheduled + its.extra,
        }
        assert {name: teams[name][at] for name in whole} == pytest.approx(whole, rel=1e-9, abs=1e-9)
    eur = cells["scheduled_eur"].sum() + cells["overtime_eur"].sum()
    assert eur == pytest.approx(totals.staff_eur, rel=1e-9)
    of_all = sums(told, every)
    for name in ("scheduled", "absent", "paid", "scheduled_eur", "busy", "overtime_eur"):
        assert of_all[name].sum() == pytest.approx(cells[name].sum(), rel=1e-9, abs=1e-9)


def test_nobody_is_more_than_fully_occupied_in_any_interval(told: History):
    table = of_history(told, parting(told.world, 15, "team")).frame(["occupancy", "agents_busy", "agents_at_work"])
    assert table["occupancy"].max() <= 1 + 1e-9
    assert (table["agents_busy"] <= table["agents_at_work"] + 1e-9).all()


def test_agents_are_busy_when_the_rows_say_so(told: History):
    """By a count of its own: each agent's intervals, minute by minute of the horizon, parted by hours."""
    start, hours = told.world.time.warm_up, round(told.world.time.horizon / 60)
    edges = start + 60.0 * np.arange(hours + 1)
    expected = np.zeros((len(told.world.teams), hours))
    for (team, _), intervals in busy(told).items():
        for since, until, _ in intervals:
            expected[team] += np.clip(np.minimum(until, edges[1:]) - np.maximum(since, edges[:-1]), 0.0, None)
    found = sums(told, 60, "team")["busy"].reshape(-1, hours)[1:]
    np.testing.assert_allclose(found, expected, atol=1e-6)


def test_customers_who_come_one_by_one_meet_the_same_agents():
    """Two replications as a study lives them, and as histories that are kept."""
    world = tiny_world(**merged(DAY_AND_NIGHT, WORLDS["all of pay"]))
    asked = parting(world, 60, "team")
    study = replicate(world, replications=2, seed=5, measures=(), parting=asked).intervals
    assert study is not None
    for replication, sums_of_one in enumerate(study.sums):
        kept = of_history(run(world, populate(world, seed=5, replication=replication)), asked)
        np.testing.assert_allclose(sums_of_one, kept.sums[0], rtol=1e-12, atol=1e-9)


def test_a_map_counts_the_absent_of_every_replication_however_cells_are_parted():
    world = tiny_world(**merged(DAY_AND_NIGHT, WORLDS["absence"]))
    apart, together = (
        replicate(world, replications=3, seed=5, measures=(), parting=parting(world, 60, by)).intervals
        for by in (("team", "reason"), ())
    )
    assert apart is not None
    assert together is not None
    names = ["agents_scheduled", "agents_absent", "agents_at_work", "agents_paid", "staff_eur", "occupancy"]
    pd.testing.assert_frame_equal(apart.week(parted=False).frame(names), together.week().frame(names))
    assert len({*together.sums[:, :, NAMES.index("absent")].sum(axis=1)}) == 3
