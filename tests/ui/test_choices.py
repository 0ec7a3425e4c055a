"""What is chosen on the page, and the worlds that makes."""

from __future__ import annotations

import pytest

from sim.reading import load, same_population
from sim.study.searching.staffing import paid_hours
from sim.ui.choices import Choices, pair_to_begin_with

PAIR = ("double_peine", "empowered")


def test_nothing_changed_leaves_the_worlds_but_for_their_horizon():
    first, second = Choices(*PAIR).worlds()
    own = load("double_peine")
    assert (first.tariff, first.levers, first.teams) == (own.tariff, own.levers, own.teams)
    assert second.levers == load("empowered").levers
    assert (first.time.warm_up, first.time.follow_up) == (own.time.warm_up, own.time.follow_up)
    assert first.time.horizon == 7 * 1440


def test_the_load_is_common_to_both():
    first, second = Choices(*PAIR, load_percent=50).worlds()
    assert first.population.problems_per_day == load("double_peine").population.problems_per_day / 2
    assert same_population(first, second)


def test_price_and_cut_change_the_first_world_alone():
    first, second = Choices(*PAIR, price=0.15, cut_after="10 min").worlds()
    assert (first.tariff.price_per_minute, first.levers.time.cut_after) == (0.15, 10.0)
    assert (second.tariff, second.levers) == (load("empowered").tariff, load("empowered").levers)


def test_a_cut_can_be_taken_away():
    assert Choices(*PAIR, cut_after="never").worlds()[0].levers.time.cut_after is None


@pytest.mark.parametrize("percent", [50, 100, 130])
def test_the_second_world_has_its_part_of_its_own_agents(percent):
    """To the nearest half-hour for each of the two teams."""
    _, second = Choices(*PAIR, staff_percent=percent).worlds()
    assert paid_hours(second) == pytest.approx(paid_hours(load("empowered")) * percent / 100, abs=0.5)


def test_own_staff_is_a_way_of_its_own_where_it_is_another():
    assert Choices(*PAIR).ways() == ("staff", "service")
    assert Choices(*PAIR, staff_percent=110).ways() == ("none", "staff", "service")


def test_the_command_asks_for_what_is_chosen_and_for_nothing_that_is_as_it_was():
    own = load("double_peine")
    plain = Choices(*PAIR, price=own.tariff.price_per_minute, cut_after="20 min", days=7, replications=4, seed=3)
    assert plain.command() == (
        "python3 -m uv run python -m sim compare double_peine empowered --days 7 --replications 4 --seed 3"
    )
    turned = Choices(*PAIR, load_percent=90, price=0.1, cut_after="never", staff_percent=120)
    assert "--load 90 --price 0.1 --cut none --staff 120 --days 7" in turned.command()


def test_the_best_known_pair_comes_first():
    assert pair_to_begin_with() == PAIR


def test_worlds_with_other_customers_are_refused_and_those_that_fit_are_named():
    with pytest.raises(ValueError, match="other customers") as refused:
        Choices("double_peine", "base").worlds()
    assert "empowered" in str(refused.value)


@pytest.mark.parametrize(
    ("changes", "quick"),
    [
        ({}, True),  # 260.4 problems in each of 58 days, 10 times in 2 worlds: 302 thousand
        ({"load_percent": 148}, True),  # 447 thousand
        ({"load_percent": 148, "days": 8}, False),  # 455 thousand
        ({"replications": 16}, False),  # 483 thousand
        ({"second": "base"}, True),  # a mistake is told at once
    ],
)
def test_what_takes_long_is_not_run_at_every_change(changes, quick):
    assert Choices(**{"first": PAIR[0], "second": PAIR[1], **changes}).quick() is quick
