"""Film strips of what the firm notices by itself: a case is opened before the customer comes to it."""

from __future__ import annotations

import math

import pytest

from sim import purposes
from sim.engines.simpy_engine import tell
from sim.measures import measure
from tests.by_hand import NOBODY_BEFORE_HALF_PAST, HandLuck, assert_strip, lived, people, plain, served

CASES = {"cases": {"repair": {"steps": {"look": {"takes": "2 h", "solves": 0.6}}, "registered": 0.1}}}
"""Two hours, and solved where luck is one half."""
DETECTION = {"case": "repair", "share": 0.6, "delay": "3 min", "false_alarms": 0.1, "alarm": 5.0}
READS = {"reads": 1.0, "reading": "6 min"}
LONG_ASLEEP = {"awake": "mon-sun 08:00-22:00", "moved": "0 min"}


def test_the_firm_notices_at_night_and_has_solved_it_when_the_customer_gets_up():
    """It is registered, though few cases are: the firm has opened it itself. A tenth of an alarm costs half a euro."""
    history = lived(plain(population=LONG_ASLEEP, detection=DETECTION, **CASES), 0)
    assert_strip(
        history,
        """
        0 appeared
        3 detected case_opened step_begun=120
        123 case_closed=1 case_answered solved
        """,
    )
    asked = measure(history)
    assert asked["solved_without_contact_share"] == asked["detected_share"] == asked["solved_share"] == (1, 1)
    assert asked["forum_share"] == asked["self_service_share"] == asked["contacts_per_problem"] == (0, 1)
    assert asked["first_contact_resolution"] == (0, 0)
    assert asked["alarms_eur_per_problem"] == (pytest.approx(0.5), 1)
    assert asked["downtime_hours_per_problem"] == (pytest.approx(123 / 60), 1)


def test_who_comes_first_is_not_told():
    history = lived(plain(detection=DETECTION, **CASES), 0)
    assert_strip(history, "0 appeared\n" + served(0))
    asked = measure(history)
    assert asked["detected_share"] == asked["alarms_eur_per_problem"] == (0, 1)


def test_nor_is_he_before_his_second_contact():
    """The agent does not solve it; an hour later he calls again, and what the firm might have noticed is past."""
    world = plain(detection={**DETECTION, "delay": "30 min"}, teams={"front": {"solve": {"plain": 0.4}}}, **CASES)
    history = lived(world, 0, luck={(0, 1, 0): {purposes.SOLVE: 0.3}})
    first = served(0).replace("solved", "unsolved")
    assert_strip(history, "0 appeared\n" + first + "\n" + served(73))


def test_who_calls_at_that_very_instant_is_told_first():
    history = lived(plain(detection={**DETECTION, "delay": "0 min"}, **CASES), 0)
    assert_strip(
        history,
        """
        0 appeared detected case_opened step_begun
        120 case_closed case_answered solved
        """,
    )


def test_not_all_are_noticed():
    world = plain(population=LONG_ASLEEP, detection=DETECTION, **CASES)
    history = lived(world, 0, luck={(0, 0, 0): {purposes.NOTICED: 0.61}})
    assert_strip(history, "0 appeared\n" + served(480))


def test_what_is_noticed_differs_by_reason():
    reasons = {name: {"share": 0.5} for name in ("any", "other")}
    detection = {**DETECTION, "share_for": {"other": 0.4}}
    world = plain(population={**LONG_ASLEEP, "reasons": reasons}, detection=detection, **CASES)
    history = lived(world, 0, {"appeared": 500, "reason": 1})
    assert_strip(history, "0 appeared\n 3 detected case_opened step_begun\n 123 case_closed case_answered solved")
    assert_strip(history, "500 appeared\n" + served(500), customer=1)


