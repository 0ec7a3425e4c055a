"""Film strips: a technician comes to the customer, as a step of his case."""

from __future__ import annotations

from typing import Any

from sim import purposes
from sim.world import World
from tests.by_hand import assert_strip, case_of, lived
from tests.stories.cased import CALLS, cased, rounds, steps


def visited(more: dict[str, Any] | None = None, **visit: Any) -> World:
    """Return a world in which a technician comes, two hours after the booking, half an hour after eight at night.

    He costs 80 EUR each time, and solves every problem in an hour.
    """
    said = {"appointment": "2 h", "cost": 80, **visit}
    return cased(cases=steps(visit={"visit": said, "solves": 1.0, **(more or {})}), population={"moved": "30 min"})


def test_a_visit_is_moved_into_the_hours_of_technicians():
    """Booked on Monday at 0:13, it would fall at 2:13."""
    assert_strip(
        lived(visited(), 0),
        CALLS
        + """
        13   case_opened step_begun=0 visit_booked=80
        510  visited=60
        570  case_closed=1 case_answered solved
        """,
    )


def test_a_visit_by_day_comes_at_its_time():
    """And so does one in hours of its own, of which there are two stretches."""
    hours = ["mon 02:00-03:00", "mon 06:00-24:00"]
    assert_strip(
        lived(visited(hours=hours, at_home="20 min"), 0),
        CALLS
        + """
        13   case_opened step_begun=0 visit_booked
        133  visited=20
        153  case_closed=1 case_answered solved
        """,
    )


def test_nobody_comes_and_another_appointment_is_made():
    """Two hours later; the firm pays for both."""
    luck = {
        (0, case_of(), 2): {purposes.VISIT_MISSED: 0.1},
        (0, case_of(), 3): {purposes.VISIT_MISSED: 0.9},
    }
    assert_strip(
        lived(visited(missed=0.3), 0, luck=luck),
        CALLS
        + """
        13   case_opened step_begun=0 visit_booked=80
        510  visit_missed visit_booked=80
        630  visited=60
        690  case_closed=1 case_answered solved
        """,
    )


def test_the_technician_has_to_come_once_more():
    """Two hours after he has left."""
    luck = {
        (0, case_of(), 2): {purposes.VISIT_AGAIN: 0.1},
        (0, case_of(), 3): {purposes.VISIT_AGAIN: 0.9},
    }
    assert_strip(
        lived(visited(again=0.3), 0, luck=luck),
        CALLS
        + """
        13   case_opened step_begun=0 visit_booked
        510  visited=60
        570  visit_booked=80
        690  visited=60
        750  case_closed=1 case_answered solved
        """,
    )


def test_a_second_visit_may_fall_on_the_next_day():
    """Missed at 17:50, the next one would be at 19:50: on Tuesday, half an hour after eight."""
    luck = {
        (0, case_of(), 2): {purposes.VISIT_MISSED: 0.1},
        (0, case_of(), 3): {purposes.VISIT_MISSED: 0.9},
    }
    assert_strip(
        lived(visited(missed=0.3), 937, luck=luck),
        """
        937   appeared dialled picked_up queued answered identifying
        938   explaining
        940   talking
        950   ticketed left_agent call_ended case_opened step_begun=0 visit_booked
        1070  visit_missed visit_booked
        1950  visited=60
        2010  case_closed=1 case_answered solved
        """,
    )


def test_a_visit_that_did_not_help_is_followed_by_another_round():
    world = cased(
        cases=rounds(2, visit={"visit": {"appointment": "2 h", "hours": "mon-sun 00:00-24:00"}, "solves": 0.5})
    )
    luck = {(0, case_of(), 2): {purposes.SOLVE: 0.9}, (0, case_of(), 4): {purposes.SOLVE: 0.1}}
    assert_strip(
        lived(world, 0, luck=luck),
        CALLS
        + """
        13   case_opened step_begun=0 visit_booked=0
        133  visited=60
        193  step_begun=0 visit_booked
        313  visited=60
        373  case_closed=1 case_answered solved
        """,
    )


def test_an_expert_looks_at_what_the_technician_has_found():
    """A step with both: the visit first, whose own chance is the expert's then."""
    assert_strip(
        lived(visited({"team": "experts"}, hours="mon-sun 00:00-24:00"), 0),
        CALLS
        + """
        13   case_opened step_begun=0 visit_booked
        133  visited=60
        193  filed@experts taken_up worked_on=20@experts.0
        213  case_closed=1 case_answered solved
        """,
    )
