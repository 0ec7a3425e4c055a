"""The silent brand and its levers, one by one, on the same customers; every bound is a paired 95 % interval."""

from __future__ import annotations

import pytest

from tests.stories.paired import pair


def test_the_brand_that_answers_spares_contacts_changes_of_channel_and_the_repair():
    """The story's own counterfactual: four contacts and more become 1 to 1.4, and nobody mends it at his own cost."""
    seen = pair("silence", "answered")
    assert seen.lower("contacts_per_problem", "channel_switches_per_problem", "given_up_share", "effort_ces")
    assert seen.lower("customer_eur_per_problem", "unanswered_messages_per_problem", "people_told_per_1000")
    assert 1.0 <= seen.means("contacts_per_problem")[1] <= 1.4


@pytest.mark.parametrize("lever", ["authority", "no_script", "continuity", "call_back", "confirmation"])
def test_answering_does_more_than_any_other_lever(lever):
    """By contacts and by what is never solved, each by its whole interval."""
    answering, other = pair("silence", "silence_answering"), pair("silence", f"silence_{lever}")
    for measure in ("contacts_per_problem", "given_up_share", "customer_eur_per_problem"):
        assert answering[measure].high < other[measure].low


def test_agents_who_decide_alone_spare_the_story_told_again():
    assert pair("silence", "silence_authority").lower("explanations_per_problem", "contacts_per_problem", "effort_ces")


def test_without_a_script_more_is_solved():
    seen = pair("silence", "silence_no_script")
    assert seen.higher("solved_share")
    assert seen.lower("contacts_per_problem")


def test_a_target_for_the_talk_makes_agents_hang_up_and_customers_call_again():
    """It is a small thing, so ten replications."""
    seen = pair("silence", "silence_talk_target", 10)
    assert seen.means("cuts_per_problem")[0] == 0.0
    assert seen.higher("cuts_per_problem")
    assert seen.lower("solved_share")


def test_a_hidden_number_takes_time_and_leaves_problems_unsolved():
    """Four minutes of search for all whose first contact is a call or a message; a fifth do not find it."""
    seen = pair("silence", "silence_hidden_number")
    assert seen.higher("searching_minutes_per_problem", "given_up_share", "customer_eur_per_problem")
    assert seen.lower("calls_per_problem", "solved_share")
    assert seen.means("searching_minutes_per_problem")[0] == 0.0


def test_one_file_for_all_channels_spares_the_story_told_again_and_no_delay():
    seen = pair("silence", "silence_continuity")
    assert seen.lower("explanations_per_problem", "channel_switches_per_problem", "effort_ces")
    assert seen.untold("hours_to_solution", "downtime_hours_per_problem")


def test_an_offer_to_be_rung_back_shortens_the_hold():
    assert pair("silence", "silence_call_back").lower("hold_minutes_per_call")


def test_who_is_told_what_comes_next_asks_less():
    """A confirmation beside a case of which nobody hears: fewer ask, less effort, and it is solved no sooner."""
    seen = pair("silence_case", "silence_confirmation")
    assert seen.lower("chases_per_problem", "contacts_per_problem", "effort_ces")
    assert seen.untold("hours_to_solution")


def test_who_listens_changes_what_is_felt_and_nothing_else():
    seen = pair("silence_by_the_book", "silence_listening")
    assert seen.same("contacts_per_problem", "calls_per_problem", "solved_share", "customer_eur_per_problem")
    assert seen.lower("generic_legs_per_problem", "effort_ces")
    assert seen.higher("staff_eur_per_problem")


def test_agents_of_the_book_handle_half_by_the_book():
    """Empathy .5: half of the legs in which the story was told."""
    seen = pair("silence", "silence_by_the_book")
    generic = seen.means("generic_legs_per_problem")[1] / seen.means("explanations_per_problem")[1]
    assert generic == pytest.approx(0.5, abs=0.02)


def test_the_next_problem_settled_along_with_this_one_spares_a_sixth_of_the_contacts():
    """Bell Canada: 16 % fewer, to which it is fitted; within three points."""
    seen = pair("silence_next_issue", "next_issue")
    before, after = seen.means("contacts_per_problem")
    assert after / before - 1 == pytest.approx(-0.16, abs=0.03)
    assert seen.lower("recurrences_per_problem")


def test_delight_costs_and_nobody_is_the_better_for_it():
    """2.40 EUR for each of the hours paid, and all that customers live is the same."""
    seen = pair("answered", "answered_delight")
    assert seen.same("contacts_per_problem", "solved_share", "effort_ces", "customer_eur_per_problem")
    hours = seen.means("staff_hours_per_week")[1]
    assert seen["staff_eur_per_week"].mean == pytest.approx(2.4 * hours, rel=1e-9)


def test_the_rules_together_do_less_than_an_answer():
    rules, answering = pair("silence", "zappos"), pair("silence", "silence_answering")
    assert rules.lower("contacts_per_problem", "effort_ces")
    assert answering["contacts_per_problem"].high < rules["contacts_per_problem"].low
