"""What a fitted world says of shares that its report did not give."""

from __future__ import annotations

from dataclasses import replace

import pytest

import sim
from sim.report.implied import Implied, implied
from sim.study.calibrating.calibration import Calibration
from sim.study.calibrating.questions import question
from sim.study.running.estimate import Estimate
from sim.ui.centre.implied import implied_rows
from tests.study.reports import one_team, report_of


@pytest.fixture(scope="module")
def made() -> Calibration:
    whole = report_of(one_team(), seed=1000)
    told = {name: whole[name] for name in ("days", "offered", "answered", "speed_of_answer", "handling_time")}
    return sim.calibrate(one_team(), told, replications=2, days=7)


def test_what_was_not_given_is_what_the_fitted_world_measures(made):
    """By the measures of the same lives; the share of repeats is what first-call resolution leaves."""
    found = {one.words: one.estimate.mean for one in implied(made)}
    asked = "transfers_per_call", "first_call_resolution_logged", "first_contact_resolution", "abandoned_share"
    measured = {name: made.lived.estimate(name).mean for name in asked}
    assert found["transfers per answered call"] == pytest.approx(measured["transfers_per_call"])
    assert found["repeats within 7 days"] == pytest.approx(1 - measured["first_call_resolution_logged"])
    assert found["first-contact resolution"] == pytest.approx(measured["first_contact_resolution"])
    assert found["calls abandoned"] == pytest.approx(measured["abandoned_share"])  # no line is busy here
    assert [row[0] for row in implied_rows(implied(made))[1:]] == list(found)


def test_what_was_given_is_not_told_again(made):
    lines = [replace(made.lines[0], question=question(name)) for name in (
        "abandoned", "transfers", "first_contact_resolution", "first_contact_resolution_logged")]  # fmt: skip
    assert implied(replace(made, lines=tuple(lines))) == ()


@pytest.mark.parametrize(("mean", "beyond"), [(0.5, False), (0.97, True), (0.2, True), (None, False)])
def test_what_is_beyond_the_usual_is_marked(mean, beyond):
    one = Implied("first-contact resolution", Estimate(mean, None, None), (0.45, 0.9))
    assert one.beyond is beyond
    assert bool(implied_rows([one])[1][-1]) is beyond


def test_intervals_end_where_shares_do(made):
    """Two replications of a week: the intervals would reach far beyond."""
    for one in implied(made):
        _, low, high = one.estimate
        assert low >= 0.0
        assert high <= 1.0 or one.words.startswith("transfers")
