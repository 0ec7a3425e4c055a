"""What falls on the same instant, told by both: each test a world whose durations are whole minutes."""

from __future__ import annotations

from typing import Any

import pytest

from sim.history.rows import Event, History
from tests.by_hand import count, plain
from tests.twin.both import twins_by_hand

OPEN = {"open": ["mon-sun 08:00-12:00"]}
AWAKE = {"awake": "mon-sun 00:00-24:00", "moved": "0 min"}
AT_ONCE = {
    "identification": "0 min",
    "identification_again": "0 min",
    "explanation": "0 min",
}
ALL_DELAYS = ("after_blocked", "after_abandoned", "after_cut", "after_dismissed", "after_unsolved")


def times(history: History, event: Event) -> list[float]:
    """Return when it happened, sorted."""
    return sorted(history.rows["time"][history.rows["event"] == event].tolist())


def both_at(history: History, one: Event, other: Event, time: float) -> bool:
    """Say whether two things happened at this very instant: else the test would try nothing."""
    return time in times(history, one) and time in times(history, other)


@pytest.mark.parametrize("at", [0, 60, 480, 720, 540.5], ids=["zero", "hour", "opening", "closing", "between"])
@pytest.mark.parametrize("lines", [None, 3])
@pytest.mark.parametrize("closing", ["dismiss", "serve"])
def test_who_appears_at_the_same_instant_is_served_by_number(at, lines, closing):
    """Eight problems at once for two agents: at the start, on the hour, at opening, at closing."""
    world = plain(line={**OPEN, "lines": lines, "closing": closing}, population=AWAKE, teams={"front": {"staff": 2}})
    history = twins_by_hand(world, *[at] * 8, *[at + 13] * 4)
    assert count(history, Event.SOLVED) >= 8


def test_patience_ends_at_the_instant_an_agent_is_freed():
    """Served from 0 to 13; the second, who holds from 3 with 10 minutes of patience, is served: releases come first."""
    history = twins_by_hand(plain(population={"patience": "10 min"}), 0, 3, 3)
    assert both_at(history, Event.LEFT_AGENT, Event.ANSWERED, 13)
    assert both_at(history, Event.LEFT_AGENT, Event.ABANDONED, 13)


@pytest.mark.parametrize("clock", ["connection", "first_agent", "current_agent"])
@pytest.mark.parametrize("after", [1, 3, 13], ids=["identification", "explanation", "talk"])
def test_the_cut_comes_at_the_instant_a_spell_ends(clock, after):
    """Identification ends at 1, explanation at 3, the talk at 13: cut each time, and all begins again."""
    world = plain(
        levers={"time": {"cut_after": f"{after} min", "clock": clock}}, population={"again": {"most_attempts": 3}}
    )
    history = twins_by_hand(world, 0, 0, 5, 13)
    assert count(history, Event.CUT) >= 12
    assert count(history, Event.SOLVED) == 0


def test_the_cut_patience_and_closing_come_at_the_same_instant():
    """Ten minutes of patience and of connection: who holds from 710 to 720 is cut, not abandoned, not turned away."""
    world = plain(line=OPEN, population={**AWAKE, "patience": "10 min"}, levers={"time": {"cut_after": "10 min"}})
    history = twins_by_hand(world, 707, 710, 710, 710)
    assert both_at(history, Event.CUT, Event.LEFT_AGENT, 717)
    assert both_at(history, Event.CUT, Event.ANSWERED, 717)
    assert 720 in times(history, Event.CUT)


@pytest.mark.parametrize("closing", ["dismiss", "serve"])
def test_the_staff_changes_at_the_instant_of_a_release_and_of_an_arrival(closing):
    """Talks of 30 minutes: with every half-hour agents come, go, are released and are asked for."""
    staff = {"mon 00:00-00:30": 2, "mon 00:30-01:00": 1, "mon 01:00-02:00": 3, "mon 02:30-04:00": 1}
    world = plain(
        line={"closing": closing, "open": ["mon 00:00-04:00"]},
        population=AWAKE,
        teams={"front": {"staff": staff, "talk": "27 min", "after_call": "30 min"}},
    )
    history = twins_by_hand(world, *sorted([0, 0, 0, 30, 30, 60, 60, 90, 120, 120, 150, 180, 210, 240, 240]))
    assert both_at(history, Event.LEFT_AGENT, Event.QUEUED, 30)
    assert both_at(history, Event.ANSWERED, Event.APPEARED, 60)


