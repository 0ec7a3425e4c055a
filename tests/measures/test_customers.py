"""The customers to choose from, against lives worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from sim.measures.customers import customers_table, interesting_customer
from tests.measures.strips import ABANDONED, CLEAN, CUT_TWICE_TOLD, hand_world, history

PRICED = hand_world(name="harsh", tariff={"price_per_minute": 0.1})


@pytest.fixture
def both() -> list[Any]:
    """Return three customers: one is cut, one gives up, one is solved at once; in the other world all are."""
    return [history(PRICED, CUT_TWICE_TOLD, ABANDONED, CLEAN), history(hand_world(), CLEAN, CLEAN, CLEAN)]


def test_each_customer_stands_in_a_row_with_what_he_lived_in_each_world(both):
    """25 minutes of which 13 held, 8 of which 8, 15 of which 5; at 10 cents."""
    table = customers_table(both)
    assert table["customer"].tolist() == [0, 1, 2]
    assert table["problem"].tolist() == [0, 64, 128]
    assert table["reason"].tolist() == ["any"] * 3
    assert table["calls_1"].tolist() == [2, 1, 1]
    assert table["active_minutes_1"].tolist() == pytest.approx([25, 8, 15])
    assert table["hold_minutes_1"].tolist() == pytest.approx([13, 8, 5])
    assert table["toll_1"].tolist() == pytest.approx([2.5, 0.8, 1.5])
    assert table["toll_2"].tolist() == [0, 0, 0]
    assert table["status_1"].tolist() == ["solved", "given up", "solved"]
    assert table["hours_1"].tolist() == pytest.approx([0.75, float("nan"), 0.25], nan_ok=True)
    # 25 / 30 + repeat 1 + told again 0.5 + cut 1.2 + a long hold 0.3; 8 / 30 + 0.3; 15 / 30 + 0.3.
    assert table["effort_1"].tolist() == pytest.approx([25 / 30 + 3.0, 8 / 30 + 0.3, 0.8])


def test_of_one_world_the_efforts_count_as_they_are(both):
    """Efforts 3.83, 0.57, 0.80."""
    assert [interesting_customer(both[0], which=which) for which in ("worst", "least")] == [0, 1]
    assert interesting_customer(both[0]) == 2
    assert list(customers_table(both[0]).columns)[5:8] == ["calls_1", "active_minutes_1", "hold_minutes_1"]


def test_of_two_worlds_it_is_the_effort_in_the_first_beyond_the_second(both):
    assert interesting_customer(both[0], both[1], "least") == 1
    assert interesting_customer(both[1], both[0], "least") == 0


def test_what_has_no_customers_in_common_is_told(both):
    with pytest.raises(ValueError, match="asked is empty"):
        customers_table([])
    with pytest.raises(ValueError, match="not of the same customers"):
        customers_table([both[0], history(hand_world(), CLEAN)])
