"""The strip: one customer's hours, marks and euros, against a life worked out by hand."""

from __future__ import annotations

import pytest
from matplotlib.colors import to_rgba

from sim.figures import interesting_customer, journey_strip
from sim.figures.clock import Clock
from sim.figures.journey_strip import times_away
from sim.figures.life import life
from sim.figures.shortened import MOST, LeftOut, shortened
from sim.figures.style import ACTIVITIES
from sim.history.rows import Activity
from sim.measures import tables
from tests.figures.drawn import at, axes, labelled, texts
from tests.measures.strips import hand_world, history

CUT = """
    600 APPEARED
    600 DIALLED
    600 PICKED_UP
    601 QUEUED
    610 ANSWERED front:0
    610 IDENTIFYING
    612 EXPLAINING
    615 TALKING
    620 CUT
    620 LEFT_AGENT 1
    620 CALL_ENDED
    1460 DIALLED
    1460 PICKED_UP
    1461 QUEUED
    1461 ANSWERED front:0
    1461 IDENTIFYING
    1462 EXPLAINING
    1463 TALKING
    1470 SOLVED
    1470 LEFT_AGENT 1
    1470 CALL_ENDED
"""
"""A call cut after 20 minutes, 14 hours away, and one of 10 minutes that solves."""

CLEAN = """
    600 APPEARED
    600 DIALLED
    600 PICKED_UP
    601 QUEUED
    601 ANSWERED front:0
    601 IDENTIFYING
    602 EXPLAINING
    603 TALKING
    606 GRANTED 5
    607 SOLVED
    607 LEFT_AGENT 1
    607 CALL_ENDED
"""
"""Seven minutes, five euros granted."""

ANSWERED_AT_LAST = """
    2000 DIALLED
    2000 PICKED_UP
    2000 QUEUED
    2000 ANSWERED front:0
    2000 TALKING
    2010 SOLVED
    2010 LEFT_AGENT
    2010 CALL_ENDED
"""

HARSH = hand_world(name="harsh", tariff={"price_per_minute": 0.3})
KIND = hand_world(name="kind")


@pytest.fixture
def both():
    """One customer, whose hour is worth 12 euros, in both worlds."""
    return history(HARSH, CUT, value_of_time=12.0), history(KIND, CLEAN, value_of_time=12.0)


def test_the_clock_keeps_time_on_the_telephone_and_cuts_the_rest_short():
    """30 minutes in two stretches, the gap a tenth of them: 20, then 3, then 10 minutes long."""
    clock = Clock.of([(600, 620), (600, 607), (1460, 1470)], gap_share=0.1)
    assert clock.at([600, 607, 620, 1460, 1470]).tolist() == [at(0), at(7), at(20), at(23), at(33)]
    assert clock.length == at(33)


def test_two_calls_a_few_minutes_apart_are_one_stretch():
    assert Clock.of([(0, 10), (15, 20)]).stretches == ((0, 20),)


def test_each_spell_is_a_block_of_its_true_length_in_its_activity(both):
    """The first call: 1 menu, 9 hold, 2 identification, 3 explanation, 5 talk; the second: 1, 0, 1, 1, 7."""
    strip, _ = journey_strip(both, 0, axes(2))
    lengths = {}
    for activity in (Activity.MENU, Activity.HOLD, Activity.IDENTIFICATION, Activity.EXPLANATION, Activity.TALK):
        harsh = next(iter(labelled(strip, activity.name)))
        widths = [path.get_extents().width for path in harsh.get_paths()]
        lengths[activity.name] = [round(width, 9) for width in widths if width > 0]
        assert harsh.get_facecolor()[0] == pytest.approx(to_rgba(ACTIVITIES[activity].colour))
        assert (harsh.get_hatch() or "") == ACTIVITIES[activity].hatch
    assert lengths == {
        "MENU": [1, 1],
        "HOLD": [9],
        "IDENTIFICATION": [2, 1],
        "EXPLANATION": [3, 1],
        "TALK": [5, 7],
    }


