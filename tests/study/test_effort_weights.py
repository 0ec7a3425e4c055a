"""Conclusions on effort for every weight: the form against the simulation, the corners against the inside."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sim
from sim.measures.rules.effort import effort_index
from sim.study.decomposing.linear import Box, Form
from sim.study.decomposing.ranges import RANGES, Range, ranges_of
from sim.study.decomposing.weights import effort_weights, form_of, weighed_by
from sim.study.running.replicate import each_once
from sim.study.running.size import Size, with_days
from tests.study.test_studies_by_hand import WORLD, moved

WORLDS = "hotline_2005", "double_peine"


@pytest.mark.parametrize("name", ["double_peine", "empowered"])
def test_the_form_is_the_effort_at_any_weights(name):
    """Mean and interval, at weights drawn from the ranges, against the world that is lived with them."""
    world, ranges = with_days(sim.load(name), 3), tuple(RANGES.values())
    lived = each_once(weighed_by(world, ranges), Size((0, 1, 2), 6, ids=("effort_index",)))
    form = form_of(lived)
    luck = np.random.default_rng(2)
    for _ in range(3):
        weights = [luck.uniform(one.low, one.high) for one in ranges]
        changes = {
            f"effort.{key}": weight * share
            for one, weight in zip(ranges, weights, strict=True)
            for key, share in one.of.items()
        }
        own = sim.replicate(sim.changed(world, changes), replications=3, seed=6, measures=["effort_index"])
        mean, _, high = own.estimate("effort_index")
        assert mean is not None and high is not None
        assert form.at(weights) == pytest.approx(mean, rel=1e-9)
        assert form.reach(weights) == pytest.approx(high - mean, rel=1e-6)


def forms(weights=3, replications=6):
    """Draw forms: the constant first."""
    number = st.floats(-5, 5)
    row = st.lists(number, min_size=weights + 1, max_size=weights + 1)
    return st.tuples(row, st.lists(row, min_size=replications, max_size=replications)).map(
        lambda both: Form(np.array(both[0]), np.array(both[1]) - np.mean(both[1], axis=0))
    )


BOX = Box(np.array([0.7, 0.5, 1.0]), np.array([1.3, 1.0, 2.0]))


@given(forms(), st.lists(st.floats(0, 1), min_size=3, max_size=3))
def test_nothing_inside_the_box_is_beyond_its_corners(form, parts):
    inside = BOX.low + np.array(parts) * (BOX.high - BOX.low)
    assert form.at(inside) <= form.at(BOX.largest(form)) + 1e-9
    corner = BOX.least_sure(form)
    assert form.at(inside) + form.reach(inside) <= form.at(corner) + form.reach(corner) + 1e-9


@settings(max_examples=40, deadline=None)  # the first one imports SciPy
@given(forms())
def test_the_weights_at_which_it_turns_are_the_nearest(form):
    """On a fine grid nothing nearer to the start is above zero; and what is said to turn does."""
    start, wide = np.array([1.0, 0.8, 1.2]), BOX.high - BOX.low
    turn = BOX.turns(form, start)
    grid = np.stack(np.meshgrid(*(np.linspace(*ends, 9) for ends in zip(BOX.low, BOX.high, strict=True))), -1).reshape(
        -1, 3
    )
    values = form.mean[0] + grid @ form.mean[1:]
    if turn is None:
        assert values.max() < 1e-9
        return
    assert form.at(turn) >= -1e-6
    assert (turn >= BOX.low - 1e-9).all() and (turn <= BOX.high + 1e-9).all()
    far = np.abs((grid - start) / wide).max(axis=1)
    above = far[values > 1e-6]
    assert not len(above) or np.abs((turn - start) / wide).max() <= above.min() + 1e-6


def test_the_turning_point_by_hand():
    """1 - w_1: below zero from 1 on; from a start of 1.2 the weight 1 is nearest, the other stays."""
    box = Box(np.array([0.5, 0.0]), np.array([1.5, 1.0]))
    form = Form(np.array([1.0, -1.0, 0.0]), np.zeros((2, 3)))
    turn = box.turns(form, np.array([1.2, 0.5]))
    assert turn is not None
    assert turn[0] == pytest.approx(1.0)
    assert box.turns(Form(np.array([-2.0, 1.0, 0.0]), np.zeros((2, 3))), np.array([1.2, 0.5])) is None


def test_ranges_are_those_of_the_facts():
    """Section 2.3: 1.0 (0.7 to 1.3), 0.8 (0.5 to 1.0), 0.5 (0.3 to 0.8), 1.2 (1.0 to 2.0); base's are inside."""
    bounds = {name: (one.low, one.now(sim.load("base")), one.high) for name, one in RANGES.items()}
    assert bounds == {
        "repeat": (0.7, 1.0, 1.3),
        "transfer": (0.5, 0.8, 1.0),
        "told_again": (0.3, 0.5, 0.8),
        "cut": (1.0, 1.2, 2.0),
    }
    warm = RANGES["transfer"].of
    assert warm["transfer_warm"] * 0.8 == pytest.approx(sim.load("base").effort.transfer_warm)


