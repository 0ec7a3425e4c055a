"""Film strips: closing time, the night, and staff that falls."""

from __future__ import annotations

from sim import purposes
from tests.by_hand import assert_strip, lived, plain

FROM_MIDNIGHT_TO_TWO = {"open": ["mon-sun 00:00-02:00"]}
WITHIN_THE_HOUR = {"law": "mixture", "parts": [{"share": 0.5, "of": "15 min"}, {"share": 0.5, "of": "45 min"}]}
A_QUARTER_PAST = {purposes.MOVED: 0.25}


def test_closing_time_turns_away_who_holds_and_he_rings_the_next_day():
    """Turned away at 120, he would ring at 140, which is night: moved to a quarter past the next opening, 1440."""
    world = plain(
        line=FROM_MIDNIGHT_TO_TWO,
        population={"moved": WITHIN_THE_HOUR},
        teams={"front": {"staff": {"mon-sun 00:00-01:00": 1}}},
    )
    assert_strip(
        lived(world, 110, luck={(0, 0, 0): A_QUARTER_PAST, (0, 1, 0): A_QUARTER_PAST}),
        """
        110   appeared dialled picked_up queued
        120   dismissed call_ended
        1455  dialled picked_up queued answered identifying
        1456  explaining
        1458  talking
        1468  solved left_agent call_ended
        """,
    )


def test_a_talk_goes_on_after_closing_while_the_queue_is_sent_away():
    """Closing at 120: the first talks to 123, the second has held since 115."""
    history = lived(plain(line=FROM_MIDNIGHT_TO_TWO, population={"moved": "15 min"}), 110, 115)
    assert_strip(
        history,
        """
        110  appeared dialled picked_up queued answered identifying
        111  explaining
        113  talking
        123  solved left_agent call_ended
        """,
    )
    assert_strip(
        history,
        """
        115   appeared dialled picked_up queued
        120   dismissed call_ended
        1455  dialled picked_up queued answered identifying
        1456  explaining
        1458  talking
        1468  solved left_agent call_ended
        """,
        customer=1,
    )


def test_where_closing_serves_he_is_answered_after_closing():
    """The same two: the agent stays until the queue is empty."""
    history = lived(plain(line={**FROM_MIDNIGHT_TO_TWO, "closing": "serve"}, population={"moved": "15 min"}), 110, 115)
    assert_strip(
        history,
        """
        115  appeared dialled picked_up queued
        123  answered identifying
        124  explaining
        126  talking
        136  solved left_agent call_ended
        """,
        customer=1,
    )


def test_a_dial_at_night_is_moved_into_the_next_opening():
    """The problem appears at 130, ten minutes after closing; he lives with it until a quarter past opening."""
    world = plain(line=FROM_MIDNIGHT_TO_TWO, population={"moved": WITHIN_THE_HOUR})
    assert_strip(
        lived(world, 130, luck={(0, 0, 0): A_QUARTER_PAST}),
        """
        130   appeared
        1455  dialled picked_up queued answered identifying
        1456  explaining
        1458  talking
        1468  solved left_agent call_ended
        """,
    )


def test_a_line_open_at_night_is_not_rung_by_those_who_sleep():
    """The problem appears at one in the morning; customers call from eight: 480 + 15."""
    world = plain(population={"moved": "15 min", "awake": "mon-sun 08:00-22:00"})
    assert_strip(
        lived(world, 60),
        """
        60   appeared
        495  dialled picked_up queued answered identifying
        496  explaining
        498  talking
        508  solved left_agent call_ended
        """,
    )


def test_customers_have_several_stretches_in_which_they_will_call():
    """The problem appears at one in the afternoon of Monday; they call in the morning and in the evening: 1080 + 15."""
    world = plain(population={"moved": "15 min", "awake": ["mon-sun 08:00-12:00", "mon-sun 18:00-22:00"]})
    assert_strip(
        lived(world, 780),
        """
        780   appeared
        1095  dialled picked_up queued answered identifying
        1096  explaining
        1098  talking
        1108  solved left_agent call_ended
        """,
    )


def test_who_was_unsolved_in_the_evening_rings_in_the_morning():
    """Unsolved at 21:38, an hour later is 22:38: moved to 08:15 of Tuesday, 1440 + 495."""
    world = plain(
        population={"moved": "15 min", "awake": "mon-sun 08:00-22:00"},
        teams={"front": {"solve": {"plain": 0.5}}},
    )
    luck = {(0, 0, 0): {purposes.SOLVE: 0.9}, (0, 1, 0): {purposes.SOLVE: 0.1}}
    assert_strip(
        lived(world, 1285, luck=luck),
        """
        1285  appeared dialled picked_up queued answered identifying
        1286  explaining
        1288  talking
        1298  unsolved left_agent call_ended
        1935  dialled picked_up queued answered identifying
        1936  explaining
        1938  talking
        1948  solved left_agent call_ended
        """,
    )


def test_when_staff_falls_busy_agents_finish_and_then_leave():
    """Two agents to 30, one after. Both talk to 33; agent 0 takes the third caller, and the fourth waits for him."""
    world = plain(teams={"front": {"staff": {"mon 00:00-00:30": 2, "mon 00:30-24:00": 1}}})
    history = lived(world, 20, 20, 25, 26)
    talk_to_33 = """
        20  appeared dialled picked_up queued answered identifying
        21  explaining
        23  talking
        33  solved left_agent call_ended
        """
    assert_strip(history, talk_to_33, customer=0)
    assert_strip(history, talk_to_33, customer=1)
    assert_strip(
        history,
        """
        25  appeared dialled picked_up queued
        33  answered@front.0 identifying
        34  explaining
        36  talking
        46  solved left_agent call_ended
        """,
        customer=2,
    )
    assert_strip(
        history,
        """
        26  appeared dialled picked_up queued
        46  answered@front.0 identifying
        47  explaining
        49  talking
        59  solved left_agent call_ended
        """,
        customer=3,
    )


def test_when_staff_comes_who_holds_is_answered_at_that_instant():
    """A second agent comes at 30 and takes him who holds behind a talk that lasts to 103."""
    world = plain(teams={"front": {"staff": {"mon 00:00-00:30": 1, "mon 00:30-24:00": 2}}})
    assert_strip(
        lived(world, {"appeared": 0, "work": 10}, 5),
        """
        5   appeared dialled picked_up queued
        30  answered@front.1 identifying
        31  explaining
        33  talking
        43  solved left_agent call_ended
        """,
        customer=1,
    )


def test_a_journey_still_open_at_the_end_has_no_end():
    """The week ends at 10080 in the middle of a talk: nothing is made up about it."""
    assert_strip(
        lived(plain(), 10075),
        """
        10075  appeared dialled picked_up queued answered identifying
        10076  explaining
        10078  talking=10
        """,
    )
