"""`best`, `frontier`, `tornado` and `indices`: what is printed, written and refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import sim
from sim.cli import main
from sim.study.sweeping.hands import SweepError
from tests.cli.worlds import small_file

DESIGN = """base = "small.toml"
measures = ["staff_eur_per_problem", "hold_minutes_per_call"]
replications = 3
[sobol]
points = 4
[sobol.ranges]
"teams.front.talk" = ["8 min", "12 min"]
"teams.front.staff" = [1, 3]
"""
RANGES = ["--vary", "teams.front.staff=1:3", "--vary", "teams.front.talk=x0.8:x1.2"]
HOLD = ["--measure", "hold_minutes_per_call"]


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    small_file(tmp_path, "small")
    Path("design.toml").write_text(DESIGN, encoding="utf-8")
    return tmp_path


def tree(file: str) -> Any:
    return json.loads(Path(file).read_text(encoding="utf-8"), parse_constant=lambda constant: pytest.fail(constant))


FILES = ["--json", "a.json", "--csv", "a.csv", "--figure", "a.png"]


def written(command: str) -> Any:
    """Return what a command wrote as JSON; table and figure are there too."""
    told = tree("a.json")
    assert told["command"].startswith(f"python -m sim {command}")
    assert len(pd.read_csv("a.csv")) == len(told["rows"])
    assert Path("a.png").stat().st_size > 10_000
    return told


def test_best_finds_what_the_function_finds(capsys):
    how = ["--indifference", "0.5", "--pilot", "5", "--most", "20", "--confidence", "90%"]
    assert main(["best", "design.toml", *HOLD, *how, *FILES, "--quiet", "--definitions"]) == 0
    printed = capsys.readouterr().out
    assert "hold_minutes_per_call of small is lowest at" in printed
    assert "with 90 % confidence" in " ".join(printed.split())
    told = written("best")
    plan = sim.read_plan("design.toml")
    made = sim.best(plan.base, plan.design, "hold_minutes_per_call", indifference=0.5, pilot=5, most=20, confidence=0.9)
    assert (told["point"], told["left"], told["confidence"]) == (made.point, list(made.left), 0.9)
    assert printed == made.text(every=False) + "\n"


def test_the_other_side_and_a_budget_that_is_over(capsys):
    how = ["--indifference", "0.000001", "--pilot", "3", "--most", "3", "--max", "--seed", "4", "--days", "0.5"]
    assert main(["best", "design.toml", *HOLD, *how, "--quiet", "--json", "a.json"]) == 0
    told = tree("a.json")
    assert (told["better"], told["settled"], told["seed"]) == ("higher", False, 4)
    assert any("is not held" in said for said in told["warnings"])
    assert "is not held" in capsys.readouterr().out


def test_a_first_look_is_small(monkeypatch, capsys):
    asked: dict[str, Any] = {}

    def prepared(*_: Any, **how: Any) -> Any:
        asked.update(how)
        raise ValueError("enough")

    monkeypatch.setattr("sim.cli.choosing.prepared", prepared)
    assert main(["best", "design.toml", *HOLD, "--indifference", "1", "--quick"]) == 2
    assert (asked["most"], asked["days"]) == (40, 7.0)
    assert main(["best", "design.toml", *HOLD, "--indifference", "1", "--quick", "--most", "9", "--days", "2"]) == 2
    assert (asked["most"], asked["days"]) == (9, 2.0)
    assert "enough" in capsys.readouterr().err


def test_frontier_of_the_two_measures_that_the_design_names(capsys):
    assert main(["frontier", "design.toml", *FILES, "--out", "kept"]) == 0
    first = capsys.readouterr()
    assert "efficient in staff_eur_per_problem and hold_minutes_per_call" in " ".join(first.out.split())
    assert "written: a.json" in first.err
    told = written("frontier")
    made = sim.frontier(sim.open_sweep("kept"), "staff_eur_per_problem", "hold_minutes_per_call")
    assert [row["efficient"] for row in told["rows"]] == [one.efficient for one in made.placed]
    assert main(["frontier", "kept"]) == 0  # the folder, read again
    assert capsys.readouterr().out == first.out
    assert main(["frontier", "kept", "--seed", "3", "--quick"]) == 2
    assert "--seed, --quick goes with the file of a design" in capsys.readouterr().err


def test_tornado_of_a_world_and_of_a_design(capsys):
    assert main(["tornado", "small.toml", *RANGES, *HOLD, "--replications", "3", *FILES, "--quiet"]) == 0
    assert "is moved most by teams.front.staff: from 1 to 3" in " ".join(capsys.readouterr().out.split())
    told = written("tornado")
    ranges = {"teams.front.staff": (1, 3), "teams.front.talk": ("x0.8", "x1.2")}
    made = sim.tornado("small.toml", ranges, "hold_minutes_per_call", replications=3)
    assert [row["swing"] for row in told["rows"]] == [bar.swing for bar in made.bars]
    assert main(["tornado", "design.toml", *HOLD, "--vary", "line.menu=0s:9s", "--quiet", "--json", "b.json"]) == 0
    again = tree("b.json")
    assert {row["path"] for row in again["rows"]} == {"teams.front.talk", "teams.front.staff", "line.menu"}
    assert again["replications"] == [1, 2, 3]


def test_indices_of_a_world(capsys):
    size = ["--replications", "2", "--points", "4", "--out", "kept"]
    assert main(["indices", "small.toml", *RANGES, *HOLD, *size, *FILES, "--quiet"]) == 0
    assert "explains most of the variance" in capsys.readouterr().out
    told = written("indices")
    assert (told["points"], told["lived"]) == (4, 16)
    assert len(sim.open_sweep("kept").design) == 16
    assert told["rows"][0]["path"] == "teams.front.staff"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["best", "none.toml", *HOLD, "--indifference", "1"], ["none.toml is missing"]),
        (["best", "design.toml", "--indifference", "1"], ["--measure ID is needed", "hold_minutes_per_call"]),
        (["best", "design.toml", "--measure", "calls_per_day", "--indifference", "1"], ["say --min or --max"]),
        (
            ["best", "design.toml", "--measure", "hold_minute_per_call", "--indifference", "1", "--days", "0.3"],
            ["did you mean hold_minutes_per_call?", "days is 0.3"],
        ),
        (["best", "design.toml", *HOLD, "--indifference", "1", "--figure", "a.txt"], ["has to end in"]),
        (["best", "design.toml", *HOLD, "--indifference", "1", "--csv", "design.toml"], ["design.toml"]),
        (["frontier", "design.toml", *HOLD], ["--measure is given once: a frontier is of two"]),
        (["frontier", "design.toml", *HOLD, *HOLD], ["is given twice"]),
        (
            ["frontier", "design.toml", *HOLD, "--measure", "calls_per_day", "--json", "."],
            ["calls_per_day: no side is better", "is a folder"],
        ),
        (
            ["frontier", "design.toml", *HOLD, "--measure", "effort_ces", "--out", "o"],
            ["effort_ces is not among the design's measures"],
        ),
        (
            ["tornado", "small.toml", "--vary", "teams.front.stff=1:2", "--vary", "x=1", "--measure", "hold"],
            ["did you mean teams.front.staff?", '--vary "x=1": write PATH=LOW:HIGH', 'measure "hold" is not known'],
        ),
        (["tornado", "small.toml", *RANGES, *RANGES, *HOLD], ["--vary teams.front.staff is there twice"]),
        (["tornado", "smal.toml", *RANGES, *HOLD], ["smal.toml"]),
        (["tornado", "small.toml", *HOLD], ["no path is to be moved: say --vary"]),
        (["tornado", "small.toml", *HOLD, "--vary", "line.menu=nan:1"], ["both have to be finite"]),
        (["tornado", "small.toml", *HOLD, "--vary", "line.menu=" + "9" * 5000 + ":1"], ["--vary"]),
        (
            ["indices", "small.toml", *HOLD, "--vary", "line.menu=a:b", "--points", "6", "--out", "small.toml"],
            ["two numbers, two durations or two factors", "points is 6: a power of two"],
        ),
    ],
)  # fmt: skip
def test_mistakes_are_told_all_at_once(capsys, arguments, said):
    assert main([*arguments, "--quiet"]) == 2
    told = capsys.readouterr().err
    for part in said:
        assert part in told
    assert "Traceback" not in told


@pytest.mark.parametrize("option", ["--indifference=0", "--indifference=inf", "--confidence=1", "--confidence=100%"])
def test_numbers_that_cannot_be_are_refused(capsys, option):
    with pytest.raises(SystemExit):
        main(["best", "design.toml", *HOLD, "--indifference", "1", option])
    assert "is not a" in capsys.readouterr().err


def test_a_path_that_is_no_file_is_a_mistake(capsys):
    Path("odd.toml").write_bytes(b"\xff\xfebase = 1")
    assert main(["tornado", "odd.toml", *RANGES, *HOLD]) == 2
    assert main(["indices", ".", *RANGES, *HOLD]) == 2
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("command", ["frontier", "tornado"])
def test_who_gives_up_is_told_with_what_is_finished(monkeypatch, capsys, command):
    made = sim.sweep(
        "small.toml", [{"teams.front.staff": 1}, {"teams.front.staff": 3}], replications=2,
        measures=["staff_eur_per_problem", "hold_minutes_per_call"],
    )  # fmt: skip

    def gives_up(*_: object, **__: object) -> None:
        error = SweepError("who did the work gave up (gone)")
        error.finished = made
        raise error

    monkeypatch.setattr("sim.cli.designs.swept_over", gives_up)
    named = ["design.toml"] if command == "frontier" else ["small.toml", *RANGES[:2], *HOLD]
    assert main([command, *named, "--out", "kept", "--quiet"]) == 1
    told = capsys.readouterr()
    assert "who did the work gave up (gone)" in told.err
    assert "what was finished stands in kept" in told.err
    assert "of small" in told.out


def test_ctrl_c_tells_what_is_finished(monkeypatch, capsys):
    """The process ends with 130; indices have nothing to tell, and say where what was lived is kept."""
    there = sim.sweep("small.toml", [{"teams.front.staff": 1}] * 2, replications=2, measures=["hold_minutes_per_call"])
    from dataclasses import replace

    monkeypatch.setattr("sim.cli.designs.swept_over", lambda *_, **__: replace(there, interrupted=True))
    assert main(["tornado", "small.toml", *RANGES[:2], *HOLD, "--quiet"]) == 130
    assert "Interrupted: this is of what was lived by then." in capsys.readouterr().out
    assert main(["indices", "small.toml", *RANGES[:2], *HOLD, "--out", "kept", "--quiet"]) == 130
    told = capsys.readouterr()
    assert "what was lived is kept in kept: the same command goes on from there" in told.err
    assert told.out == ""


@pytest.mark.parametrize("command", ["tornado", "indices"])
def test_the_folder_of_a_design_is_that_of_its_sweep(tmp_path, capsys, command):
    """Its points are others: nothing is kept there, and that is said."""
    file = tmp_path / "design.toml"
    file.write_text(
        'base = "base"\nmeasures = ["staff_eur_per_problem"]\nreplications = 2\ndays = 1\nout = "kept"\n'
        '[latin_hypercube]\npoints = 2\nranges = { "teams.*.wage" = ["x0.9", "x1.1"] }\n',
        encoding="utf-8",
    )
    assert main(["sweep", str(file)]) == 0
    few = ["--points", "2"] if command == "indices" else []
    assert main([command, str(file), *few]) == 0
    assert f"out is for a sweep: {command} keeps nothing in" in capsys.readouterr().err
