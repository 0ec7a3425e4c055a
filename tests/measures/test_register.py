"""The register: what each measure says of itself, and how it is asked for."""

from __future__ import annotations

import pytest

from sim.measures import MEASURES, measure, measures_of
from tests.measures.strips import CLEAN, CUT_TWICE_TOLD, TRANSFERRED, hand_world, history


def test_every_measure_has_a_unit_a_direction_and_a_definition():
    for name, one in measures_of(hand_world()).items():
        assert one.id == name
        assert one.unit
        assert one.better in ("lower", "higher", "neither")
        assert one.definition.endswith(".")
        assert len(one.definition) > 30


def test_every_definition_states_what_it_is_divided_by():
    for one in measures_of(hand_world()).values():
        assert any(word in one.definition for word in (" per ", " over ", " / ")), one.id


def test_a_share_lies_between_zero_and_one():
    for name, (above, below) in measure(history(hand_world(), CLEAN, CUT_TWICE_TOLD, TRANSFERRED)).items():
        if MEASURES.get(name) and MEASURES[name].unit == "share" and below:
            assert 0 <= above / below <= 1, name


def test_teams_bring_their_own_occupancy():
    names = list(measures_of(hand_world()))
    assert names.index("occupancy.front") == names.index("occupancy") + 1
    assert "occupancy.back" in names


def test_the_service_level_says_which_one_it_is():
    world = hand_world(service_level={"definition": "sl2", "within": "30 s"})
    assert '"sl2" within 30 s' in measures_of(world)["service_level"].definition


def test_only_what_is_asked_for_is_answered():
    assert list(measure(history(hand_world(), CLEAN), ["cut_share", "calls_per_problem"])) == [
        "cut_share",
        "calls_per_problem",
    ]


def test_a_name_that_is_not_known_brings_the_nearest():
    with pytest.raises(ValueError, match=r'"calls_per_problm" is not known; did you mean calls_per_problem'):
        measure(history(hand_world(), CLEAN), ["calls_per_problm"])


def test_all_mistaken_names_are_told_at_once():
    with pytest.raises(ValueError, match=r"calls_per_problem.*effort_ces"):
        measure(history(hand_world(), CLEAN), ["call_per_problem", "cut_share", "effort_cess"])


def test_problems_are_the_common_denominator():
    """Three problems appeared, whatever became of them."""
    answers = measure(history(hand_world(), CLEAN, CUT_TWICE_TOLD, "700 APPEARED"))
    denominators = {below for name, (_, below) in answers.items() if name.endswith("_per_problem")}
    assert denominators == {3}