def test_each_world_has_its_row(both):
    strip, _ = journey_strip(both, 0, axes(2))
    assert [label.get_text() for label in strip.get_yticklabels()] == ["harsh", "kind"]


def test_the_time_away_is_written_in(both):
    strip, _ = journey_strip(both, 0, axes(2))
    assert "14 h away" in texts(strip)
    assert times_away(life(both[0], 0)) == [(620.0, 1460.0)]


def test_the_cut_the_gesture_and_the_end_are_marked_where_they_fall(both):
    strip, _ = journey_strip(both, 0, axes(2))
    where = {name: [mark.get_xdata()[0] for mark in labelled(strip, name)] for name in ("cut", "gesture", "solved")}
    second_call = 20 + Clock.of([(600, 620), (1460, 1470)]).gap
    assert where == {"cut": [at(20)], "gesture": [at(6)], "solved": [at(second_call + 10), at(7)]}


def test_the_money_runs_with_the_meter_and_stands_still_away_from_it(both):
    """20 and 10 minutes at 30 cents: 6 euros at the cut, still 6 at the next call, 9 at the end."""
    moments, paid = life(both[0], 0).paid
    assert dict(zip(moments.tolist(), paid.tolist(), strict=True)) == pytest.approx(
        {600: 0, 601: 0.3, 610: 3.0, 612: 3.6, 615: 4.5, 620: 6, 1460: 6, 1461: 6.3, 1462: 6.6, 1463: 6.9, 1470: 9}
    )


def test_the_own_time_is_added_at_its_value(both):
    """Half an hour at 12 euros: 6 more than the toll."""
    assert life(both[0], 0).spent[1][-1] == at(15.0)


def test_a_gesture_is_a_step_down_for_him_who_receives_it(both):
    moments, paid = life(both[1], 0).paid
    assert [euros for moment, euros in zip(moments, paid, strict=True) if moment == 606] == [at(0), at(-5)]


def test_a_price_per_call_and_a_cap_end_at_the_toll_that_is_measured():
    """A call of 20 minutes, 15 cents to begin with, capped at 2 euros, and one of 10 minutes: 2 + 2."""
    tariff = {"price_per_call": 0.15, "price_per_minute": 0.3, "cap": 2.0}
    lived = life(history(hand_world(tariff=tariff), CUT), 0)
    assert lived.paid[1][-1] == at(4.0)


def test_the_title_tells_both_stories(both):
    strip, money = journey_strip(both, 0, axes(2))
    assert strip.get_title(loc="left") == (
        "Customer 0: 2 calls, 30 min and 9.00 EUR in harsh (solved);\n1 call, 7 min and −5.00 EUR in kind (solved)"
    )
    assert money.get_ylabel() == "EUR so far"
    assert {"9.00 paid", "15.00 with own time", "−5.00 paid"} <= set(texts(money))


def test_a_journey_that_has_not_ended_is_called_open():
    """On the telephone until the run ends, ten days after Monday 00:00."""
    still = """
        14000 APPEARED
        14000 DIALLED
        14000 PICKED_UP
        14001 QUEUED
    """
    lived = life(history(HARSH, still), 0)
    assert (lived.end, lived.spells["end"][-1]) == ("still open", 14400.0)


def test_a_customer_who_is_not_there_is_refused(both):
    with pytest.raises(ValueError, match="customer is 7: it has to be the place of a customer, from 0 to 0"):
        journey_strip(both, 7, axes(2))


def test_the_strip_needs_two_axes(both):
    with pytest.raises(ValueError, match="needs 2 axes"):
        journey_strip(both, 0, axes(1))


