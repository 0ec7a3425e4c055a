"""The page on a world of one's own: its example is a world without a fault, and what it names is there."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, get_args

import pytest

import sim
from sim.cli import main
from sim.reading.fields import keys
from sim.world import laws

PAGE = (Path(__file__).parents[2] / "docs" / "own_world.md").read_text(encoding="utf-8")
LOOKED_AT = PAGE[PAGE.index("## What is inherited") :]
KEYS = [".".join(place) for place, _ in keys()]


@pytest.fixture
def shop(tmp_path) -> str:
    """Write the page's first example."""
    return _written(tmp_path / "shop.toml", 0)


@pytest.fixture
def mail(tmp_path) -> str:
    """Write the page's other example."""
    return _written(tmp_path / "mail.toml", 1)


def _written(path: Path, which: int) -> str:
    examples = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    assert len(examples) == 2
    path.write_text(examples[which], encoding="utf-8")
    return str(path)


def test_check_finds_nothing_to_say_against_the_one_that_is_written_to(mail, capsys):
    assert main(["check", mail, "--quiet"]) == 0
    assert "good (mail" in capsys.readouterr().out


def test_who_is_written_to_has_cases_and_is_asked_how_they_stand(mail):
    said = sim.measure(sim.run(mail, sim.populate(mail, seed=1)))
    counted = (
        "messages_per_problem",
        "chases_per_problem",
        "promises_broken_per_problem",
        "channel_switches_per_problem",
    )
    assert all(said[name][0] > 0 for name in counted)


def test_check_finds_nothing_to_say_against_the_example(shop, capsys):
    assert main(["check", shop, "--quiet"]) == 0
    said = capsys.readouterr().out
    assert "simpy and compiled agree to the bit" in said
    assert "warning" not in said


def test_nothing_of_base_is_left_but_what_the_page_says_is_inherited(shop):
    world = sim.load(shop)
    assert set(world.population.reasons) == {"defect", "order"}
    assert set(world.population.segments) == {"private"}
    assert set(world.teams) == {"support", "sales", "expert"}
    assert set(world.paths) == {"to_expert"}


def test_every_law_is_there_with_its_parameters():
    said = dict(re.findall(r"^\| `([a-z]+)` \| (.*) \|$", PAGE, re.MULTILINE))
    for kind in get_args(get_args(laws.DurationLawOrNone)[0]):
        fields = set(kind.model_fields) - {"law"}
        (law,) = get_args(kind.model_fields["law"].annotation)
        assert all(f"`{name}`" in said[law] for name in fields), law


def test_every_neutral_value_that_stands_alone_can_be_written(shop):
    """The cell says one value, in the code's letters; of a table's several keys it is the first's, or is named."""
    rows = re.findall(r"^\| `([a-z_.*]+)`.*\| `?([^|`]*)`?[^|]* \|$", LOOKED_AT, re.MULTILINE)
    written = []
    for key, value in rows:
        name, is_one, said = value.rpartition(" = ")
        plain = re.match(r'[0-9.]+|"[^"]*"', said)
        if plain is None:
            continue
        place = f"{key.rpartition('.')[0]}.{name}" if is_one else key
        named = place.replace("segments.*", "segments.private").replace("reasons.*", "reasons.defect")
        change: Any = plain[0].strip('"') if plain[0][0] == '"' else float(plain[0])
        for part in reversed(named.split(".")):
            change = {part: change}
        assert sim.difference(sim.load(shop), sim.variant(shop, change)), named
        written.append(named)
    assert len(written) >= 9, written


def test_every_key_to_be_looked_at_is_one():
    rows = re.findall(r"^\| (`[a-z].*?) \|", LOOKED_AT, re.MULTILINE)
    named = [key for row in rows for key in re.findall(r"`([a-z_.*]+)`", row)]
    assert len(named) > 20
    table = ""
    for key in named:
        table = key.rpartition(".")[0] if "." in key else table
        whole = key if "." in key or key == "tariff" else f"{table}.{key}"
        assert any(fnmatchcase(known, whole) or known.startswith(f"{whole}.") for known in KEYS), whole
