"""Every sentence of a report has its French, with the same values in it; none stands there that nobody says."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

import sim.handouts
from sim.handouts import repeated
from sim.handouts.book import case, workbook
from sim.languages.catalogue import sentences

FOLDER = Path(sim.handouts.__file__).parent
FRENCH = tomllib.loads((FOLDER.parent / "languages/french/handouts.toml").read_text(encoding="utf-8"))


def texts():
    """Every text that stands in the room's sources."""
    for file in FOLDER.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def said():
    """The templates that are given to `say` as they stand."""
    for file in FOLDER.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and {getattr(node.func, "id", ""), getattr(node.func, "attr", "")} & {
                "say",
                "_say",
            }:
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    yield first.value


@pytest.mark.parametrize("sentence", sorted({*said(), *repeated.MONTHS, *case.NAMES, *workbook.NAMES.values()} - {""}))
def test_it_has_its_french(sentence):
    assert sentences("fr")[sentence]


@pytest.mark.parametrize("sentence", FRENCH)
def test_it_is_said_and_holds_the_same_values(sentence):
    assert sentence in {*texts(), *case.NAMES} | {"better", "worse", "higher", "lower", "undefined"}
    names = [sorted(re.findall(r"\{(\w+)\}", one)) for one in (sentence, FRENCH[sentence])]
    assert names[0] == names[1]


def test_the_catalogue_is_in_order():
    assert [*FRENCH] == sorted(FRENCH)
