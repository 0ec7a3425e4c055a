"""`graph`: what followed what, printed, written as a table and drawn."""

from __future__ import annotations

import csv

import pytest

import sim
from sim.cli import main
from sim.report.graph import graph_text
from tests.cli.worlds import small_file


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    small_file(tmp_path, "a")
    return tmp_path


def lived(replications=2, seed=1):
    return [sim.run("a.toml", sim.populate("a.toml", seed=seed, replication=nth)) for nth in range(replications)]


def test_what_is_printed_is_the_graph_of_the_replications(folder, capsys):
    assert main(["graph", "a.toml", "--replications", "2", "--quiet"]) == 0
    assert capsys.readouterr().out == f"{graph_text(sim.journey_graph(lived()))}\n"


def test_activities_on_other_customers(folder, capsys):
    assert main(["graph", "a.toml", "--replications", "2", "--seed", "7", "--of", "activities", "--quiet"]) == 0
    assert capsys.readouterr().out == f"{graph_text(sim.journey_graph(lived(seed=7), 'activities'))}\n"


def test_the_table_holds_every_step_and_the_figure_is_a_picture(folder):
    assert main(["graph", "a.toml", "--replications", "2", "--csv", "g.csv", "--figure", "g.png", "--quiet"]) == 0
    steps = sim.journey_graph(lived()).steps
    rows = list(csv.DictReader((folder / "g.csv").read_text(encoding="utf-8").splitlines()))
    assert [(row["before"], row["after"]) for row in rows] == [step[:2] for step in steps]
    assert float(rows[0]["per_problem"]) == pytest.approx(steps[0].per_problem.mean)
    assert (folder / "g.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("arguments", "said"), [(["--of", "calls"], "invalid choice"), (["--replications", "0"], "from 2 to")]
)
def test_options_that_mean_nothing_are_refused(folder, capsys, arguments, said):
    with pytest.raises(SystemExit) as left:
        main(["graph", "a.toml", *arguments])
    assert left.value.code == 2
    assert said in capsys.readouterr().err


def test_a_figure_of_no_kind_is_refused_before_the_work(folder, capsys):
    assert main(["graph", "a.toml", "--figure", "g.doc", "--quiet"]) == 2
    assert "g.doc" in capsys.readouterr().err
    assert not (folder / "g.doc").exists()
