"""Tables of a world as rows: the same back again, pasted in any usual way, every wrong cell told with its row."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.languages import told
from sim.reading import from_tree, load, shipped, written
from sim.ui.editing.grids import ARRIVALS, GRIDS, SOLVING, STAFF, arrival_rows, write_arrivals, write_staff
from sim.ui.editing.pasted import Column, pasted
from sim.ui.editing.places import changes, set_at
from sim.ui.editing.tables import frame, with_edits
from sim.units import DAYS

TREES = {name: written(load(name)) for name in shipped()}
BASE = TREES["base"]
SHIFTED = set_at(
    set_at(BASE, ("teams", "front", "staff"), 0),
    ("teams", "front", "shifts"),
    {"early": {"agents": 3, "hours": ["mon-fri 08:00-16:00"], "breaks": ["10:00-10:15"], "lunches": ["12:00-12:30"]}},
)


@pytest.mark.parametrize("name", GRIDS)
@pytest.mark.parametrize("tree", [*TREES.values(), SHIFTED], ids=[*TREES, "shifts"])
def test_rows_written_back_change_nothing(name, tree):
    made, wrong = GRIDS[name].write(GRIDS[name].rows(tree), tree)
    assert wrong == []
    assert list(changes(tree, made)) == []


@pytest.mark.parametrize("name", GRIDS)
def test_rows_fit_their_frame(name):
    rows = GRIDS[name].rows(SHIFTED)
    assert list(frame(rows, GRIDS[name].columns).columns) == [one.name for one in GRIDS[name].columns]


HEADED = "team\tdays\tfrom\tto\tagents\nfront\tmon-fri\t08:00\t20:00\t9\nsecond\topen\t\t\t3\n"
WAYS = [
    HEADED,
    HEADED.replace("\t", ";"),
    HEADED.replace("\t", ","),
    HEADED.partition("\n")[2],
    "agents;équipe;jours;de;à\n9;front;mon-fri;08:00;20:00\n3;second;open;;\n",
    HEADED.replace("\n", "\r\n") + "\r\n\r\n",
]


@pytest.mark.parametrize("text", WAYS)
def test_a_staff_is_pasted_with_a_heading_or_without_in_any_usual_way(text):
    rows, wrong = pasted(text, STAFF)
    assert wrong == []
    made, wrong = write_staff(rows, BASE)
    assert wrong == []
    world = from_tree(made, "made")
    assert (world.teams["front"].staff, world.teams["second"].staff) == ({"mon-fri 08:00-20:00": 9}, 3)


def test_every_wrong_cell_is_told_at_once_with_its_row_and_column():
    rows, wrong = pasted("team;days;from;to;agents\nfront;mon-fri;08:00;20:00;many\n;mon;8:00;9:00;2.5\n", STAFF)
    assert [(one.row, one.column) for one in wrong] == [(2, "agents"), (3, "agents"), (3, "team")]
    assert len(rows) == 2


def test_rows_that_make_no_sense_leave_the_world_as_it_is_and_are_told():
    rows = [
        {"team": "frnt", "days": "mon", "from": "08:00", "to": "09:00", "agents": 1},
        {"team": "front", "days": "monnday", "from": "08:00", "to": "09:00", "agents": 1},
        {"team": "front", "days": "tue", "from": "08:00", "to": "09:07", "agents": -1},
        {"team": "second", "days": "open", "from": None, "to": None, "agents": 1},
        {"team": "second", "days": "tue", "from": "08:00", "to": "09:00", "agents": 1},
    ]
    made, wrong = write_staff(rows, BASE)
    assert made is BASE
    assert [(one.row, one.column) for one in wrong] == [
        (1, "team"), (2, "days"), (3, "days"), (3, "agents"), (5, "days"),
    ]  # fmt: skip
    assert "front" in wrong[0].right
    for one in wrong:
        assert told(one.problem, "fr") != one.problem, one


def test_arrivals_set_the_volume_and_when_they_come():
    """Ten problems an hour from Monday to Friday, 8 to 12 h: 200 a week, none at the weekend."""
    rows = [
        {"from": f"{hour:02d}:00", **{day: 10 * (8 <= hour < 12 and day not in ("sat", "sun")) for day in DAYS}}
        for hour in range(24)
    ]
    made, wrong = write_arrivals(rows, BASE)
    assert wrong == []
    population = from_tree(made, "made").population
    assert 7 * population.problems_per_day == pytest.approx(200)
    again = arrival_rows(made, 60)
    assert [row["mon"] for row in again] == pytest.approx([10 * (8 <= hour < 12) for hour in range(24)])
    halves = arrival_rows(made, 30)
    assert sum(row["tue"] for row in halves) == pytest.approx(40)
    assert halves[16]["tue"] == pytest.approx(5)
    assert not any(row["sun"] for row in again)


def test_arrivals_of_the_base_world_add_up_to_its_volume():
    rows = arrival_rows(BASE, 60)
    assert sum(row[day] for row in rows for day in DAYS) == pytest.approx(7 * BASE["population"]["problems_per_day"])


def test_chances_are_pasted_in_percent_with_a_decimal_comma():
    rows, wrong = pasted("team;class;chance\nfront;easy;92,5\nfront;hard;40 %\nsecond;hard;70\n", SOLVING)
    assert wrong == []
    made, wrong = GRIDS["solving"].write(rows, BASE)
    assert wrong == []
    assert from_tree(made, "made").teams["front"].solve == {"easy": 0.925, "hard": 0.4}


@pytest.mark.parametrize(
    "text", ["", "\n\n", "team", "x" * 300_000, '"', "team;what;agents\nfront;1;2", "a\x00b;c", "=1+1;2;3;4;5;6;7"]
)
def test_what_cannot_be_read_is_told(text):
    assert pasted(text, STAFF)[1]


@given(st.text(max_size=300))
def test_whatever_is_pasted_comes_back_as_rows_or_is_told(text):
    for columns in (STAFF, ARRIVALS, SOLVING):
        rows, wrong = pasted(text, columns)
        assert rows or wrong
        assert all(set(row) == {one.name for one in columns} for row in rows)


@given(
    st.lists(st.tuples(st.sampled_from(["front", "second"]), st.integers(0, 99)), min_size=1, max_size=9),
    st.sampled_from("\t;,"),
)
def test_rows_written_as_text_are_read_back(rows, sign):
    text = "\n".join(sign.join((team, str(agents))) for team, agents in rows)
    found, wrong = pasted(text, [Column("team"), Column("agents", "whole")])
    assert wrong == []
    assert [(row["team"], row["agents"]) for row in found] == rows


def test_a_grids_edits_are_laid_over_its_first_rows():
    rows = [{"team": "front", "agents": 4}, {"team": "second", "agents": 2}, {"team": "third", "agents": 1}]
    edits = {"edited_rows": {0: {"agents": 5}}, "added_rows": [{"team": "new"}, {}], "deleted_rows": [1]}
    assert with_edits(rows, edits) == [
        {"team": "front", "agents": 5},
        {"team": "third", "agents": 1},
        {"team": "new"},
    ]
