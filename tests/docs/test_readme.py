"""The README does what it says."""

from __future__ import annotations

import contextlib
import io
import itertools
import re
from pathlib import Path

import matplotlib
import pytest

import sim
from sim.cli import main

README = Path(__file__).parents[2] / "README.md"


def block(language: str, holds: str = "") -> str:
    """Return the first block in this language that holds some words."""
    found = re.findall(rf"```{language}\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    return next(one for one in found if holds in one)


def test_the_lines_for_a_notebook_run_and_draw(monkeypatch):
    """As printed, only shorter: two replications of one day in place of four of seven."""
    matplotlib.use("Agg")
    study = sim.compare
    monkeypatch.setattr(sim, "compare", lambda *worlds, **_: study(*worlds, replications=2, days=1, workers=1))
    names: dict[str, object] = {}
    exec(compile(block("python"), str(README), "exec"), names)
    assert len(block("python").strip().splitlines()) <= 8
    assert names["paid"].name == "double_peine"  # type: ignore[attr-defined]


def test_the_lines_for_a_sweep_run(monkeypatch, tmp_path):
    """As printed, only shorter: two replications of one day."""
    study = sim.sweep
    monkeypatch.setattr(sim, "sweep", lambda *of, **how: study(*of, replications=2, days=1, **how))
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {"sim": sim}
    exec(compile(block("python", "sim.sweep"), str(README), "exec"), names)
    assert len(names["made"].table()) == 7  # type: ignore[attr-defined]


def test_the_world_of_the_readme_differs_by_its_tariff_alone(tmp_path):
    written = tmp_path / "mine.toml"
    written.write_text(block("toml"), encoding="utf-8")
    changed = {change.key for change in sim.difference(sim.load("hotline_2005"), sim.load(written))}
    assert changed
    assert all(key.startswith("tariff") for key in changed - {"name", "about"})


@pytest.mark.parametrize("link", re.findall(r"\]\(([^)]+)\)", README.read_text(encoding="utf-8")))
def test_what_the_readme_points_to_is_there(link):
    assert (README.parent / link).exists()


def printed(*arguments: str) -> str:
    """Return what the command line prints, without the seconds it took."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        assert main([*arguments, "--quiet", "--figure", "none"]) == 0
    return timeless(out.getvalue())


def timeless(text: str) -> str:
    return re.sub(r"engine, [\d,]+ s\.", "engine, 0 s.", text)


def indented(text: str) -> str:
    """Return the block of the README that begins with this text, without its margin."""
    readme = README.read_text(encoding="utf-8")
    start = readme.index(f"    {text}")
    lines = itertools.takewhile(lambda line: not line or line.startswith("    "), readme[start:].splitlines())
    return timeless("\n".join(line[4:] for line in lines).rstrip() + "\n")


def test_what_the_first_command_prints_is_what_it_prints():
    assert printed("compare") == indented("empowered instead of double_peine")


def test_what_one_agent_more_brings_is_what_is_printed(tmp_path):
    written = tmp_path / "one_agent_more.toml"
    written.write_text(block("toml", "one agent more"), encoding="utf-8")
    assert printed("compare", "hotline_2005", str(written)).startswith(indented("one_agent_more instead of"))
