"""Film strips: wrong persons, transfers, gestures, supervisors and escalation."""

from __future__ import annotations

from sim import purposes
from tests.by_hand import NOBODY_BEFORE_HALF_PAST, assert_strip, lived, plain

WRONG = {purposes.COMPETENCE: 0.9}
RIGHT = {purposes.COMPETENCE: 0.1}


def team(**changes):
    """Return a team of one agent with talks of 10 minutes."""
    return {"staff": 1, "talk": "10 min", "wage": 0, **changes}


def test_he_is_passed_to_a_wrong_team_and_then_to_the_right_one():
    """Two agents see after a quarter of the talk that it is not theirs; each of the three hears the story anew."""
    world = plain(
        teams={"front": {"competent": 0.5}, "sales": team(competent=0.5), "tech": team()},
        paths={"wrong": {"from": ["front", "sales"], "to": {"sales": 0.5, "tech": 0.5}, "when": "wrong_person"}},
    )
    luck = {
        (0, 0, 0): {**WRONG, purposes.TARGET: 0.1},
        (0, 0, 1): {**WRONG, purposes.TARGET: 0.9},
        (0, 0, 2): RIGHT,
    }
    assert_strip(
        lived(world, 0, luck=luck),
        """
        0     appeared dialled picked_up queued@front answered@front.0 identifying
        1     explaining
        3     talking
        11/2  wrong_person transferred_cold left_agent@front.0 queued@sales.-1 answered@sales.0 identifying
        6     explaining
        8     talking
        21/2  wrong_person transferred_cold left_agent@sales queued@tech answered@tech.0 identifying
        11    explaining
        13    talking=10
        23    solved left_agent@tech call_ended
        """,
    )


def test_a_misrouted_call_lands_with_an_agent_who_is_not_the_right_one():
    """The menu itself errs: competent agents do not help until he is passed on."""
    world = plain(
        teams={"front": {}, "tech": team()},
        line={"misrouted_to": "front", "team": "tech"},
        paths={"wrong": {"from": "front", "to": "tech", "when": "wrong_person"}},
        levers={"knowledge": {"misrouted": 0.3}},
    )
    assert_strip(
        lived(world, 0, luck={(0, 0, 0): {purposes.ROUTING: 0.1}}),
        """
        0     appeared dialled picked_up queued@front answered@front identifying
        1     explaining
        3     talking
        11/2  wrong_person transferred_cold left_agent queued@tech answered@tech identifying
        6     explaining
        8     talking=10
        18    solved left_agent call_ended
        """,
    )


def test_a_warm_transfer_costs_one_briefing_and_no_second_story():
    """He holds 24.5 minutes for the next agent and one more while that one is briefed."""
    world = plain(
        teams={"front": {"competent": 0.5}, "tech": team(staff=NOBODY_BEFORE_HALF_PAST)},
        paths={"wrong": {"from": "front", "to": "tech", "when": "wrong_person", "how": "warm", "briefing": "1 min"}},
    )
    assert_strip(
        lived(world, 0, luck={(0, 0, 0): WRONG}),
        """
        0     appeared dialled picked_up queued@front answered@front identifying
        1     explaining
        3     talking
        11/2  wrong_person transferred_warm left_agent queued@tech
        30    answered@tech briefing
        31    talking=10
        41    solved left_agent call_ended
        """,
    )


def test_a_briefing_that_never_came_is_not_given_at_the_next_call():
    """He hangs up in the warm transfer's hold; at the next call he proves who he is and tells everything."""
    world = plain(
        population={"patience": "15 min"},
        teams={"front": {"competent": 0.6}, "tech": team(staff=NOBODY_BEFORE_HALF_PAST)},
        paths={"wrong": {"from": "front", "to": "tech", "when": "wrong_person", "how": "warm", "briefing": "1 min"}},
    )
    assert_strip(
        lived(world, 0, luck={(0, 0, 0): WRONG}),
        """
        0     appeared dialled picked_up queued@front answered@front identifying
        1     explaining
        3     talking
        11/2  wrong_person transferred_warm left_agent queued@tech
        41/2  abandoned call_ended
        101/2 dialled picked_up queued@front answered@front identifying
        103/2 explaining
        107/2 talking=10
        127/2 solved left_agent call_ended
        """,
    )


