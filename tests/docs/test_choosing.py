"""The page on choosing: what it types is typed, and prints what it says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from sim.cli import main
from tests.docs.tutorials import ROOT, commands, prints

PAGE = (ROOT / "docs" / "choosing.md").read_text(encoding="utf-8")
COMMANDS = {one.typed.split()[3]: one for one in commands(PAGE)}


@pytest.mark.slow  # each takes ten seconds and more
@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_prints_what_the_page_says(name: str, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    command = COMMANDS[name]
    (design,) = re.findall(r"^```toml\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    Path("design.toml").write_text(design, encoding="utf-8")
    python, option, package, *arguments = shlex.split(command.typed)
    assert (python, option, package) == ("python", "-m", "sim")
    assert main([*arguments, "--quiet"]) == 0
    assert prints(capsys.readouterr().out, command.printed)


def test_there_is_an_example_of_each():
    assert [*COMMANDS] == ["best", "frontier", "tornado", "indices"]
    assert all(one.printed for one in COMMANDS.values())
