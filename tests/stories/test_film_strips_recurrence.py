"""Film strips of causes: found and removed, or there again within the year."""

from __future__ import annotations

import re

import pytest

from sim import purposes
from sim.measures import measure
from tests.by_hand import Frame, assert_strip, film, lived, plain, served

RECURS = {"appeared": 0, "recurs": True}
LATER = {"recurrence": True, "recurs_after": "100 d"}
AGAIN = {"follow_through": LATER}
SPAN = {"horizon": "180 d"}
"""Long enough for the cause to strike once again; the third time lies beyond it."""
DAYS_100 = 100 * 1440
ASLEEP = {"awake": "mon-sun 08:00-22:00", "moved": "0 min"}


def test_a_cause_that_was_not_found_strikes_again_within_the_year():
    """A hundred days after the solution, and as many after the second: that lies beyond the run."""
    history = lived(plain(time=SPAN, levers=AGAIN), RECURS)
    assert_strip(
        history,
        "0 appeared\n" + served(0) + f"\n {13 + DAYS_100} recurred\n" + served(13 + DAYS_100),
    )
    asked = measure(history)
    assert asked["recurrences_per_problem"] == (1, 1)
    assert asked["solved_share"] == (1, 1)
    assert asked["first_contact_resolution"] == (0, 1)
    assert asked["contacts_per_problem"] == (2, 1)
    assert asked["downtime_hours_per_problem"] == (pytest.approx(26 / 60), 1)
    assert asked["hours_to_solution"] == (pytest.approx(26 / 60), 1)


def test_while_it_is_there_again_it_is_not_solved():
    """The hundredth day after is a Wednesday, when nobody is there: he gives up, and has no service for two weeks."""
    staff = {"staff": {"mon 00:00-24:00": 1}}
    world = plain(
        time=SPAN,
        levers=AGAIN,
        teams={"front": staff},
        population={"patience": "5 min", "again": {"persistence": 0.0}},
    )
    again = 13 + DAYS_100
    history = lived(world, RECURS)
    assert_strip(
        history,
        "0 appeared\n"
        + served(0)
        + f"\n {again} recurred dialled picked_up queued\n {again + 5} abandoned call_ended gave_up",
    )
    asked = measure(history)
    assert asked["solved_share"] == (0, 1)
    assert asked["given_up_share"] == (1, 1)
    assert asked["downtime_hours_per_problem"] == (pytest.approx((13 + 5 + 20160) / 60), 1)


def test_a_root_cause_that_is_found_strikes_no_more():
    levers = {"follow_through": {**LATER, "root_cause": 0.6}}
    history = lived(plain(time=SPAN, levers=levers), RECURS)
    assert_strip(history, "0 appeared\n" + served(0) + " cause_found")
    assert measure(history)["root_causes_per_1000"] == (1000, 1)


def test_the_luck_of_the_second_time_is_its_own():
    """The cause is not found at first (luck 0.7), and is at the second time (0.5)."""
    levers = {"follow_through": {**LATER, "root_cause": 0.6}}
    world = plain(time=SPAN, levers=levers)
    history = lived(world, RECURS, luck={(0, 0, 0): {purposes.ROOT_CAUSE: 0.7}})
    again = 13 + DAYS_100
    assert_strip(history, "0 appeared\n" + served(0) + f"\n {again} recurred\n" + served(again) + " cause_found")


@pytest.mark.parametrize(("levers", "recurs"), [({}, True), (AGAIN, False)])
def test_nothing_recurs_where_it_is_not_turned_on_or_the_cause_does_not(levers, recurs):
    history = lived(plain(time=SPAN, levers=levers), {"appeared": 0, "recurs": recurs})
    assert_strip(history, "0 appeared\n" + served(0))


def test_what_strikes_after_the_end_of_the_run_is_not_lived():
    assert_strip(lived(plain(levers=AGAIN), RECURS), "0 appeared\n" + served(0))


def test_the_problem_appears_whole_and_as_if_new():
    """Read in vain at first, and in vain again: help is sought anew, the gesture asked for once more."""
    world = plain(
        time=SPAN,
        self_service={"reads": 1.0, "reading": "6 min", "solves": 0.4},
        levers={**AGAIN, "authority": {"limit": 100}},
    )
    again = 19 + DAYS_100
    call = served(6).replace("solved", "granted=50 solved")
    history = lived(world, {**RECURS, "gesture": 50.0})
    assert_strip(
        history,
        "0 appeared help_read\n 6 read\n"
        + call
        + f"\n {again} recurred help_read\n {again + 6} read\n"
        + served(again + 6).replace("solved", "granted=50 solved"),
    )
    assert measure(history)["gestures_eur_per_problem"] == (100, 1)


def test_work_that_was_left_by_a_cut_is_whole_again():
    """The first call is cut after nine of ten minutes of talk, all kept; the second does the rest, one minute."""
    memory = {"progress_kept": 1.0}
    world = plain(time=SPAN, levers={**AGAIN, "memory": memory, "time": {"cut_after": "14 min"}})
    history = lived(world, {**RECURS, "work": 1.2})
    assert_strip(
        history,
        f"""
        0 appeared dialled picked_up queued answered identifying
        1 explaining
        3 talking=12
        14 cut left_agent call_ended
        24 dialled picked_up queued answered identifying
        25 explaining
        27 talking=1
        28 solved left_agent call_ended
        {28 + DAYS_100} recurred dialled picked_up queued answered identifying
        {29 + DAYS_100} explaining
        {31 + DAYS_100} talking=12
        {42 + DAYS_100} cut left_agent call_ended
        {52 + DAYS_100} dialled picked_up queued answered identifying
        {53 + DAYS_100} explaining
        {55 + DAYS_100} talking=1
        {56 + DAYS_100} solved left_agent call_ended
        """,
    )


