"""The README does what it says."""

from __future__ import annotations

import re
from pathlib import Path

import matplotlib
import pytest

import sim

README = Path(__file__).parents[2] / "README.md"


def block(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert found, f"the README has a {language} block"
    return found[1]


def test_the_lines_for_a_notebook_run_and_draw(monkeypatch):
    """As printed, only shorter: two replications of one day in place of four of seven."""
    matplotlib.use("Agg")
    study = sim.compare
    monkeypatch.setattr(sim, "compare", lambda *worlds, **_: study(*worlds, replications=2, days=1, workers=1))
    names: dict[str, object] = {}
    exec(compile(block("python"), str(README), "exec"), names)
    assert len(block("python").strip().splitlines()) <= 8
    assert names["paid"].name == "double_peine"  # type: ignore[attr-defined]


def test_the_world_of_the_readme_differs_by_its_tariff_alone(tmp_path):
    written = tmp_path / "mine.toml"
    written.write_text(block("toml"), encoding="utf-8")
    changed = {change.key for change in sim.difference(sim.load("hotline_2005"), sim.load(written))}
    assert changed
    assert all(key.startswith("tariff") for key in changed - {"name", "about"})


@pytest.mark.parametrize("link", re.findall(r"\]\(([^)]+)\)", README.read_text(encoding="utf-8")))
def test_what_the_readme_points_to_is_there(link):
    assert (README.parent / link).exists()
