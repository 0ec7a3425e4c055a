"""`generations`: what is printed, written, kept and refused."""

from __future__ import annotations

import json

import pytest

from sim.cli import main
from tests.cli.worlds import small_file


@pytest.fixture
def pair(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return small_file(tmp_path, "quick_talk"), small_file(tmp_path, "slow_talk", talk="18 min")


SIZE = ("--replications", "2", "--workers", "1", "--quiet", "--customers", "200", "--years", "2")


def test_it_writes_what_was_asked_for(pair, tmp_path, capsys):
    files = ["--json", "g.json", "--csv", "g.csv", "--figure", "g.png", "--out", "kept"]
    assert main(["generations", *pair, *SIZE, "--set", "generations.change_in_year=2", *files]) == 0
    printed = capsys.readouterr().out
    assert "What slow_talk costs the firm beyond quick_talk" in printed
    assert "the generation changes in year 2" in printed
    tree = json.loads((tmp_path / "g.json").read_text(encoding="utf-8"))
    assert tree["command"].startswith("python -m sim generations")
    assert (tree["years"], tree["generation_changes_in_year"]) == (2, 2)
    assert (tmp_path / "g.csv").read_text(encoding="utf-8").startswith("world,year,item,unit,mean,low,high,")
    assert (tmp_path / "g.png").stat().st_size > 10_000
    assert sorted(file.name for file in (tmp_path / "kept").iterdir()) == [
        "generations.json", "year_001.json", "year_002.json",
    ]  # fmt: skip


def test_kept_years_go_on_to_the_same_end(pair, tmp_path, capsys):
    """All but the seconds it took is the same."""
    for more in (["--years", "1", "--out", "kept"], ["--out", "kept", "--json", "a.json"], ["--json", "b.json"]):
        assert main(["generations", *pair, *SIZE, *more]) == 0
    one, other = (json.loads((tmp_path / name).read_text(encoding="utf-8")) for name in ("a.json", "b.json"))
    assert {**one, "command": ""} == {**other, "command": ""}


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--set", "generations.memry=3"], "did you mean generations.memory"),
        (["--set", "generations.competitor_effort=6"], "at most 5"),
        (["--figure", "a.txt"], "has to end in"),
        (["--json", "quick_talk.toml"], "is the file of a world too"),
    ],
)
def test_mistakes_are_told_in_words(pair, capsys, more, said):
    assert main(["generations", *pair, *SIZE, *more]) == 2
    assert said in capsys.readouterr().err


def test_one_world_alone_is_no_study(pair, capsys):
    assert main(["generations", pair[0], *SIZE]) == 2
    assert "Name two worlds at least" in capsys.readouterr().err


def test_a_folder_of_another_study_is_told(pair, capsys):
    assert main(["generations", *pair, *SIZE, "--out", "kept"]) == 0
    assert main(["generations", *pair, *SIZE, "--out", "kept", "--seed", "2"]) == 2
    assert "which holds another study: seed differs" in capsys.readouterr().err