def test_two_teams_pass_customers_to_and_fro_at_the_same_instants():
    """Nobody is the right one: at every thirteenth minute both teams release, hand over and queue."""
    world = plain(
        teams={
            "front": {"staff": 2, "competent": 0.0, "wrong_talk": 1.0},
            "back": {"staff": 2, "talk": "10 min", "wage": 0, "competent": 0.0, "wrong_talk": 1.0},
        },
        population={"reasons": {"any": {"share": 0.5}, "other": {"share": 0.5}}, "again": {"most_attempts": 2}},
        line={"routes": {"other": "back"}},
        levers={"memory": {"identification_again": "1 min"}},
        paths={
            "there": {"from": "front", "to": "back", "when": "wrong_person", "tries": 5},
            "back": {"from": "back", "to": "front", "when": "wrong_person", "tries": 5},
        },
    )
    there, here = {"appeared": 0}, {"appeared": 0, "reason": 1}
    history = twins_by_hand(world, there, here, there, here, there, here, 13, {"appeared": 13, "reason": 1})
    assert len(set(times(history, Event.TRANSFERRED_COLD))) < count(history, Event.TRANSFERRED_COLD) / 2


def test_after_call_work_ends_at_the_instant_of_an_arrival():
    """Served to 13, work to 18; at 18 two problems appear: the agent is idle again before they dial."""
    world = plain(teams={"front": {"after_call": "5 min"}})
    history = twins_by_hand(world, 0, 18, 18)
    assert times(history, Event.ANSWERED) == [0, 18, 36]


def test_full_lines_are_dialled_at_the_instant_they_are_left():
    """Two lines, blocked callers who dial again after 13 minutes, calls of 13 minutes: all at once."""
    world = plain(
        line={"lines": 2},
        teams={"front": {"staff": 2}},
        population={"again": {"after_blocked": "13 min", "most_attempts": 5}},
    )
    history = twins_by_hand(world, *[0] * 6, *[13] * 3)
    assert both_at(history, Event.CALL_ENDED, Event.BLOCKED, 13)
    assert both_at(history, Event.CALL_ENDED, Event.PICKED_UP, 13)


