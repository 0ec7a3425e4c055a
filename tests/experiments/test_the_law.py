"""How far laws move an optimum: firms made by hand, every branch of the finding, and the whole at its smallest."""

from __future__ import annotations

from typing import Any

import pytest

import sim
from tests.experiments.by_hand import about, ended, nearly

import the_law  # isort: skip - by_hand says where it lies
from the_law import (  # isort: skip
    CUTTING, GOALS, LAWS, NONE, PATIENT, TOLD, Choice, Law, Moved, Optimum, allowed, costs, finding, optimum, share_of,
)  # fmt: skip

WHOLE, CASH = GOALS
SPAIN = next(law for law in LAWS if law.answered)
CHATEL = LAWS[1]


def firm(cost, income=0.0, level=0.5):
    return {WHOLE: nearly(cost), CASH: nearly(cost), "toll_income_eur_per_problem": nearly(income, 0.0),
            "service_level": nearly(level)}  # fmt: skip


LIVED = {
    Choice(CUTTING, 0.5): firm(10, income=30, level=0.1),
    Choice(CUTTING, 1.0): firm(20, income=10, level=0.9),
    Choice(CUTTING, 2.0): firm(40, income=0, level=0.99),
    Choice(PATIENT, 1.0): firm(22, income=7, level=0.97),
    Choice(PATIENT, 2.0): firm(41, income=0, level=0.99),
}
BOTH = (CUTTING, PATIENT)


def test_without_a_law_the_least_costs_are_chosen():
    found = optimum(LIVED, allowed(LIVED, NONE, BOTH), WHOLE, None)
    assert (found.choice, found.alike, found.edge) == (Choice(CUTTING, 0.5), (0.5, 0.5), True)


def test_a_law_that_leaves_nothing_of_the_toll_adds_the_income_that_is_lost():
    """10 + 30, 20 + 10, 40 + 0, 22 + 7, 41 + 0: the least is 29, of agents who do not cut."""
    assert costs(LIVED[Choice(CUTTING, 0.5)], WHOLE, 0.0)[0] == pytest.approx(nearly(40)[0])
    found = optimum(LIVED, allowed(LIVED, CHATEL, BOTH), WHOLE, 0.0)
    assert (found.choice, found.costs.mean) == (Choice(PATIENT, 1.0), pytest.approx(29))


def test_a_law_on_waits_leaves_what_answers_enough_and_one_on_cuts_what_does_not_cut():
    assert allowed(LIVED, SPAIN, BOTH) == [Choice(PATIENT, 1.0), Choice(PATIENT, 2.0)]
    assert allowed(LIVED, SPAIN._replace(cut=True), BOTH) == [*list(LIVED)[2:]]
    assert allowed(LIVED, NONE, (PATIENT,)) == list(LIVED)[3:]


def test_where_nothing_is_allowed_there_is_no_optimum():
    assert optimum(LIVED, allowed(LIVED, SPAIN, (CUTTING,)), WHOLE, 0.0) is None


def test_what_is_not_told_apart_stands_beside_the_optimum():
    uncertain = {**LIVED, Choice(PATIENT, 1.0): {**firm(12), WHOLE: ([2.0, 22.0, 5.0, 19.0], [1.0] * 4)}}
    found = optimum(uncertain, list(uncertain), WHOLE, None)
    assert (found.alike, found.also) == ((0.5, 0.5), (PATIENT,))


def chosen(staff, organisation=CUTTING, *, alike=None, also=(), edge=False):
    return Optimum(Choice(organisation, staff), about(1), alike or (staff, staff), also, edge)


def moved(law, found, *, firm=5.0, customer=-50.0, effort=-1.0, goal=WHOLE):
    changes = dict.fromkeys(TOLD, about(0.0)) | {goal: about(firm), "customer_eur_per_problem": about(customer)}
    changes["effort_ces"] = sim.Estimate(0.0, 0.0, 0.0) if effort == 0 else about(effort)
    return Moved(law, goal, found, dict.fromkeys(TOLD, about(1)), {} if law is NONE else changes)


def test_a_law_that_moves_the_optimum_is_told_with_what_it_costs_whom():
    said = finding([moved(NONE, chosen(0.3, edge=True)), moved(CHATEL, chosen(1.1, PATIENT, alike=(0.8, 1.1)))])
    assert "x0.3 of its agents, as it is, with its cut (the end of what was looked at)" in said
    assert "Chatel 2008 moves it to x1.1 of its agents, without the cut (not told apart from x0.8 to x1.1)" in said
    assert "+5.00 (+4.90 to +5.10) EUR a problem for the firm, -50.0 (-50.1 to -49.9) for the customer" in said


def test_a_law_that_leaves_the_optimum_is_told_too():
    said = finding([moved(NONE, chosen(0.3)), moved(CHATEL, chosen(0.3), customer=0.05, effort=0)])
    assert "Chatel 2008 leaves it there" in said
    assert "not told apart from nothing, for the customer" in said
    assert "effort as before" in said


