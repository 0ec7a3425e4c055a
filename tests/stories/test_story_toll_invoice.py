"""The toll invoice and those who could have acted, on the same customers; every bound is a paired 95 % interval."""

from __future__ import annotations

import pytest

from tests.stories.paired import pair


def test_where_staff_act_one_contact_is_all_and_the_document_comes_no_sooner():
    """Effort falls, and the day on which the document is made is the population's: nobody's staff moves it."""
    seen = pair("toll_invoice", "acting_on_behalf")
    assert seen.means("contacts_per_problem")[1] == 1.0
    assert seen.means("messages_per_problem")[1] == seen.means("calls_per_problem")[1] == 0.0
    assert seen.lower("effort_ces", "customer_eur_per_problem", "customer_minutes_per_problem")


def test_who_need_not_ask_has_the_money_back_more_often_though_the_document_is_made_no_sooner():
    """Thirty days until the expenses are settled: of 20 EUR advanced, at most all are lost."""
    seen = pair("toll_invoice", "acting_on_behalf")
    assert seen.lower("advance_lost_eur_per_problem")
    assert 0.0 < seen.means("advance_lost_eur_per_problem")[1] < seen.means("advance_lost_eur_per_problem")[0] < 20.0


def test_as_told_there_are_three_or_four_contacts_through_two_or_three_channels():
    seen = pair("toll_invoice", "acting_on_behalf")
    assert 3.0 <= seen.means("contacts_per_problem")[0] <= 4.5
    assert 1.5 <= seen.means("channel_switches_per_problem")[0] <= 2.75


def test_staff_who_find_out_why_one_time_in_two_come_between():
    half, whole = pair("toll_invoice", "toll_invoice_asked_why"), pair("toll_invoice", "acting_on_behalf")
    assert half.lower("contacts_per_problem", "effort_ces")
    for measure in ("contacts_per_problem", "effort_ces"):
        assert whole[measure].high < half[measure].low


def test_a_firm_that_notices_half_of_the_time_spares_nearly_half_of_the_contacts():
    seen = pair("toll_invoice", "toll_invoice_detected")
    assert 0.4 < seen.means("detected_share")[1] <= 0.55
    assert seen.lower("contacts_per_problem", "effort_ces")


def test_one_file_for_all_channels_sends_one_on_less_and_asks_once():
    seen = pair("toll_invoice", "toll_invoice_continuity")
    assert seen.means("explanations_per_problem")[1] <= 1.0
    assert seen.lower("channel_switches_per_problem", "contacts_per_problem", "effort_ces")


def test_a_document_made_by_a_machine_spares_nine_in_ten_the_problem():
    """.9 of some 2,800 problems: a standard error is .006; within three."""
    seen = pair("toll_invoice", "toll_invoice_automated")
    assert seen.means("prevented_share")[1] == pytest.approx(0.9, abs=0.018)
    assert seen.lower("contacts_per_problem", "customer_eur_per_problem")
