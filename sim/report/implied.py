"""What a fitted world implies and its report did not say: shares that planners know, beside what is usual."""

from __future__ import annotations

import math
from typing import NamedTuple

from sim.study.calibrating.calibration import Calibration
from sim.study.calibrating.questions import question
from sim.study.running.estimate import Estimate, ratio

USUAL = {
    "abandoned": (
        0.0,
        0.2,
    ),  # 5.6 to 9.1 % (ContactBabel); about 20 % at a bank (Brown et al. 2005)
    "transfers": (0.0, 0.6),  # 19 % of calls (SQM); 59 % of journeys (CEB); none where there is one team
    "repeats": (0.1, 0.55),  # what first-contact resolution leaves, and some calls for something else
    "first_contact_resolution": (0.45, 0.9),  # 45 % (UFC-Que Choisir 2005); 70 % mean, from 80 % best (SQM)
}
"""Between which shares of most centres lie, in the order of a report."""


class Implied(NamedTuple):
    """A share that a world has and its report did not give.

    Attributes
    ----------
    usual : tuple of two float
        Between which those of most centres lie.
    """

    words: str
    estimate: Estimate
    usual: tuple[float, float]

    @property
    def beyond(self) -> bool:
        """Whether the mean is beyond what is usual."""
        mean = self.estimate.mean
        return mean is not None and not self.usual[0] <= mean <= self.usual[1]


def implied(made: Calibration) -> tuple[Implied, ...]:
    """Return what a fitted world has for the shares that planners know and that its report did not give.

    What first-contact resolution from the log says of repeats is given with it.
    """
    given = {line.question.name for line in made.lines}
    given |= {"repeats"} if "first_contact_resolution_logged" in given else set()
    found = []
    for name, usual in USUAL.items():
        if name not in given:
            asked = question(name, share=name == "abandoned")
            most = math.inf if name == "transfers" else 1.0  # a call may be passed on twice
            found.append(Implied(asked.words, _within(ratio(*asked.of(made.lived.totals)), most), usual))
    return tuple(found)


def _within(estimate: Estimate, most: float) -> Estimate:
    """Return an estimate whose interval is cut where no value lies."""
    mean, low, high = estimate
    return Estimate(mean, None if low is None else max(low, 0.0), None if high is None else min(high, most))