def test_other_organisations_that_are_not_told_apart_are_named():
    said = finding(
        [moved(NONE, chosen(0.3, also=(PATIENT,))), moved(CHATEL, chosen(1, alike=(0.9, 1), also=(PATIENT,)))]
    )
    assert "with its cut (not told apart from without the cut)" in said
    assert "(not told apart from x0.9 to x1, nor from without the cut)" in said


def test_both_firms_are_told_and_what_no_staff_reaches():
    every = [moved(law, chosen(1), goal=goal) for goal in GOALS for law in (NONE, CHATEL)]
    said = finding(every, ["Spain 2025"])
    assert said.count("Without a law a firm that counts") == 2
    assert "No staff that was looked at is allowed under Spain 2025." in said


def test_nothing_to_compare_tells_nothing():
    assert finding([]).startswith("Nothing can be told")
    assert finding([moved(NONE, chosen(1))]).startswith("Nothing can be told")
    assert finding([moved(CHATEL, chosen(1))]).startswith("Nothing can be told")


def test_a_law_that_leaves_the_firm_a_part_has_to_be_lived():
    worlds = {CUTTING: sim.load("double_peine")}
    assert share_of(NONE, worlds) is None
    assert [share_of(law, worlds) for law in LAWS if law.regime in ("fr_chatel_2008", "fr_lme_2009", "es_2025")] == [
        0
    ] * 3
    with pytest.raises(ValueError, match="has to be lived"):
        share_of(Law("half", "fr_sva_2015"), worlds)


def test_the_costs_under_a_law_are_those_that_are_lived_under_it():
    """The firm's costs without the toll are what the compiled engine and the measures say of the law's own tariff."""
    world, asked = sim.load("double_peine"), [*GOALS, "toll_income_eur_per_problem"]
    size: dict[str, Any] = {"replications": 2, "days": 1, "measures": asked}
    before = sim.replicate(world, **size).totals
    lived = {name: tuple(before[name].T.tolist()) for name in asked}
    under = sim.replicate(the_law.with_law(world, CHATEL), **size).totals
    for goal in GOALS:
        assert costs(lived, goal, 0.0)[0] == pytest.approx(under[goal][:, 0].tolist())


@pytest.mark.slow
def test_it_runs_from_beginning_to_end(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(the_law, "QUICK_STAFF", (0.5, 3.0))
    arguments = ["--quick", "--replications", "2", "--days", "0.5", "--out", str(tmp_path)]
    assert the_law.main([*arguments, "--figure", str(tmp_path / "it.png")]) == 0
    text = ended(the_law.NAME, tmp_path)
    assert text.count("| Chatel 2008 ") == 4
    assert text.count("**The firm may choose:") == 2
    assert (tmp_path / "it.png").stat().st_size > 10_000


def test_a_world_without_a_cut_and_no_other_organisation(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(the_law, "QUICK_STAFF", (0.5, 3.0))
    arguments = ["--quick", "--replications", "2", "--days", "0.5", "--out", str(tmp_path), "--reorganise", ""]
    assert the_law.main(["hotline_2005", *arguments]) == 0
    text = ended(the_law.NAME, tmp_path)
    assert text.count("**The firm may choose: without the cut**") == 1
    assert CUTTING not in text


def test_customers_who_mind_the_price_are_refused(tmp_path, capsys):
    (tmp_path / "dear.toml").write_text(
        'extends = "double_peine"\nabout = "dear"\n[population]\nprice_aversion = 1.0\n'
    )
    assert the_law.main([str(tmp_path / "dear.toml"), "--quick", "--out", str(tmp_path)]) == 2
    assert "mind the price" in capsys.readouterr().err


@pytest.mark.slow
def test_interrupted_it_tells_what_the_firm_chooses_of_its_own_and_goes_on(tmp_path, capsys, monkeypatch):
    """After the first look, before the one at another organisation; the same call lives no staff twice."""
    monkeypatch.setattr(the_law, "QUICK_STAFF", (0.5, 3.0))
    whole = ["--quick", "--replications", "2", "--days", "0.5", "--out", str(tmp_path)]
    chosen, calls = the_law._chosen, []

    def once(*arguments):
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return chosen(*arguments)

    monkeypatch.setattr(the_law, "_chosen", once)
    assert the_law.main(whole) == 130
    text = ended(the_law.NAME, tmp_path)
    assert text.startswith("interrupted: this is made of what is finished")
    assert text.count("**The firm may choose:") == 1
    parts = {part: part.stat().st_mtime_ns for part in tmp_path.rglob("*.parquet")}
    monkeypatch.setattr(the_law, "_chosen", chosen)
    assert the_law.main(whole) == 0
    assert {part: part.stat().st_mtime_ns for part in tmp_path.rglob("*.parquet")} == parts
