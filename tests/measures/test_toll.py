"""The toll of calls under each rule of a tariff, worked by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.history.rows import Activity
from sim.measures import measure, reprice
from sim.measures.rules.calls import CALL
from sim.measures.rules.toll import bill
from sim.world import Tariff
from tests.measures.strips import (
    ABANDONED,
    BLOCKED,
    CLEAN,
    CUT_TWICE_TOLD,
    RUNG_BACK,
    TRANSFERRED,
    asked,
    hand_world,
    history,
    later,
)


def toll(strip: str, other_network: bool = False, **tariff: Any) -> float:
    made = asked(hand_world(tariff=tariff), strip, other_network=other_network)
    return float(made.tolls.total.sum())


def test_a_cut_call_pays_the_whole_wait_again():
    """Two calls of 20 and 5 minutes are 25 paid minutes: at .34 EUR a minute 8.50 EUR, 13 of them for holding."""
    made = asked(hand_world(tariff={"price_per_minute": 0.34}), CUT_TWICE_TOLD)
    assert made.tolls.total.sum() == pytest.approx(25 * 0.34)
    above, below = measure(made, ["hold_share_of_toll"])["hold_share_of_toll"]
    assert above / below == pytest.approx(13 / 25)


def test_only_the_hold_before_the_first_agent_is_hold_of_the_toll():
    """Of 22 minutes, 1 of menu and 2 of hold; transfer and approval hold stand with the rest."""
    tolls = asked(hand_world(tariff={"price_per_minute": 1}), TRANSFERRED).tolls
    assert (tolls.of_hold[0], tolls.of_rest[0]) == (pytest.approx(3), pytest.approx(19))


def test_an_abandoned_call_is_paid_and_a_blocked_one_is_not():
    """Eight minutes of menu and hold; no line, no meter."""
    assert toll(ABANDONED, price_per_minute=0.34) == pytest.approx(8 * 0.34)
    assert toll(BLOCKED, price_per_minute=0.34, price_per_call=1.35) == 0


def test_a_price_per_call_is_due_when_the_meter_starts():
    """Who abandons has paid it where the meter starts at pick-up, and not where it starts with the agent."""
    assert toll(ABANDONED, price_per_call=1.35) == pytest.approx(1.35)
    assert toll(ABANDONED, price_per_call=1.35, starts="first_agent") == 0
    assert toll(CLEAN, price_per_call=1.35, starts="first_agent") == pytest.approx(1.35)


def test_a_price_per_call_is_part_of_neither_hold_nor_talk():
    tolls = asked(hand_world(tariff={"price_per_call": 1.35}), CLEAN).tolls
    assert (tolls.of_hold[0], tolls.of_rest[0], tolls.per_call[0]) == (0, 0, 1.35)


def test_a_meter_that_starts_with_the_agent_bills_the_later_holds():
    """22 minutes less menu 1 and hold 2."""
    assert toll(TRANSFERRED, price_per_minute=1, starts="first_agent") == pytest.approx(19)


def test_a_free_hold_frees_the_menu_and_every_hold():
    """22 minutes less menu 1, hold 2, transfer hold 5, approval hold 4."""
    assert toll(TRANSFERRED, price_per_minute=1, hold_billed="never") == pytest.approx(10)


def test_under_the_chatel_law_who_calls_from_another_network_pays_the_hold():
    """Menu 1, hold 4, then 10 minutes: 10 from the firm's own network, 15 from another (loi 2008-3, L.224-38)."""
    chatel = {"price_per_minute": 1.0, "hold_billed": "own_network_free"}
    assert toll(CLEAN, other_network=False, **chatel) == pytest.approx(10)
    assert toll(CLEAN, other_network=True, **chatel) == pytest.approx(15)


def test_under_the_chatel_law_nobody_pays_anything_before_somebody_answers():
    """A price per call, and a caller who hangs up in the hold: only the other network charges him."""
    given_up = "600 APPEARED\n600 DIALLED\n600 PICKED_UP\n600 QUEUED\n604 ABANDONED\n604 CALL_ENDED"
    chatel = {"price_per_call": 0.5, "price_per_minute": 0.1, "hold_billed": "own_network_free"}
    assert toll(given_up, other_network=False, **chatel) == 0
    assert toll(given_up, other_network=True, **chatel) == pytest.approx(0.5 + 4 * 0.1)
    assert toll(CLEAN, other_network=False, **chatel) == pytest.approx(0.5 + 10 * 0.1)


@pytest.mark.parametrize(
    ("part", "minutes"),
    [("menu", 1), ("hold", 2), ("transfer_hold", 5), ("approval_hold", 4), ("talk", 10)],
)
def test_what_is_not_billed_is_left_out(part: str, minutes: float):
    """The 22 minutes of the transferred call, less one of its parts."""
    assert toll(TRANSFERRED, price_per_minute=1, billed={part: False}) == pytest.approx(22 - minutes)


