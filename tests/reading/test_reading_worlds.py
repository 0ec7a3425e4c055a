"""Worlds are read from files, by name or by path, alone or as a difference from another."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sim.reading import (
    WorldError,
    difference,
    difference_table,
    digest,
    load,
    mistakes_in,
    named,
    population_differences,
    regimes,
    same_population,
    variant,
    world_of,
    written,
)
from sim.reading.lines import key_lines
from sim.units import duration, minutes


def test_the_small_world_is_read_with_its_units(world_file):
    world = load(world_file())
    assert world.name == "small"
    assert world.time.end == 9 * 1440
    assert world.teams["front"].talk == 8
    assert world.population.again.after_dismissed.mean_value() == 600
    assert mistakes_in(world) == ()


def test_a_file_may_name_its_world(world_file):
    assert load(world_file(end="", text='name = "other"\n' + world_file().read_text())).name == "other"


def test_a_byte_order_mark_and_dos_lines_do_no_harm(world_file, small):
    path = world_file()
    path.write_bytes(b"\xef\xbb\xbf" + small.replace("\n", "\r\n").encode())
    assert load(path).teams["front"].talk == 8


@pytest.mark.parametrize("name", named())
def test_every_shipped_world_reads(name):
    world = load(name)
    assert world.name == name
    assert mistakes_in(world) == ()


def test_the_base_world_leaves_no_key_out():
    """What a world holds and its file does not say would be a default without a source."""
    from sim.reading.reading import read_layer
    from sim.reading.shipped import shipped_file

    def keys(tree, at=()):
        for key, value in tree.items():
            yield (*at, key)
            if isinstance(value, dict) and "law" not in value:
                yield from keys(value, (*at, key))

    told = set(keys(read_layer(shipped_file("base")).tree))
    assert set(keys(written(load("base")))) - told == set()


def test_a_world_may_be_a_difference_from_a_shipped_one(world_file):
    path = world_file(text='extends = "base"\nabout = "x"\nlevers.time.cut_after = "20 min"\n', name="cut.toml")
    world = load(path)
    assert world.levers.time.cut_after == 20
    assert world.name == "cut"
    assert world.teams == load("base").teams


def test_a_world_may_be_a_difference_from_a_file_beside_it(world_file):
    world_file()
    world_file(text='extends = "small.toml"\nabout = "x"\nteams.front.staff = 9\n', name="middle.toml")
    path = world_file(text='extends = "middle.toml"\nabout = "x"\nteams.front.wage = 1\n', name="last.toml")
    front = load(path).teams["front"]
    assert (front.staff, front.wage, front.talk) == (9, 1, 8)


def test_laws_staff_targets_and_classes_are_replaced_whole(world_file):
    world_file(('to = "second"', "to = { front = 0.5, second = 0.5 }"))
    path = world_file(
        text="""
extends = "small.toml"
about = "x"
[population]
patience = { law = "weibull", scale = "6 min", shape = 2 }
[population.reasons.fault.difficulty]
hard = 1.0
[teams.second.staff]
"sat 08:00-12:00" = 1
"mon 08:00-10:00" = 2
[paths.up.to]
second = 1.0
""",
        name="new.toml",
    )
    world = load(path)
    patience: Any = world.population.patience
    assert patience.law == "weibull"
    assert world.population.reasons["fault"].difficulty == {"hard": 1.0}
    assert world.teams["second"].staff == {"sat 08:00-12:00": 1, "mon 08:00-10:00": 2}
    assert world.paths["up"].targets() == {"second": 1.0}


def test_chances_of_solving_are_merged_key_by_key(world_file):
    world_file()
    text = 'extends = "small.toml"\nabout = "x"\nteams.front.solve.hard = 0.5\n'
    assert load(world_file(text=text, name="n.toml")).teams["front"].solve == {"easy": 0.9, "hard": 0.5}


def test_none_takes_away_what_has_a_name_and_what_is_optional(world_file):
    world_file(("hangup = 0.01", 'hangup = 0.01\ncut_after = "20 min"'))
    text = """
