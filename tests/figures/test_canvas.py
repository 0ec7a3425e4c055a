"""No screen and no pyplot where files are written, whatever the environment says; figures shown in a notebook."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DRAW = """
import os, sys, warnings
warnings.simplefilter("error")
from sim.figures import forest, save
from tests.figures.drawn import comparison, line
study = comparison(line("calls_per_problem", 5.0, 3.0, (-2.0, -2.5, -1.5)))
for _ in range(22):
    drawn = forest(study)
save(drawn, sys.argv[1])
assert "matplotlib.pyplot" not in sys.modules
print(os.environ.get("MPLBACKEND"))
"""
"""The comparison is made of lines by hand; the figures are made before matplotlib is imported by anyone else."""


@pytest.mark.parametrize("backend", ["nonsense", "TkAgg", None])
def test_more_than_twenty_figures_are_drawn_and_saved_with_any_backend(tmp_path, backend):
    environment = {name: value for name, value in os.environ.items() if name not in ("MPLBACKEND", "DISPLAY")}
    if backend:
        environment["MPLBACKEND"] = backend
    done = subprocess.run(
        [sys.executable, "-c", DRAW, str(tmp_path / "forest.png")],
        capture_output=True,
        text=True,
        env=environment,
        cwd=ROOT,
    )
    assert (done.stderr, done.stdout.strip()) == ("", str(backend))
    assert (tmp_path / "forest.png").stat().st_size > 10_000