@pytest.mark.parametrize(("end", "billed"), [(4.3, 5), (5.0, 5), (5.001, 6)])
def test_started_minutes_are_counted_on_the_whole_call(end: float, billed: int):
    """2.1 minutes of hold and the rest of talk: the sum is rounded up, not each spell, and a whole number stays."""
    strip = f"""
        0.3 APPEARED
        0.3 DIALLED
        0.3 PICKED_UP
        0.3 QUEUED
        2.4 ANSWERED front:0
        2.4 TALKING
        {0.3 + end} SOLVED
        {0.3 + end} LEFT_AGENT 0
        {0.3 + end} CALL_ENDED
    """
    tolls = asked(hand_world(tariff={"price_per_minute": 1, "rounding": "minute"}), strip).tolls
    assert tolls.total[0] == pytest.approx(billed)
    assert tolls.of_hold[0] == pytest.approx(billed * 2.1 / end)


def lasting(seconds: float) -> str:
    """Write a call that is talk alone."""
    end = 600 + seconds / 60
    return f"""
        600 APPEARED
        600 DIALLED
        600 PICKED_UP
        600 QUEUED
        600 ANSWERED front:0
        600 TALKING
        {end!r} SOLVED
        {end!r} LEFT_AGENT 0
        {end!r} CALL_ENDED
    """


@pytest.mark.parametrize(
    ("steps", "seconds", "billed"),
    [
        ("30/6", 32, 36),
        ("30/6", 57, 60),
        ("30/6", 75, 78),
        ("30/6", 3, 30),
        ("30/6", 30, 30),
        ("30/6", 36, 36),
        ("60/60", 1, 60),
        ("60/60", 60, 60),
        ("60/60", 61, 120),
        ("60/60", 3600, 3600),
        ("90/60", 20, 90),
        ("90/60", 90, 90),
        ("90/60", 91, 150),
        ("60/1", 12.5, 60),
        ("60/1", 75.5, 76),
        ("1/1", 0.2, 1),
        ("1/1", 75.5, 76),
    ],
)
def test_billing_steps_begin_with_one_that_is_always_whole(steps: str, seconds: float, billed: int):
    """30/6 at .006 EUR a minute: calls of 32, 57 and 75 s cost .0036, .0060 and .0078."""
    assert toll(lasting(seconds), price_per_minute=0.006, steps=steps) == pytest.approx(billed / 60 * 0.006, rel=1e-12)


def test_the_hold_has_its_part_of_the_steps():
    """5 minutes of menu and hold of 15: of 960 s + 0 at 1 EUR a minute, a third; the cap takes from all parts alike."""
    tolls = asked(hand_world(tariff={"price_per_minute": 1, "steps": "960/60"}), CLEAN).tolls
    assert (tolls.of_hold[0], tolls.of_rest[0]) == (pytest.approx(16 / 3), pytest.approx(32 / 3))
    capped = asked(hand_world(tariff={"price_per_minute": 1, "steps": "960/60", "cap": 8}), CLEAN).tolls
    assert (capped.of_hold[0], capped.of_rest[0]) == (pytest.approx(8 / 3), pytest.approx(16 / 3))


def test_steps_are_counted_on_what_is_billed():
    """Of 15 minutes the 5 of menu and hold are free: ten minutes are the first step of eight and two of ninety s."""
    assert toll(CLEAN, price_per_minute=1, hold_billed="never", steps="480/90") == pytest.approx(8 + 3)


def test_no_step_is_begun_where_nothing_is_billed():
    """Who gives up in a free hold pays no first minute; a call of no length neither."""
    assert toll(ABANDONED, price_per_minute=1, hold_billed="never", steps="60/60") == 0
    assert toll(BLOCKED, price_per_minute=1, steps="60/60") == 0
    assert toll(lasting(0), price_per_minute=1, steps="60/60") == 0


def test_started_minutes_are_steps_of_sixty_seconds():
    for strip in (CLEAN, CUT_TWICE_TOLD, TRANSFERRED, ABANDONED, RUNG_BACK, lasting(61)):
        run = history(hand_world(), strip)
        by_steps = reprice(run, Tariff(price_per_minute=0.34, steps="60/60", hold_billed="always"))
        assert by_steps == reprice(run, Tariff(price_per_minute=0.34, rounding="minute", hold_billed="always"))


@pytest.mark.parametrize("written", ["", "60", "60/", "/6", "0/6", "60/0", "1.5/6", "60-60", "99999/1", "x"])
def test_steps_that_are_none_are_refused(written: str):
    with pytest.raises(ValueError, match="billing step"):
        Tariff(steps=written)


def test_steps_put_in_by_hand_are_looked_at():
    with pytest.raises(ValueError, match="tariff steps is"):
        reprice(history(hand_world(), CLEAN), Tariff().model_copy(update={"steps": "30"}))


