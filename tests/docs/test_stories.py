"""The table of the stories: each thing they name is shown by a world or measured, and held by a test that exists."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

import sim
from sim.reading import named

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "stories.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (\d+) \| (.*?) \| ([CORN]) \| (.*?) \| (.*?) \| (.*?) \|$", TEXT, re.MULTILINE)
NOT_YET = 0
"""Rows that no test holds: this number may fall, and not rise."""
EVERYWHERE = "all"
ABOUT_YEARS = "sim.generations"


@cache
def held_in(file: str) -> set[str]:
    """Return the names of the tests in a file."""
    return set(re.findall(r"^def (test_\w+)", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE))


def test_all_hundred_and_two_are_there_once():
    assert sorted(int(number) for number, *_ in ROWS) == list(range(1, 103))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_what_is_named_is_shown_by_a_world_or_measured(row):
    _, _, kind, shown, _, _ = row
    names = re.findall(r"`([\w.]+)`", shown)
    known = {*named(), *sim.MEASURES, ABOUT_YEARS}
    assert set(names) <= known, set(names) - known
    if kind in "CO":
        assert shown == EVERYWHERE or set(names) & {*named()}
    if kind == "R":
        assert set(names) - {*named()}
    if kind == "N":
        assert not names


@pytest.mark.parametrize("row", [row for row in ROWS if row[2] != "N"], ids=lambda row: row[0])
def test_and_held_by_a_test_that_exists(row):
    held = row[5]
    if held == "not yet":
        return
    file, _, name = held.strip("`").partition("::")
    assert name in held_in(file), held


def test_fewer_and_fewer_are_held_by_no_test():
    assert sum(row[5] == "not yet" for row in ROWS) == NOT_YET


def test_what_is_only_noted_is_discussed():
    _, _, noted = TEXT.partition("## What is noted and not simulated")
    for number, *_ in (row for row in ROWS if row[2] == "N"):
        assert f"({number})" in noted


def test_every_variant_is_named():
    """A variant that the page forgets is one that nobody finds."""
    said = set(re.findall(r"`(\w+)`", TEXT))
    assert {*sim.variants()} - said == set()
