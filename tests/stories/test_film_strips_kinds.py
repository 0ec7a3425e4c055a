"""Film strips: what kinds of customers bring with them, and what of patience is carried from call to call."""

from __future__ import annotations

import pytest

from sim import purposes
from tests.by_hand import assert_strip, lived, plain

TWICE = {"again": {"most_attempts": 2}}
TEN_OR_THIRTY = {
    "law": "mixture",
    "parts": [{"share": 0.5, "of": "10 min"}, {"share": 0.5, "of": "30 min"}],
}
FIRST_TEN_THEN_THIRTY = {(0, 0, 0): {purposes.PATIENCE: 0.25}, (0, 1, 0): {purposes.PATIENCE: 0.75}}


@pytest.mark.parametrize(("carried", "second"), [("anew", 70), ("same", 50), ("left", 40)])
def test_patience_is_drawn_anew_or_stays_the_same_or_is_used_up(carried, second):
    """Ten minutes at the first hold; at the second, which begins at 40, thirty, ten or none."""
    world = plain(
        population={"patience": TEN_OR_THIRTY, "patience_again": carried, **TWICE}, teams={"front": {"staff": 0}}
    )
    end = "abandoned call_ended limit_reached gave_up"
    assert_strip(
        lived(world, 0, luck=FIRST_TEN_THEN_THIRTY),
        f"""
        0   appeared dialled picked_up queued
        10  abandoned call_ended
        40  dialled picked_up queued {end if second == 40 else ""}
        {second} {end if second != 40 else ""}
        """,
    )


def test_an_answer_gives_no_patience_back():
    """He holds for 15 of 20 minutes, is answered in vain, and has five minutes left at 88."""
    world = plain(
        population={"patience": "20 min", "patience_again": "left", **TWICE},
        teams={"front": {"staff": {"mon 00:15-00:30": 1}, "solve": {"plain": 0.0}}},
    )
    assert_strip(
        lived(world, 0),
        """
        0   appeared dialled picked_up queued
        15  answered identifying
        16  explaining
        18  talking
        28  unsolved left_agent call_ended
        88  dialled picked_up queued
        93  abandoned call_ended limit_reached gave_up
        """,
    )


def test_the_reason_s_patience_comes_before_the_segment_s_and_that_before_everybody_s():
    value = {"value_of_time": 0, "outage_value": 0, "hours_of_use": 0}
    world = plain(
        population={
            "patience": "9 min",
            "reasons": {"any": {"share": 0.5}, "urgent": {"share": 0.5, "patience": "3 min"}},
            "segments": {"all": {"share": 0.5, **value}, "busy": {"share": 0.5, "patience": "6 min", **value}},
            "again": {"most_attempts": 1},
        },
        teams={"front": {"staff": 0}},
    )
    kinds = [(0, 0, 9), (0, 1, 6), (1, 0, 3), (1, 1, 3)]
    history = lived(world, *({"appeared": 0, "reason": reason, "segment": segment} for reason, segment, _ in kinds))
    for customer, (_, _, until) in enumerate(kinds):
        assert_strip(
            history,
            f"""
            0  appeared dialled picked_up queued
            {until}  abandoned call_ended limit_reached gave_up
            """,
            customer,
        )


def test_one_who_has_failed_twice_may_have_less_heart():
    """Never again after the second failure, though always after the first; where one abandons, whatever is said."""
    end = "abandoned call_ended gave_up"
    for after, first, second in (({}, "abandoned call_ended", end), ({"abandoned": 0.0}, end, "")):
        world = plain(
            population={"patience": "5 min", "again": {"persistence_later": 0.0, "persistence_after": after}},
            teams={"front": {"staff": 0}},
        )
        assert_strip(
            lived(world, 0),
            f"""
            0   appeared dialled picked_up queued
            5   {first}
            35  {"dialled picked_up queued" if second else ""}
            40  {second}
            """,
        )
