"""Film strips: a colleague who gives advice, a supervisor who is an agent himself, a conference, and nobody idle."""

from __future__ import annotations

import pytest

from sim import purposes
from tests.by_hand import NOBODY_BEFORE_HALF_PAST, assert_strip, lived, plain

ONCE = {"again": {"most_attempts": 1}}
ASKS = {(0, 0, 0): {purposes.CONSULT: 0.1}, (1, 0, 0): {purposes.CONSULT: 0.1}}
WRONG = {purposes.COMPETENCE: 0.9}
RIGHT = {purposes.COMPETENCE: 0.1}
TO_HALF_PAST = {"open": ["mon-sun 00:00-00:30"]}


def team(**changes):
    """Return a team of one agent with talks of 10 minutes."""
    return {"staff": 1, "talk": "10 min", "wage": 0, **changes}


def advised(back=None, front=None, **advice):
    """Let the front ask the back after half of its talks."""
    asks = {"team": "back", "share": 0.5, "lasts": "5 min", **advice}
    return {"front": {"advice": asks, **(front or {})}, "back": team(**(back or {}))}


def test_a_colleague_who_is_idle_joins_in_after_the_talk():
    assert_strip(
        lived(plain(teams=advised()), 0, luck=ASKS),
        """
        0   appeared dialled picked_up queued answered identifying
        1   explaining
        3   talking
        13  colleague_asked@front.0 colleague_joined=5@back.0 conferring@front.0
        18  solved@front.0 left_agent@front.0 call_ended
        """,
    )


def test_a_colleague_may_be_asked_at_the_very_minute_of_the_answer():
    """What takes no time leaves no row."""
    at_once = {"identification": "0 s", "explanation": "0 s"}
    world = plain(teams=advised(front={"talk": "0 s"}), levers={"memory": at_once})
    assert_strip(
        lived(world, 0, luck=ASKS),
        """
        0   appeared dialled picked_up queued answered
        0   colleague_asked@front.0 colleague_joined=5@back.0 conferring@front.0
        5   solved@front.0 left_agent@front.0 call_ended
        """,
    )


def test_who_asks_his_own_team_is_joined_by_another_one():
    world = plain(teams=advised(team="front", front={"staff": 2}))
    assert_strip(
        lived(world, 0, luck=ASKS),
        """
        0   appeared dialled picked_up queued answered@front.0 identifying
        1   explaining
        3   talking
        13  colleague_asked@front.0 colleague_joined=5@front.1 conferring@front.0
        18  solved left_agent@front.0 call_ended
        """,
    )


def test_where_no_colleague_is_idle_one_does_without():
    """The only one at the back comes at 30."""
    world = plain(teams=advised(back={"staff": NOBODY_BEFORE_HALF_PAST}))
    assert_strip(
        lived(world, 0, luck=ASKS),
        """
        0   appeared dialled picked_up queued answered identifying
        1   explaining
        3   talking
        13  colleague_asked solved left_agent call_ended
        """,
    )


def test_or_both_wait_for_one():
    world = plain(teams=advised(back={"staff": NOBODY_BEFORE_HALF_PAST}, if_busy="wait"))
    assert_strip(
        lived(world, 0, luck=ASKS),
        """
        0   appeared dialled picked_up queued answered identifying
        1   explaining
        3   talking
        13  colleague_asked
        30  colleague_joined=5@back.0 conferring@front.0
        35  solved left_agent@front.0 call_ended
        """,
    )


def test_a_colleague_is_free_for_the_next_who_asks():
    """Two agents end their talks at 13; the only colleague is with one of them to 18, then with the other."""
    world = plain(teams=advised(front={"staff": 2}, if_busy="wait"))
    assert_strip(
        lived(world, 0, 0, luck=ASKS),
        """
        0   appeared dialled picked_up queued answered@front.1 identifying
        1   explaining
        3   talking
        13  colleague_asked@front.1
        18  colleague_joined=5@back.0 conferring@front.1
        23  solved left_agent@front.1 call_ended
        """,
        customer=1,
    )


def test_the_clock_cuts_while_they_confer():
    """At 15: the colleague was there for two minutes."""
    world = plain(population=ONCE, teams=advised(), levers={"time": {"cut_after": "15 min"}})
    assert_strip(
        lived(world, 0, luck=ASKS),
        """
        0   appeared dialled picked_up queued answered identifying
        1   explaining
        3   talking
        13  colleague_asked colleague_joined=2@back.0 conferring
        15  cut@front.0 left_agent@front.0 call_ended limit_reached gave_up
        """,
    )


