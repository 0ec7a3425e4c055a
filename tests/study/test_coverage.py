"""How often intervals hold the truth: studies stopped by the rule, among draws; and whole studies of small worlds."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from sim.study.running.estimate import paired_difference
from sim.study.running.student import two_sided
from sim.study.stopping.precision import Precision
from sim.study.stopping.pursuit import LOOK_AHEAD, PILOT
from sim.study.stopping.rule import Watched, held

sys.path.append(str(Path(__file__).resolve().parents[2] / "experiments"))

import coverage_of_intervals as experiment

STUDIES, MOST, ABOUT = 500, 70, 30


def held_by(pilot: int, look_ahead: int) -> tuple[float, float]:
    """Return the share of stopped studies whose interval holds the truth, and how many replications they took.

    Differences of Gamma(4) less a constant, so of skewness 1, wished as narrow as 30 replications make them: with a
    spread of .5 that is t(29) x .5 / sqrt(30).
    """
    luck, wish = np.random.default_rng(17), two_sided(ABOUT - 1, 0.95) * 0.5 / ABOUT**0.5
    covered, took = 0, 0
    for draws in luck.gamma(4, 1 / 4, (STUDIES, MOST)):
        first, second = np.c_[np.ones(MOST), np.ones(MOST)], np.c_[draws, np.ones(MOST)]
        one = Watched(Precision("any", wish), "", 0.95)
        one.follow(first, second)
        many = held([one], pilot, MOST, look_ahead).enough or MOST
        low, high = paired_difference(*first[:many].T, *second[:many].T)[1:]
        covered += low <= 0 <= high
        took += many
    return covered / STUDIES, took / STUDIES


def test_studies_that_the_rule_has_stopped_hold_the_truth_as_often_as_they_promise():
    """The standard error of a share of .95 of 500 is .01; two of them below the .93 that is wanted, none above."""
    covered, took = held_by(PILOT, LOOK_AHEAD)
    assert 0.92 < covered <= 0.97
    assert ABOUT < took < ABOUT + 2 * LOOK_AHEAD


@pytest.mark.slow
def test_without_a_pilot_and_a_look_ahead_they_would_not():
    """So that the test above can fail: stopped as soon as four replications happen to lie together."""
    covered, _ = held_by(4, 0)
    assert covered < held_by(PILOT, LOOK_AHEAD)[0] - 0.02


@pytest.mark.slow
@pytest.mark.parametrize("name", list(experiment.WORLDS)[:3])
def test_a_thousand_studies_of_small_worlds_hold_the_truth_93_to_97_times_in_a_hundred(name):
    """Each within two standard errors (.7) of the band, since of thirty one would be out of one by chance."""
    for row in experiment.asked(name, 1000, 11):
        cells = [float(cell.strip(" *").split("*")[0].split(" ")[0]) for cell in row.split("|")[2:-1]]
        assert len(cells) == 7
        assert all(experiment.BAND[0] - 1.4 <= cell <= experiment.BAND[1] + 1.4 for cell in cells), row
