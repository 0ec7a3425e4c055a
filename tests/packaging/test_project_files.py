"""The files around the program agree with one another, and name no machine and no download host."""

from __future__ import annotations

import re
import subprocess
import tomllib
from importlib.metadata import requires
from pathlib import Path

import pytest

import sim

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
KINDS = {".py", ".toml", ".md", ".txt", ".cff", ".json", ".ipynb", ".cfg", ""}
# Written in two parts, so that this file does not hold what it looks for.
FORBIDDEN = ("py" + "pi.org", "python" + "hosted", "../" + "shared", "/" + "work/", "/" + "root/", "/" + "home/")


def texts() -> list[Path]:
    """Return the project's own text files: those git would keep."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout: the project's own files cannot be told from others")
    files = [ROOT / name for name in listed.stdout.splitlines()]
    return [file for file in files if file.is_file() and file.suffix in KINDS]


def test_no_file_names_a_download_host_or_a_path_of_one_machine():
    found = [
        f"{file.relative_to(ROOT)}: {word}"
        for file in texts()
        for word in FORBIDDEN
        if word in file.read_text(encoding="utf-8")
    ]
    assert found == []


def test_the_version_is_the_same_everywhere():
    cited = re.search(r"^version: (.+)$", (ROOT / "CITATION.cff").read_text(encoding="utf-8"), re.MULTILINE)
    assert sim.__version__ == PROJECT["version"]
    assert cited is not None
    assert cited[1] == PROJECT["version"]


def test_constraints_are_plain_versions_of_all_that_is_asked_for():
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = [line for line in lines if not line.startswith("#")]
    assert all(re.fullmatch(r"[a-z0-9-]+==[0-9][\w.!+]*", line) for line in pinned)
    names = {line.split("==")[0] for line in pinned}
    asked = {re.match(r"[A-Za-z0-9-]+", line)[0].lower() for line in requires("double-peine") or ()}
    assert asked <= names


def test_constraints_lie_within_the_bounds_of_the_project():
    packaging = pytest.importorskip("packaging.requirements")
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = dict(line.split("==") for line in lines if "==" in line)
    extras = [line for group in PROJECT["optional-dependencies"].values() for line in group]
    for line in (*PROJECT["dependencies"], *extras):
        requirement = packaging.Requirement(line)
        assert requirement.specifier.contains(pinned[requirement.name.lower()]), line


def test_ci_runs_the_test_command_of_the_readme():
    command = "python3 -m pip install uv && python3 -m uv run pytest"
    assert command in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert command in (ROOT / "README.md").read_text(encoding="utf-8")
