"""Percentiles of hold, wait and effort: read from histograms, to half a hundredth."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.engines import run
from sim.measures import measure, tables
from sim.measures.rules.histogram import BUCKETS, LEAST, bucket_of, middle_of, percentiles
from sim.people import populate
from sim.study.running.replicate import replicate
from tests.measures.strips import ABANDONED, BLOCKED, asked, hand_world
from tests.measures.test_a_run import BUSY_DAY
from tests.measures.test_service import answered_after
from tests.worlds import tiny_world

HALF_A_HUNDREDTH = 0.005


def counted(amounts: list[float]) -> np.ndarray:
    counts = np.zeros(BUCKETS)
    for amount in amounts:
        counts[bucket_of(amount)] += 1
    return counts


@given(st.lists(st.floats(0, 1e5), min_size=1, max_size=60), st.sampled_from([0.01, 0.5, 0.9, 0.95, 1.0]))
@settings(deadline=None)
def test_a_percentile_is_that_of_the_amounts_themselves_to_half_a_hundredth(amounts: list[float], share: float):
    """The inverse of their distribution function, by its definition."""
    exact = sorted(amounts)[math.ceil(round(share * len(amounts), 9)) - 1]
    (told,) = percentiles(counted(amounts), share)
    assert told == (pytest.approx(exact, rel=HALF_A_HUNDREDTH) if exact >= LEAST else 0.0)


def test_every_bucket_is_read_as_an_amount_that_lies_in_it():
    assert [bucket_of(middle_of(bucket)) for bucket in range(BUCKETS)] == list(range(BUCKETS))


def test_nothing_has_no_percentile_and_what_is_very_large_has_one():
    assert percentiles(np.zeros(BUCKETS), 0.5, 0.9) == (None, None)
    assert percentiles(counted([1e300]), 0.5) == (middle_of(BUCKETS - 1),)
    assert middle_of(BUCKETS - 1) > 1e6


TWENTY = [answered_after(wait) for wait in range(1, 21)]


def test_of_twenty_waits_of_1_to_20_minutes_the_tenth_is_the_median():
    """And the 18th is the 90th percentile, the 19th the 95th; there is no menu, so holds are waits."""
    made = asked(hand_world(), *TWENTY, ABANDONED, BLOCKED)
    for what in ("speed_of_answer", "hold_minutes"):
        for name, minutes in (("p50", 10), ("p90", 18), ("p95", 19)):
            ((above, below),) = measure(made, [f"{what}_{name}"]).values()
            assert (above, below) == (pytest.approx(minutes, rel=HALF_A_HUNDREDTH), 1)


def test_without_an_answered_call_there_is_no_percentile():
    assert measure(asked(hand_world(), ABANDONED), ["speed_of_answer_p90"]) == {"speed_of_answer_p90": (0, 0)}


def test_a_percentile_of_effort_is_that_of_the_journeys():
    """A quiet day and a bad one: by the table of journeys, each of them judged."""
    world = tiny_world(**BUSY_DAY)
    made = tables(run(world, populate(world, seed=3)))
    waits = made.dialled["wait"][np.isfinite(made.dialled["answered"])]
    for name, share in (("p50", 0.5), ("p90", 0.9), ("p95", 0.95)):
        answers = measure(made, [f"effort_ces_{name}", f"speed_of_answer_{name}"])
        felt = np.quantile(made.journeys["ces"], share, method="inverted_cdf")
        # by half a hundredth of the index E the scale moves by E exp(-E/4)/200, .0074 at most
        assert answers[f"effort_ces_{name}"] == (pytest.approx(felt, abs=0.0074), 1)
        waited = np.quantile(waits, share, method="inverted_cdf")
        assert answers[f"speed_of_answer_{name}"] == (pytest.approx(waited, rel=HALF_A_HUNDREDTH), 1)


def test_over_replications_it_is_the_mean_of_each_one_s_with_student_s_interval():
    lived = replicate(tiny_world(**BUSY_DAY), replications=3, seed=5, measures=["hold_minutes_p90"])
    each = lived.totals["hold_minutes_p90"]
    assert each[:, 1].tolist() == [1, 1, 1]
    mean, low, high = lived.estimate("hold_minutes_p90")
    reach = 4.302653 * each[:, 0].std(ddof=1) / 3**0.5  # Student's t of 2 degrees of freedom, 97.5 %
    assert (mean, low, high) == pytest.approx((each[:, 0].mean(), mean - reach, mean + reach), rel=1e-6)
