"""Simpson's rule: exact under parabolas, and SciPy's to the bit."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.integrate import cumulative_simpson

from sim.theory.simpson import cumulated


@pytest.mark.parametrize("points", [3, 4, 5, 100, 40_001])
def test_it_is_scipy_s_to_the_bit(points):
    """A search for staff begins with it: another last digit could end at another staff."""
    luck = np.random.default_rng(points)
    at, values = np.cumsum(luck.random(points)), luck.normal(size=points)
    assert (cumulated(values, at) == cumulative_simpson(values, x=at, initial=0.0)).all()


def test_under_a_parabola_it_is_exact():
    """The integral of 3 x^2 + 2 x from 0 is x^3 + x^2."""
    at = np.array([0.0, 1.0, 1.5, 4.0, 4.25, 10.0])
    assert cumulated(3 * at**2 + 2 * at, at) == pytest.approx(at**3 + at**2)
