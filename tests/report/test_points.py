"""Best, frontier, tornado and indices as they are read: words, tables, files and notebooks."""

from __future__ import annotations

import csv
import io
import json
from html import escape
from typing import Any

import numpy as np
import pytest

import sim
from sim.report.points import called, within
from sim.study.choosing import best as module
from sim.study.choosing.frontier import frontier
from sim.study.choosing.indices import Share, SobolIndices
from sim.study.choosing.tornado import tornado_of
from sim.study.running.estimate import Estimate
from tests.study.points import living, named, numbered, swept
from tests.worlds import tiny_world

WORLD = tiny_world(name="a<b&c")
HOLD, CALLS, FIRM = "hold_minutes_per_call", "calls_per_problem", "firm_eur_per_problem"
NAMES = ("<script>alert(1)</script>", 'two & "three"')
HIGH, LOW = [4.0, 5.0, 6.0], [1.0, 1.5, 0.5]


@pytest.fixture
def studies(monkeypatch) -> dict[str, Any]:
    """Return one study of each kind, of points of known values, with names that mean something to a browser."""
    monkeypatch.setattr(module, "sweep", living({-1: HIGH, 0: LOW, 1: HIGH}, below={1: 0.0}))
    best = sim.best(WORLD, named(*NAMES), HOLD, indifference=0.5, pilot=3, most=3)
    seen = swept({FIRM: {-1: HIGH, 0: LOW}, HOLD: {-1: LOW, 0: HIGH}}, named(*NAMES), WORLD, failed={1: "<b>why</b>"})
    ends = swept({CALLS: {-1: HIGH, 0: LOW, 1: HIGH, 2: HIGH}}, numbered(4), WORLD, failed={3: "<b>why</b>"})
    ranges = {"line.lines": ("<i>1</i>", 2), "line.menu": ("1 s", "2 s")}
    known = "<i>1</i>", "2", Estimate(0.5, 0.4, 0.6), Estimate(0.6, None, None)
    shares = tuple(Share(path, *known) for path in ("<p>", "line.menu"))
    indices = SobolIndices(WORLD, sim.MEASURES[CALLS], shares, 8, 1.5, 0.25, 0.9, (0, 1), 1, 1, 0.1)
    made = {"best": best, "frontier": frontier(seen, FIRM, HOLD), "tornado": tornado_of(ends, ranges, CALLS)}
    return {**made, "indices": indices}


KINDS = pytest.mark.parametrize("kind", ["best", "frontier", "tornado", "indices"])


@KINDS
def test_a_notebook_shows_names_as_they_are(studies, kind):
    shown = studies[kind]._repr_html_()
    assert "<script>" not in shown
    assert "<b>" not in shown
    assert "<i>" not in shown
    assert "<p>" not in shown.removeprefix("<p>")
    assert "a&lt;b&amp;c" in shown
    first = studies[kind].measures[0] if kind == "frontier" else studies[kind].measure
    assert escape(first.definition) in shown
    assert shown.count("<table ") == shown.count("</table>") == 1


@KINDS
def test_words_have_measure_unit_interval_and_definition(studies, kind):
    text = studies[kind].text()
    assert max(map(len, text.splitlines())) <= 120
    for measure in studies[kind].measures if kind == "frontier" else [studies[kind].measure]:
        assert f"{measure.id} ({measure.unit}): " in text
        assert measure.definition.split(",")[0][:40] in " ".join(text.split())
    assert "±" in text or "[" in text
    assert sim.MEASURES[CALLS].definition not in " ".join(studies[kind].text(definitions=False).split())


@KINDS
def test_what_is_written_is_read_again_and_undefined_is_null(studies, kind):
    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    tree = json.loads(studies[kind].to_json(), parse_constant=refuse)
    assert tree["world"] == "a<b&c"
    assert tree["digest"] == sim.digest(WORLD)
    assert tree["days"] == 1.0
    assert tree["findings"]
    assert tree["warnings"]
    assert all({"id", "unit", "better", "definition", "guessed"} == set(one) for one in tree["measures"])
    rows, table = tree["rows"], studies[kind].table()
    assert list(rows[0]) == list(table.columns)
    assert len(rows) == len(table)
    for name in table.select_dtypes("number").columns:
        for row, value in zip(rows, table[name], strict=True):
            assert row[name] is None if np.isnan(value) else row[name] == value
    read = list(csv.DictReader(io.StringIO(table.to_csv(index=False))))
    assert len(read) == len(rows)


def test_undefined_values_are_null_where_they_are_expected(studies):
    best = {row["point"]: row for row in json.loads(studies["best"].to_json())["rows"]}
    assert best[1]["mean"] is None
    assert best[1]["failed"] == f"{HOLD} is undefined there"
    bars = {row["path"]: row for row in json.loads(studies["tornado"].to_json())["rows"]}
    assert bars["line.menu"]["swing"] is None
    assert bars["line.menu"]["at_low"] == 0.0
    shares = json.loads(studies["indices"].to_json())["rows"]
    assert shares[0]["total_low"] is None


def test_measures_that_rest_on_guesses_are_marked(studies):
    assert f"efficient in {FIRM}* and {HOLD}" in " ".join(studies["frontier"].text().split())
    assert "* with the margin of customers lost, which rests on guesses" in studies["frontier"].text()
    assert "rests on guesses" not in studies["best"].text()


def test_what_cannot_move_a_terminal(monkeypatch):
    monkeypatch.setattr(module, "sweep", living({-1: HIGH, 0: LOW}))
    made = sim.best(WORLD, named("red\x1b[31m"), HOLD, indifference=0.5, pilot=3, most=3)
    assert "\x1b" not in made.text()


def test_of_many_points_thirty_are_shown_unless_all_are_asked_for(monkeypatch):
    seen = {at: [float(at), at + 1.0, at + 0.5] for at in range(-1, 40)}
    monkeypatch.setattr(module, "sweep", living(seen))
    made = sim.best(WORLD, numbered(40), HOLD, indifference=0.5, pilot=3, most=3)
    assert "and 11 more" in made.text(every=False)
    assert made.text(every=False).count("lines = ") == 29  # thirty rows, one of them the world as it is
    assert made.text(every=True).count("lines = ") == 40
    many = swept({FIRM: seen, HOLD: seen}, numbered(40), WORLD)
    assert "and 11 more" in frontier(many, FIRM, HOLD).text(every=False)
    assert "and 11 more" not in frontier(many, FIRM, HOLD).text(every=True)


def test_paths_are_shortened_to_what_tells_them_apart():
    design = sim.Design(({"teams.a.staff": 1, "teams.b.staff": 2, "line.menu": "1 s"}, {}))
    assert called(design, 0) == "a.staff = 1, b.staff = 2, menu = 1 s"
    assert called(design, 1) == called(design, -1) == "as it is"
    long = sim.Design(({"line.menu": "12.26413 s", "line.lines": 40, "tariff.price_per_minute": 123456.789},))
    assert called(long, 0) == "menu = 12.26 s, lines = 40, price_per_minute = 123457"
    names = sim.Design(({"line.menu": "1 s"}, {}), ("named", "nothing"))
    assert [called(names, one) for one in (0, 1)] == ["named", "nothing"]
    assert [within(design, 0, most) for most in (36, 35)] == ["a.staff = 1, b.staff = 2, menu = 1 s", "point 0"]
