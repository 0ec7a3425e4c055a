"""Two worlds are told apart key by key, in a planner's writing; what is equal has an equal digest."""

from __future__ import annotations

import pytest

from sim.reading import (
    Change,
    difference,
    difference_table,
    digest,
    load,
    population_differences,
    same_population,
    variant,
    written,
)
from sim.reading.difference import in_words

BASE = load("base")


def test_a_world_does_not_differ_from_itself():
    assert difference(BASE, load("base")) == ()
    assert difference_table(BASE, BASE) == "base and base are the same world."


def test_a_difference_is_written_as_a_planner_writes_it():
    other = variant(
        BASE,
        {
            "levers": {"time": {"cut_after": "1200 s"}, "price": {"free": True}},
            "line": {"open": ["mon-sun 08:00-22:00"], "lines": 30},
            "teams": {"front": {"staff": 6, "after_call": {"law": "exponential", "mean": "90 s"}}},
        },
    )
    assert difference(BASE, other) == (
        Change("line.lines", "none", "30"),
        Change("line.open", "mon-fri 08:00-20:00, sat 09:00-18:00", "mon-sun 08:00-22:00"),
        Change("teams.front.staff", "4 mon-fri 08:00-20:00, 3 sat 09:00-18:00", "6"),
        Change("teams.front.after_call", "lognormal, mean 1 min, cv 1", "exponential, mean 1.5 min"),
        Change("levers.price.free", "no", "yes"),
        Change("levers.time.cut_after", "none", "20 min"),
    )


def test_what_only_one_world_has_is_told_as_absent():
    other = variant(BASE, {"paths": {"too_hard": "none"}})
    assert Change("paths.too_hard.to", "1 second", "-") in difference(BASE, other)


def test_the_table_names_the_worlds_and_keeps_to_three_columns():
    lines = difference_table(BASE, variant(BASE, {"teams": {"front": {"staff": 6}}}, name="more")).splitlines()
    assert lines[0].split() == ["base", "more"]
    assert lines[1].split(maxsplit=1)[0] == "teams.front.staff"
    assert lines[1].endswith("  6")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"law": "constant", "value": "1 min"}, "1 min"),
        ({"law": "mixture", "parts": [{"share": 0.2, "of": {"law": "constant", "value": 1.0}},
                                      {"share": 0.8, "of": {"law": "uniform", "low": 1, "high": 2.5}}]},
         "0.2 of (1) + 0.8 of (uniform, low 1, high 2.5)"),
        ({"law": "empirical", "values": ["1 min", "2 min"]}, "empirical, values 1 min, 2 min"),
        ({}, "none"),
    ],
)  # fmt: skip
def test_values_are_said_in_words(value, words):
    assert in_words(value) == words


def test_worlds_of_one_population_may_be_compared():
    assert same_population(BASE, variant(BASE, {"teams": {"front": {"staff": 9}}, "levers": {"price": {"free": True}}}))
    other = variant(BASE, {"population": {"again": {"persistence": 0.9}}})
    assert not same_population(BASE, other)
    assert population_differences(BASE, other) == (Change("population.again.persistence", "0.85", "0.9"),)


def test_the_order_of_reasons_and_classes_counts_since_luck_goes_by_it():
    tree = written(BASE)
    turned = dict(reversed(tree["population"]["reasons"].items()))
    other = BASE.model_copy(update={"population": type(BASE.population).model_validate(
        {**tree["population"], "reasons": turned})})  # fmt: skip
    assert BASE.population != other.population
    assert not same_population(BASE, other)
    assert digest(BASE) != digest(other)
    classes = variant(BASE, {"population": {"reasons": {"billing": {"difficulty": {"hard": 0.1, "easy": 0.9}}}}})
    assert not same_population(BASE, classes)
    assert digest(BASE) != digest(classes)


def test_shifts_and_laws_of_talks_are_told_in_words():
    """A shift without breaks says so."""
    shift = {"agents": 2, "hours": ["mon-fri 08:00-16:00"], "lunches": ["12:00-12:30"]}
    talk = {"law": "lognormal", "mean": "8 min", "cv": 0.9}
    told = {
        change.key: change.second
        for change in difference(
            "base", variant("base", {"teams": {"front": {"staff": 0, "shifts": {"day": shift}, "talk": talk}}})
        )
    }
    assert told["teams.front.talk"] == "lognormal, mean 8 min, cv 0.9"
    assert told["teams.front.shifts.day.agents"] == "2"
    assert told["teams.front.shifts.day.hours"] == "mon-fri 08:00-16:00"
    assert (told["teams.front.shifts.day.breaks"], told["teams.front.shifts.day.lunches"]) == ("none", "12:00-12:30")
