"""Whatever a file is called and whatever it holds, the answer comes soon, in words that any terminal bears."""

from __future__ import annotations

import time
from typing import Any

import pytest

from sim.reading import WorldError, load, variant
from tests.reading.conftest import SMALL

SOON = 2.0
"""Seconds of the processor, whatever else it has to do; most take a hundredth of it."""
LAW = '{ law = "exponential", mean = "5 min" }'


def refused(source):
    began = time.process_time()
    with pytest.raises(WorldError) as raised:
        load(source)
    assert time.process_time() - began < SOON
    for line in str(raised.value).splitlines():
        assert line.isprintable()
        assert len(line) < 1000
    return str(raised.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("".join(f"[teams.t{at}]\nstaff=3\n" for at in range(500_000)), "far too large for a world"),
        ("".join(f"[teams.t{at}]\n" for at in range(9_000)), "teams holds 9,000 entries: 1,000 are the most"),
        (SMALL.replace(LAW, f'{{ law = "empirical", values = [{"5," * 90_000}] }}'), "the most that a list may hold"),
        ("a = " + "[" * 15_000, "nested far too deep"),
        (".".join("a" * 400_000) + " = 1", "nested far too deep"),
        ("[" + ".".join("a" * 400_000) + "]", "nested far too deep"),
        ("a = " + "1" * 900_000, "thousands of digits"),
        (SMALL.replace('"8 min"', f'"8{" " * 900_000}min"'), "is not a duration"),
        (SMALL.replace('["mon', f'["{" " * 900_000}'), "is not a time of the week"),
        (SMALL.replace("= 0.8", f'= "{"8" * 900_000} %"'), "is not a share"),
        (SMALL.replace("[teams.second]", f"[teams.{'s' * 300}]"), "as a name has 300 characters"),
        (SMALL.replace("[teams.second]", '[teams."\\u001b[2J"]'), "as a name holds a sign that cannot be printed"),
        (SMALL.replace("[teams.second]", '[teams."a\\u202eb"]'), "as a name holds a sign that cannot be printed"),
        (SMALL.replace("[teams.second]", '[teams."a\\u0000b"]'), "as a name holds a sign that cannot be printed"),
        (SMALL.replace("[teams.second]", '[teams."a\\nb"]'), "as a name is not one line"),
        (SMALL.replace("[teams.second]", '[teams.""]'), "as a name is empty"),
        (SMALL.replace("reasons.bill", 'reasons." bill"'), "as a name begins or ends with a blank"),
        (SMALL.replace("Two teams", "\\u001b[2J"), "about holds a sign that cannot be printed"),
        (SMALL.replace("Two teams", "x" * 300), "about has 314 characters"),
        (SMALL + '"\\u001b[31m" = 3\n', "is not known"),
        (SMALL.replace("Two teams", "\x1b"), "not TOML"),
        (SMALL + "\0", "not TOML"),
        (SMALL + '[levers]\n"\\ud800" = 1\n', "not TOML"),
    ],
    ids=range(23),
)
def test_texts_of_all_kinds_are_refused_soon_and_in_words(world_file, text, said):
    assert said in refused(world_file(text=text))


def test_of_thousands_of_mistakes_a_hundred_are_told(world_file):
    law = '{ law = "empirical", values = [' + '"5 mn",' * 9_000 + "] }"
    lines = refused(world_file((LAW, law))).splitlines()
    assert len(lines) == 101
    assert lines[-1] == "and 8,900 more mistakes"


@pytest.mark.parametrize(
    "name", ["x" * 300, "x" * 300 + ".toml", "x/" * 3000 + "a.toml", "a\0b", "\udcff", "\x1b[2J\n", ""]
)
def test_paths_of_all_kinds_are_refused_in_words(name):
    refused(name)


