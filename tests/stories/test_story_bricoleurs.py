"""Bricoleurs 1 and Pros 2, and which single lever carries what; every bound is a paired 95 % interval."""

from __future__ import annotations

import pytest

from tests.stories.paired import pair

MANY = 8
"""Replications: journeys of Bricoleurs 1 are few and long."""


def test_the_same_faults_at_the_other_firm_take_fewer_days_calls_euros_and_less_effort():
    seen = pair("bricoleurs_1", "pros_2", MANY)
    assert seen.lower("hours_to_solution", "calls_per_problem", "messages_per_problem", "chases_per_problem")
    assert seen.lower("customer_eur_per_problem", "effort_ces", "people_told_per_1000")
    assert seen.means("toll_eur_per_problem")[1] == 0.0


def test_of_those_with_clear_help_a_fifth_need_nobody():
    """p_selfhelp .2: of some 2,300 problems a standard error is .008; within three."""
    assert pair("bricoleurs_1", "pros_2", MANY).means("self_service_share")[1] == pytest.approx(0.2, abs=0.025)
    assert pair("bricoleurs_1", "pros_2", MANY).means("self_service_share")[0] == 0.0


def test_the_ticket_alone_spares_the_story_told_again_and_no_day():
    seen = pair("bricoleurs_1", "bricoleurs_ticket", MANY)
    assert seen.lower("explanations_per_problem")
    assert seen.untold("hours_to_solution", "contacts_per_problem")


def test_the_expert_alone_carries_days_and_calls():
    seen = pair("bricoleurs_1", "bricoleurs_expert", MANY)
    assert seen.lower("hours_to_solution", "calls_per_problem", "messages_per_problem", "chases_per_problem")


def test_the_free_number_alone_carries_euros_and_nothing_else():
    seen = pair("bricoleurs_1", "bricoleurs_free_number", MANY)
    assert seen.same("contacts_per_problem", "hours_to_solution", "effort_ces", "solved_share")
    assert seen.lower("toll_eur_per_problem", "customer_eur_per_problem")
    assert seen["customer_eur_per_problem"].mean == pytest.approx(seen["toll_eur_per_problem"].mean)


def test_the_firm_s_own_mails_alone_carry_effort_and_asking():
    seen = pair("bricoleurs_1", "bricoleurs_firm_mails", MANY)
    assert seen.lower("effort_ces", "chases_per_problem")


def test_a_cause_that_is_found_strikes_no_more():
    seen = pair("bricoleurs_recurring", "bricoleurs_root_cause", MANY)
    assert seen.means("recurrences_per_problem")[0] > 0.0 == seen.means("recurrences_per_problem")[1]
    assert seen.lower("contacts_per_problem")


def test_a_cause_removed_for_all_prevents_problems_of_others():
    """.15 of them; of some 2,300 problems a standard error is .0075; within three."""
    seen = pair("pros_2", "root_cause", MANY)
    assert seen.means("prevented_share")[1] == pytest.approx(0.15, abs=0.0225)
    assert seen.lower("contacts_per_problem")


def test_instructions_that_fit_prevent_a_fifth_of_the_problems():
    """.4 of the half that reads them."""
    seen = pair("bricoleurs_1", "clear_instructions", MANY)
    assert seen.means("prevented_share")[1] == pytest.approx(0.2, abs=0.025)
    assert seen.lower("contacts_per_problem")
