"""Simpson's rule along an axis of steps of any length."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.floating[Any]]


def cumulated(values: Array, at: Array) -> Array:
    """Integrate from the first of three points or more to each of them.

    As `scipy.integrate.cumulative_simpson` does, to the bit; a search for staff begins here, and would wait for half
    a second for that to be imported.
    """
    steps = np.diff(at)
    ahead, back = _first_steps(values, steps), _first_steps(values[::-1], steps[::-1])[::-1]
    areas = np.empty(len(steps))
    areas[:-1:2], areas[1::2], areas[-1] = ahead[::2], back[::2], back[-1]
    return np.concatenate(([0.0], np.cumsum(areas)))


def _first_steps(values: Array, steps: Array) -> Array:
    """Integrate over every step but the last, under the parabola through its ends and the next point.

    Cartwright, "Simpson's rule cumulative integration with MS Excel and irregularly-spaced data", Journal of
    Mathematical Sciences and Mathematics Education 12, equation 8.
    """
    one, next_one = steps[:-1], steps[1:]
    of_both, of_next = one / (one + next_one), one / next_one
    far = of_both * of_next
    return one / 6 * ((3 - of_both) * values[:-2] + (3 + far + of_both) * values[1:-1] - far * values[2:])
