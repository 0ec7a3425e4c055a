"""What repeats cost in staff: every branch of the finding on searches made by hand, and the whole at its smallest."""

from __future__ import annotations

import math
from types import SimpleNamespace

import pytest

import sim
from tests.experiments.by_hand import ended

import cost_of_repeats  # isort: skip - by_hand says where it lies
from cost_of_repeats import AS_IT_IS, AT_FIRST, ONCE, Sought, finding, of_repeats, world_without  # isort: skip


def searches(hours, *, first=0.4, whole=1.0):
    """Return four searches that differ by next to nothing; formulas give these parts of the 100 agents needed."""
    return [
        Sought(hours + off, 30 * hours, 100.0, (first * 100, first * 100 + off, whole * 100, whole * 100 + off), True)
        for off in (-0.3, -0.1, 0.1, 0.3)
    ]


def found(as_it_is=1000, once=400, at_first=500, levels=(0.8,), **formulas):
    ways = {AS_IT_IS: as_it_is, ONCE: once, AT_FIRST: at_first}
    return {
        (what, level): searches(hours(level) if callable(hours) else hours, **formulas)
        for what, hours in ways.items()
        for level in levels
    }


def test_the_share_of_the_repeats_is_what_is_saved_without_them():
    """400 hours in the place of 1,000: 60 % are there for the repeats."""
    assert of_repeats(found(), 0.8, ONCE).mean == pytest.approx(0.6)
    assert of_repeats(found(), 0.8, AT_FIRST).mean == pytest.approx(0.5)


def test_less_staff_more_staff_and_as_much_are_told():
    assert "the staff needed is 60.0 (60.0 to 60.0) % less if nobody called again" in finding(found())
    assert "20.0 (20.0 to 20.0) % more if nobody called again" in finding(found(once=1200))
    same = found()
    same[ONCE, 0.8] = [one._replace(hours=1000 + off) for one, off in zip(same[ONCE, 0.8], (-9, 9, -8, 8), strict=True)]
    assert "not told apart from as many" in finding(same)


def test_whether_the_share_depends_on_the_service_level_is_told():
    rising = found(once=lambda level: 1000 - 500 * level, levels=(0.7, 0.8, 0.9))
    falling = found(once=lambda level: 500 * level, levels=(0.7, 0.8, 0.9))
    assert "that share rises by 10.0" in finding(rising)
    assert "that share falls by 10.0" in finding(falling)
    assert "not told apart from the same" in finding(found(levels=(0.7, 0.9)))
    assert "was not looked at" in finding(found())


@pytest.mark.parametrize(
    ("first", "whole", "said"),
    [
        (0.4, 1.0, "too few; told of the calls that repeat, 1.00 (1.00 to 1.00), not told apart from right."),
        (0.4, 1.2, "too many."),
        (0.4, 0.8, "too few."),
        (1.2, 1.2, "enough; told of"),
        (1.0, 1.0, "not told apart from enough; told of"),
    ],
)
def test_what_a_formula_gives_is_judged_by_its_interval(first, whole, said):
    assert said in finding(found(first=first, whole=whole))


def test_a_formula_that_knows_no_number_is_told():
    assert "Erlang A knows no number for these targets." in finding(found(first=math.inf, whole=math.nan))


def test_what_was_not_sought_twice_tells_nothing():
    assert finding({}) == "Nothing can be told: no service level was sought twice in all three worlds."
    one = {key: its[:1] for key, its in found().items()}
    assert finding(one).startswith("Nothing can be told")


def test_nobody_calls_again_where_nobody_is_to():
    """On the same problems each is dialled for at most once, be it solved or not."""
    lived = sim.replicate(
        world_without(sim.load("double_peine"), ONCE), replications=2, days=1, measures=["calls_per_problem"]
    )
    assert lived.estimate("calls_per_problem").mean == 1.0


def test_where_all_is_solved_at_the_first_contact_no_answered_call_fails():
    """With so many agents that nobody waits, and so nobody hangs up, every problem takes one call."""
    world = sim.scaled_staff(world_without(sim.load("double_peine"), AT_FIRST), 4.0)
    asked = ["calls_per_problem", "first_contact_resolution", "cut_share"]
    lived = sim.replicate(world, replications=2, days=1, measures=asked)
    assert lived.estimate("cut_share").mean == 0.0
    assert lived.estimate("first_contact_resolution").mean == pytest.approx(
        1.0, abs=0.02
    )  # but those turned away at closing
    assert lived.estimate("calls_per_problem").mean == pytest.approx(1.0, abs=0.05)


def test_it_runs_from_beginning_to_end(tmp_path, capsys):
    arguments = ["--quick", "--replications", "2", "--days", "1", "--out", str(tmp_path)]
    assert cost_of_repeats.main(["base", *arguments, "--figure", str(tmp_path / "it.png")]) == 0
    text = ended(cost_of_repeats.NAME, tmp_path)
    assert text.count("\n|") == 2 + 3
    assert "nan" not in text
    assert (tmp_path / "it.png").stat().st_size > 10_000


def test_a_single_search_is_a_mistake(tmp_path, capsys):
    assert cost_of_repeats.main(["--quick", "--searches", "1", "--out", str(tmp_path)]) == 2
    assert "--searches is 1" in capsys.readouterr().err


def test_interrupted_it_tells_the_searches_that_are_finished(tmp_path, capsys, monkeypatch):
    """Seven of twelve: two whole rounds of the three worlds, and one search more."""
    calls = []

    def plan(*_, **__):
        calls.append(1)
        if len(calls) == 8:
            raise KeyboardInterrupt
        return SimpleNamespace(interrupted=False)

    monkeypatch.setattr(sim, "staff", plan)
    monkeypatch.setattr(cost_of_repeats, "sought", lambda *_: searches(1000 + len(calls))[0])
    assert cost_of_repeats.main(["--quick", "--searches", "4", "--out", str(tmp_path)]) == 130
    text = ended(cost_of_repeats.NAME, tmp_path)
    assert text.startswith("interrupted: this is made of what is finished")
    assert ["0, 0 of 3" in text, text.count("2, 0 of 2"), text.count("3, 0 of 3")] == [False, 2, 1]
