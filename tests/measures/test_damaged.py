"""Histories damaged by hand, and tariffs that cannot be: the measures say what is wrong, and write beside no table."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.history.rows import ROW, History
from sim.measures import measure, tables
from sim.measures.accounts.tables import reprice, totals_of
from sim.world import Tariff
from tests.measures.strips import CLEAN, CUT_TWICE_TOLD, TRANSFERRED, hand_world, history

TOLD = history(hand_world(), CLEAN, CUT_TWICE_TOLD, TRANSFERRED)
READERS = {"frame": History.frame, "timeline": lambda asked: asked.timeline(0)}
DOORS = {"tables": tables, "totals": totals_of, "measure": measure, "reprice": lambda asked: reprice(asked, Tariff())}


def damaged(place=4, **columns):
    rows = TOLD.rows.copy()
    for name, value in columns.items():
        rows[name][place] = value
    return replace(TOLD, rows=rows)


@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("customer", 3, "its customer is 3, which goes from 0 to 2"),
        ("customer", -1, "its customer is -1"),
        ("event", 0, "its event is 0, which goes from 1 to 92"),
        ("event", -1, "its event is -1"),
        ("event", 93, "its event is 93"),
        ("contact", -2, "its contact is -2"),
        ("leg", 64, "its leg is 64, which goes from 0 to 63"),
        ("leg", -1, "its leg is -1"),
        ("team", 2, "its team is 2, which goes from -1 to 1"),
        ("agent", -2, "its agent is -2"),
        ("amount", np.nan, "its amount is nan"),
        ("amount", -1.0, "its amount is -1.0"),
        ("amount", np.inf, "its amount is inf"),
        ("time", np.nan, "its time is nan min"),
        ("time", -np.inf, "its time is -inf min"),
        ("time", 599.0, "its time is 599.0 min; the last row of customer 0 is of 601.0 min"),
        ("time", 14401.0, "its time is 14401.0 min; .* and the run ends at 14400.0 min"),
    ],
)
def test_a_row_that_cannot_be_is_named(door, column, value, said):
    with pytest.raises(ValueError, match=f"row 4 of the history cannot be: {said}"):
        door(damaged(**{column: value}))


@pytest.mark.parametrize("door", READERS.values(), ids=READERS)
@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("customer", 3, "its customer is 3, which goes from 0 to 2"),
        ("event", 0, "its event is 0, which goes from 1 to 92"),
        ("event", -1, "its event is -1"),
        ("leg", 64, "its leg is 64, which goes from 0 to 63"),
        ("team", 2, "its team is 2, which goes from -1 to 1"),
        ("amount", np.nan, "its amount is nan"),
        ("time", np.inf, "its time is inf min"),
    ],
)
def test_a_row_that_cannot_be_is_not_read_either(door, column, value, said):
    with pytest.raises(ValueError, match=f"row 4 of the history cannot be: {said}"):
        door(damaged(**{column: value}))


@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
@pytest.mark.parametrize(
    ("missing", "then"),
    [
        (3, "row 3 .* customer 0 is answered at 605.0 min"),
        (1, "row 3 .* customer 0 is answered at 605.0 min"),
        (24, "row 24 .* customer 1 is answered at 641.0 min"),
        (22, "row 24 .* customer 1 is answered at 641.0 min"),
    ],
    ids=["not queued", "not dialled", "not queued again", "not dialled again"],
)
def test_who_is_answered_has_waited_in_a_queue_of_that_call(door, missing, then):
    """Without the row he would have waited for no time that is a number, or for that of another call."""
    with pytest.raises(ValueError, match=f"{then}, and waits in no queue of a call"):
        door(replace(TOLD, rows=np.delete(TOLD.rows, missing)))


@settings(deadline=None, max_examples=200)
@given(data=st.binary(min_size=ROW.itemsize, max_size=ROW.itemsize), place=st.integers(0, len(TOLD.rows) - 1))
def test_any_bytes_at_all_are_measured_or_refused(data, place):
    rows = TOLD.rows.copy()
    rows.view(np.uint8).reshape(-1, ROW.itemsize)[place] = np.frombuffer(data, np.uint8)
    try:
        found = tables(replace(TOLD, rows=rows))
    except ValueError:
        return
    assert len(found.journeys) == 3


@pytest.mark.parametrize(
    "rows",
    [
        TOLD.rows.astype([(name, np.float32 if name == "time" else ROW[name]) for name in ROW.names]),
        TOLD.rows[["customer", "time", "event"]],
        TOLD.rows.reshape(1, -1),
        list(TOLD.rows),
    ],
    ids=["single precision", "fields missing", "a table", "a list"],
)
def test_rows_of_another_type_are_refused(rows):
    with pytest.raises(ValueError, match="the rows of a history are"):
        tables(replace(TOLD, rows=rows))
    if isinstance(rows, np.ndarray):
        with pytest.raises(ValueError, match="the rows of a history are"):
            History.of(TOLD.world, TOLD.customers, rows, engine="hand")


def test_rows_joined_from_two_arrays_are_measured_as_they_were():
    """NumPy lays joined rows out without the gaps between their fields."""
    joined = np.concatenate([TOLD.rows[:5], TOLD.rows[5:]])
    assert joined.dtype != ROW
    assert tables(replace(TOLD, rows=joined)) == tables(TOLD)


def test_customers_who_cannot_be_are_not_measured_either():
    customers = replace(TOLD.customers, rows=TOLD.customers.rows.copy())
    customers.rows["worth"][1] = np.nan
    with pytest.raises(ValueError, match=r"customer 1 \(number 64\) has a worth of nan"):
        tables(replace(TOLD, customers=customers))


def test_a_history_of_nobody_is_refused():
    with pytest.raises(ValueError, match="customers is of the kind NoneType"):
        tables(replace(TOLD, customers=None))


def test_what_is_no_history_is_refused():
    with pytest.raises(ValueError, match="asked is of the kind dict"):
        tables({})


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"price_per_minute": -1.0}, "tariff price_per_minute is -1: it must be at least 0"),
        ({"price_per_minute": float("nan")}, "tariff price_per_minute is nan"),
        ({"price_per_call": float("inf")}, "tariff price_per_call is inf"),
        ({"cap": -5.0}, "tariff cap is -5: it must be at least 0"),
        ({"rounding": "hour"}, "tariff rounding is"),
        ({"peak": ("always",)}, "tariff .*always"),
    ],
)
def test_a_tariff_that_cannot_be_is_no_price(change, said):
    with pytest.raises(ValueError, match=said):
        reprice(TOLD, Tariff().model_copy(update=change))


def test_a_price_is_a_tariff():
    with pytest.raises(ValueError, match="tariff is of the kind float: it has to be a Tariff"):
        reprice(TOLD, 0.34)
