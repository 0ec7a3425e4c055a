"""Designs: every combination, one value a stratum, every dyadic interval; and what makes no design."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pandas as pd
import pytest

import sim
from sim.study.sweeping.design import Design, design_of, factorial
from sim.study.sweeping.spread import latin_hypercube, sobol


def test_a_factorial_design_has_every_combination_once_the_last_path_fastest():
    design = factorial({"line.lines": [10, 20, "none"], "levers.time.cut_after": ["15 min", "none"]})
    combinations = itertools.product([10, 20, "none"], ["15 min", "none"])
    assert [tuple(point.values()) for point in design] == list(combinations)
    assert design.paths == ("line.lines", "levers.time.cut_after")


RANGES: dict[str, Any] = {
    "tariff.price_per_minute": (0.0, 0.5),
    "line.menu": ("30 s", "90 s"),
    "teams.*.staff": ("x0.8", "x1.2"),
}


def shares(design: Design) -> np.ndarray:
    """Return where between its bounds each value lies."""
    prices = [point["tariff.price_per_minute"] / 0.5 for point in design]
    menus = [sim.changed("base", {"line.menu": point["line.menu"]}).line.menu.mean_value() - 0.5 for point in design]
    staff = [(point["teams.*.staff"].factor - 0.8) / 0.4 for point in design]
    return np.array([prices, menus, staff])


def test_a_latin_hypercube_has_one_value_in_each_stratum_of_each_range():
    found = np.sort(np.floor(shares(latin_hypercube(RANGES, 20)) * 20), axis=1)
    assert found.tolist() == [list(range(20))] * 3


def test_a_sobol_sequence_has_one_value_in_each_dyadic_interval_and_one_point_in_each_quarter():
    found = shares(sobol(RANGES, 16))
    assert np.sort(np.floor(found * 16), axis=1).tolist() == [list(range(16))] * 3
    quarters = np.floor(found[:2] * 2).astype(int)
    assert np.unique(quarters[0] * 2 + quarters[1], return_counts=True)[1].tolist() == [4] * 4


def test_the_first_points_of_a_sobol_sequence_stay():
    assert sobol(RANGES, 5).points == sobol(RANGES, 16).points[:5]


@pytest.mark.parametrize("made", [latin_hypercube, sobol])
def test_whole_numbers_are_whole_and_equally_likely(made):
    lines = [point["line.lines"] for point in made({"line.lines": (10, 13)}, 16)]
    assert all(type(line) is int for line in lines)
    assert np.unique(lines, return_counts=True)[1].tolist() == [4] * 4


@pytest.mark.parametrize("made", [latin_hypercube, sobol])
def test_a_seed_is_a_design_and_another_another(made):
    assert made(RANGES, 8).points == made(RANGES, 8).points
    assert made(RANGES, 8).points != made(RANGES, 8, seed=2).points


@pytest.mark.parametrize(
    ("levels", "said"),
    [
        ({}, "levels is a table"),
        ([1], "levels is a list"),
        ({"line.lines": "10"}, 'line.lines is "10": a list of levels'),
        ({"line.lines": []}, "line.lines is a list: a list of levels is needed, one at least"),
        ({"a b": [1]}, '"a b" is no path'),
        ({f"a{at}": list(range(10)) for at in range(7)}, "these levels make 10,000,000"),
    ],
)
def test_what_makes_no_factorial_design_is_told(levels, said):
    with pytest.raises(ValueError, match=said):
        factorial(levels)


def test_everything_that_makes_no_range_is_told_at_once():
    with pytest.raises(ValueError) as told:
        latin_hypercube(
            {"a": (1, 1), "b": ("x", 2), "c": 3, "d": ("30 s", "x2"), "e": (2, 1), "f": (0.0, float("nan"))},  # type: ignore[dict-item]
            0,
            seed=-1,
        )
    assert str(told.value).splitlines() == [
        "a is 1 to 1: the lowest value comes first, and the highest is another",
        'b is "x" to 2: two numbers, two durations or two factors are needed',
        "c is 3: a pair is needed, the lowest and the highest value",
        'd is "30 s" to "x2": two numbers, two durations or two factors are needed',
        "e is 2 to 1: the lowest value comes first, and the highest is another",
        "f is 0 to nan: two numbers, two durations or two factors are needed",
        "points is 0: it has to be a whole number from 1 to 1,000,000",
        "seed is -1: a whole number from 0 to 2**64 - 1 is needed",
    ]


@pytest.mark.parametrize(
    ("points", "names", "said"),
    [
        ((), (), "1 to 1,000,000 points"),
        (({}, {}), ("x",), "1 names for 2 points"),
        (({}, {}), ("x", "x"), "x is the name of two points"),
        (({"a b": 1},), (), '"a b" is no path'),
    ],
)
def test_what_makes_no_design_is_told(points, names, said):
    with pytest.raises(ValueError, match=said):
        Design(points, names)


def test_what_comes_out_of_arrays_and_tables_is_taken_as_it_is_meant():
    """An empty cell of a table leaves its point as it is."""
    made = sim.factorial({"line.lines": np.arange(10, 40, 10), "teams.front.staff": pd.Series([4])})
    assert list(made) == [{"line.lines": lines, "teams.front.staff": 4} for lines in (10, 20, 30)]
    assert {type(value) for point in made for value in point.values()} == {int}
    assert sim.changed("base", {"line.lines": np.int64(7), "tariff.price_per_minute": np.float32(0.5)}).line.lines == 7
    four, three = np.array([4, 3])
    array: dict[str, Any] = {"line.lines": np.array([10, 40])}
    drawn = sim.latin_hypercube({"line.lines": (np.int64(10), np.int64(40))}, four, seed=three)
    assert drawn == sim.latin_hypercube(array, 4, seed=3)
    rows = pd.DataFrame({"line.lines": [10, np.nan], "levers.time.cut_after": ["15 min", "none"]})
    assert list(design_of(rows)) == [
        {"line.lines": 10, "levers.time.cut_after": "15 min"},
        {"levers.time.cut_after": "none"},
    ]


@pytest.mark.parametrize(
    ("design", "said"),
    [
        ("line.lines", "design is .*it has to be a Design, such as sim.factorial"),
        ({"line.lines": 10}, "design is .*it has to be a Design, such as sim.factorial"),
        (3, "design is 3: it has to be a Design, such as sim.factorial"),
        (["line.lines"], "a point is .*write what it changes by path"),
        ([], "this one has 0"),
        (pd.DataFrame([[1, 2]], columns=["line.lines"] * 2), "line.lines is the name of two columns"),
    ],
)
def test_what_is_no_design_is_told(design, said):
    with pytest.raises(ValueError, match=said):
        sim.sweep("base", design)


def test_all_that_is_wrong_with_a_sweep_is_told_at_once():
    with pytest.raises(ValueError, match="call_per_problem") as refused:
        sim.sweep("base", [{"teams.font.staff": 1}, {"lin.lines": 2}], measures=["call_per_problem"], replications=0)
    for said in ("replications is 0", "teams.front.staff", "line.lines", "calls_per_problem"):
        assert said in str(refused.value)


def test_a_point_that_is_none_is_told():
    with pytest.raises(ValueError, match="a point is None: write what it changes by path"):
        Design(({}, None))