def test_he_loses_patience_in_the_transfer_hold():
    """Patience is drawn at every hold: 15 minutes from the transfer, not from the call."""
    world = plain(
        population={"patience": "15 min", "again": {"most_attempts": 1}},
        teams={"front": {"competent": 0.5}, "tech": team(staff=NOBODY_BEFORE_HALF_PAST)},
        paths={"wrong": {"from": "front", "to": "tech", "when": "wrong_person"}},
    )
    assert_strip(
        lived(world, 0, luck={(0, 0, 0): WRONG}),
        """
        0     appeared dialled picked_up queued@front answered@front identifying
        1     explaining
        3     talking
        11/2  wrong_person transferred_cold left_agent queued@tech
        41/2  abandoned call_ended limit_reached gave_up
        """,
    )


def test_a_path_is_taken_no_more_often_than_its_tries():
    """Both agents of the front are the wrong one; it passes on to itself once in a call, and the call has failed."""
    world = plain(
        population={"again": {"most_attempts": 2}},
        teams={"front": {"competent": 0.5}},
        paths={"wrong": {"from": "front", "to": "front", "when": "wrong_person", "tries": 1}},
    )
    luck = {(0, 0, 0): WRONG, (0, 0, 1): WRONG, (0, 1, 0): WRONG, (0, 1, 1): RIGHT}
    assert_strip(
        lived(world, 0, luck=luck),
        """
        0      appeared dialled picked_up queued answered identifying
        1      explaining
        3      talking
        11/2   wrong_person transferred_cold left_agent queued answered identifying
        6      explaining
        8      talking
        21/2   wrong_person unsolved left_agent call_ended
        141/2  dialled picked_up queued answered identifying
        143/2  explaining
        147/2  talking
        76     wrong_person transferred_cold left_agent queued answered identifying
        153/2  explaining
        157/2  talking=10
        177/2  solved left_agent call_ended
        """,
    )


def test_the_supervisor_grants_the_gesture():
    """50 EUR, above the agent's 20: he holds 4 minutes, then has it."""
    world = plain(levers={"authority": {"limit": 20, "approval": "4 min", "granted": 0.6}})
    assert_strip(
        lived(world, {"appeared": 0, "gesture": 50}, luck={(0, 0, 0): {purposes.GRANT: 0.1}}),
        """
        0   appeared dialled picked_up queued answered identifying
        1   explaining
        3   talking
        13  approval_asked
        17  granted=50 solved left_agent call_ended
        """,
    )


def test_the_supervisor_refuses_and_another_one_grants_an_hour_later():
    """A refused gesture leaves the problem unsolved, and he knows it; the whole call is made again."""
    world = plain(levers={"authority": {"limit": 20, "approval": "4 min", "granted": 0.6}})
    luck = {(0, 0, 0): {purposes.GRANT: 0.9}, (0, 1, 0): {purposes.GRANT: 0.1}}
    assert_strip(
        lived(world, {"appeared": 0, "gesture": 50}, luck=luck),
        """
        0   appeared dialled picked_up queued answered identifying
        1   explaining
        3   talking
        13  approval_asked
        17  refused unsolved left_agent call_ended
        77  dialled picked_up queued answered identifying
        78  explaining
        80  talking=10
        90  approval_asked
        94  granted=50 solved left_agent call_ended
        """,
    )


def test_the_agent_grants_within_his_own_limit_and_nobody_holds():
    """The limit itself is within the limit."""
    world = plain(levers={"authority": {"limit": 50}})
    assert_strip(
        lived(world, {"appeared": 0, "gesture": 50}),
        """
        0   appeared dialled picked_up queued answered identifying
        1   explaining
        3   talking
        13  granted=50 solved left_agent call_ended
        """,
    )


def test_what_was_granted_is_not_asked_for_again():
    """He has his 50 EUR, and yet the problem is not solved: the second call is about nothing else."""
    world = plain(teams={"front": {"solve": {"plain": 0.5}}}, levers={"authority": {"limit": 50}})
    luck = {(0, 0, 0): {purposes.SOLVE: 0.9}, (0, 1, 0): {purposes.SOLVE: 0.1}}
    assert_strip(
        lived(world, {"appeared": 0, "gesture": 50}, luck=luck),
        """
        0   appeared dialled picked_up queued answered identifying
        1   explaining
        3   talking
        13  granted=50 unsolved left_agent call_ended
        73  dialled picked_up queued answered identifying
        74  explaining
        76  talking
        86  solved left_agent call_ended
        """,
    )


