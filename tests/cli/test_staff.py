"""`python -m sim staff`: files written, what is refused."""

from __future__ import annotations

import json

import pytest

import sim
from sim.cli import main
from tests.cli.worlds import small_file


def test_the_staff_is_printed_and_written(tmp_path, capsys):
    world = small_file(tmp_path, "small", days=7, per_day=200, talk="5 min")
    files = {name: str(tmp_path / f"out.{name}") for name in ("toml", "json", "csv", "png")}
    asked = ["staff", world, "--target", "abandonment<=5 %", "--every", "4 h", "--replications", "2", "--quiet"]
    written = ["--write", files["toml"], "--json", files["json"], "--csv", files["csv"], "--figure", files["png"]]
    assert main([*asked, *written]) == 0
    assert "least-cost staff" in capsys.readouterr().out
    tree = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    agents = [row["agents"] for row in tree["staff"]]
    found = sim.load(files["toml"])
    assert set(found.teams["front"].by_slot(found.line.open_slots())) == set(agents)
    assert main([*asked, *written]) == 0  # what it has written itself may be written over


def test_what_cannot_be_is_told_at_once(tmp_path, capsys):
    world = small_file(tmp_path, "small")
    asked = ["staff", world, "--target", "service_level>=1.2", "--target", "x", "--teams", "frnt", "--every", "20 min"]
    assert main(asked) == 2
    said = capsys.readouterr().err
    for part in ("1.2 can never be", "cannot be read", "did you mean front", "every is"):
        assert part in said


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--least", "many"], "TEAM=NUMBER"),
        (["--least", "second=1"], "second is not known"),
        (["--shifts", "nowhere.toml"], "there is no file nowhere.toml"),
        (["--write", "small.txt"], "has to end in .toml"),
        (["--figure", "small.gif"], "has to end in"),
    ],
)
def test_options_that_cannot_be(tmp_path, capsys, more, said):
    world = small_file(tmp_path, "small")
    assert main(["staff", world, "--target", "abandonment<=5 %", *more]) == 2
    assert said in capsys.readouterr().err


def test_no_world_that_somebody_wrote_is_written_over(tmp_path, capsys):
    world = small_file(tmp_path, "small")
    other = small_file(tmp_path, "other")
    for file in (world, other):
        assert main(["staff", world, "--target", "abandonment<=5 %", "--write", file]) == 2
    assert "was not written by staff" in capsys.readouterr().err
