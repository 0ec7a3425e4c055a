"""Warnings that belong to a study."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.measures import Drift, Stretch
from sim.report.cautions import cautions, targets
from sim.study.running.replications import Replications
from tests.worlds import tiny_world

LONG = tiny_world(time={"horizon": "28 d"})


def drifts(holds, later):
    """One `Drift` for each replication: 100 answered calls of 100 problems in both stretches, only the hold moves."""
    return tuple(
        Drift(Stretch(0, 1, 100, 100, 100, 100 * middle), Stretch(1, 2, 100, 100, 100, 100 * last))
        for middle, last in zip(holds, later, strict=True)
    )


def lived(world=LONG, many=10, **changes):
    totals = {"attempts_exhausted_share": np.array([[0.0, 100.0]] * many)}
    holds = [5 + 0.1 * at for at in range(many)]
    made = Replications(world, world, 1, tuple(range(many)), "simpy", 0.0, totals, drifts(holds, reversed_of(holds)))
    return replace(made, **changes)


def reversed_of(holds):
    """The same holds in another order: their difference has mean zero."""
    return list(reversed(holds))


def test_a_settled_study_of_ten_replications_has_no_warning():
    assert cautions(lived()) == []


def test_a_hold_that_grows_in_every_replication_is_a_drift():
    holds = [5 + 0.1 * at for at in range(10)]
    growing = drifts(holds, [hold + 2 + 0.01 * at for at, hold in enumerate(holds)])
    (said,) = cautions(lived(drifts=growing))
    assert "tiny: hold per call drifts, +2.0" in said.said
    assert said.warns


def test_a_backlog_that_grows_in_every_replication_is_a_drift():
    settled = drifts([5.0] * 10, [5.0] * 10)
    growing = tuple(
        Drift(replace(one.middle, queueing=100.0), replace(one.last, queueing=111.5 + 0.1 * at))
        for at, one in enumerate(settled)
    )
    (said,) = cautions(lived(drifts=growing))
    assert "tiny: backlog of written work drifts, +11.95" in said.said
    assert said.warns


def test_a_short_horizon_says_nothing_of_drift_but_that_it_is_too_short():
    (said,) = cautions(lived(world=tiny_world()))
    assert "too short" in said.said


@pytest.mark.parametrize(("exhausted", "warned"), [(0.5, False), (2.0, True)])
def test_attempts_used_up_are_told_above_one_in_a_hundred(exhausted, warned):
    totals = {"attempts_exhausted_share": np.array([[exhausted, 100.0]] * 10)}
    assert any("most attempts" in one.said and one.warns for one in cautions(lived(totals=totals))) == warned


def test_few_replications_and_an_interruption_are_told():
    said = cautions(lived(many=4, interrupted=True))
    assert any("Interrupted: only the 4" in one.said and one.warns for one in said)
    assert any("wide" in one.said for one in said)


@pytest.mark.parametrize(
    ("good", "said"),
    [([90] * 10, "met"), ([10] * 10, "missed"), ([60, 100] * 5, "unsure whether met"), ([0] * 10, "missed")],
)
def test_a_target_of_eight_in_ten_is_met_missed_or_not_told_apart(good, said):
    """Of 100 calls each: 90 and 10 always; 60 and 100 by turns, whose mean is the target itself; none at all."""
    totals = {"service_level": np.array([[one, 100.0] for one in good])}
    (sentence,) = targets([lived(totals=totals)], ["tiny"])
    assert sentence.endswith(f"within 20 s (sl1), target 80 % {said}.")


def test_what_is_true_of_several_worlds_is_told_once():
    totals = {"attempts_exhausted_share": np.array([[2.0, 100.0]] * 10)}
    (told,) = cautions(lived(totals=totals), lived(totals=totals), names=["one", "other"])
    assert told.said.startswith("one, other: 2.0 % of the problems")