def test_the_clock_cuts_while_they_wait_for_a_colleague():
    world = plain(
        population=ONCE,
        teams=advised(back={"staff": NOBODY_BEFORE_HALF_PAST}, if_busy="wait"),
        levers={"time": {"cut_after": "20 min"}},
    )
    assert_strip(
        lived(world, 0, luck=ASKS),
        """
        0   appeared dialled picked_up queued answered identifying
        1   explaining
        3   talking
        13  colleague_asked
        20  cut@front.0 left_agent@front.0 call_ended limit_reached gave_up
        """,
    )


# Supervisors ----------------------------------------------------------------------------------------------------------

GESTURE = {"appeared": 0, "gesture": 50}


def supervised(staff=1, granted=1.0, **changes):
    """Let the boss be asked for what the front may not grant."""
    authority = {"supervisors": "boss", "approval": "4 min", "granted": granted}
    teams = {"boss": team(staff=staff), "front": changes.pop("front", {})}
    return plain(population=ONCE, teams=teams, levers={"authority": authority, **changes.pop("levers", {})}, **changes)


def test_a_supervisor_is_asked_and_busy_meanwhile():
    """The second at 13 too; his supervisor is free at 17."""
    history = lived(supervised(front={"staff": 2}), GESTURE, GESTURE)
    assert_strip(
        history,
        """
        0   appeared dialled picked_up queued answered@front.0 identifying
        1   explaining
        3   talking
        13  approval_asked@front.0 colleague_joined=4@boss.0
        17  granted=50@front.0 solved left_agent@front.0 call_ended
        """,
    )
    assert_strip(
        history,
        """
        0   appeared dialled picked_up queued answered@front.1 identifying
        1   explaining
        3   talking
        13  approval_asked@front.1
        17  colleague_joined=4@boss.0
        21  granted=50@front.1 solved left_agent@front.1 call_ended
        """,
        customer=1,
    )


def test_a_supervisor_may_refuse():
    assert_strip(
        lived(supervised(granted=0.5), GESTURE, luck={(0, 0, 0): {purposes.GRANT: 0.9}}),
        """
        0   appeared dialled picked_up queued answered identifying
        1   explaining
        3   talking
        13  approval_asked colleague_joined=4@boss.0
        17  refused@front.0 unsolved left_agent@front.0 call_ended limit_reached gave_up
        """,
    )


@pytest.mark.parametrize(("staff", "cut", "joined"), [(1, 15, "colleague_joined=2@boss"), (0, 20, "")])
def test_the_clock_cuts_while_a_supervisor_is_asked_or_waited_for(staff, cut, joined):
    world = supervised(staff=staff or NOBODY_BEFORE_HALF_PAST, levers={"time": {"cut_after": f"{cut} min"}})
    assert_strip(
        lived(world, GESTURE),
        f"""
        0   appeared dialled picked_up queued answered identifying
        1   explaining
        3   talking
        13  approval_asked {joined}
        {cut}  cut@front.0 left_agent@front.0 call_ended limit_reached gave_up
        """,
    )


@pytest.mark.parametrize(("appeared", "asked", "ends"), [(0, 13, 30), (25, 38, 38)])
def test_at_closing_nobody_waits_for_a_supervisor_any_more(appeared, asked, ends):
    """The boss comes at 1:00. One holds for him until half past twelve, or not at all where the line is closed."""
    world = supervised(staff={"mon 01:00-02:00": 1}, line=TO_HALF_PAST)
    lines = [f"{asked} approval_asked", f"{ends} refused unsolved left_agent call_ended limit_reached gave_up"]
    assert_strip(
        lived(world, {"appeared": appeared, "gesture": 50}),
        f"""
        {appeared}      appeared dialled picked_up queued answered identifying
        {appeared + 1}  explaining
        {appeared + 3}  talking
        """
        + "\n".join(lines),
    )


# Passed on ------------------------------------------------------------------------------------------------------------


def passing(tech=None, **path):
    """Let the front pass on who has reached the wrong one, with three minutes of briefing."""
    way = {"from": "front", "to": "tech", "when": "wrong_person", "briefing": "3 min", **path}
    return {"teams": {"front": {"competent": 0.5}, "tech": team(**(tech or {}))}, "paths": {"wrong": way}}


PASSED = {(0, 0, 0): WRONG, (0, 0, 1): RIGHT}


def test_in_a_conference_the_first_agent_stays_until_the_next_one_knows():
    assert_strip(
        lived(plain(**passing(how="conference")), 0, luck=PASSED),
        """
        0     appeared dialled picked_up queued answered identifying
        1     explaining
        3     talking
        11/2  wrong_person transferred_warm colleague_asked@front.0 colleague_joined=3@tech.0 briefing@front.0
        17/2  left_agent@front.0 answered@tech.0 talking=10
        37/2  solved left_agent@tech.0 call_ended
        """,
    )


