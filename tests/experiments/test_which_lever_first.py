"""Which lever pays first: games made by hand, every branch of the finding, and the whole at its smallest."""

from __future__ import annotations

from tests.experiments.by_hand import about, ended, nearly

import which_lever_first  # isort: skip - by_hand says where it lies
from which_lever_first import MEASURES, Ranking, Step, finding, next_step, steps_of  # isort: skip

CASH, WHOLE, CUSTOMER, EFFORT = MEASURES
LEVERS = ("tone", "memory", "time")


def game(*, alone, pairs=None, whole=0.0):
    """Return the worlds of a game of three levers: 100 without any, and less by what each subset brings."""
    pairs = pairs or {}
    brings = {0: 0.0, 1: alone[0], 2: alone[1], 4: alone[2], 3: pairs.get("tone memory", alone[0] + alone[1]),
              5: pairs.get("tone time", alone[0] + alone[2]), 6: pairs.get("memory time", alone[1] + alone[2]),
              7: whole or sum(alone)}  # fmt: skip
    return {subset: nearly(100 - less, 0.001 * (1 + subset)) for subset, less in brings.items()}


def test_the_lever_that_brings_most_comes_first_and_the_others_in_turn():
    steps = steps_of(LEVERS, game(alone=(5, 9, 2)))
    assert [step.lever for step in steps] == ["memory", "tone", "time"]
    assert [round(step.brings.mean) for step in steps] == [-9, -5, -2]
    assert all(step.sure and not step.alike for step in steps)


def test_a_lever_that_another_makes_needless_is_not_moved_after_it():
    """Both empty the queue: who has one gains nothing by the other."""
    worlds = game(alone=(5, 9, -3), pairs={"tone memory": 9.0, "memory time": 6.0, "tone time": 2.0}, whole=6.0)
    assert [step.lever for step in steps_of(LEVERS, worlds)] == ["memory"]


def test_levers_that_bring_the_same_are_not_told_apart():
    step = next_step(LEVERS, game(alone=(5, 5, 2)), 0)
    assert (step.sure, len(step.alike), {step.lever, *step.alike}) == (True, 1, {"tone", "memory"})


def test_a_lever_that_surely_pays_goes_before_one_that_seems_to_pay_more():
    worlds = {**game(alone=(5, 9, 2)), 2: ([80.0, 102.0, 70.0, 112.0], [1.0] * 4)}
    step = next_step(LEVERS, worlds, 0)
    assert (step.lever, step.sure, step.alike) == ("tone", True, ("memory",))


def test_where_no_lever_pays_the_first_is_told_and_no_other():
    (step,) = steps_of(LEVERS, game(alone=(-5, -9, -2)))
    assert (step.lever, step.sure) == ("time", False)


def ranked(brings, *, sure=True, alike=(), shapley=None, lever="memory"):
    return Ranking(
        {lever: about(brings)}, shapley or {lever: about(brings)}, (Step(lever, about(brings), sure, alike),)
    )


def test_one_lever_that_is_first_for_all_is_said_to_be_so():
    said = finding({measure: ranked(-5) for measure in MEASURES})
    assert said.count("memory surely pays first") == 4
    assert "Memory comes first wherever anything pays." in said
    assert "Over all orders (Shapley) the same is in front." in said


def test_who_is_asked_may_decide():
    said = finding({CASH: ranked(-5), CUSTOMER: ranked(-50, lever="time", alike=("tone", "price"))})
    assert "time pays first (-50.0 (-50.1 to -49.9) EUR a problem), not told apart from tone and price" in said
    assert "Which comes first depends on who is asked: memory and time." in said


def test_that_none_pays_is_said():
    said = finding({CASH: ranked(5, sure=False), WHOLE: ranked(-0.05, sure=False)})
    assert "none pays when it is moved alone (the nearest to it: memory" in said
    assert "none surely pays when it is moved alone" in said
    assert "No lever surely pays for anybody." in said
    assert "Nor does one over all orders (Shapley)." in said


def test_another_that_is_in_front_over_all_orders_is_told():
    said = finding({EFFORT: ranked(-5, shapley={"memory": about(-2), "tone": about(-7)})})
    assert "another is in front: tone for effort, -7.00 (-7.10 to -6.90)" in said


def test_it_runs_from_beginning_to_end(tmp_path, capsys):
    arguments = ["--replications", "2", "--days", "0.25", "--out", str(tmp_path), "--figure", str(tmp_path / "it.png")]
    assert which_lever_first.main(["hotline_2005", "double_peine", *arguments]) == 0
    text = ended(which_lever_first.NAME, tmp_path)
    assert text.count("\n|") == 2 + 3 * len(MEASURES)
    assert (tmp_path / "it.png").stat().st_size > 10_000


def test_the_same_world_twice_is_a_mistake(tmp_path, capsys):
    assert which_lever_first.main(["base", "base", "--quick", "--out", str(tmp_path)]) == 2
    assert "base" in capsys.readouterr().err
