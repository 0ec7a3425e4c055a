"""A comparison is one first world and as many others as stand beside it: each is told by its own name."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from sim.report.names import labelled, names
from sim.report.stored import read
from sim.report.tables import tidy, tidy_csv
from sim.study.again import again
from sim.study.comparison import Comparison, beside
from sim.study.equal import as_written, equal_staff
from sim.study.replicate import together
from sim.study.size import Size
from tests.worlds import tiny_world

FEW = {"population": {"problems_per_day": 100}}
FIRST = tiny_world(**FEW, teams={"front": {"staff": 2}})
SLOW = tiny_world(**FEW, name="slow", teams={"front": {"staff": 3, "talk": "15 min"}})
TEAMS = {"front": {"staff": 2}, "back": {"staff": 1, "talk": "5 min", "wage": 20}}
TWO = tiny_world(**FEW, name="two_teams", teams=TEAMS)


def compared(numbers=(0, 1)):
    """The first world, and beside it one with its own staff and with the first's, and another one."""
    equalities = as_written(FIRST, SLOW), equal_staff(FIRST, SLOW), as_written(FIRST, TWO)
    worlds = FIRST, *(one.second for one in equalities)
    first, *others = together(worlds, Size(numbers, 1, workers=1))
    asked = (replace(lived, asked=world) for lived, world in zip(others, (SLOW, SLOW, TWO), strict=True))
    return Comparison(first, beside(first, zip(equalities, asked, strict=True)))


@pytest.fixture(scope="module")
def study():
    return compared()


def test_each_is_told_by_its_own_name(study):
    assert names(study) == ("tiny", "slow", "slow", "two_teams")
    assert labelled(study)[1:] == ("slow with own staff", "slow with equal staff", "two_teams with own staff")
    text = study.text()
    for name in ("slow instead of tiny, own staff", "slow instead of tiny, equal staff", "two_teams instead of tiny"):
        assert name in text
    assert "A difference is another world minus tiny" in " ".join(text.split())
    assert repr(study).startswith("<Comparison of tiny and slow and two_teams, ")


def test_worlds_of_the_same_name_are_told_apart():
    first, *others = together((FIRST, SLOW, SLOW.model_copy(update={"name": "tiny"})), Size((0, 1), 1, workers=1))
    ways = [(as_written(FIRST, one.world), one) for one in others]
    assert names(Comparison(first, beside(first, ways))) == ("tiny (1)", "slow", "tiny (3)")


def test_all_have_the_same_measures_and_a_team_that_a_world_has_not_is_undefined_there(study):
    ids = [[line.measure.id for line in way.lines] for way in study.ways]
    assert ids[0] == ids[1] == ids[2]
    assert [way.lines[ids[0].index("occupancy.back")].worlds[1].mean is None for way in study.ways] == [
        True,
        True,
        False,
    ]


def test_every_way_has_columns_and_rows_of_its_own(study):
    table = study.table()
    line = study.ways[2].lines[0]
    assert table.iloc[0]["two_teams minus tiny, own staff"] == line.difference.mean
    assert table.iloc[0]["slow, equal staff"] == study.ways[1].lines[0].worlds[1].mean
    assert {"tiny", "slow", "two_teams", "slow minus tiny", "two_teams minus tiny"} == set(tidy(study)["of"])


def test_a_notebook_has_a_column_for_each(study):
    html = study._repr_html_()
    assert all(f"<th>{head}</th>" in html for head in ("slow, own staff", "slow, equal staff", "two_teams, own staff"))


def test_it_is_stored_read_and_made_anew(study, tmp_path):
    (tmp_path / "r.json").write_text(study.to_json())
    assert [way["world"] for way in json.loads(study.to_json())["ways"]] == [1, 1, 2]
    assert read(tmp_path / "r.json") == study
    assert again(study, workers=1) == study


def test_parts_are_put_together_way_by_way(study):
    parts = compared((0,)), compared((1,))
    assert sum(parts) == parts[0] + parts[1] == study


def test_the_rows_of_the_tidy_table_are_written_as_pandas_writes_them(study):
    """Without intervals too, and with measures that are undefined in a world."""
    for one in (study, study.first, compared((0,))):
        assert tidy_csv(one) == tidy(one).to_csv(index=False)
