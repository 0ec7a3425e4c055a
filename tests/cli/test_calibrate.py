"""`python -m sim calibrate`, as a planner calls it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import sim
from tests.cli.worlds import ROOT, called, hears_ctrl_c, small_file

MONTH = """\
about = "a month of a small centre"
days = 30
offered = 2400
answered = "70 % +- 3 %"
speed_of_answer = "8 min +- 2 min"
"""
SMALL = ("--free", "problems,patience", "--replications", "3")


@pytest.fixture
def month(tmp_path):
    """Return a file of figures beside which a small world lies."""
    small_file(tmp_path, "mine", days=7, per_day=60, talk="12 min")
    file = tmp_path / "month.toml"
    file.write_text(MONTH, encoding="utf-8")
    return file


def test_a_world_is_fitted_printed_and_written(month):
    folder = month.parent
    files = ("--out", "fitted.toml", "--json", "fit.json", "--csv", "fit.csv")
    done = called("calibrate", "mine.toml", "--figures", "month.toml", *SMALL, *files, folder=folder)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("mine fitted to a report (a month of a small centre): ")
    assert "calls offered in 30 days" in done.stdout
    text = (folder / "fitted.toml").read_text(encoding="utf-8")
    assert text.startswith("# Fitted to a month of a small centre: 3 replications, seed 1.")
    assert 'extends = "mine.toml"' in text
    fitted = sim.load(folder / "fitted.toml")
    tree = json.loads((folder / "fit.json").read_text(encoding="utf-8"))
    assert tree["world"]["population"]["problems_per_day"] == fitted.population.problems_per_day != 60
    assert (folder / "fit.csv").read_text(encoding="utf-8").startswith("figure,unit,yours,")
    again = called("calibrate", "mine.toml", "--figures", "month.toml", *SMALL, *files, folder=folder)
    assert again.returncode == 0, "what it has written itself is written over"
    assert (folder / "fitted.toml").read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--out", "mine.toml"), "the file of a world too"),
        (("--out", "month.toml"), "too"),
        (("--out", "other.toml"), "was not written by calibrate"),
        (("--out", "fitted.txt"), "has to end in .toml"),
        (("--free", "nonsense"), "no value of this world"),
        (("--report", "missing.csv"), "missing.csv"),
        (("--json", "mine.toml"), "the file of a world too"),
    ],
)
def test_what_cannot_be_done_is_refused_before_anything_runs(month, arguments, said):
    (month.parent / "other.toml").write_text('about = "by hand"\n', encoding="utf-8")
    done = called("calibrate", "mine.toml", "--figures", "month.toml", *arguments, folder=month.parent)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert (month.parent / "other.toml").read_text(encoding="utf-8") == 'about = "by hand"\n'


def test_a_report_by_interval_is_read_as_the_switch_prints_it(month):
    """Semicolons, French dates and words; two weeks of ten calls an hour, on Mondays twenty; two agents."""
    lines = ["Date;Heure;Appels présentés;Agents"]
    for day in range(14):
        for hour in range(8, 18):
            lines.append(f"{day + 2:02d}/03/2026;{hour:02d}:00;{20 if day % 7 == 0 else 10};2")
    (month.parent / "switch.csv").write_text("\n".join(lines), encoding="utf-8")
    month.write_text('about = "two weeks"\nanswered = "80 % +- 10 %"\n', encoding="utf-8")
    asked = ("--figures", "month.toml", "--report", "switch.csv", *SMALL, "--out", "fitted.toml")
    done = called("calibrate", "mine.toml", *asked, folder=month.parent)
    assert done.returncode == 0, done.stderr
    assert "calls offered in 14 days" in done.stdout
    fitted = sim.load(month.parent / "fitted.toml")
    assert fitted.teams["front"].staff == {"mon-sun 08:00-18:00": 2}
    days = fitted.population.problems_by_weekday()
    assert days["mon"] / days["wed"] == pytest.approx(2, rel=0.35)


def test_mistakes_in_the_figures_are_listed_with_their_lines(month):
    month.write_text(MONTH.replace("2400", '"many"') + "answerd = 5\n", encoding="utf-8")
    done = called("calibrate", "mine.toml", "--figures", "month.toml", folder=month.parent)
    assert done.returncode == 2
    assert [line for line in done.stderr.splitlines() if "month.toml:" in line] == [
        'sim: month.toml:3 offered is "many": "many" is no number; write 18240 or "18240 +- 50"',
        "sim: month.toml:6 answerd is not known; did you mean answered?",
    ]


def test_ctrl_c_leaves_the_best_so_far(month):
    """When it has been at work for a while: what is printed says so, and the file is there."""
    command = [sys.executable, "-m", "sim", "calibrate", "mine.toml", "--figures", "month.toml", "--out", "fitted.toml"]
    started = subprocess.Popen(
        [*command, "--replications", "400"],
        cwd=month.parent,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        preexec_fn=hears_ctrl_c,
    )
    assert started.stderr is not None
    for line in started.stderr:
        if "% of the simulated days" in line:
            break
    time.sleep(0.2)
    started.send_signal(signal.SIGINT)
    out, _ = started.communicate(timeout=60)
    assert started.returncode == 130
    assert "Interrupted: these are the best values so far" in out
    assert Path(month.parent / "fitted.toml").is_file()
