"""What `diff` prints: what differs, with its unit, however long it is."""

from __future__ import annotations

import pytest

from sim.cli.differing import differing
from sim.reading import load, variant

BASE = load("base")
HOURS = {f"{day} {hour:02d}:00-{hour + 1:02d}:00": 5 for day in ("mon", "tue", "wed") for hour in range(8, 20)}


def staffed(**hours):
    return variant(BASE, {"teams": {"front": {"staff": HOURS | hours}}})


def test_long_values_that_differ_in_the_middle_show_where():
    """36 hours that are alike but for one: it is seen with its neighbours, the rest is left out."""
    printed = differing(staffed(), staffed(**{"tue 12:00-13:00": 7}))
    (head, *rows) = printed.splitlines()
    assert head.split() == ["base", "base"]
    assert "5 tue 12:00-13:00" in printed
    assert "7 tue 12:00-13:00" in printed
    assert "5 tue 11:00-12:00" in printed
    assert "mon 08:00" not in printed
    assert "wed 19:00" not in printed
    assert "..." in printed
    assert max(map(len, rows)) <= 120


def test_nothing_that_differs_is_left_out_however_long():
    other = variant(BASE, {"teams": {"front": {"staff": {key: at + 1 for at, key in enumerate(HOURS)}}}})
    printed = differing(staffed(), other)
    for at, hours in enumerate(HOURS):
        assert f"{at + 1} {hours}" in printed  # a part is never broken over two lines
    assert max(map(len, printed.splitlines())) <= 120


def test_a_list_that_only_goes_on_shows_what_comes_then():
    printed = differing(staffed(), staffed(**{"wed 20:00-21:00": 3}))
    assert "3 wed 20:00-21:00" in printed


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"teams": {"front": {"wage": 41}}}, "teams.front.wage (EUR/h)"),
        ({"tariff": {"price_per_minute": 0.17}}, "tariff.price_per_minute (EUR)"),
        ({"tariff": {"cap": 3}}, "tariff.cap (EUR)"),
        ({"levers": {"memory": {"cost_per_hour": 0.3}}}, "levers.memory.cost_per_hour (EUR/h)"),
        ({"levers": {"memory": {"redone": 0.3}}}, "levers.memory.redone "),
        ({"teams": {"front": {"talk": "9 min"}}}, "teams.front.talk "),  # a duration bears its own
    ],
)
def test_money_is_named_with_its_unit(changes, named):
    (_, row) = differing(BASE, variant(BASE, changes)).splitlines()
    assert row.startswith(f"{named} ")


def test_a_world_does_not_differ_from_itself():
    assert differing(BASE, BASE) == "base and base are the same world."
