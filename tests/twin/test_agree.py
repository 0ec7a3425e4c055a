"""Where two histories first part, in words."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.engines.agreement import first_difference
from sim.history.rows import Event, History
from tests.by_hand import lived, plain


def true_history() -> History:
    """Two customers and one agent: the second holds from 5 to 13 and is served to 26."""
    return lived(plain(), 0, 5)


def with_lies(*lies: tuple[int, Event, str, float]) -> History:
    """Return the history with something else in a customer's only row of a kind."""
    history = true_history()
    rows = history.rows.copy()
    for customer, event, name, value in lies:
        (at,) = np.flatnonzero((rows["customer"] == customer) & (rows["event"] == event))
        rows[name][at] = value
    return replace(history, rows=rows, engine="compiled")


def test_a_history_agrees_with_itself():
    assert first_difference(true_history(), true_history()) is None


def test_a_difference_is_told_in_words():
    """The second customer's talk begins at 16 and needs 10 minutes; the other has one bit more."""
    lie = float(np.nextafter(10.0, 11.0))
    found = first_difference(true_history(), with_lies((1, Event.TALKING, "amount", lie)))
    assert found is not None
    assert (found.customer, found.problem, found.place, found.time) == (1, 64, 7, 16.0)
    assert str(found) == (
        "customer 1 (problem 64), row 7:\n"
        "  simpy     16.0 min talking call 0 leg 0 team front agent 0 amount 10.0\n"
        f"  compiled  16.0 min talking call 0 leg 0 team front agent 0 amount {lie!r}"
    )


def test_the_difference_that_comes_first_in_time_is_told():
    """Customer 0 parts at 13, customer 1 at 5: the latter may have led to the former."""
    lies = (0, Event.CALL_ENDED, "time", 14.0), (1, Event.QUEUED, "leg", 3)
    found = first_difference(true_history(), with_lies(*lies))
    assert found is not None
    assert (found.customer, found.place, found.time) == (1, 3, 5.0)
    assert "leg 3" in found.other


@pytest.mark.parametrize("name", ["customer", "agent", "time", "amount", "contact", "leg", "team", "event"])
def test_a_difference_in_any_field_is_found(name):
    """A row of the first customer that is said to be the second's is missing in one place and too many in another."""
    found = first_difference(true_history(), with_lies((0, Event.CALL_ENDED, name, 1)))
    assert found is not None
    assert found.one != found.other


def test_rows_that_one_history_does_not_have_are_told():
    """One history stops before the last row; and whichever comes first, the words are in their order."""
    history = true_history()
    shorter = replace(history, rows=history.rows[:-1], engine="compiled")
    found, turned = first_difference(history, shorter), first_difference(shorter, history)
    assert found is not None and turned is not None
    assert (found.one, found.other) == ("26.0 min call_ended call 0 leg 0 team front", "no more rows")
    assert (turned.one, turned.other) == (found.other, found.one)
    assert turned.engines == ("compiled", "simpy")


def test_a_zero_of_the_other_sign_and_a_time_that_is_none_are_differences():
    """To the bit: what equals in numbers need not be the same."""
    assert first_difference(true_history(), with_lies((0, Event.APPEARED, "time", -0.0))) is not None
    none = with_lies((0, Event.SOLVED, "amount", np.nan))
    assert first_difference(none, none) is None
    assert first_difference(true_history(), none) is not None


def test_histories_of_other_customers_are_not_compared():
    with pytest.raises(ValueError, match="other customers"):
        first_difference(true_history(), lived(plain(), 0, 6))
