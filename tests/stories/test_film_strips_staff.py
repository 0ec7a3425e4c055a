"""Film strips: agents on shifts, with breaks and pauses; absent ones; what they know, learn, and do not understand."""

from __future__ import annotations

import pytest

from sim import purposes
from tests.by_hand import assert_strip, lived, plain

ONCE = {"again": {"most_attempts": 1}}


def on(**shifts):
    """Let the front work these shifts."""
    return {"front": {"staff": 0, "shifts": shifts}}


def shift(*hours, agents=1, **more):
    return {"agents": agents, "hours": list(hours), **more}


@pytest.mark.parametrize("kind", ["breaks", "lunches"])
def test_a_break_begins_after_the_call_and_ends_by_the_clock(kind):
    """He talks from 10 to 23 with the first; his break was to last from 15 to 30."""
    world = plain(teams=on(day=shift("mon 00:00-08:00", **{kind: ["00:15-00:30"]})))
    assert_strip(
        lived(world, 10, 11),
        """
        11  appeared dialled picked_up queued
        30  answered@front.0 identifying
        31  explaining
        33  talking
        43  solved left_agent call_ended
        """,
        customer=1,
    )


def test_a_call_may_outlast_the_whole_break():
    """Work of 3: thirty minutes of talk, from 13 to 43. There is no break then, and the next is served at once."""
    world = plain(teams=on(day=shift("mon 00:00-08:00", breaks=["00:15-00:30"])))
    assert_strip(
        lived(world, {"appeared": 10, "work": 3}, 11),
        """
        11  appeared dialled picked_up queued
        43  answered@front.0 identifying
        44  explaining
        46  talking
        56  solved left_agent call_ended
        """,
        customer=1,
    )


def test_an_early_and_a_late_shift_overlap():
    """Agent 0 works to 00:30, agent 1 from 00:15 on; the early one leaves at 33 and takes nobody any more."""
    world = plain(teams=on(early=shift("mon 00:00-00:30"), late=shift("mon 00:15-01:00")))
    history = lived(world, 10, 20, 21, 22)
    for customer, (when, answered, agent) in enumerate([(10, 10, 0), (20, 20, 1), (21, 23, 0), (22, 33, 1)]):
        assert_strip(
            history,
            f"""
            {when}           appeared dialled picked_up queued
            {answered}       answered@front.{agent} identifying
            {answered + 1}   explaining
            {answered + 3}   talking
            {answered + 13}  solved left_agent@front.{agent} call_ended
            """
            if when != answered
            else f"""
            {when}           appeared dialled picked_up queued answered@front.{agent} identifying
            {answered + 1}   explaining
            {answered + 3}   talking
            {answered + 13}  solved left_agent@front.{agent} call_ended
            """,
            customer=customer,
        )


def test_where_all_are_absent_nobody_answers():
    """Half a chance is less than six tenths, for every agent and on every day."""
    world = plain(time={"horizon": "1 d"}, population={"patience": "5 min", **ONCE}, teams={"front": {"absent": 0.6}})
    assert_strip(
        lived(world, 300),
        """
        300  appeared dialled picked_up queued
        305  abandoned call_ended limit_reached gave_up
        """,
    )


def test_an_agent_pauses_before_the_next_call():
    """After a call to 13 and two minutes of work he takes five minutes for himself."""
    world = plain(teams={"front": {"after_call": "2 min", "pause": "5 min"}})
    assert_strip(
        lived(world, 0, 1),
        """
        1   appeared dialled picked_up queued
        20  answered@front.0 identifying
        21  explaining
        23  talking
        33  solved left_agent=2 call_ended
        """,
        customer=1,
    )


NEW = {"halved_after": 1, "talk_at_first": 2, "solves_at_first": 0}


def test_an_agent_learns_by_his_calls():
    """The first talk takes twice as long and solves nothing; after it half of either is gone: 15 minutes, and 0.5."""
    history = lived(
        plain(population=ONCE, teams={"front": {"learning": NEW}}), 0, 1, luck={(1, 0, 0): {purposes.SOLVE: 0.4}}
    )
    assert_strip(
        history,
        """
        0   appeared dialled picked_up queued answered identifying
        1   explaining
        3   talking=20
        23  unsolved left_agent call_ended limit_reached gave_up
        """,
    )
    assert_strip(
        history,
        """
        1   appeared dialled picked_up queued
        23  answered identifying
        24  explaining
        26  talking=15
        41  solved left_agent call_ended
        """,
        customer=1,
    )


def test_one_who_knows_less_than_the_others_solves_less():
    """With a spread of 1 the middle factor is the root of a half: a chance of 0.5 becomes 1 - 0.5^0.707 = 0.387."""
    world = plain(population=ONCE, teams={"front": {"knowledge_cv": 1, "solve": {"plain": 0.5}}})
    assert_strip(
        lived(world, 0, luck={(0, 0, 0): {purposes.SOLVE: 0.45}}),
        """
        0   appeared dialled picked_up queued answered identifying
        1   explaining
        3   talking
        13  unsolved left_agent call_ended limit_reached gave_up
        """,
    )


def test_one_who_is_not_understood_tells_it_twice():
    world = plain(teams={"front": {"understood": 0.8}})
    assert_strip(
        lived(world, 0, luck={(0, 0, 0): {purposes.UNDERSTOOD: 0.1}}),
        """
        0   appeared dialled picked_up queued answered identifying
        1   explaining
        3   misunderstood
        5   talking
        15  solved left_agent call_ended
        """,
    )


def test_a_story_told_twice_may_be_cut_in_the_second_telling():
    """Cut at 4: it was not understood, so a firm that remembers stories hears it in the second call again."""
    world = plain(
        population={"again": {"most_attempts": 2}},
        teams={"front": {"understood": 0.8}},
        levers={"time": {"cut_after": "4 min"}, "memory": {"explained": "once"}},
    )
    assert_strip(
        lived(world, 0, luck={(0, 0, 0): {purposes.UNDERSTOOD: 0.1}}),
        """
        0   appeared dialled picked_up queued answered identifying
        1   explaining
        3   misunderstood
        4   cut left_agent call_ended
        14  dialled picked_up queued answered identifying
        15  explaining
        17  talking
        18  cut left_agent call_ended limit_reached gave_up
        """,
    )
