"""The ten figures of the survey of 2005, and the world that is fitted to them."""

from __future__ import annotations

import pytest

import sim
from sim.reading.shipped import folder
from sim.study.calibrating.figures import read_figures

SURVEY = folder() / "reports" / "survey_2005.toml"


def verdicts(*, seed: int, replications: int) -> list[tuple[bool, bool]]:
    """Say of each figure whether the world's mean lies in its band, and whether its interval reaches there."""
    bands = read_figures(SURVEY)[0].measures
    lived = sim.replicate("hotline_2005", replications=replications, seed=seed, measures=list(bands))
    found = []
    for id, band in bands.items():
        mean, low, high = lived.estimate(id)
        assert mean is not None and low is not None and high is not None
        assert band.low is not None and band.high is not None
        found.append((band.low <= mean <= band.high, low <= band.high and high >= band.low))
    return found


def test_the_survey_has_ten_figures():
    assert len(read_figures(SURVEY)[0].measures) == 10


def test_ten_replications_contradict_no_figure_of_the_survey():
    assert all(reaches for _, reaches in verdicts(seed=1, replications=10))


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 90210, 424242])
def test_the_hotline_gives_the_figures_of_the_survey_whatever_the_luck(seed):
    """Of sixty replications the means of nine figures at least lie in their bands, all intervals reach there."""
    found = verdicts(seed=seed, replications=60)
    assert sum(inside for inside, _ in found) >= 9
    assert all(reaches for _, reaches in found)
