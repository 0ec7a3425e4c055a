"""The installed wheel finds its worlds from any folder, without the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from sim.machine.compiling import cache_folder

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = sorted(file.stem for file in (ROOT / "scenarios").glob("*.toml"))
VARIANTS = sorted(file.stem for file in (ROOT / "scenarios" / "variants").glob("*.toml"))


def builder() -> list[str]:
    """Return a command that builds a wheel without the network, given where to put it."""
    for command in ([sys.executable, "-m", "hatchling"], [sys.executable, "-m", "uv"], [os.environ.get("UV", "uv")]):
        try:
            found = subprocess.run([*command, "--help"], capture_output=True)
        except FileNotFoundError:
            continue
        if found.returncode == 0:
            hatch = command[-1] == "hatchling"
            return [*command, "build", *(["-t", "wheel", "-d"] if hatch else ["--wheel", "-o"])]
    pytest.skip("neither hatchling nor uv is here to build the wheel with")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    done = subprocess.run([*builder(), str(folder)], cwd=ROOT, capture_output=True, text=True, timeout=300)
    if done.returncode and any(word in done.stderr.lower() for word in ("network", "connect", "resolve", "fetch")):
        pytest.skip("the build backend cannot be fetched without a network")
    assert done.returncode == 0, done.stderr
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def python(wheel, tmp_path_factory):
    """A new environment that holds the wheel, and borrows the dependencies, and what is compiled, from this one."""
    home = tmp_path_factory.mktemp("environment")
    venv.create(home, with_pip=False, symlinks=os.name != "nt")
    paths = {"base": str(home), "platbase": str(home)}
    site = Path(sysconfig.get_path("purelib", "venv", vars=paths))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)  # what installing a pure wheel does
    (site / "sim" / "__pycache__").mkdir()
    (site / "sim" / "__pycache__" / "compiled").symlink_to(cache_folder().parent, target_is_directory=True)
    borrowed = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (site / "zz_borrowed.pth").write_text("".join(f"import sys; sys.path.append({path!r})\n" for path in borrowed))
    return Path(sysconfig.get_path("scripts", "venv", vars=paths)) / ("python.exe" if os.name == "nt" else "python")


def asked(python: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the installed program in another folder."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return subprocess.run([python, *arguments], cwd=folder, env=clean, capture_output=True, text=True, timeout=600)


def test_the_installed_package_is_not_the_checkout(python, tmp_path):
    done = asked(python, tmp_path, "-c", "import sim; print(sim.__file__)")
    assert done.returncode == 0, done.stderr
    assert not Path(done.stdout.strip()).is_relative_to(ROOT)


def test_shipped_worlds_are_found_and_good(python, tmp_path):
    done = asked(python, tmp_path, "-c", "import sim; print(*sim.shipped())")
    assert done.stdout.split() == SHIPPED
    done = asked(python, tmp_path, "-c", "import sim; print(*(sim.load(name).name for name in sim.shipped()))")
    assert done.stdout.split() == SHIPPED
    done = asked(python, tmp_path, "-c", "import sim; print(*(sim.load(name).name for name in sim.variants()))")
    assert done.stdout.split() == VARIANTS
    done = asked(python, tmp_path, "-m", "sim", "check", "base", "empowered")
    assert done.returncode == 0, done.stderr
    assert done.stdout.count(": good") == 2


def test_a_world_of_ones_own_extends_a_shipped_one(python, tmp_path):
    (tmp_path / "mine.toml").write_text('extends = "base"\nabout = "Mine."\n[teams.front]\ntalk = "7 min"\n')
    done = asked(python, tmp_path, "-m", "sim", "diff", "base", "mine.toml")
    assert done.returncode == 0, done.stderr
    assert "7 min" in done.stdout


def test_the_wheel_holds_the_licence_and_the_mark_of_types(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert "sim/py.typed" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not any(name.startswith(("tests/", "experiments/")) for name in names)