def test_links_that_go_round_are_told_as_input_and_where_they_are_extended(world_file, tmp_path):
    for one, other in (("a.toml", "b.toml"), ("b.toml", "a.toml"), ("c.toml", "c.toml")):
        (tmp_path / one).symlink_to(other)
    assert "too many levels of symbolic links" in refused(tmp_path / "a.toml")
    assert "too many levels of symbolic links" in refused(tmp_path / "c.toml")
    assert "too many levels of symbolic links" in refused(tmp_path / "c.toml" / "d.toml")
    for link in ("a.toml", "./c.toml", "c.toml/d.toml", "x" * 300):
        assert "extends is" in refused(world_file(text=f'extends = "{link}"\nabout = "x"\n', name="w.toml"))


def test_a_file_may_be_reached_through_a_link(world_file, tmp_path):
    (tmp_path / "link.toml").symlink_to(world_file())
    assert load(tmp_path / "link.toml").name == "link"


def test_a_chain_of_files_without_end_is_ended(world_file):
    for at in range(40):
        path = world_file(text=f'extends = "c{at - 1}.toml"\nabout = "x"\n', name=f"c{at}.toml")
    assert "extends leads beyond 30 files" in refused(path)


def test_a_long_name_of_a_file_is_cut_short_for_its_world(world_file):
    assert load(world_file(name="n" * 200 + ".toml")).name == "n" * 57 + "..."


def test_what_stands_twice_is_told_with_both_lines(world_file):
    twice = refused(world_file(("wage = 23", "wage = 23\nstaff = 4")))
    lines = [at for at, line in enumerate(SMALL.splitlines(), 1) if line == "staff = 3"]
    assert f"small.toml:{lines[0] + 3} [teams.front] staff stands twice, on line {lines[0]} too" in twice
    assert "[teams] front stands twice" in refused(world_file(end="[teams.front]\nstaff = 1\n"))
    assert "[levers.time] hangup stands twice" in refused(world_file(end="[levers]\ntime.hangup = 1\n"))


def test_changes_that_no_file_could_hold_are_refused_in_words():
    endless: dict[str, Any] = {}
    endless["teams"] = endless
    for changes, said in (
        (endless, "nested far too deep"),
        ({"teams": {3: {"staff": 2}}}, "has the key 3: keys are texts"),
        ({"line": {"open": ["mon 8-9"] * 20_000}}, "the most that a list may hold"),
        ({"about": "\x1b"}, "cannot be printed"),
    ):
        with pytest.raises(WorldError, match=said):
            variant("base", changes)
    with pytest.raises(WorldError, match="as a name is empty"):
        variant("base", {}, name="")


def test_shares_of_several_files_are_told_with_their_files_and_the_way_out(world_file):
    below = world_file()
    text = 'extends = "small.toml"\nabout = "x"\n[population.reasons.other]\nshare = "10 %"\n'
    above = world_file(text=text, name="mine.toml")
    said = refused(above)
    assert f'fault 0.7 ({below}) + bill 0.3 ({below}) + other "10 %" ({above})' in said
    assert "add up to 1, not 1.1" in said
    assert 'take away what is inherited with population.reasons.fault = "none"' in said
    alone = refused(world_file(("share = 0.3", "share = 0.4")))
    assert "add up to 1, not 1.1: fault 0.7 + bill 0.4" in alone


def test_a_mistake_that_is_inherited_says_how_to_be_rid_of_it(world_file):
    world_file()
    above = world_file(text='extends = "small.toml"\nabout = "x"\nteams.second = "none"\n', name="mine.toml")
    said = refused(above)
    assert 'small.toml:56 [paths.up] to is "second": there is no such team' in said
    assert f'it is inherited: {above} may say otherwise, or take it away with paths.up = "none"' in said


@pytest.mark.parametrize("end", ['"', "'", '"\\q" = 1\n', '"""'])
def test_what_stands_twice_is_told_though_the_text_goes_wrong_later(world_file, end):
    path = world_file(("wage = 23", f"wage = 23\nwage = 24\n{end}"))
    with pytest.raises(WorldError) as refused:
        load(path)
    assert "wage stands twice" in str(refused.value) or "is not TOML" in str(refused.value)
