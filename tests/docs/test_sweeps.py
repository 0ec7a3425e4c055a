"""The page on sweeps: what it shows is run as it is printed, with fewer replications where it takes long."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import sim
from sim.cli import main

PAGE = Path(__file__).parents[2] / "docs" / "sweeps.md"


def blocks(language: str) -> list[str]:
    found = re.findall(r"^```(\w*)\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    return [block for its, block in found if its == language]


def test_the_script_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (script,) = blocks("python")
    names: dict[str, Any] = {}
    exec(compile(script, str(PAGE), "exec"), names)
    assert len(names["swept"].table()) == 7
    assert len(sim.open_sweep("out/the_cut").wide()) == 7


def test_the_file_and_the_commands_run(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (design,) = blocks("toml")
    short = design.replace("replications = 10", "replications = 2").replace("days = 7 ", "days = 1 ")
    assert "\nreplications = 2\n" in short
    assert "\ndays = 1 " in short
    Path("design.toml").write_text(short, encoding="utf-8")
    first, second, *_ = [line.partition("#")[0].split()[3:] for line in blocks("")[0].splitlines()]
    assert main(first) == main(second) == 0
    assert "effort_ces" in capsys.readouterr().out
    assert Path("out/points.png").exists()
