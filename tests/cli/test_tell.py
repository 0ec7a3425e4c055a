"""`tell`: one customer's journey on the command line."""

from __future__ import annotations

import pytest

import sim
from sim.cli import main
from tests.cli.worlds import small_file


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    small_file(tmp_path, "a")
    small_file(tmp_path, "b", talk="12 min")
    return tmp_path


def test_what_is_printed_is_the_story(folder, capsys):
    assert main(["tell", "a.toml", "b.toml", "--customer", "3", "--replication", "2", "--quiet"]) == 0
    customers = sim.populate("a.toml", seed=1, replication=1)
    lives = [sim.run(name, customers) for name in ("a.toml", "b.toml")]
    assert capsys.readouterr().out == f"{sim.tell(lives, 3)}\n"


def test_one_world_in_french_by_a_word(folder, capsys):
    assert main(["tell", "a.toml", "--customer", "worst", "--language", "fr", "--full", "--seed", "5", "--quiet"]) == 0
    life = sim.run("a.toml", sim.populate("a.toml", seed=5))
    assert capsys.readouterr().out == f"{sim.tell(life, 'worst', 'fr', full=True)}\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--customer", "anyone"], '"anyone" is not a whole number from 0, nor median, worst or least'),
        (["--customer", "-1"], '"-1" is not a whole number'),
        (["--customer", "1.5"], '"1.5" is not a whole number'),
        (["--language", "de"], "invalid choice"),
        (["--replication", "0"], "from 1 to"),
        (["--days", "nan"], "above 0"),
    ],
)
def test_options_that_mean_nothing_are_refused(folder, capsys, arguments, said):
    with pytest.raises(SystemExit) as left:
        main(["tell", "a.toml", *arguments])
    assert left.value.code == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["a.toml", "--customer", "999999"], "--customer is 999999: it has to be the place of a customer, from 0 to "),
        (["nowhere.toml"], "nowhere.toml"),
        (["a.toml", "hotline_2005"], "have other customers, so they cannot be compared"),
        (["a.toml", "--days", "0.01"], "whole quarters"),
    ],
)
def test_mistakes_are_told_before_anything_is_lived(folder, capsys, monkeypatch, arguments, said):
    monkeypatch.setattr("sim.cli.lives.run", lambda *_, **__: pytest.fail("was lived"))
    assert main(["tell", *arguments, "--quiet"]) == 2
    assert said in capsys.readouterr().err