def test_the_first_agent_waits_with_him_for_the_next_one():
    world = plain(**passing({"staff": NOBODY_BEFORE_HALF_PAST}, how="conference"))
    assert_strip(
        lived(world, 0, luck=PASSED),
        """
        0     appeared dialled picked_up queued answered identifying
        1     explaining
        3     talking
        11/2  wrong_person transferred_warm colleague_asked@front.0
        30    colleague_joined=3@tech.0 briefing@front.0
        33    left_agent@front.0 answered@tech.0 talking
        43    solved left_agent@tech.0 call_ended
        """,
    )


def test_a_briefing_of_no_length_leaves_no_row():
    assert_strip(
        lived(plain(**passing(how="conference", briefing="0 s")), 0, luck=PASSED),
        """
        0     appeared dialled picked_up queued answered identifying
        1     explaining
        3     talking
        11/2  wrong_person transferred_warm colleague_asked colleague_joined=0@tech.0 left_agent@front.0
        11/2  answered@tech.0 talking
        31/2  solved left_agent@tech.0 call_ended
        """,
    )


def test_the_clock_cuts_a_conference_and_both_are_free():
    """Cut at 7; another, who comes at 1 and is told to the same colleague, finds him idle at 18.5."""
    world = plain(population=ONCE, levers={"time": {"cut_after": "7 min"}}, **passing(how="conference"))
    history = lived(world, 0, 8, luck={(0, 0, 0): WRONG, (1, 0, 0): WRONG})
    for customer, since in enumerate((0, 8)):
        assert_strip(
            history,
            f"""
            {since}      appeared dialled picked_up queued answered identifying
            {since + 1}  explaining
            {since + 3}  talking
            {2 * since + 11}/2  wrong_person transferred_warm colleague_asked colleague_joined=3/2@tech.0 briefing
            {since + 7}  cut@front.0 left_agent@front.0 call_ended limit_reached gave_up
            """,
            customer,
        )


@pytest.mark.parametrize("if_busy", ["wait", "lost"])
def test_a_conference_for_which_nobody_is_idle_is_lost(if_busy):
    """At once, or when the line closes at 30, before anybody has come."""
    way = passing({"staff": {"mon 01:00-02:00": 1}}, how="conference", if_busy=if_busy)
    end = "transfer_lost@front.0 left_agent@front.0 call_ended limit_reached gave_up"
    assert_strip(
        lived(plain(population=ONCE, line=TO_HALF_PAST, **way), 0, luck=PASSED),
        f"""
        0     appeared dialled picked_up queued answered identifying
        1     explaining
        3     talking
        11/2  wrong_person transferred_warm colleague_asked {end if if_busy == "lost" else ""}
        30    {end if if_busy == "wait" else ""}
        """,
    )


def test_a_cold_transfer_for_which_nobody_is_idle_is_lost():
    """He calls again ten minutes later, as if he had been cut, and is solved by the first agent."""
    world = plain(**passing({"staff": NOBODY_BEFORE_HALF_PAST}, if_busy="lost"))
    assert_strip(
        lived(world, 0, luck={(0, 0, 0): WRONG, (0, 1, 0): RIGHT}),
        """
        0     appeared dialled picked_up queued answered identifying
        1     explaining
        3     talking
        11/2  wrong_person transferred_cold left_agent queued@tech transfer_lost call_ended
        31/2  dialled picked_up queued@front answered identifying
        33/2  explaining
        37/2  talking
        57/2  solved left_agent call_ended
        """,
    )


def test_where_one_is_idle_the_call_is_not_lost():
    assert_strip(
        lived(plain(**passing(if_busy="lost")), 0, luck=PASSED),
        """
        0     appeared dialled picked_up queued answered identifying
        1     explaining
        3     talking
        11/2  wrong_person transferred_cold left_agent queued@tech answered@tech identifying
        6     explaining
        8     talking
        18    solved left_agent call_ended
        """,
    )


def test_after_a_conference_a_warm_transfer_is_briefed_anew():
    """From front to tech with both agents, who is wrong as well; from tech to the expert with him alone."""
    passed = passing({"competent": 0.5}, how="conference")
    teams = {**passed["teams"], "expert": team()}
    on = {"from": "tech", "to": "expert", "when": "wrong_person", "how": "warm", "briefing": "1 min"}
    world = plain(teams=teams, paths={**passed["paths"], "on": on})
    assert_strip(
        lived(world, 0, luck={(0, 0, 0): WRONG, (0, 0, 1): WRONG, (0, 0, 2): RIGHT}),
        """
        0     appeared dialled picked_up queued answered identifying
        1     explaining
        3     talking
        11/2  wrong_person transferred_warm colleague_asked colleague_joined=3@tech.0 briefing
        17/2  left_agent@front.0 answered@tech.0 talking
        11    wrong_person transferred_warm left_agent@tech.0 queued@expert answered@expert.0 briefing
        12    talking=10
        22    solved left_agent@expert.0 call_ended
        """,
    )