@pytest.mark.parametrize("missed", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("closing", ["dismiss", "serve"])
@pytest.mark.parametrize(("ringing", "between"), [("0 min", "0 min"), ("1 min", "13 min"), ("30 min", "0 min")])
def test_the_firm_rings_back_at_closing(missed, closing, ringing, between):
    """One agent, free at noon, when the line closes; rings and pauses that end there too."""
    offer = {"offered_above": "0 min", "accepted": 1.0, "missed": missed, "tries": 3}
    world = plain(
        line={**OPEN, "closing": closing, "lines": 4},
        population=AWAKE,
        levers={"follow_through": {"call_back": {**offer, "ringing": ringing, "between": between}}},
    )
    history = twins_by_hand(world, 681, *[690] * 6, 694, 707, 707, 719, 720)
    assert count(history, Event.CALL_BACK_TAKEN) >= 5
    assert 720 in history.rows["time"]


def test_tickets_without_delay_are_answered_at_the_instant_they_are_written():
    """Nothing is solved, at once, for five customers at the same time."""
    world = plain(
        teams={"front": {"staff": 2, "solve": {"plain": 0.5}}, "back": {"staff": 0, "talk": "1 min", "wage": 0}},
        population={"again": {"after_unsolved": "0 min", "most_attempts": 6}},
        paths={"written": {"from": "front", "to": "back", "when": "unsolved", "by": "ticket", "delay": "0 min"}},
        levers={"knowledge": {"solve": {"back": {"plain": 0.3}}}},
    )
    history = twins_by_hand(world, *[0] * 5, 13)
    ticketed = times(history, Event.TICKETED)
    assert ticketed and set(ticketed) <= {*times(history, Event.UNSOLVED), *times(history, Event.SOLVED)}


@pytest.mark.parametrize("lines", [None, 2])
@pytest.mark.parametrize("menu", ["0 min", "1 min"])
def test_calls_of_no_length_at_all(lines, menu):
    """No menu, no identification, no story, no talk: every call is over at the instant it begins."""
    world = plain(
        line={"lines": lines, "menu": menu},
        teams={"front": {"talk": "0 min", "staff": 1, "solve": {"plain": 0.4}}},
        levers={"memory": AT_ONCE},
        population={"again": {"after_unsolved": "0 min", "after_blocked": "1 min", "most_attempts": 9}},
    )
    history = twins_by_hand(world, *[0] * 5, *[60] * 5)
    assert times(history, Event.ANSWERED) == times(history, Event.LEFT_AGENT)
    assert count(history, Event.DIALLED) > 10


def test_the_most_attempts_are_made_at_one_instant():
    """Nobody is at work and patience is none: forty attempts without delay, all of them at the same time."""
    world = plain(
        teams={"front": {"staff": 0}},
        population={"patience": "0 min", "again": {**dict.fromkeys(ALL_DELAYS, "0 min"), "most_attempts": 40}},
    )
    history = twins_by_hand(world, 0, 0, 0, 7, 7, 60)
    assert count(history, Event.LIMIT_REACHED) == 6
    assert count(history, Event.ABANDONED) == 240
    assert set(times(history, Event.ABANDONED)) == {0, 7, 60}


def test_who_holds_at_closing_is_served_while_the_staff_leaves():
    """Three agents leave at noon; their calls end at noon, at 5 past and later, and they serve who holds."""
    world = plain(
        line={**OPEN, "closing": "serve"},
        population=AWAKE,
        teams={"front": {"staff": {"mon-sun 08:00-11:30": 3, "mon-sun 11:30-12:00": 2}}},
    )
    history = twins_by_hand(world, 680, 699, 707, 707, 710, 710, 710, 715, 719, 720, 720)
    served = [time for time in times(history, Event.ANSWERED) if 720 <= time < 1000]
    assert len(served) >= 3
    assert 720 in served


def test_nobody_is_at_work_for_hours():
    """From eight to ten nobody comes; those who hold are served when two come, the longest waiting first."""
    staff = {"mon-sun 10:00-11:00": 2, "mon-sun 11:30-12:00": 1}
    world = plain(line=OPEN, population={**AWAKE, "patience": "120 min"}, teams={"front": {"staff": staff}})
    history = twins_by_hand(world, *[480] * 4, *[500, 505], *[660] * 3, 690, 700)
    assert both_at(history, Event.ABANDONED, Event.ANSWERED, 600)
    assert times(history, Event.ANSWERED)[0] == 600


def test_agents_hang_up_at_the_instant_of_the_cut():
    """Hanging up within 3 minutes of 3: whoever is cut at that instant is cut."""
    world: dict[str, Any] = {"cut_after": "3 min", "hangup": 1.0, "hangup_within": "3 min"}
    history = twins_by_hand(plain(levers={"time": world}, population={"again": {"most_attempts": 4}}), *[0] * 4)
    assert count(history, Event.HUNG_UP) + count(history, Event.CUT) == count(history, Event.DIALLED)


def test_a_problem_believed_solved_is_found_out_at_once():
    """Discovery takes no time: the next dial is at the instant the call ends, behind whoever waits."""
    world = plain(
        teams={"front": {"solve": {"plain": 0.0}}},
        population={"again": {"after_unsolved": "0 min", "most_attempts": 3}},
        levers={"follow_through": {"known_now": 0.0, "discovery": "0 min"}},
    )
    history = twins_by_hand(world, 0, 0, 13)
    assert set(times(history, Event.FOUND_OUT)) <= set(times(history, Event.CALL_ENDED))
    assert count(history, Event.FOUND_OUT) == 9
