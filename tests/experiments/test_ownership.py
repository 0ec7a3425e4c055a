"""Ownership before the fix: what each part moves worked by hand, every branch of the finding, a whole run."""

from __future__ import annotations

import pytest

import sim
from tests.experiments.by_hand import ended, nearly

import ownership  # isort: skip - by_hand says where it lies
from ownership import (  # isort: skip
    ALL, BEFORE, FIXED, LATE_OWNED, MEASURES, NOTHING, SOON_NOT, TRUST, BESIDE, Cell, cells, finding, part_of, rows,
    rows_of_cells, whole, world_of,
)  # fmt: skip

ADDED = {"handling": 0.02, "sooner": 0.4, "told": 0.2, "owned": 0.05}
"""Of a share of .9, what each part takes away whatever else is there."""


def lived(added=ADDED, more=None):
    """Worlds in which parts add up, but for what is said of single ones."""
    found = {}
    for cell in cells():
        value = 0.9 - sum(each for part, each in added.items() if getattr(cell, part))
        value = (more or {}).get(cell, value)
        found[cell] = {measure: nearly(value, 1e-5) for measure in (*MEASURES, *BESIDE)}
    return found


def test_there_are_sixteen_worlds_and_the_first_and_the_last_are_the_two_firms():
    made = cells()
    assert len(set(made)) == 16
    assert (made[0], made[-1]) == (NOTHING, ALL)


def test_the_first_and_the_last_world_are_lived_as_they_are_written():
    first, second = sim.load("bricoleurs_1"), sim.load("pros_2")
    for cell, world in ((NOTHING, first), (ALL, second)):
        changed = {change.key for change in sim.difference(world, world_of(cell, first, second))}
        assert changed <= {"name", "about"}


def test_ownership_changes_one_key_and_nothing_that_happens():
    first, second = sim.load("bricoleurs_1"), sim.load("pros_2")
    for cell in (c for c in cells() if not c.owned):
        worlds = [world_of(one, first, second) for one in (cell, cell._replace(owned=True))]
        changed = {change.key for change in sim.difference(*worlds)} - {"name", "about"}
        assert changed == {"levers.follow_through.owned"}


def test_where_parts_add_up_each_moves_the_same_in_every_order():
    found = lived()
    for part, added in ADDED.items():
        for one in part_of(found, part, TRUST):
            assert one.mean == pytest.approx(-100 * added)


def test_the_mean_over_all_orders_adds_up_to_the_whole():
    """.9 where nothing is changed, .1 where anything is: each of the four is first in a quarter of the orders."""
    found = lived(more={cell: 0.1 for cell in cells() if any(cell)})
    parts = [part_of(found, part, TRUST) for part in ADDED]
    assert [one.mean.mean for one in parts] == pytest.approx([-20.0] * 4)
    assert [one.alone.mean for one in parts] == pytest.approx([-80.0] * 4)
    assert [one.last.mean for one in parts] == pytest.approx([0.0] * 4, abs=1e-9)
    assert whole(found, TRUST).mean == pytest.approx(-80.0)


def test_two_parts_that_only_work_together_share_what_they_do():
    """Telling and owning take .6 away together and nothing alone: each is the later one in half of the orders."""
    found = lived({}, {cell: 0.3 for cell in cells() if cell.told and cell.owned})
    assert part_of(found, "owned", TRUST).mean.mean == pytest.approx(-30.0)
    assert part_of(found, "told", TRUST).mean.mean == pytest.approx(-30.0)
    assert part_of(found, "sooner", TRUST).mean.mean == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize(
    ("owned", "said"),
    [
        (0.5, "Ownership is the largest part, 45 % of the whole: that it makes trust comes out."),
        (0.3, "Ownership is the second of the four, 33 % of the whole: that it makes trust is refuted."),
        (0.1, "Ownership is the third of the four, 14 % of the whole: that it makes trust is refuted."),
        (0.01, "Ownership is the smallest of the four, 2 % of the whole: that it makes trust is refuted."),
        (0.0, "That ownership makes trust is refuted: by itself it surely lowers nothing."),
        (-0.1, "That ownership makes trust is refuted: by itself it surely lowers nothing."),
    ],
)
def test_how_large_a_part_ownership_is(owned, said):
    """.5 of 1.12, .3 of .92, .1 of .72, .01 of .63: the others take .62 away."""
    assert said in finding(lived({**ADDED, "owned": owned}))