def test_what_help_has_solved_strikes_again_too_and_no_cause_is_found():
    """The firm never hears of it, so it finds no root cause."""
    world = plain(
        time=SPAN,
        self_service={"reads": 1.0, "reading": "6 min", "solves": 0.6},
        levers={"follow_through": {**LATER, "root_cause": 1.0}},
    )
    again = 6 + DAYS_100
    history = lived(world, RECURS)
    assert_strip(
        history, f"0 appeared help_read\n 6 read solved\n {again} recurred help_read\n {again + 6} read solved"
    )
    assert measure(history)["root_causes_per_1000"] == (0, 1)


def test_it_can_strike_at_once():
    """Seven minutes after each solution: twice in the hour that the run lasts, and then at its very end."""
    follow = {"follow_through": {"recurrence": True, "recurs_after": "7 min"}}
    history = lived(plain(time={"horizon": "1 h"}, levers=follow), RECURS)
    assert_strip(
        history,
        "0 appeared\n" + served(0) + "\n 20 recurred\n" + served(20) + "\n 40 recurred\n" + served(40),
    )


def test_the_cause_is_found_or_not_whichever_contact_has_solved_it():
    """Solved by the second call: the luck that decides is that of the first time all the same (0.7)."""
    world = plain(time=SPAN, levers={"follow_through": {"root_cause": 0.6}}, teams={"front": {"solve": {"plain": 0.4}}})
    luck = {(0, 0, 0): {purposes.ROOT_CAUSE: 0.7}, (0, 1, 0): {purposes.SOLVE: 0.3}}
    assert_strip(
        lived(world, 0, luck=luck), "0 appeared\n" + served(0).replace("solved", "unsolved") + "\n" + served(73)
    )


def test_who_has_read_the_help_need_not_read_it_again():
    """Luck has him read it the first time (0.5), and not the second (0.8); no team is meant where he is not served."""
    world = plain(time=SPAN, levers=AGAIN, self_service={"reads": 0.6, "reading": "6 min"})
    history = lived(world, RECURS, luck={(0, 1, 0): {purposes.READS_HELP: 0.8}})
    again = 19 + DAYS_100
    assert_strip(history, "0 appeared help_read\n 6 read\n" + served(6) + f"\n {again} recurred\n" + served(again))
    assert [frame.team for frame in film(history, 0) if frame.event == "recurred"] == [None]


def test_what_was_noticed_the_first_time_is_noticed_anew():
    """Help solves it before the firm would tell him, after ten minutes; the second time the firm notices nothing."""
    cases = {"repair": {"steps": {"look": {"takes": "2 h"}}}}
    world = plain(
        time=SPAN,
        levers=AGAIN,
        cases=cases,
        detection={"case": "repair", "share": 0.6, "delay": "10 min"},
        self_service={"reads": 1.0, "reading": "6 min", "solves": 0.6},
    )
    history = lived(world, RECURS, luck={(0, 1, 0): {purposes.NOTICED: 0.7, purposes.HELP_SOLVES: 0.7}})
    again = 6 + DAYS_100
    assert_strip(
        history,
        f"0 appeared help_read\n 6 read solved\n {again} recurred help_read\n {again + 6} read\n" + served(again + 6),
    )


def test_what_has_to_be_made_first_has_to_be_made_again():
    """It can be solved an hour after it appears: at night that is over when he reads, by day it is not."""
    world = plain(
        time=SPAN,
        levers=AGAIN,
        population={**ASLEEP, "reasons": {"any": {"share": 1.0, "ready": "1 h"}}},
        self_service={"reads": 1.0, "reading": "6 min", "solves": 1.0},
    )
    again = 486 + DAYS_100
    history = lived(world, RECURS)
    assert film(history, 0)[:5] == [
        Frame(time, event, 0.0, None, -1)
        for time, event in ((0, "appeared"), (480, "help_read"), (486, "read"), (486, "solved"), (again, "recurred"))
    ]
    assert "not_ready" in {frame.event for frame in film(history, 0)}


def test_an_answer_to_what_was_solved_meanwhile_is_not_one_to_what_strikes_again():
    """The mail lies for five hours; after half an hour he calls, and is served. Its answer comes to nothing.

    The second time he writes again, and waits for half an hour again.
    """
    mail = {"team": "front", "writing": "8 min", "reading": "2 min", "patience": "30 min", "lies": "5 h"}
    world = plain(
        time=SPAN,
        levers=AGAIN,
        messages={"mail": mail},
        contacts={"first": {"mail": 1.0}, "switch": 1.0, "then": {"mail": {"phone": 1.0}, "phone": {"mail": 1.0}}},
        population={"again": {"after_unanswered": "0 min"}},
    )
    again = 51 + DAYS_100
    strip = """
        {0} wrote
        {8} sent
        {38} no_reply switched dialled picked_up queued answered identifying
        {39} explaining
        {41} talking
        {51} solved left_agent call_ended
        {308} filed taken_up worked_on
    """
    first, second = (_moved(strip, at) for at in (0, again))
    assert_strip(lived(world, RECURS), f"0 appeared\n{first}\n {again} recurred switched\n{second}")


def _moved(strip: str, at: float) -> str:
    """Write a strip as it begins at a time."""
    return re.sub(r"{(\d+)}", lambda found: str(at + int(found[1])), strip)