def test_every_weight_in_which_effort_is_linear_can_be_swept():
    """Those that cannot are divided by, multiply others, or weigh nothing."""
    from sim.world import Effort

    journey = type("Journey", (), {"counts": [2] * 200, "long_holds": 1, "answered_calls": 1, "active_minutes": 60.0})()
    for name in Effort.model_fields:
        try:
            (one,) = ranges_of({**dict.fromkeys(RANGES), name: (0.5, 2.0)})
        except ValueError:
            assert name in ("active_minutes", "long_hold_after", "owned")
            continue
        assert isinstance(one, Range)
        low, middle, high = (effort_index(journey, Effort(**{name: value}), owned=True) for value in (0.5, 1.25, 2.0))
        assert middle == pytest.approx((low + high) / 2)
        assert high > low


@pytest.mark.parametrize(
    ("ranges", "said"),
    [
        ({"cuts": (1, 2)}, "did you mean cut?"),
        ({"cut": (2, 1)}, "the lower first"),
        ({"cut": 3}, "two bounds"),
        ({"cut": (float("nan"), 2)}, "two bounds"),
        ({"transfer_cold": (0.1, 0.2)}, "swept by transfer and by transfer_cold"),
        (dict.fromkeys(RANGES), "no weight to be swept"),
        ("cut", "write bounds by name"),
    ],
)
def test_ranges_that_cannot_be_are_refused_in_words(ranges, said):
    with pytest.raises(ValueError) as refused:
        effort_weights(*WORLDS, ranges=ranges)
    assert said in str(refused.value)


def test_ranges_may_be_numpys():
    for bounds in (np.array([1.0, 3.0]), (np.int64(1), np.float64(3.0))):
        (one,) = (its for its in ranges_of({"cut": bounds}) if its.name == "cut")
        assert (one.low, one.high) == (1.0, 3.0)


@pytest.mark.slow
def test_the_conclusions_are_those_of_the_worlds():
    made = effort_weights(*WORLDS, replications=4, days=2, seed=9)
    compared = sim.compare(*WORLDS, equal="staff", replications=4, days=2, seed=9, measures=["effort_index"])
    first = made.ways[0].conclusions[0]
    assert first.claim == "hotline_2005 is less effort than double_peine"
    assert tuple(first.now) == pytest.approx(tuple(compared.line("effort_index").difference))
    parted = sim.levers(*WORLDS, equal="staff", replications=4, days=2, seed=9, measures=["effort_index"])
    for part, one in zip(parted.gap("effort_index").parts, made.ways[0].conclusions[1:], strict=False):
        assert one.claim.startswith(part.player.name)
        assert abs(one.now.mean) == pytest.approx(abs(part.shapley.mean), abs=1e-9)


def test_a_conclusion_that_turns_says_where():
    """No cut but long explanations hurt more, or less, as a cut weighs: at the weights told the two are even."""
    other = sim.changed("double_peine", {"levers.time.cut_after": "none", "levers.memory.explanation": "20 min"})
    study: dict[str, Any] = {"replications": 3, "days": 2, "seed": 4}
    made = effort_weights("double_peine", other, ranges={"cut": (0.0, 1000.0)}, by_lever=False, **study)
    (one,) = made.ways[0].conclusions
    assert not one.holds
    changes = {f"effort.{key}": one.turns[each.name] * share for each in made.ranges for key, share in each.of.items()}
    both = [sim.changed(world, changes) for world in ("double_peine", other)]
    even = sim.compare(*both, equal="staff", measures=["effort_index"], **study).line("effort_index").difference.mean
    assert even == pytest.approx(0.0, abs=1e-6)


def test_it_is_told_in_words_as_table_and_as_json():
    made = effort_weights(WORLD, moved(), replications=4, seed=9)
    text = made.text(every=True, definitions=True)
    assert max(map(len, text.splitlines())) <= 120
    assert "holds for all" in text
    assert len(made.table()) == len(made.ways[0].conclusions)
    assert json.loads(made.to_json())["ranges"][3]["high"] == 2.0
    assert made._repr_html_().count("<tr>") == len(made.ways[0].conclusions) + 1
