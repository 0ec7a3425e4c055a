"""Published cases from scenario files alone: every figure within its tolerance, wider for fewer replications.

Tolerances are for the length that a case names; standard errors fall with the square root of the length, and so a run
that is shorter has a wider tolerance. ``python experiments/validation.py`` writes all at full length into
``docs/validation.md``. With fixed seeds these always pass or always fail.
"""

from __future__ import annotations

import pytest

from tests.published.cases import CASES, FACTS, SCENARIOS, Case

BY_NAME = {case.name: case for case in CASES}


def check(case: Case, replications: int) -> None:
    """Hold every figure, but for those of which the case says why another rule makes them unlike."""
    ours, wide = case.ours(replications), case.wide(replications)
    for name, fact in case.facts()["figures"].items():
        if fact.get("unlike"):
            continue
        off, allowed = abs(ours[name].mean - fact["expected"]), wide * fact["tolerance"]
        assert off <= allowed, f"{case.name}, {name}: {ours[name].mean:.6g} for {fact['expected']:.6g} +- {allowed:.3g}"


@pytest.mark.parametrize("name", FACTS)
def test_a_published_case(name):
    check(BY_NAME[name], BY_NAME[name].quick)


@pytest.mark.slow
@pytest.mark.parametrize("name", FACTS)
def test_a_published_case_at_full_length(name):
    check(BY_NAME[name], BY_NAME[name].replications)


def test_every_case_has_its_facts_and_every_scenario_its_case():
    """Nothing published is left out, and no scenario lies about that nobody lives."""
    assert [case.name for case in CASES] == list(FACTS)
    lived = {f"{file}.toml" for case in CASES for file in case.files}
    assert {file.name for file in SCENARIOS.glob("*.toml")} == lived | {"plain.toml"}


@pytest.mark.parametrize("name", FACTS)
def test_full_length_is_at_least_what_the_tolerances_are_for(name):
    case = BY_NAME[name]
    assert case.replications >= case.long_enough > 0
    assert case.wide(case.replications) == 1
