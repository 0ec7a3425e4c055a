"""A fault in the compiled telling is found by SimPy: each is one edit in a copy of the sources, compiled anew."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.twin.telling_worlds import digests

ROOT = Path(__file__).resolve().parents[2]
TELLS = """
import sim
from tests.twin.telling_worlds import digests
print(sim.__file__, *digests("compiled"))
"""
LONGEST = 300
"""Seconds that compiling and telling may take: ten are usual."""


class Fault(NamedTuple):
    """What stands in a file of the package once, and what is wrongly put in its place."""

    file: str
    right: str
    wrong: str


FAULTS = {
    "who has left keeps a place in the queue": Fault(
        "mechanisms/hold.py", "    leaves(me, team, office)\n    me.now = me.until", "    me.now = me.until"
    ),
    "the caller who came last is served first": Fault(
        "mechanisms/team.py", "me = life_at(office.strands, team.first)", "me = life_at(office.strands, team.last)"
    ),
    "agents who go home stay among the idle": Fault(
        "mechanisms/team.py", "        _send_home(team)\n", "        team.last_staff = before\n"
    ),
    "agents are released a quarter of a minute late": Fault(
        "mechanisms/team.py", "put(office.calendar, at, RELEASE", "put(office.calendar, at + 0.25, RELEASE"
    ),
    "what was planned and is no longer meant comes all the same": Fault(
        "kernel/strands.py", "return me.at == time and me.order == order", "return me.order == order"
    ),
    "of customers at the same instant, the last comes first": Fault(
        "mechanisms/life.py",
        "plan_next(me, office, me.now, PLANNED + me.customer)",
        "plan_next(me, office, me.now, PLANNED + 1000000 - me.customer)",
    ),
    "the clock of the cut starts with the menu, whatever the world says": Fault(
        "mechanisms/call.py", "me.breaks_at = cut_at_pick_up(plan.clock,", "me.breaks_at = cut_at_pick_up(0,"
    ),
    "when an agent hangs up is drawn with the luck of whether he does": Fault(
        "mechanisms/call.py", "uniform(me, office, purposes.HANGUP_AFTER)", "uniform(me, office, purposes.HANGUP)"
    ),
    "every leg of a call has the luck of the first": Fault(
        "mechanisms/life.py", "me.number, purpose, me.contact * LEGS + leg)", "me.number, purpose, me.contact * LEGS)"
    ),
    "the tries of a path are not forgotten with the call": Fault(
        "mechanisms/life.py", "for path in range(office.paths):", "for path in range(0):"
    ),
    "a line is freed twice": Fault(
        "mechanisms/life.py",
        "        office.lines_taken -= 1\n        me.on_line = False",
        "        office.lines_taken -= 1",
    ),
    "a gesture of exactly the limit is above it": Fault(
        "mechanisms/powers.py", "return gesture <= limit", "return gesture < limit"
    ),
}


def told_by_a_copy(folder: Path, fault: Fault | None) -> list[str]:
    """Return what the compiled engine of a copy of the sources tells, with a fault in it or without."""
    for name in ("sim", "tests"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    if fault is not None:
        file = folder / "sim" / fault.file
        source = file.read_text(encoding="utf-8")
        assert source.count(fault.right) == 1, f"{fault.file} holds {fault.right!r} {source.count(fault.right)} times"
        file.write_text(source.replace(fault.right, fault.wrong), encoding="utf-8")
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(folder / "compiled"), "PYTHONPATH": str(folder)}
    done = subprocess.run(
        [sys.executable, "-c", TELLS],
        capture_output=True,
        text=True,
        cwd=folder,
        env=environment,
        timeout=LONGEST,
        check=False,
    )
    if "was planned for" in done.stderr:  # led astray, and told so
        return []
    assert done.returncode == 0, done.stderr
    where, *found = done.stdout.split()
    assert Path(where).is_relative_to(folder), f"told by {where}, not by the copy"
    return found


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_what_a_fault_replaces_stands_there_once(fault):
    """Else the slow test below would not know what it tries."""
    assert (ROOT / "sim" / fault.file).read_text(encoding="utf-8").count(fault.right) == 1


@pytest.mark.slow
def test_a_copy_without_a_fault_tells_the_same(tmp_path):
    assert told_by_a_copy(tmp_path, None) == digests("simpy")


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_fault_is_found(fault, tmp_path):
    assert told_by_a_copy(tmp_path, fault) != digests("simpy"), "told to the bit as if nothing were wrong"
