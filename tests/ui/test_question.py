"""What is asked on the page Compare, and the worlds that makes."""

from __future__ import annotations

import pytest

from sim.reading import load, same_population, variant
from sim.study.searching.staffing import paid_hours
from sim.ui.comparing.question import Question, Strangers, companions
from sim.ui.comparing.work import part
from sim.ui.state import worlds

PAIR = ("double_peine", "empowered")


def test_nothing_changed_leaves_the_worlds_as_they_are():
    assert Question(*PAIR).worlds() == (load("double_peine"), load("empowered"))


def test_the_load_is_common_to_both():
    first, second = Question(*PAIR, load=50).worlds()
    assert first.population.problems_per_day == load("double_peine").population.problems_per_day / 2
    assert same_population(first, second)


def test_a_key_is_turned_in_the_world_it_is_meant_for_alone():
    asked = Question(*PAIR, of_first=("levers.time.cut_after=10 min",), of_second=("levers.authority.limit=20.0",))
    first, second = asked.worlds()
    assert (first.levers.time.cut_after, second.levers.time.cut_after) == (10.0, None)
    assert (first.levers.authority.limit, second.levers.authority.limit) == (0.0, 20.0)


@pytest.mark.parametrize("percent", [50, 100, 130])
def test_the_second_world_has_its_part_of_its_own_agents(percent):
    """To the nearest half-hour for each of the two teams."""
    _, second = Question(*PAIR, staff=percent).worlds()
    assert paid_hours(second) == pytest.approx(paid_hours(load("empowered")) * percent / 100, abs=0.5)


def test_own_staff_is_a_way_of_its_own_where_it_is_another():
    assert Question(*PAIR).ways() == ("staff", "service")
    assert Question(*PAIR, staff=110).ways() == ("none", "staff", "service")


def test_the_command_asks_for_what_is_turned_and_for_nothing_else():
    assert Question(*PAIR, replications=4, seed=3).command() == (
        "python3 -m uv run python -m sim compare double_peine empowered --days 7 --replications 4 --seed 3"
    )
    turned = Question(*PAIR, load=90, of_first=("levers.time.cut_after=none",), of_second=("levers.price.free=false",))
    assert "--load 90 --set-first levers.time.cut_after=none --set-second levers.price.free=false" in turned.command()


def test_worlds_with_other_customers_are_refused_and_those_that_fit_are_known():
    with pytest.raises(Strangers, match="double_peine and base have other customers"):
        Question("double_peine", "base").ways()
    known = companions("double_peine")
    assert {"empowered", "hotline_2005", "abolition"} <= {*known}
    assert not {"double_peine", "base", "silence"} & {*known}
    assert all(same_population(load("double_peine"), load(one)) for one in known)


def test_the_same_figures_have_the_same_key_however_they_were_asked_for():
    own = Question(*PAIR).key()
    assert Question(*PAIR, of_first=("levers.time.cut_after=20 min",)).key() == own
    assert Question(*PAIR, of_first=("levers.time.cut_after=15 min",)).key() != own
    assert Question(*PAIR, seed=2).key() != own
    assert Question(*PAIR).in_way("service").key() != own


def test_a_world_of_another_name_and_the_same_values_has_a_key_of_its_own(monkeypatch):
    """The names stand in what is shown."""
    monkeypatch.setattr(worlds, "world", lambda name: variant(load("double_peine"), {}, name=name))
    assert Question("one", "two").key() != Question("one", "three").key()


@pytest.mark.parametrize("small", [False, True])
@pytest.mark.parametrize("many", [2, 3, 4, 5, 7, 9, 10, 33, 200])
def test_all_replications_are_lived_once_and_never_one_by_itself(many, small):
    """Two are the fewest from which a difference has an interval."""
    lived: list[range] = []
    while len(done := [at for one in lived for at in one]) < many:
        lived.append(part(len(done), many, whole=False, small=small))
    assert done == list(range(many))
    assert min(map(len, lived)) >= 2
    assert len(lived[0]) <= 3
    assert not small or max(map(len, lived)) <= 3
    assert part(0, many, whole=True, small=small) == range(many)
