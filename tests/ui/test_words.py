"""Every word that the app writes is there in French, and filled in with the same values."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from sim.languages.catalogue import files, sentences, sentences_of

ROOT = Path(__file__).parents[2]
NAMES = re.compile(r"\{(\w+)\}")
APP = next(file for file in files("fr") if file.stem == "app")


def written() -> dict[str, str]:
    """Return all sentences that the app's own code hands to `say`, or keeps by `later`, and where each stands."""
    found: dict[str, str] = {}
    for file in sorted((ROOT / "sim" / "ui").rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("say", "later"):
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    found[first.value] = f"{file.name}:{node.lineno}"
    return found


WRITTEN = written()


@pytest.mark.parametrize("sentence", WRITTEN, ids=lambda one: one[:50])
def test_every_sentence_is_there_in_french(sentence):
    said = sentences("fr").get(sentence)
    assert said, f"{WRITTEN[sentence]}: {sentence}"
    assert sorted(NAMES.findall(said)) == sorted(NAMES.findall(sentence))


def test_nothing_stands_in_the_catalogue_that_nobody_says():
    text = "\n".join(file.read_text(encoding="utf-8") for file in (ROOT / "sim" / "ui").rglob("*.py"))
    flat = re.sub(r'"\s*\n\s*"', "", text)
    assert [one for one in sentences_of(APP) if one not in flat] == []
