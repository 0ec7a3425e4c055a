"""Worlds, arguments and customers made up by chance, as long as one likes: see `tests.fuzzing`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st

from sim.cli import main
from sim.people import populate
from sim.world import World
from tests.cli.worlds import small_file
from tests.fuzzing import SECONDS, seeds
from tests.twin.both import at_whole_minutes, twins
from tests.twin.drawn import hard_worlds

ROOT = Path(__file__).resolve().parents[2]
LONG = settings(
    max_examples=25,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.generate,),
)
"""For each seed: hypothesis cannot be told for how long to go on."""


@pytest.mark.skipif(not SECONDS, reason="tests/twin/test_any_world.py tries hundreds; these go on for FUZZ_SECONDS")
def test_worlds_without_end_are_told_the_same_by_both():
    """Hard worlds, with problems at whole minutes or whenever."""
    for beginning in seeds(0):

        @seeded(beginning)
        @LONG
        @given(written=hard_worlds(), seed=st.integers(0, 2**64 - 1), step=st.sampled_from([0.0, 1.0, 30.0]))
        def agree(written: dict[str, Any], seed: int, step: float) -> None:
            world = World.model_validate(written)
            customers = populate(world, seed=seed)
            twins(world, at_whole_minutes(customers, step) if step else customers)

        agree()


OPTIONS = (
    "--equal", "--service-measure", "--replications", "--seed", "--days", "--quick", "--engine", "--workers", "--json",
    "--csv", "--figure", "--trace", "--log", "--log-form", "--first-monday", "--quiet", "--whole", "--version",
    "--help", "-h", "--", "-x", "--daysd", "--json=",
)  # fmt: skip
VALUES = (
    "both", "staff", "service", "staff_eur", "none", "occupancy", "ocupancy", "0", "-1", "1", "2", "3", "1e400", "nan",
    "inf", "0.5", "0.02", "18446744073709551616", "", " ", ".", "..", "/", "a.toml", "b.toml", "broken.toml",
    "nobody.toml", "a.toml/x", "out.json", "out.csv", "out.png", "out.svg", "out.docx", "folder", "folder/out.json",
    "simpy", "compiled", "steam", "ocel", "vidigi", "2024-01-01", "2024-01-02", "0001-01-01",
    "\x00", "\udcff", "ü.json", "a" * 300, "--", "double",
)  # fmt: skip
COMMANDS = ("compare", "run", "diff", "check", "compare", "run", "", "chek", "--help")
SHORT = {"compare": ["--replications", "2"], "run": ["--replications", "2"], "check": [], "diff": []}
EXITS = (0, 1, 2, 130)
FOUND = (["check", "a" * 300],)


def arguments(luck: Random) -> list[str]:
    """Make up a command line, most of it near to a good one."""
    command = luck.choice(COMMANDS)
    worlds = luck.choices(("a.toml", "b.toml", *VALUES), (40, 40, *(1 for _ in VALUES)), k=luck.choice((1, 1, 2, 2, 3)))
    made = [command, *worlds, *SHORT.get(command, [])]
    for _ in range(luck.choice((0, 1, 1, 2, 3))):
        made += [luck.choice(OPTIONS), *luck.choices(VALUES, k=luck.choice((0, 1, 1, 1, 2)))]
    if luck.random() < 0.2:
        luck.shuffle(made)
    return made


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Hold two worlds of one day, a file that is no world, and a folder."""
    monkeypatch.chdir(tmp_path)
    small_file(tmp_path, "a")
    small_file(tmp_path, "b", talk="12 min")
    (tmp_path / "broken.toml").write_text("[time\nwarm_up = ", encoding="utf-8")
    (tmp_path / "folder").mkdir()


def test_no_command_line_ends_in_a_stack_trace(folder, capfd):
    """Whatever is asked, it is done or refused in words; what was found once is tried first."""
    made_up = ((seed, arguments(Random(seed))) for seed in seeds(40))
    for seed, argv in (*((-1, found) for found in FOUND), *made_up) if not SECONDS else made_up:
        try:
            code: Any = main(argv)
        except SystemExit as left:
            code = left.code
        except BaseException as error:
            raise AssertionError(f"seed {seed}: {argv} raised {error!r}") from error
        said = "".join(capfd.readouterr())
        assert code in EXITS, f"seed {seed}: {argv} ended with {code}"
        assert "Traceback" not in said, f"seed {seed}: {argv}"
        assert code == 0 or said, f"seed {seed}: {argv} was refused without a word"


AT_ONCE = 60
"""Damaged populations for each process."""
DAMAGES = (np.nan, np.inf, -np.inf, -1.0, 0.0, 1e300, 5e-324, 2.0**31, 2.0**63, 1e9)
LIVES = """
import sys
from tests.property.test_fuzz import live_through_damage
live_through_damage(*map(int, sys.argv[1:]))
"""


def live_through_damage(*tried: int) -> None:
    """Let damaged customers live in both engines, and say of each which seed it is of before."""
    from dataclasses import replace

    from sim.engines import run
    from tests.twin.telling_worlds import lived_in

    for seed in tried:
        print(seed, flush=True)
        luck = Random(seed)
        world, customers = lived_in(luck.choice(("busy", "tied", "unlike")))
        rows = customers.rows[:60].copy()
        for _ in range(luck.choice((1, 1, 2, 5))):
            name, place = luck.choice(rows.dtype.names or ()), luck.randrange(len(rows))
            with np.errstate(all="ignore"):
                rows[name][place] = np.array([luck.choice(DAMAGES)]).astype(rows.dtype[name])[0]
        for engine in ("simpy", "compiled"):
            try:
                run(world, replace(customers, rows=rows), engine=engine)
            except ValueError as refused:
                print(f"{engine}: {refused}")


def test_damaged_customers_are_refused_in_words_or_live():
    """In a process of its own: what is not refused at the border could write anywhere."""
    for beginning in seeds(1):
        some = [str(beginning * AT_ONCE + place) for place in range(AT_ONCE)]
        done = subprocess.run(
            [sys.executable, "-c", LIVES, *some], capture_output=True, text=True, cwd=ROOT, timeout=300, check=False
        )
        last = [line for line in done.stdout.splitlines() if line.isdigit()][-1:]
        assert done.returncode == 0, f"seed {last}: ended with {done.returncode}\n{done.stderr[-2000:]}"
