"""`python -m sim sweep`: a design lived, kept, gone on with, read again, and its mistakes told."""

from __future__ import annotations

import json

import pandas as pd
import pytest

import sim
from sim.cli import main
from sim.study.sweeping.hands import SweepError

DESIGN = """base = "base"
measures = ["calls_per_problem", "hold_minutes_per_call"]
replications = 2
days = 1
out = "made"
[factorial]
"teams.front.staff" = ["x0.8", "x1.2", 0]
"""


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "design.toml").write_text(DESIGN, encoding="utf-8")
    return tmp_path


def test_a_design_becomes_a_folder_tables_a_figure_and_words(here, capsys):
    files = ["--csv", "long.csv", "--wide", "wide.csv", "--json", "made.json", "--figure", "made.png"]
    assert main(["sweep", "design.toml", *files]) == 0
    told = capsys.readouterr()
    assert "base at 3 points of a design, 2 replications of each (seed 1)" in told.out
    assert "  1    staff = x1.2  " in told.out
    assert "1 point could not be lived" in told.out
    made = sim.open_sweep("made")
    assert not made.interrupted
    long = pd.read_csv("long.csv", keep_default_na=False, na_values={"mean": "", "difference": ""})
    assert long["mean"].tolist() == pytest.approx(made.table()["mean"].tolist(), nan_ok=True)
    assert len(pd.read_csv("wide.csv")) == 4
    assert len(json.loads((here / "made.json").read_text(encoding="utf-8"))["rows"]) == 8
    assert (here / "made.png").stat().st_size > 10_000
    assert main(["sweep", "made"]) == 0
    assert capsys.readouterr().out == told.out


def test_what_the_command_line_says_goes_before_the_file(capsys):
    how = ["--replications", "3", "--seed", "4", "--measures", "calls_per_problem", "--out", "other", "--quiet"]
    assert main(["sweep", "design.toml", "--definitions", "--all", *how]) == 0
    told = capsys.readouterr()
    assert "3 replications of each (seed 4)" in told.out
    assert "calls_per_problem: " in told.out
    assert "hold_minutes_per_call" not in told.out
    assert told.err == ""
    assert sim.open_sweep("other").measures == ("calls_per_problem",)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["sweep", "none.toml"], "none.toml is missing"),
        (["sweep", "design.toml", "--measures", "cals_per_problem"], "did you mean calls_per_problem?"),
        (["sweep", "design.toml", "--figure-measure", "calls_per_problem"], "goes with --figure FILE"),
        (["sweep", "design.toml", "--figure", "a.png", "--figure-measure", "effort"], "--figure-measure is 'effort'"),
        (["sweep", "design.toml", "--figure", "a.txt"], "--figure a.txt has to end in"),
        (["sweep", "design.toml", "--cluster", "none.json"], "cluster is none.json: no scheduler answers there"),
    ],
)
def test_mistakes_are_told(capsys, options, told):
    assert main(options) == 2
    assert told in capsys.readouterr().err


def test_a_folder_takes_no_options_of_a_design(capsys):
    assert main(["sweep", "design.toml", "--quiet"]) == 0
    assert main(["sweep", "made", "--seed", "3", "--engine", "simpy"]) == 2
    assert "--seed, --engine goes with the file of a design, and made is a sweep's folder" in capsys.readouterr().err


def test_who_gives_up_is_told_with_what_is_finished(monkeypatch, capsys):
    def gives_up(*_: object, **__: object) -> None:
        raise SweepError("who did the work gave up (gone)")

    monkeypatch.setattr("sim.cli.designs.swept_over", gives_up)
    assert main(["sweep", "design.toml", "--quiet"]) == 1
    told = capsys.readouterr()
    assert "who did the work gave up (gone)" in told.err
    assert "what was finished stands in made: the same command goes on from there" in told.err
