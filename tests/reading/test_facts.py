"""What is known of a key, on its field, is told where somebody writes it otherwise."""

from __future__ import annotations

from typing import Any

import pytest

from sim.reading import WorldError, load, mistakes_in, variant
from sim.reading.border import check_world
from tests.worlds import tiny_world

BASE = load("base")
REASON = BASE.population.reasons["billing"].model_dump(mode="json")
SEGMENT = BASE.population.segments["private"].model_dump(mode="json")
TEAM, PATH = {"staff": 1, "talk": "8 min", "wage": 20}, {"from": "second", "to": "front", "when": "unsolved"}
TWO_LINES = "two\nlines"


def refused(changes: dict[str, Any]) -> str:
    """Return what is said of a base world with changes."""
    with pytest.raises(WorldError) as raised:
        variant(BASE, changes)
    return str(raised.value)


def at(key: str, value: Any) -> dict[str, Any]:
    """Write a value at a key."""
    for name in reversed(key.split(".")):
        value = {name: value}
    return value


@pytest.mark.parametrize(
    ("table", "entry"),
    [
        ("teams", TEAM),
        ("paths", PATH),
        ("population.reasons", {**REASON, "share": 0}),
        ("population.segments", {**SEGMENT, "share": 0}),
        ("population.reasons.billing.difficulty", 0.5),
    ],
)
def test_a_name_that_a_user_gives_fits_a_line(table, entry):
    assert "as a name is not one line" in refused(at(table, {TWO_LINES: entry}))


@pytest.mark.parametrize(
    "key",
    [
        "line.menu",
        "teams.front.talk",
        "teams.front.after_call",
        "levers.authority.approval",
        "levers.memory.identification",
        "levers.memory.identification_again",
        "levers.memory.explanation",
    ],
)
def test_what_an_agent_or_a_menu_takes_is_over_in_a_day(key):
    table, _, last = key.rpartition(".")
    assert f"[{table}] {last} lasts 2 d: a day is the most" in refused(at(key, "2 d"))


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("lock_in", 1.5, "comes to 1.5: 1 is the most"),
        ("hours_of_use", 25, "comes to 25 h a day: 24 h a day is the most"),
        ("value_of_time", 2e5, "comes to 200000 EUR an hour: 100000 EUR an hour is the most"),
        ("outage_value", 2e6, "comes to 2e+06 EUR an hour: 1e+06 EUR an hour is the most"),
        ("worth", {"law": "exponential", "mean": 9e8}, "EUR a year: 1e+09 EUR a year is the most"),
    ],
)
def test_no_customer_has_more_than_there_is(key, value, said):
    assert said in refused(at(f"population.segments.private.{key}", value))


@pytest.mark.parametrize("lever", ["price", "knowledge", "authority", "access", "memory", "time", "follow_through"])
def test_every_lever_can_be_taken_away_as_if_it_stood_in_no_file(lever):
    turned = variant(BASE, at(f"levers.{lever}.cost_per_hour", 7.0))
    assert getattr(variant(turned, at(f"levers.{lever}", "none")).levers, lever) == type(getattr(BASE.levers, lever))()


@pytest.mark.parametrize(
    "changes",
    [
        {"teams": {"front": {"solve": {"nowhere": 0.5}}}},
        {"levers": {"knowledge": {"solve": {"nobody": {"plain": 0.5}}}}},
        {"population": {"reasons": {"any": {"share": 1.0, "difficulty": {"odd": 1.0}}}}},
    ],
    ids=["class", "team", "class without a chance"],
)
def test_names_that_do_no_harm_are_lived_with_in_a_world_without_a_file(changes):
    world = tiny_world(teams={"front": {"solve": {"plain": 0.5}}})
    odd = tiny_world(**{"teams": {"front": {"solve": {"plain": 0.5}}}, **changes})
    assert mistakes_in(odd)
    check_world(odd)
    assert not mistakes_in(world)
