"""Small worlds as files, and the command line as a user calls it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TextIO

ROOT = Path(__file__).resolve().parents[2]

SMALL = """\
about = "A hotline of one day, for tests."
[time]
warm_up = "0 d"
horizon = "{days} d"
follow_up = "0 d"
[population]
problems_per_day = {per_day}
patience = "1 h"
[population.reasons.any]
share = 1
[population.segments.all]
share = 1
value_of_time = 10
outage_value = 1
hours_of_use = 5
[population.again]
persistence = 0.5
after_blocked = "10 min"
after_abandoned = "10 min"
after_cut = "10 min"
after_dismissed = "10 min"
after_unsolved = "10 min"
[line]
open = ["mon-sun 00:00-24:00"]
team = "front"
[tariff]
price_per_minute = 0.3
[teams.front]
staff = 1
talk = "{talk}"
wage = 20
"""


def hears_ctrl_c() -> None:
    """Let a process that is about to begin hear Ctrl-C, though whoever runs the tests in the background does not."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def small_file(folder: Path, name: str, *, days: int = 1, per_day: int = 60, talk: str = "10 min") -> str:
    """Write a small world and return its file."""
    file = folder / f"{name}.toml"
    file.write_text(SMALL.format(days=days, per_day=per_day, talk=talk), encoding="utf-8")
    return str(file)


def called(
    *arguments: str, folder: Path | None = None, stdout: int | TextIO = subprocess.PIPE
) -> subprocess.CompletedProcess[str]:
    """Call ``python -m sim`` in a process of its own."""
    command = [sys.executable, "-m", "sim", *arguments]
    found = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.run(
        command, cwd=folder or ROOT, stdout=stdout, stderr=subprocess.PIPE, text=True, timeout=120, env=found
    )