@pytest.mark.parametrize(
    ("late", "said"),
    [
        (0.6, "is trusted less than where it does not and is fast: the fix is more than the ownership (+40.0"),
        (0.1, "is trusted more than where it does not and is fast: the ownership is more than the fix (-10.0"),
        (0.2, "is not told apart from where it does not and is fast"),
    ],
)
def test_who_owns_and_is_late_against_who_does_not_and_is_fast(late, said):
    assert said in finding(lived(more={LATE_OWNED: late, SOON_NOT: 0.2}))


@pytest.mark.parametrize(
    ("before", "fixed", "said"),
    [
        (
            0.6,
            0.4,
            "move -30.0 (-30.0 to -30.0), and the sooner fix without either -50.0 (-50.0 to -50.0): the first is",
        ),
        (0.4, 0.6, "without either -30.0 (-30.0 to -30.0): the second is the smaller"),
        (0.5, 0.5, "they are not told apart"),
    ],
)
def test_all_that_is_done_before_the_fix_against_the_fix(before, fixed, said):
    assert said in finding(lived(more={BEFORE: before, FIXED: fixed}))


@pytest.mark.parametrize(
    ("unfelt", "said"),
    [
        (0.3, "it would be trusted less still (+10.0"),
        (0.1, "it would be trusted more (-10.0"),
        (0.2, "not be told apart"),
    ],
)
def test_the_most_that_ownership_can_do(unfelt, said):
    assert said in finding(lived(more={SOON_NOT: 0.2}), nearly(unfelt, 1e-5))


def test_the_table_has_the_largest_part_first_and_the_whole_last():
    made = [row for row in rows(lived()) if row[0] == MEASURES[TRUST]]
    assert [row[1] for row in made] == [
        "the sooner fix", "being told by the firm", "ownership (the feeling alone)", "the handling", "all"
    ]  # fmt: skip
    assert made[0][2].startswith("-40.0")
    assert made[-1][4].startswith("-67.0")


def test_each_world_has_its_row():
    made = list(rows_of_cells(lived()))
    assert made[0][:4] == ("bricoleurs_1", "late", "no", "no")
    assert made[-1][:4] == ("pros_2", "soon", "yes", "yes")
    assert made[0][-2].startswith("90.0")


def test_worlds_of_other_customers_are_no_parts_of_one_whole():
    found = lived()
    above, _ = found[ALL][TRUST]
    found[ALL] = {**found[ALL], TRUST: (above, [2.0] * len(above))}
    with pytest.raises(AssertionError, match="the same customers"):
        part_of(found, "owned", TRUST)


def test_the_headline_says_which_is_the_largest():
    assert (
        ownership.headline(lived())
        == "Ownership moves 5 of 67 points of disloyalty; the largest part is the sooner fix, 40"
    )
    assert ownership.headline(lived({**ADDED, "owned": 0.5})).startswith("Ownership makes the trust: 50 of 112 points")


def test_a_world_has_a_name_that_says_what_it_is():
    made = world_of(Cell(sooner=True), sim.load("bricoleurs_1"), sim.load("pros_2"))
    assert made.name == "not_handling_sooner_not_told_not_owned"


@pytest.mark.slow
def test_it_runs_from_beginning_to_end(tmp_path, capsys):
    arguments = ["--replications", "2", "--days", "1", "--workers", "1", "--out", str(tmp_path)]
    assert ownership.main([*arguments, "--figure", str(tmp_path / "it.png")]) == 0
    text = ended(ownership.NAME, tmp_path)
    assert text.count("\n|") == 2 + 5 * len(MEASURES) + 2 + 16
    assert (tmp_path / "it.png").stat().st_size > 10_000


def test_interrupted_there_is_nothing_to_tell(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(sim, "replicate", lambda *_, **__: type("Made", (), {"interrupted": True}))
    assert ownership.main(["--quick", "--out", str(tmp_path)]) == 130
    assert "before there was anything to tell" in capsys.readouterr().err