def test_where_nobody_is_asked_the_gesture_is_refused_at_once():
    """above = "refuse": no hold, no solution."""
    world = plain(population={"again": {"most_attempts": 1}}, levers={"authority": {"limit": 20, "above": "refuse"}})
    assert_strip(
        lived(world, {"appeared": 0, "gesture": 50}),
        """
        0   appeared dialled picked_up queued answered identifying
        1   explaining
        3   talking
        13  refused unsolved left_agent call_ended limit_reached gave_up
        """,
    )


def test_a_gesture_above_the_limit_is_escalated_to_one_who_may():
    """The chief, whose talks last 5 minutes and whose limit is 100 EUR, hears it all again."""
    world = plain(
        teams={"front": {"after_call": "1 min"}, "chief": team(talk="5 min")},
        paths={"up": {"from": "front", "to": "chief", "when": "above_limit"}},
        levers={"authority": {"limit": 20, "limits": {"chief": 100}, "above": "escalate"}},
    )
    assert_strip(
        lived(world, {"appeared": 0, "gesture": 50}),
        """
        0     appeared dialled picked_up queued@front answered@front identifying
        1     explaining
        3     talking=10
        13    transferred_cold left_agent=1@front queued@chief answered@chief identifying
        27/2  explaining
        31/2  talking=5
        41/2  granted=50 solved left_agent=0@chief call_ended
        """,
    )


def test_what_the_front_does_not_solve_the_second_level_does_in_the_same_call():
    """Path "unsolved", live: he is passed on instead of being told no."""
    world = plain(
        teams={"front": {"solve": {"plain": 0.0}}, "tech": team(solve={"plain": 1.0})},
        paths={"on": {"from": "front", "to": "tech", "when": "unsolved"}},
    )
    assert_strip(
        lived(world, 0),
        """
        0     appeared dialled picked_up queued answered@front identifying
        1     explaining
        3     talking
        13    transferred_cold left_agent@front queued@tech answered@tech identifying
        27/2  explaining
        31/2  talking
        51/2  solved left_agent call_ended
        """,
    )


def test_a_ticket_answers_a_day_later():
    """He hangs up unsolved and waits; the second level solves it in writing, and no second call is made."""
    world = plain(
        teams={"front": {"solve": {"plain": 0.0}}, "tech": team(solve={"plain": 1.0})},
        paths={"on": {"from": "front", "to": "tech", "when": "unsolved", "by": "ticket", "delay": "24 h"}},
    )
    assert_strip(
        lived(world, 0),
        """
        0     appeared dialled picked_up queued answered identifying
        1     explaining
        3     talking
        13    ticketed left_agent call_ended
        1453  solved
        """,
    )


def test_a_ticket_goes_the_way_it_was_written_for():
    """Another path leads to sales, without delay; it is that of wrong persons, and not of his ticket."""
    world = plain(
        teams={"front": {"solve": {"plain": 0.0}}, "tech": team(), "sales": team(solve={"plain": 0.0})},
        paths={
            "on": {"from": "front", "to": "tech", "when": "unsolved", "by": "ticket", "delay": "24 h"},
            "wrong": {"from": "front", "to": "sales", "when": "wrong_person"},
        },
    )
    assert_strip(
        lived(world, 0),
        """
        0     appeared dialled picked_up queued answered identifying
        1     explaining
        3     talking
        13    ticketed left_agent call_ended
        1453  solved
        """,
    )


def test_a_ticket_that_solves_nothing_has_him_call_again():
    """An hour after the bad answer he rings; one who knows how answers this time."""
    world = plain(
        teams={"front": {"solve": {"plain": 0.5}}, "tech": team(solve={"plain": 0.0})},
        paths={"on": {"from": "front", "to": "tech", "when": "unsolved", "by": "ticket", "delay": "24 h"}},
    )
    luck = {(0, 0, 0): {purposes.SOLVE: 0.9}, (0, 1, 0): {purposes.SOLVE: 0.1}}
    assert_strip(
        lived(world, 0, luck=luck),
        """
        0     appeared dialled picked_up queued answered identifying
        1     explaining
        3     talking
        13    ticketed left_agent call_ended
        1453  unsolved
        1513  dialled picked_up queued answered identifying
        1514  explaining
        1516  talking
        1526  solved left_agent call_ended
        """,
    )