extends = "small.toml"
about = "x"
paths.up = "none"
teams.second = "none"
[levers]
time = { cut_after = "none" }
"""
    world = load(world_file(text=text, name="less.toml"))
    assert list(world.teams) == ["front"]
    assert world.paths == {}
    assert world.levers.time.cut_after is None
    assert world.levers.time.hangup == 0.01


def test_none_takes_one_inherited_route_away_and_leaves_the_others(world_file):
    routed = 'routes = { bill = "second" }\nsegment_routes = { private = "second" }'
    world_file(('team = "front"', f'team = "front"\n{routed}'))
    text = 'extends = "small.toml"\nabout = "x"\nline.segment_routes.private = "none"\n'
    line = load(world_file(text=text, name="less.toml")).line
    assert (line.routes, line.segment_routes) == ({"bill": "second"}, {})


def test_none_puts_a_whole_lever_back(world_file):
    world_file()
    text = 'extends = "small.toml"\nabout = "x"\nlevers.time = "none"\n'
    assert load(world_file(text=text, name="less.toml")).levers.time.hangup == 0


def test_the_regime_of_2005_is_that_of_the_survey(world_file):
    """0.34 EUR a minute, hold always billed, 58 % for the firm (UFC-Que Choisir 2005, Liberation 24 May 2005)."""
    tariff = load(world_file(("price_per_minute = 0.34", 'regime = "fr_2005_2007"'))).tariff
    assert (tariff.regime, tariff.price_per_minute, tariff.firm_share) == ("fr_2005_2007", 0.34, 0.58)
    assert (tariff.hold_billed, tariff.starts) == ("always", "pick_up")


def test_keys_beside_a_regime_win(world_file):
    changed = ("price_per_minute = 0.34", 'regime = "fr_sva_2015"\nprice_per_minute = 0.8\nbilled.menu = false')
    tariff = load(world_file(changed)).tariff
    assert (tariff.price_per_minute, tariff.cap) == (0.8, 24)  # thirty minutes at the dearest step
    assert (tariff.billed.menu, tariff.billed.hold) == (False, True)


def test_a_regime_in_a_nearer_file_starts_the_tariff_afresh(world_file):
    world_file()
    text = 'extends = "small.toml"\nabout = "x"\n[tariff]\nregime = "free"\n'
    assert load(world_file(text=text, name="n.toml")).tariff.price_per_minute == 0


@pytest.mark.parametrize("name", regimes())
def test_every_regime_is_a_whole_tariff_with_a_line_about_it(world_file, name):
    tariff = load(world_file(("price_per_minute = 0.34", f'regime = "{name}"'))).tariff
    assert tariff.regime == name
    assert len(regimes()[name]["about"].splitlines()) == 1
    assert {"price_per_minute", "hold_billed", "firm_share"} <= tariff.model_fields_set


def test_a_variant_is_laid_over_a_world_as_a_file_would_be():
    base = load("base")
    cut = variant(base, {"levers": {"time": {"cut_after": "20 min"}}, "tariff": {"regime": "fr_2005_2007"}}, name="cut")
    assert (cut.name, cut.levers.time.cut_after, cut.tariff.price_per_minute) == ("cut", 20, 0.34)
    assert variant(base, {}) == base


def test_a_variant_refuses_what_a_file_may_not_say():
    with pytest.raises(
        WorldError, match=r"variant of base \[levers.time\] cut_afer is not known; did you mean cut_after"
    ):
        variant(load("base"), {"levers": {"time": {"cut_afer": "20 min"}}})
    with pytest.raises(WorldError, match="nothing of that name"):
        variant(load("base"), {"teams": {"third": "none"}})


def test_a_name_or_a_path_stands_for_the_world_wherever_a_world_is_wanted(world_file):
    path = world_file()
    small = load(path)
    assert world_of(small) is small
    assert world_of(path) == world_of(str(path)) == small
    assert digest(path) == digest(small)
    assert difference("base", path) == difference(load("base"), small)
    assert difference_table(path, "base") == difference_table(small, load("base"))
    assert same_population("base", load("double_peine")) == same_population(load("base"), load("double_peine"))
    assert population_differences("base", path) == population_differences(load("base"), small)
    assert variant("base", {}) == load("base")
    assert written(path) == written(small)
    assert mistakes_in("base") == ()


@pytest.mark.parametrize("wrong", [None, 3, b"base", {"name": "base"}, ["base"], object()])
def test_what_is_no_world_is_refused_with_the_name_of_the_argument(wrong):
    with pytest.raises(ValueError, match=r"^second is .*; it has to be a World, the name of a shipped one, or"):
        difference("base", wrong)
    with pytest.raises(ValueError, match=r"^world is "):
        digest(wrong)
    with pytest.raises(ValueError, match=r"^source is "):
        load(wrong)
    no_table: Any = wrong if not isinstance(wrong, dict) else 3
    with pytest.raises(ValueError, match=r"^changes is "):
        variant("base", no_table)
    with pytest.raises(ValueError, match="did you mean base"):
        digest("bse")


def test_what_is_written_reads_back_as_the_same_world():
    from sim.world import World

    for name in named():
        assert World.model_validate(written(load(name))) == load(name)


def test_a_duration_reads_back_to_the_same_number():
    for length in (0.0, 1 / 3, 1 / 6, 0.75, 8.6, 20.0, 90.0, 30240.0, 1e-9, 12345.678, 5e-324, 1e300):
        assert minutes(duration(length)) == length


def test_every_key_knows_its_line():
    text = '''# a comment with = and [brackets]
a = 1
"b c".'d' = """
many = lines
[not a table]""""
[ t . "x y" ] # why
k = [ 1, # one
  { z = 2 } ]
l.m = "#["
[[n]]
o = 'p' '''
    lines = key_lines(text)
    assert lines[("a",)] == 2
    assert lines[("b c", "d")] == 3
    assert lines[("t", "x y")] == 6
    assert lines[("t", "x y", "k")] == 7
    assert lines[("t", "x y", "l", "m")] == 9
    assert lines[("n", "o")] == 11
    assert ("not a table",) not in lines


def test_worlds_are_found_in_an_installed_package(tmp_path):
    """Once installed the worlds lie inside the package; nothing of the checkout is there."""
    root = Path(__file__).resolve().parents[2]
    site = tmp_path / "site"
    shutil.copytree(root / "sim", site / "sim", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(root / "scenarios", site / "sim" / "shipped")
    code = "import sim.reading as s; print(s.__file__); print(s.load('base').name, s.regimes()['free']['firm_share'])"
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(site)!r}); {code}"],
        cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    where, what = done.stdout.splitlines()
    assert where.startswith(str(site))
    assert what == "base 0.0"
