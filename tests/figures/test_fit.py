"""What was fitted, drawn: the laws, what was seen, and titles that say what was found."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.data.call_log import Outcome
from sim.figures import fit_figure
from sim.fitting.fit import fit
from tests.figures.drawn import axes
from tests.fitting.test_odd_logs import changed, log_of


def test_curves_bars_and_means_are_those_of_the_fit():
    fitted = fit(log_of())
    drawn_on: list[Any] = list(fit_figure(fitted, axes(3)))
    patience, talk, arrivals = drawn_on
    survival = fitted.parts.waits.survival
    drawn = {line.get_label(): line for line in patience.lines}
    assert np.array_equal(drawn["Kaplan-Meier"].get_ydata()[1:], survival.left)
    best = fitted.parts.waits.laws[0]
    [chosen] = [line for label, line in drawn.items() if "(chosen)" in str(label)]
    assert np.allclose(chosen.get_ydata(), best.survival(chosen.get_xdata()))
    heights = [bar.get_height() * bar.get_width() for bar in talk.patches]
    assert sum(heights) == pytest.approx(0.99, abs=0.005)
    assert arrivals.lines[0].get_ydata().sum() == pytest.approx(fitted.value("problems_per_day").found.value)
    titles = [ax.get_title(loc="left") for ax in (patience, talk, arrivals)]
    assert "who waited hung up" in titles[0].replace("\n", " ")
    assert titles[1].startswith("Talk of front: ")
    assert titles[2].startswith("Arrivals: 28.57 (")


def test_what_is_not_told_is_said():
    log = log_of()
    nobody_answered = changed(log, answered=np.nan, left=np.nan, agent=-1, outcome=Outcome.BLOCKED)
    patience, talk, _ = fit_figure(fit(nobody_answered), axes(3))
    assert patience.get_title(loc="left") == "Patience is not told: nobody hung up while waiting"
    assert talk.get_title(loc="left") == "Talk is not told: no call was answered to its end"
