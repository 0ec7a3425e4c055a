"""The outage step by step, on the same customers; every bound is a paired 95 % interval."""

from __future__ import annotations

import math

import pytest

from tests.stories.paired import pair

STEPS = [("outage", "outage_registered"), ("outage_registered", "outage_joint"), ("outage_joint", "outage_lane")]


@pytest.mark.parametrize("step", STEPS)
def test_each_step_shortens_the_outage_and_spares_calls_and_broken_promises(step):
    assert pair(*step).lower("downtime_hours_per_problem", "calls_per_problem", "promises_broken_per_problem")


def test_all_steps_and_news_come_to_one_or_two_calls_and_a_day_or_two_less():
    """Expected of the counterfactual: 1 to 2 calls, and 25 to 40 hours less and more (the mean falls more)."""
    seen = pair("outage", "outage_informed")
    assert 1.0 <= seen.means("calls_per_problem")[1] <= 2.0
    assert seen["downtime_hours_per_problem"].high < -25.0
    assert seen.lower("chases_per_problem", "promises_broken_per_problem", "effort_ces", "customer_eur_per_problem")


def test_news_alone_spare_the_calls_and_not_the_outage():
    """Effort is not delay."""
    seen = pair("outage", "outage_news")
    assert seen.lower("calls_per_problem", "chases_per_problem", "effort_ces")
    assert seen.untold("downtime_hours_per_problem", "promises_broken_per_problem")


def test_without_the_account_nobody_writes_and_nobody_changes_channel():
    seen = pair("outage", "outage_no_twitter")
    assert seen.means("messages_per_problem")[1] == seen.means("channel_switches_per_problem")[1] == 0.0
    assert seen.higher("calls_per_problem")
    assert seen.lower("contacts_per_problem")


def test_one_file_for_all_channels_has_the_story_told_once():
    seen = pair("outage", "outage_continuity")
    assert seen.means("explanations_per_problem")[1] <= 1.0
    assert seen.lower("effort_ces")


def test_half_of_the_faults_are_noticed_before_anybody_calls():
    """Who is awake calls at once; those of the ten hours of the night call up to two hours after eight.

    A half is noticed, after an exponential hour, before U(0, 10 h) + U(0, 2 h): .5 x 10/24 x (1 - (1 - e^-10)/10 x
    (1 - e^-2)/2) = .199; of 5,600 problems within three standard errors.
    """
    seen = pair("outage", "outage_detected")
    noticed = 0.5 * 10 / 24 * (1 - (1 - math.exp(-10)) / 10 * (1 - math.exp(-2)) / 2)
    error = math.sqrt(noticed * (1 - noticed) / 5600)
    assert seen.means("detected_share")[1] == pytest.approx(noticed, abs=3 * error)
    assert seen.lower("calls_per_problem", "downtime_hours_per_problem")


def test_who_is_trained_to_listen_changes_what_is_felt_and_nothing_else():
    seen = pair("outage", "outage_listening")
    assert seen.same("calls_per_problem", "downtime_hours_per_problem", "customer_eur_per_problem")
    assert seen.lower("generic_legs_per_problem", "effort_ces")
