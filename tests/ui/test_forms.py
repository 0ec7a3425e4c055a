"""What turns a key on the page says what the model says: its unit, its meaning, the values it is usually turned to."""

from __future__ import annotations

import pytest

from sim.reading import load, variant, written
from sim.reading.fields import keys
from sim.reading.meaning import meaning
from sim.reading.trees import standing_at
from sim.ui.parts.forms import Choice, Range, Steps, Switch, form_of
from sim.world.facts import Usual, UsualTimes

BASE = load("base")
CUTS = ("10 min", "15 min", "20 min", "30 min", "45 min", "never")


def changed(place, value):
    """Return the base world with one key changed."""
    for name in reversed(place):
        value = {name: value}
    return variant(BASE, value)


def test_a_price_is_turned_between_nothing_and_a_euro_in_cents():
    form = form_of(load("hotline_2005"), "tariff.price_per_minute")
    assert form == Range("price per minute", 0, 1, 0.34, 0.01, meaning("tariff.price_per_minute"), "EUR")
    assert "(EUR)" in form.help


def test_a_price_beyond_what_is_usual_can_be_turned_back():
    dear = changed(("tariff", "price_per_minute"), 1.5)
    assert form_of(dear, "tariff.price_per_minute")[1:4] == (0, 1.5, 1.5)


def test_a_worlds_own_cut_is_among_those_to_choose_from():
    odd = changed(("levers", "time", "cut_after"), "25 min")
    assert form_of(BASE, "levers.time.cut_after")[:3] == ("cut after", CUTS, "never")
    assert form_of(odd, "levers.time.cut_after")[1:3] == ((*CUTS[:3], "25 min", *CUTS[3:]), "25 min")


def test_what_takes_one_of_some_words_is_a_choice_and_what_is_so_or_not_a_switch():
    assert form_of(BASE, "tariff.hold_billed")[1:3] == (
        ("always", "never", "own_network_free"),
        BASE.tariff.hold_billed,
    )
    assert isinstance(form_of(BASE, "tariff.hold_billed"), Choice)
    assert form_of(BASE, "levers.price.free") == Switch("free", False, meaning("levers.price.free"))


def test_a_share_is_turned_from_nothing_to_all_whether_it_is_a_key_or_stands_in_a_table():
    assert form_of(BASE, "levers.knowledge.misrouted")[1:5] == (0.0, 1.0, 0.0, 0.05)
    front = form_of(load("empowered"), "levers.knowledge.competent.front")
    assert isinstance(front, Range)
    assert (front.own, front.unit, front.help) == (0.9, "share", meaning("levers.knowledge.competent"))


@pytest.mark.parametrize("key", ["levers.time.cut_afer", "teams.front.wage"])
def test_what_is_no_key_or_has_no_usual_values_is_refused(key):
    with pytest.raises(KeyError, match=key):
        form_of(BASE, key)


TURNED = [(place, key) for place, key in keys() if key.fact(Usual) or key.fact(UsualTimes)]


@pytest.mark.parametrize(("place", "key"), TURNED, ids=lambda one: ".".join(one) if isinstance(one, tuple) else "")
def test_all_usual_values_are_possible_ones_and_what_they_mean_is_said(place, key):
    form = form_of(BASE, ".".join(place))
    assert isinstance(form, (Steps, Range))
    ends = form.options[:-1] if isinstance(form, Steps) else (form.low, form.high)
    assert [standing_at(written(changed(place, value)), *place) for value in ends] == list(ends)
    assert form.help
