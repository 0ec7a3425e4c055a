"""Resolution as the customer counts it, and as the firm's log does."""

from __future__ import annotations

from sim.measures import measure
from sim.measures.register.resolution import cut_journeys_share, story_share
from tests.measures.strips import (
    ABANDONED,
    BLOCKED,
    CLEAN,
    CUT_TWICE_TOLD,
    TRANSFERRED,
    asked,
    hand_world,
    history,
)

BELIEVED = """
    600 APPEARED
    600 DIALLED
    600 PICKED_UP
    600 QUEUED
    600 ANSWERED front:0
    600 TALKING
    610 BELIEVED
    610 LEFT_AGENT 0
    610 CALL_ENDED
    {found_out} FOUND_OUT
    {again} DIALLED
    {again} PICKED_UP
    {again} QUEUED
    {again} ANSWERED front:0
    {again} TALKING
    {solved} SOLVED
    {solved} LEFT_AGENT 0
    {solved} CALL_ENDED
"""
"""The firm's log says solved at once; the customer finds out and calls again."""


def believed(days: float) -> str:
    again = 610 + days * 1440
    return BELIEVED.format(found_out=again - 60, again=again, solved=again + 10)


def test_what_the_log_takes_for_solved_may_not_be():
    """Called again on the sixth day: for customer and log alike not the first call; on the eighth: the log says so."""
    ids = ["first_contact_resolution", "first_call_resolution_logged"]
    assert measure(history(hand_world(), believed(6)), ids) == {
        "first_contact_resolution": (0, 1),
        "first_call_resolution_logged": (0, 1),
    }
    assert measure(history(hand_world(), believed(8)), ids) == {
        "first_contact_resolution": (0, 1),
        "first_call_resolution_logged": (1, 1),
    }


def test_the_log_sees_a_further_call_up_to_seven_days_after_the_end_of_the_one_before():
    for days, logged in ((7, 0), (7.01, 1)):
        answers = measure(history(hand_world(), believed(days)), ["first_call_resolution_logged"])
        assert answers == {"first_call_resolution_logged": (logged, 1)}


def test_the_log_looks_at_each_answered_call_and_never_at_another_customer_s():
    """The cut call is followed by another; the second one, the clean one and the abandoned one are not."""
    answers = measure(history(hand_world(), CUT_TWICE_TOLD, CLEAN, ABANDONED), ["first_call_resolution_logged"])
    assert answers == {"first_call_resolution_logged": (2, 3)}


def test_first_contact_resolution_is_over_problems_with_a_contact():
    never = "700 APPEARED"
    made = history(hand_world(), CLEAN, CUT_TWICE_TOLD, ABANDONED, BLOCKED, never)
    assert measure(made, ["first_contact_resolution"]) == {"first_contact_resolution": (1, 4)}


def test_an_answer_by_ticket_solves_the_attempt_that_opened_it():
    strip = """
        600 APPEARED
        600 DIALLED
        600 PICKED_UP
        600 QUEUED
        600 ANSWERED front:0
        600 TALKING
        610 TICKETED
        610 LEFT_AGENT 0
        610 CALL_ENDED
        1810 SOLVED
    """
    ids = ["first_contact_resolution", "hours_to_solution", "downtime_hours_per_problem", "open_share"]
    hours = 1210 / 60
    assert measure(history(hand_world(), strip), ids) == {
        "first_contact_resolution": (1, 1),
        "hours_to_solution": (hours, 1),
        "downtime_hours_per_problem": (hours, 1),
        "open_share": (0, 1),
    }


def test_every_problem_is_solved_or_given_up_or_open():
    ids = ["solved_share", "given_up_share", "open_share"]
    made = history(hand_world(), CLEAN, ABANDONED, "700 APPEARED", TRANSFERRED)
    assert [above for above, _ in measure(made, ids).values()] == [2, 1, 1]


def test_means_over_the_solved_leave_the_others_out_and_their_calls_are_spent_all_the_same():
    """Solved with 1 call of 15 minutes and with 2 of 25; given up after 1 of 8: 3 calls and 40 minutes, or 4 calls."""
    world = hand_world(tariff={"price_per_minute": 1})
    ids = ["calls_per_solved_problem", "call_minutes_per_solved_problem"]
    ids += ["toll_eur_per_solved_problem", "calls_spent_per_solution"]
    assert measure(history(world, CLEAN, CUT_TWICE_TOLD, ABANDONED), ids) == {
        "calls_per_solved_problem": (3, 2),
        "call_minutes_per_solved_problem": (40, 2),
        "toll_eur_per_solved_problem": (40, 2),
        "calls_spent_per_solution": (4, 2),
    }


def test_who_uses_up_all_attempts_is_counted():
    strip = "600 APPEARED\n600 DIALLED\n600 BLOCKED\n600 LIMIT_REACHED\n600 GAVE_UP"
    assert measure(history(hand_world(), strip, CLEAN), ["attempts_exhausted_share"]) == {
        "attempts_exhausted_share": (1, 2)
    }


def test_the_whole_story_needs_transfer_cut_two_calls_and_two_identifications():
    """The cut one has no transfer and the transferred one no cut; passed on, then cut, then called again has both."""
    whole = TRANSFERRED.split("618 APPROVAL_ASKED")[0] + "\n".join(
        ["620 CUT", "620 LEFT_AGENT 0", "620 CALL_ENDED", "700 DIALLED", "700 BLOCKED", "700 GAVE_UP"]
    )
    made = asked(hand_world(), CUT_TWICE_TOLD, TRANSFERRED, whole, "700 APPEARED")
    assert story_share(made) == (1, 3)
    assert cut_journeys_share(made) == (2, 3)
