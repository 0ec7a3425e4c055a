"""The map of a typical week, against a day reckoned by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.figures import heat_map, save
from sim.measures.intervals.asked import parting
from sim.study.running.intervals import of_history
from sim.study.running.parted import Intervals
from sim.study.running.replicate import replicate
from tests.figures.drawn import axes, texts
from tests.measures.strips import hand_world, history
from tests.measures.test_intervals import DAY, EARLY, HOURS
from tests.worlds import tiny_world


def by_hand(**how: Any) -> Intervals:
    world = hand_world(**HOURS)
    return of_history(history(world, *DAY), parting(world, **how))


def test_fields_are_the_values_of_the_table_and_what_has_none_is_left_out():
    """Service level sl1 from 8:00: 2 of 5; nobody at half past; 1 of 1 at nine; 0 of 2 at half past; no other day."""
    ax = heat_map(by_hand(), ax=axes(1)[0])
    drawn: Any = ax.images[0].get_array()
    assert drawn.shape == (7, 4)
    assert drawn[0].filled(np.nan)[[0, 2, 3]].tolist() == [0.4, 1.0, 0.0]
    assert drawn.mask[0, 1]
    assert drawn.mask[1:].all()
    assert [text for text in texts(ax) if text in ("40", "100", "0")] == ["40", "100", "0"]


def test_it_says_where_it_is_highest_with_unit_definition_and_how_sure_it_is():
    ax = heat_map(by_hand(every="1 h"), "handling_time", ax=axes(1)[0])
    assert ax.get_title(loc="left").startswith("tiny: handling time is lowest mon 9 h (4.0 min), highest mon 8 h (14.3")
    said = " ".join(texts(ax)).replace("\n", " ")
    assert "of the call together, colleagues whom they ask left out, over the calls answered" in said
    assert "counted in the interval in which the call was dialled. one replication: no intervals." in said
    assert "Hatched: nothing to count, which is not 0." in said
    assert ax.get_xlabel() == "time of day"
    assert [label.get_text() for label in ax.get_yticklabels()] == ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def test_parts_are_put_together_and_agents_on_duty_counted_once():
    whole, parted = (heat_map(by_hand(by=by), "occupancy", ax=axes(1)[0]) for by in ((), ["team", "reason"]))
    one, other = (np.ma.filled(ax.images[0].get_array(), -1.0) for ax in (whole, parted))
    np.testing.assert_allclose(one, other)


def test_the_occupancy_of_nobody_but_who_finishes_a_call_is_left_out():
    """On duty from 8:00 to 8:30, busy from 8:01 to 8:40: the map ends with the shift; the busy agents go on."""
    world = hand_world(teams={"front": {"staff": {"mon 08:00-08:30": 1}}, "back": {"staff": 0}})
    strip = EARLY.replace("491", "520").replace("LEFT_AGENT 2", "LEFT_AGENT 0")
    lived = of_history(history(world, strip), parting(world))
    assert lived.frame(["occupancy"])["occupancy"][17] == 1.0
    ax = heat_map(lived, "occupancy", ax=axes(1)[0])
    drawn: Any = ax.images[0].get_array()
    assert drawn.shape == (7, 1)
    assert drawn[0, 0] == pytest.approx(lived.frame(["occupancy"])["occupancy"][16])
    assert "Hatched: nobody on duty, which is not 0." in " ".join(texts(ax)).replace("\n", " ")
    busy: Any = heat_map(lived, "agents_busy", ax=axes(1)[0]).images[0].get_array()
    assert busy[0, 17] > 0.0


def test_days_that_the_horizon_does_not_hold_are_left_out_whatever_is_counted():
    """From Wednesday noon to Friday noon."""
    world = tiny_world(time={"warm_up": "60 h", "horizon": "48 h", "follow_up": "1 d"})
    lived = replicate(world, replications=2, measures=(), parting=parting(world, 720))
    for column in ("offered", "agents_scheduled", "occupancy"):
        drawn: Any = heat_map(lived, column, ax=axes(1)[0]).images[0].get_array()
        assert (
            drawn.mask.tolist()
            == [[True, True]] * 2 + [[True, False], [False, False], [False, True]] + [[True, True]] * 2
        )


def test_money_is_drawn_with_its_unit():
    """A Monday at 24 EUR/h for two agents to 8:30 and one to 10:00, and 36 for the back."""
    ax = heat_map(by_hand(every="day", by="team"), "staff_eur", ax=axes(1)[0])
    drawn: Any = ax.images[0].get_array()
    assert drawn[0, 0] == pytest.approx(24 * 2.5 + 1.6 + 36 * 24)
    assert "EUR" in ax.get_title(loc="left")


def test_replications_bring_the_reach_of_their_intervals(tmp_path):
    world = tiny_world(time={"horizon": "7 d", "follow_up": "1 d"})
    lived = replicate(world, replications=3, parting=parting(world, 60))
    ax = heat_map(lived, "offered")
    assert "95 % intervals over 3 replications: ±" in " ".join(texts(ax)).replace("\n", " ")
    assert save(ax, tmp_path / "week.png").stat().st_size > 10_000


@pytest.mark.parametrize("every", ["15 min", "day"])
def test_quarters_and_days_are_drawn_too(every: str, tmp_path):
    assert save(heat_map(by_hand(every=every), "queue_length"), tmp_path / "week.svg").stat().st_size > 10_000


def test_where_there_is_nothing_to_count_it_says_so():
    world = hand_world(**HOURS)
    ax = heat_map(of_history(history(world, "600 APPEARED"), parting(world)), "speed_of_answer", ax=axes(1)[0])
    assert "there is nothing that speed of answer counts" in ax.get_title(loc="left")


@pytest.mark.parametrize(
    ("asked", "column", "said"),
    [
        (by_hand(every="whole"), None, "whole horizon"),
        (by_hand(), "longest_queue", "longest_queue cannot be"),
        (by_hand(), "ocupancy", "did you mean occupancy"),
        (by_hand().frame("offered"), None, "no intervals: ask for them with parting="),
    ],
)
def test_what_cannot_be_drawn_is_refused(asked: Any, column: Any, said: str):
    with pytest.raises(ValueError, match=said):
        heat_map(asked, column)
