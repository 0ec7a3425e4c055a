"""What turns a key on the page says what the model says: its unit, its meaning, the values it is usually turned to."""

from __future__ import annotations

import pytest

from sim.scenario import load, variant, written
from sim.scenario.fields import keys
from sim.scenario.meaning import meaning
from sim.scenario.trees import standing_at
from sim.scenario.world.facts import Usual, UsualTimes
from sim.ui.forms import Range, Steps, form_of

BASE = load("base")
CUTS = ("never", "10 min", "15 min", "20 min", "30 min", "45 min")


def changed(place, value):
    """Return the base world with one key changed."""
    for name in reversed(place):
        value = {name: value}
    return variant(BASE, value)


def test_a_price_is_turned_between_nothing_and_a_euro_in_cents():
    form = form_of(load("hotline_2005"), "tariff.price_per_minute")
    assert form == Range("hotline_2005: price per minute (EUR)", 0, 1, 0.34, 0.01, meaning("tariff.price_per_minute"))
    assert "(EUR)" in form.help


def test_a_price_beyond_what_is_usual_can_be_turned_back():
    dear = changed(("tariff", "price_per_minute"), 1.5)
    assert form_of(dear, "tariff.price_per_minute")[1:4] == (0, 1.5, 1.5)


def test_a_worlds_own_cut_is_among_those_to_choose_from():
    odd = changed(("levers", "time", "cut_after"), "25 min")
    assert form_of(BASE, "levers.time.cut_after")[:3] == ("base: cut after", CUTS, "never")
    assert form_of(odd, "levers.time.cut_after")[1:3] == ((*CUTS, "25 min"), "25 min")


@pytest.mark.parametrize("key", ["levers.time.cut_afer", "teams.front.wage"])
def test_what_is_no_key_or_has_no_usual_values_is_refused(key):
    with pytest.raises(KeyError, match=key):
        form_of(BASE, key)


TURNED = [(place, key) for place, key in keys() if key.fact(Usual) or key.fact(UsualTimes)]


@pytest.mark.parametrize(("place", "key"), TURNED, ids=lambda one: ".".join(one) if isinstance(one, tuple) else "")
def test_all_usual_values_are_possible_ones_and_what_they_mean_is_said(place, key):
    form = form_of(BASE, ".".join(place))
    ends = form.options[1:] if isinstance(form, Steps) else (form.low, form.high)
    assert [standing_at(written(changed(place, value)), *place) for value in ends] == list(ends)
    assert form.help