def test_the_price_is_that_of_the_time_of_dialling():
    """The 15-minute call at 18:50 stays at the peak price although it ends at 19:05; at 19:00 it is cheaper."""
    prices: dict[str, Any] = {"price_per_minute": 0.028, "off_peak_price_per_minute": 0.014}
    at_18_50, at_19_00, saturday = 18 * 60 + 50 - 600, 19 * 60 - 600, 5 * 1440
    assert toll(later(CLEAN, at_18_50), **prices) == pytest.approx(15 * 0.028)
    assert toll(later(CLEAN, at_19_00), **prices) == pytest.approx(15 * 0.014)
    assert toll(later(CLEAN, saturday), **prices) == pytest.approx(15 * 0.014)


def test_the_week_of_prices_repeats():
    assert toll(later(CLEAN, 10080), price_per_minute=0.2, off_peak_price_per_minute=0.1) == pytest.approx(
        3.0
    )  # 15 minutes at the peak price, the Monday after


def test_no_call_costs_more_than_the_cap():
    """15 minutes at .80 are 12 EUR; with 3 EUR for the call 15; the cap of 10 keeps two thirds of every part."""
    tolls = asked(hand_world(tariff={"price_per_minute": 0.8, "price_per_call": 3, "cap": 10}), CLEAN).tolls
    assert tolls.total[0] == pytest.approx(10)
    assert tolls.per_call[0] == pytest.approx(2)
    assert tolls.of_hold[0] == pytest.approx(5 * 0.8 * 2 / 3)


def test_thirty_minutes_at_eighty_cents_just_reach_the_cap_of_2015():
    """24 EUR are 30 minutes at .80 (Arcep 2012-0856)."""
    strip = "0 APPEARED\n0 DIALLED\n0 PICKED_UP\n0 QUEUED\n{0} ABANDONED\n{0} CALL_ENDED\n{0} GAVE_UP"
    rule: dict[str, Any] = {"price_per_minute": 0.8, "cap": 24}
    assert toll(strip.format(29), **rule) == pytest.approx(23.2)
    assert toll(strip.format(31), **rule) == pytest.approx(24)


def test_after_a_call_back_is_taken_nothing_is_billed():
    """Menu 1 and hold 2 are paid; the eleven minutes of the firm's own call are not."""
    assert toll(RUNG_BACK, price_per_minute=1) == pytest.approx(3)
    assert toll(RUNG_BACK, price_per_minute=1, price_per_call=5, starts="first_agent") == 0


def test_a_free_number_costs_nothing_and_earns_nothing():
    world = hand_world(tariff={"price_per_minute": 0.34, "firm_share": 0.58}, levers={"price": {"free": True}})
    answers = measure(history(world, CLEAN), ["toll_eur_per_problem", "toll_income_eur_per_problem"])
    assert answers == {"toll_eur_per_problem": (0, 1), "toll_income_eur_per_problem": (0, 1)}


def test_another_tariff_reprices_the_same_run():
    """Fifteen minutes at .34 from a run that was free."""
    run = history(hand_world(levers={"price": {"free": True}}), CLEAN)
    assert reprice(run, Tariff(price_per_minute=0.34)).total.tolist() == pytest.approx([15 * 0.34])


TARIFFS = st.builds(
    Tariff,
    price_per_call=st.floats(0, 5),
    price_per_minute=st.floats(0, 2),
    off_peak_price_per_minute=st.none() | st.floats(0, 2),
    rounding=st.sampled_from(["second", "minute"]),
    steps=st.none() | st.sampled_from(["60/60", "30/6", "90/60", "1/1"]),
    starts=st.sampled_from(["pick_up", "first_agent"]),
    hold_billed=st.sampled_from(["always", "never", "own_network_free"]),
    cap=st.none() | st.floats(0, 30),
)


@settings(deadline=None, max_examples=60)
@given(TARIFFS, st.integers(0, 2**32 - 1))
def test_the_parts_of_a_toll_add_up_and_keep_to_the_cap(tariff: Tariff, seed: int):
    """Nothing negative, nothing above cap; by the second the metered toll is minutes times price."""
    luck = np.random.default_rng(seed)
    calls = np.zeros(20, CALL)
    calls["dialled"] = luck.uniform(0, 20000, 20)
    calls["minutes"][:, Activity.MENU : Activity.ENDED] = luck.exponential(3, (20, 7))
    calls["other_network"], calls["call_back"] = luck.random((2, 20)) < 0.3
    calls["picked_up"] = calls["dialled"]
    calls["answered"] = np.where(luck.random(20) < 0.7, calls["dialled"], np.nan)
    tolls = bill(calls, tariff)
    np.testing.assert_allclose(tolls.total, tolls.of_hold + tolls.of_rest + tolls.per_call)
    rounding = 1e-12
    assert min(tolls.of_hold.min(), tolls.of_rest.min(), tolls.per_call.min()) >= -rounding
    if tariff.cap is not None:
        assert tolls.total.max() <= tariff.cap + rounding
    dearest = max(tariff.price_per_minute, tariff.off_peak_price_per_minute or 0)
    first, following = map(int, (tariff.steps or {"second": "0/0", "minute": "60/60"}[tariff.rounding]).split("/"))
    longest = np.maximum(calls["minutes"].sum(axis=1) + following / 60, first / 60)
    assert (tolls.total <= longest * dearest + tariff.price_per_call + rounding).all()
