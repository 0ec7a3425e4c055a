"""The page on journeys: its Python runs as it stands, its commands are known, and what it names is there."""

from __future__ import annotations

import re
from importlib import import_module

from sim.cli.options import parser
from tests.docs.tutorials import ROOT

PAGE = (ROOT / "docs" / "journeys.md").read_text(encoding="utf-8")


def test_the_python_of_the_page_runs(capsys):
    """Two shipped worlds are lived once, a story is told, a morning is watched."""
    names: dict[str, object] = {}
    for block in re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL):
        exec(compile(block, "docs/journeys.md", "exec"), names)
    assert "Le même client, le même problème, le même hasard" in capsys.readouterr().out


def test_the_commands_of_the_page_are_known():
    asked = re.findall(r"\$ python -m sim ((?:tell|graph) .*)", PAGE)
    assert len(asked) == 5
    for line in asked:
        assert parser().parse_args(line.split()).command == line.split()[0]


def test_the_functions_that_the_page_names_are_there():
    named = re.findall(r"`(sim(?:\.\w+)+)\.(\w+)[(`]", PAGE)
    assert len(named) >= 6
    for module, word in named:
        assert hasattr(import_module(module), word), f"{module}.{word}"
