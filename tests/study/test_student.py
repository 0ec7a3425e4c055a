"""Student's t: held against SciPy's, which takes a quarter of a second to import."""

from __future__ import annotations

import pytest
from scipy import stats

from sim.study.student import two_sided


@pytest.mark.parametrize("confidence", [0.5, 0.9, 0.95, 0.99, 0.999])
@pytest.mark.parametrize("degrees", [1, 2, 3, 4, 5, 8, 9, 19, 20, 99, 100, 998, 999, 1000, 1001, 50_000])
def test_the_bounds_of_student_s_t_are_those_of_scipy(degrees, confidence):
    """To more digits than a result is stored with: the sum has at most five hundred terms."""
    assert two_sided(degrees, confidence) == pytest.approx(stats.t.isf((1 - confidence) / 2, degrees), rel=1e-12)


def test_the_bounds_are_those_of_the_table():
    """Of Student's t at 97.5 %, as printed in any textbook: 12.706, 4.303, 3.182, 2.776, 2.571."""
    assert [round(two_sided(degrees, 0.95), 3) for degrees in range(1, 6)] == [12.706, 4.303, 3.182, 2.776, 2.571]
