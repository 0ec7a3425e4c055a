"""`levers`, `breakeven` and `weights`: what is printed, written and refused."""

from __future__ import annotations

import json

import pytest

from sim.cli import main
from tests.cli.worlds import small_file


@pytest.fixture
def pair(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return small_file(tmp_path, "quick_talk"), small_file(tmp_path, "slow_talk", talk="18 min")


SIZE = ("--replications", "2", "--workers", "1", "--quiet")


def test_levers_writes_what_was_asked_for(pair, tmp_path, capsys):
    files = ["--json", "l.json", "--csv", "l.csv", "--figure", "l.png"]
    cut = ["--set-second", "levers.time.cut_after=15 min"]
    assert main(["levers", *pair, *SIZE, *cut, "--equal", "staff", "--measure", "talk_minutes_per_call", *files]) == 0
    printed = capsys.readouterr().out
    assert "talk_minutes_per_call (min)" in printed
    assert "the rest" in printed
    tree = json.loads((tmp_path / "l.json").read_text(encoding="utf-8"))
    assert [one["name"] for one in tree["players"]] == ["time", "the rest"]
    assert tree["command"].startswith("python -m sim levers")
    assert "together" in (tmp_path / "l.csv").read_text(encoding="utf-8")
    assert (tmp_path / "l.png").stat().st_size > 10_000


def test_breakeven_finds_the_talk_at_which_they_are_the_same(pair, tmp_path, capsys):
    """The second's talk is 18 minutes, the first's another: they come to the same where the second has the first's."""
    files = ["--json", "b.json", "--figure", "b.png"]
    ends = ["--vary", "teams.front.talk", "--in", "second", "--from", "5 min", "--to", "18 min"]
    assert main(["breakeven", *pair, *SIZE, *ends, "--measure", "talk_minutes_per_call", *files]) == 0
    assert "is the same at teams.front.talk" in capsys.readouterr().out
    (root,) = json.loads((tmp_path / "b.json").read_text(encoding="utf-8"))["break_even"]
    assert root["value"] == pytest.approx(10.0, abs=0.01)
    assert (tmp_path / "b.png").stat().st_size > 10_000


def test_weights_prints_its_conclusions(pair, capsys):
    assert main(["weights", *pair, *SIZE, "--worlds-alone"]) == 0
    assert "quick_talk is less effort than slow_talk" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["breakeven", "--vary", "teams.front.talk", "--from", "1 min"], "--from and --to go together"),
        (["breakeven", "--vary", "teams.front.tlk", "--measure", "calls"], "did you mean teams.front.talk"),
        (["breakeven", "--vary", "teams.front.talk", "--from", "1", "--to", "2"], "needs its unit"),
        (["levers", "--measure", "cals_per_problem"], "did you mean calls_per_problem"),
        (["levers", "--demand-when-free", "1.2"], "neither world has a free number"),
        (["levers", "--figure", "a.txt"], "has to end in"),
    ],
)
def test_mistakes_are_told_in_words(pair, capsys, more, said):
    command, *rest = more
    assert main([command, *pair, *SIZE, *rest]) == 2
    assert said in capsys.readouterr().err
