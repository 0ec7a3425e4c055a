"""`run --intervals` and `--heat-map`: what is written, and what is refused before the long work begins."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from sim.cli import main
from tests.cli.worlds import small_file

RUN = ("--replications", "2", "--workers", "1", "--quiet")


@pytest.fixture
def world(tmp_path, monkeypatch) -> str:
    monkeypatch.chdir(tmp_path)
    return small_file(tmp_path, "small")


def rows_of(file: str) -> list[dict[str, str]]:
    with Path(file).open(newline="", encoding="utf-8") as table:
        return list(csv.DictReader(table))


def test_a_table_is_written_beside_what_is_printed(world, capsys):
    asked = ["--intervals", "t.csv", "--every", "1 h", "--by", "team, reason", "--first-monday", "1999-01-04"]
    assert main(["run", world, *RUN, *asked]) == 0
    assert capsys.readouterr().err == ""
    rows = rows_of("t.csv")
    assert [row["date"] for row in rows] == ["1999-01-04"] * 24
    assert {(row["team"], row["reason"]) for row in rows} == {("front", "any")}
    assert rows[0]["from"] == "00:00"
    assert rows[0]["to"] == "01:00"
    assert all(row["offered"] == "0.0" and row["speed_of_answer"] == "" for row in rows if row["note"] == "no calls")
    assert "occupancy" not in rows[0]


def test_the_measures_are_the_same_with_intervals_and_without(world, capsys):
    assert main(["run", world, *RUN, "--all"]) == 0
    alone = capsys.readouterr().out
    assert main(["run", world, *RUN, "--all", "--intervals", "t.csv", "--every", "15"]) == 0
    assert capsys.readouterr().out == alone
    assert len(rows_of("t.csv")) == 96


def test_a_bare_number_is_minutes_halves_too(world):
    assert main(["run", world, *RUN, "--intervals", "t.csv", "--every", "7.5", "--columns", "offered"]) == 0
    rows = rows_of("t.csv")
    assert len(rows) == 192
    assert rows[1]["from"] == "00:07:30"


def test_columns_and_where_calls_count_are_chosen(world):
    asked = ["--intervals", "t.csv", "--columns", "offered,occupancy", "--counted", "exit", "--every", "whole"]
    assert main(["run", world, *RUN, *asked]) == 0
    (row,) = rows_of("t.csv")
    assert list(row)[-6:] == ["offered", "offered_low", "offered_high", "occupancy", "occupancy_low", "occupancy_high"]


def test_the_week_is_drawn(world, capsys):
    assert main(["run", world, *RUN[:-1], "--heat-map", "week.png", "--heat-measure", "occupancy"]) == 0
    assert "written: week.png" in capsys.readouterr().err
    assert Path("week.png").stat().st_size > 10_000


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["--every", "15", "--by", "team"], "--every, --by goes with --intervals FILE or --heat-map FILE"),
        (["--intervals", "t.csv", "--heat-measure", "offered"], "--heat-measure goes with --heat-map FILE"),
        (["--intervals", "t.csv", "--every", "0 min"], "every is '0 min': intervals have a length"),
        (["--intervals", "t.csv", "--every", "0"], "every is 0.0"),
        (["--intervals", "t.csv", "--every", "7"], "every is 7.0: it has to part a day evenly"),
        (
            ["--intervals", "t.csv", "--every", "soon", "--by", "teem,", "--columns", "offerd", "--first-monday", "x"],
            "every is 'soon'",
        ),
        (["--intervals", "t.csv", "--by", "teem"], "by is 'teem': did you mean team?"),
        (["--intervals", "t.csv", "--columns", "offerd"], "did you mean offered?"),
        (
            ["--intervals", "t.csv", "--first-monday", "1999-01-05"],
            "first_monday: 1999-01-05 is a Tuesday; the nearest Mondays are 1999-01-04",
        ),
        (["--intervals", "t.csv", "--first-monday", ""], 'first_monday: "" is not a date'),
        (["--first-monday", ""], "--first-monday dates what --log FILE or --intervals FILE says"),
        (["--intervals", "."], "--intervals . is a folder"),
        (["--intervals", "t.csv", "--csv", "t.csv"], "is what --csv writes too"),
        (["--heat-map", "week.jpg"], "--heat-map week.jpg has to end in"),
        (["--heat-map", "w.png", "--every", "whole"], "--heat-map needs intervals of a day at most"),
        (["--heat-map", "w.png", "--heat-measure", "longest_queue"], "--heat-measure is 'longest_queue'"),
        (["--heat-map", "w.png", "--heat-measure", "ocupancy"], "did you mean occupancy?"),
        (["--heat-map", "w.png", "--heat-measure", "sl1"], "did you mean service_level_sl1?"),
        (
            ["--heat-map", "w.png", "--heat-measure", "service_level"],
            "did you mean one of service_level_sl1, service_level_sl2, service_level_arena, service_level_served",
        ),
    ],
)
def test_what_cannot_be_is_told_before_anything_is_lived(world, capsys, asked: list[str], said: str):
    assert main(["run", world, "--replications", "100000", *asked]) == 2
    assert said in capsys.readouterr().err
    assert not Path("t.csv").exists()


def test_all_that_is_wrong_is_told_at_once(world, capsys):
    asked = ["--every", "soon", "--by", "teem", "--columns", "offerd", "--first-monday", "x"]
    assert main(["run", world, "--intervals", "t.csv", *asked]) == 2
    told = capsys.readouterr().err
    assert all(word in told for word in ("'soon'", "'teem'", '"offerd"', '"x" is not a date'))