@pytest.mark.parametrize(
    ("block", "before"),
    [
        ({"self_service": READS}, "0 appeared help_read"),
        ({"self_service": {"search": "4 min"}}, "0 appeared number_sought"),
        ({"forum": {"asking": "3 min"}}, "0 appeared forum_asked"),
        ({"forum": {"asking": "1 min", "delay": "2 min"}}, "0 appeared forum_asked\n 1 read"),
    ],
)
def test_who_is_told_breaks_off_what_he_does(block, before):
    """Reading, looking for the number, asking or waiting for others: at minute 3 he is told that it is worked on."""
    history = lived(plain(detection=DETECTION, **block, **CASES), {"appeared": 0, "autonomous": True})
    assert_strip(history, before + "\n 3 detected case_opened step_begun\n 123 case_closed case_answered solved")


@pytest.mark.parametrize("block", [{"self_service": READS}, {"self_service": {"search": "4 min"}}, {"forum": {}}])
def test_who_is_asleep_is_told_before_he_does_anything(block):
    world = plain(population=LONG_ASLEEP, detection=DETECTION, **block, **CASES)
    history = lived(world, {"appeared": 0, "autonomous": True})
    assert_strip(history, "0 appeared\n 3 detected case_opened step_begun\n 123 case_closed case_answered solved")


def test_he_waits_as_after_opening_a_case_and_asks_how_it_stands():
    """He is informed, and asks at a rate of 2.4 a day: luck has him live through 0.8 of it, which is 480 minutes."""
    chasing = {"without_date": 0.0, "before_date": 0.0, "after_broken": 0.0, "informed": 2.4, "after": "0 min"}
    cases = {"repair": {"steps": {"look": {"takes": "10 h", "solves": 1.0}}, "asking": "2 min"}}
    world = plain(population={**LONG_ASLEEP, "chasing": chasing}, detection=DETECTION, cases=cases)
    history = tell(world, people(world, 0), luck=HandLuck({(0, 0, 0): {purposes.CHASE: 1 - math.exp(-0.8)}}))
    assert_strip(
        history,
        """
        0 appeared
        3 detected case_opened step_begun=600
        483 chased dialled picked_up queued answered identifying
        484 explaining
        486 status_told
        488 left_agent call_ended
        603 case_closed case_answered solved
        """,
    )
    assert measure(history)["first_contact_resolution"] == (1, 1)


def test_a_date_is_promised_as_for_any_case():
    follow = {"follow_through": {"promise": {"within": "1 h"}}}
    history = lived(plain(population=LONG_ASLEEP, detection=DETECTION, levers=follow, **CASES), 0)
    assert_strip(
        history,
        """
        0 appeared
        3 detected case_opened promised=60 step_begun
        63 promise_broken
        123 case_closed case_answered solved
        """,
    )


def test_a_case_that_solves_nothing_leads_to_the_first_contact():
    """The case ends at 123; an hour later he calls for the first time, and is solved by it."""
    cases = {"repair": {"steps": {"look": {"takes": "2 h", "solves": 0.4}}}}
    history = lived(plain(detection={**DETECTION, "delay": "0 min"}, cases=cases), 0)
    assert_strip(
        history,
        """
        0 appeared detected case_opened step_begun
        120 case_closed=0 case_answered unsolved
        """
        + served(180),
    )
    asked = measure(history)
    assert asked["first_contact_resolution"] == (1, 1)
    assert asked["solved_without_contact_share"] == (0, 1)
    assert asked["detected_share"] == (1, 1)


def test_and_what_was_noticed_is_not_noticed_again():
    """Nobody is there at first: he hangs up after twenty minutes and calls again, and is not told once more."""
    cases = {"repair": {"steps": {"look": {"takes": "1 min", "solves": 0.4}}}}
    world = plain(
        detection={**DETECTION, "delay": "0 min"},
        cases=cases,
        population={"patience": "20 min", "again": {"after_unsolved": "0 min"}},
        teams={"front": {"staff": NOBODY_BEFORE_HALF_PAST}},
    )
    assert_strip(
        lived(world, 0),
        """
        0 appeared detected case_opened step_begun
        1 case_closed case_answered unsolved dialled picked_up queued
        21 abandoned call_ended
        """
        + served(51),
    )