def test_the_customer_in_the_middle_and_the_one_at_the_top_are_chosen():
    """Three customers lose nothing, one call, or two calls more in the first world than in the second."""
    twice = CUT.replace("1470 SOLVED", "1470 UNSOLVED").rstrip() + ANSWERED_AT_LAST
    first, second = history(HARSH, CUT, twice, CLEAN), history(KIND, CLEAN, CLEAN, CLEAN)
    assert interesting_customer(first, second, "median") == 0
    assert interesting_customer(first, second, "worst") == 1
    assert interesting_customer(first, second, 2) == 2


def test_the_typical_customer_never_comes_to_the_limit_of_attempts():
    """Two of three made all the attempts anyone makes: the third is drawn, unless everybody did."""
    limit = hand_world(name="harsh", population={"again": {"most_attempts": 2}})
    gave_up = CUT.replace("1470 SOLVED", "1470 UNSOLVED") + "    1470 LIMIT_REACHED\n    1470 GAVE_UP\n"
    first, second = history(limit, gave_up, gave_up, CLEAN), history(limit, CLEAN, CLEAN, CLEAN)
    assert tables(first).journeys["exhausted"].tolist() == [True, True, False]
    assert interesting_customer(first, second) == 2
    assert interesting_customer(first, second, "worst") in (0, 1)
    everybody = history(limit, gave_up), history(limit, CLEAN)
    assert interesting_customer(*everybody) == 0


def calls(many: int) -> str:
    """Write a life of so many calls of two minutes, one an hour, the last of which solves."""
    told = ["600 APPEARED"]
    for start in range(600, 600 + 60 * many, 60):
        told += [f"{start} DIALLED", f"{start} PICKED_UP", f"{start} QUEUED"]
        told += [f"{start + 2} ABANDONED", f"{start + 2} CALL_ENDED"]
    return "\n".join(told)


def test_a_life_of_many_calls_is_drawn_by_its_first_and_its_last():
    """Of 40 calls of two minutes 14 are drawn; of the other 26 it is written that they took 52 minutes."""
    lived = life(history(HARSH, calls(40)), 0)
    kept, left_out = shortened(lived)
    assert len(set(kept.spells["contact"].tolist())) == MOST == 14
    assert left_out == LeftOut(600 + 10 * 60, 600 + 35 * 60 + 2, 26, 52.0)
    assert (kept.paid, len(kept.marks)) == (lived.paid, 14)
    strip, _ = journey_strip([history(HARSH, calls(40)), history(KIND, CLEAN)], 0, axes(2))
    assert "26 calls, 52 min\nnot drawn" in texts(strip)
    assert "40 calls (26 not drawn), 80 min" in strip.get_title(loc="left")


def test_a_life_that_can_be_drawn_is_drawn_whole():
    lived = life(history(HARSH, calls(MOST)), 0)
    assert shortened(lived) == (lived, None)


def test_choosing_says_what_is_wrong(both):
    with pytest.raises(ValueError, match="which is 3: it has to be the place of a customer"):
        interesting_customer(both[0], both[1], 3)
    with pytest.raises(ValueError, match="not of the same customers"):
        interesting_customer(both[0], history(KIND, CLEAN, CLEAN))
    open_still = history(HARSH, "600 APPEARED\n600 DIALLED\n600 PICKED_UP\n600 QUEUED")
    with pytest.raises(ValueError, match="no journey ended in both"):
        interesting_customer(open_still, open_still)


BOTH_WAYS = """
    600 APPEARED
    600 WROTE 1
    605 SENT
    700 DIALLED
    700 PICKED_UP
    700 QUEUED
    710 ABANDONED
    710 CALL_ENDED
    800 WROTE 1
    803 SENT
    830 GAVE_UP
"""


def test_the_title_counts_contacts_through_other_channels_too():
    """Five minutes and three of writing, ten of holding."""
    world = hand_world(name="shop", messages={"mail": {"team": "front", "patience": "1 d"}})
    strip, _ = journey_strip([history(world, BOTH_WAYS)], 0)
    assert "1 call, 2 other contacts, 18 min and 0.00 EUR in shop (gave up)" in strip.get_title(loc="left")
