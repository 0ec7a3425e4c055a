"""Where a centre tips: curves made by hand, every branch of the finding, the whole at its smallest, gone on with."""

from __future__ import annotations

import sim
from tests.experiments.by_hand import ended, nearly, totals

import the_cut_under_load  # isort: skip - by_hand says where it lies
from the_cut_under_load import WITH, WITHOUT, Point, finding, rises, tips  # isort: skip

CALM = 3.0


def point(load, calls_each, early=None):
    """Return a load of so many hundreds of problems a day, each of which takes so many calls."""
    problems = 100 * load
    late = {
        "calls_per_problem": nearly(calls_each),
        "calls_per_day": totals([problems * calls_each + off for off in (-0.3, -0.1, 0.1, 0.3)]),
        "problems_per_day": totals([problems] * 4),
        "hold_minutes_per_call": nearly(5.0),
        "occupancy": nearly(0.8),
        "solved_share": nearly(0.7),
        "attempts_exhausted_share": nearly(0.01),
    }
    return Point(load, late, nearly(calls_each if early is None else early))


def curve(*calls, loads=(0.5, 1.0, 1.5, 2.0)):
    return [point(load, each) for load, each in zip(loads, calls, strict=False)]


FLAT, STEEP, LATER = curve(3, 3, 3, 3), curve(3, 6, 8, 9), curve(3, 3, 6, 8)


def test_where_no_call_makes_another_more_likely_each_problem_more_brings_as_many_calls_as_any():
    assert [round(rise.calls.mean, 6) for rise in rises(FLAT)] == [CALM] * 3
    assert tips(FLAT) is None


def test_the_marginal_calls_are_those_of_the_problems_that_come_in_addition():
    """From 50 problems of 3 calls to 100 of 6: 450 calls more for 50 problems more, 9 each."""
    assert round(rises(STEEP)[0].calls.mean, 6) == 9.0


def test_it_tips_at_the_first_load_at_which_they_are_surely_more_than_twice_as_many():
    assert tips(STEEP) == (0.5, 1.0)
    assert tips(LATER) == (1.0, 1.5)


def test_just_less_than_twice_as_many_is_no_tipping():
    """3 calls at load 0.5 and 4.45 at load 1: 5.9 calls for each problem more, less than twice 3."""
    assert tips(curve(3, 4.45)) is None
    assert tips(curve(3, 4.6)) == (0.5, 1.0)


def test_a_wide_interval_tips_nothing():
    """Calls that differ by far more than they rise are not told apart from none more."""
    uncertain = curve(3, 6)
    uncertain[1].late["calls_per_day"][0][:] = [100.0, 1100.0, 200.0, 1000.0]
    assert tips(uncertain) is None


def test_calls_that_are_more_late_than_early_grow():
    assert point(1, 6.0, early=5.0).grows()
    assert not point(1, 6.0, early=5.8).grows()  # 3 %, less than what was said beforehand
    assert not point(1, 6.0, early=7.0).grows()
    assert not Point(1, point(1, 6.0).late, totals([1.0, 9.0, 2.0, 8.0])).grows()


def test_that_the_cut_alone_makes_it_tip_is_said():
    said = finding({WITH: STEEP, WITHOUT: FLAT})
    assert "With the cut it tips between x0.5 and x1 of the load as it is: each problem more brings 9.0" in said
    assert "without it it tips at no load from x0.5 to x2" in said
    assert "The cut alone makes it tip." in said
    assert (
        "At no load do calls a problem surely grow from week 2 to week 10: what tips settles at a worse state." in said
    )


def test_that_it_tips_sooner_or_later_with_the_cut_is_said():
    last = curve(3, 3, 3, 6)
    assert "The cut makes it tip sooner: at a load that is less by 33% at least." in finding(
        {WITH: STEEP, WITHOUT: last}
    )
    assert "The cut makes it tip sooner; by how much cannot be told" in finding({WITH: STEEP, WITHOUT: LATER})
    assert "The cut lets it tip later." in finding({WITH: LATER, WITHOUT: STEEP})
    assert "cannot be told at this spacing" in finding({WITH: STEEP, WITHOUT: STEEP})


def test_that_nothing_tips_or_only_without_the_cut_is_said():
    said = finding({WITH: FLAT, WITHOUT: FLAT})
    assert said.endswith("The cut tips nothing. At no load do calls a problem surely grow from week 2 to week 10.")
    assert "The cut keeps it from tipping." in finding({WITH: FLAT, WITHOUT: STEEP})


def test_loads_at_which_it_grows_are_named():
    growing = [*STEEP[:3], point(2.0, 9.0, early=5.0)]
    assert "surely grow from week 2 to week 10 with the cut at x2; nowhere else" in finding(
        {WITH: growing, WITHOUT: FLAT}
    )


def test_less_than_two_loads_tell_nothing():
    assert finding({WITH: STEEP[:1], WITHOUT: FLAT}).startswith("Nothing can be told")
    assert finding({}).startswith("Nothing can be told")


ARGUMENTS = ("--loads", "0.5", "1", "--replications", "2", "--days", "1")


def test_it_runs_from_beginning_to_end_and_lives_nothing_twice(tmp_path, capsys):
    whole = [*ARGUMENTS, "--out", str(tmp_path), "--figure", str(tmp_path / "it.png")]
    assert the_cut_under_load.main(whole) == 0
    text = ended(the_cut_under_load.NAME, tmp_path)
    assert text.count("\n|") == 2 + 4
    assert (tmp_path / "it.png").stat().st_size > 10_000
    parts = {part: part.stat().st_mtime_ns for part in tmp_path.rglob("*.parquet")}
    assert the_cut_under_load.main(whole) == 0
    assert {part: part.stat().st_mtime_ns for part in tmp_path.rglob("*.parquet")} == parts
    assert ended(the_cut_under_load.NAME, tmp_path) == text


def test_a_load_that_is_not_finished_is_left_out_and_lived_by_the_next_call(tmp_path, capsys):
    """All parts but one are taken away, as Ctrl-C would have left it."""
    whole = [*ARGUMENTS, "--out", str(tmp_path)]
    the_cut_under_load.main(whole)
    text = ended(the_cut_under_load.NAME, tmp_path)
    for part in list(tmp_path.rglob("*.parquet"))[1:]:
        part.unlink()
    (folder,) = (tmp_path / the_cut_under_load.NAME).iterdir()
    swept = sim.open_sweep(folder)
    there = {(name, point.load) for name, its in the_cut_under_load.curves_of(swept).items() for point in its}
    assert swept.interrupted
    assert len(there) < 4
    assert the_cut_under_load.main(whole) == 0
    assert ended(the_cut_under_load.NAME, tmp_path) == text


def test_loads_and_cuts_that_cannot_be_are_told(tmp_path, capsys):
    for wrong, said in (
        (["--loads", "1", "1"], "two or more"),
        (["--loads", "nan", "1"], "from 0.05 to 20"),
        (["hotline_2005", "--quick"], "has no cut"),
        (["--cut", "inf"], "has no cut"),
    ):
        assert the_cut_under_load.main([*wrong, "--out", str(tmp_path)]) == 2
        assert said in capsys.readouterr().err
