"""`calibrate`: a world fitted to what a monthly report has."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from sim.cli.codes import DONE, FAILED, INTERRUPTED, MISTAKE
from sim.cli.demands import loaded
from sim.cli.outputs import Refused, complain, progressing, say, text_file, writable, written
from sim.files import is_file
from sim.study.calibrating.calibrate import DEFAULT_REPLICATIONS
from sim.study.calibrating.calibrate import calibrate as calibrated
from sim.study.running.tasks import ReplicationError

OURS = "# Fitted to"
"""How a file begins that this command has written: it may be written over."""


def calibrate(options: Namespace) -> int:
    """Fit a world to a report, write it, print how near each figure comes."""
    (world,) = loaded(options.world)
    read = (("the file of figures", options.figures), ("the report", options.report), ("the roster", options.roster))
    writable((("--json", options.json), ("--csv", options.csv), ("--out", options.out)), (options.world,), read)
    _may_be_written(options.out)
    sizes = {
        "replications": options.replications or DEFAULT_REPLICATIONS,
        "seed": options.seed,
        "days": options.days,
        "engine": options.engine,
        "workers": options.workers,
    }
    try:
        with progressing(options, "calibrate", world) as progress:
            free = None if options.free is None else options.free.split(",")
            given = {"report": options.report, "roster": options.roster, "free": free}
            made = calibrated(world, options.figures, progress=progress, **given, **sizes)
    except ReplicationError as error:
        complain(str(error))
        return FAILED
    out = options.out
    files = [
        (out, lambda path: text_file(made.to_toml(extends=options.world, at=path))(path)),
        (options.json, lambda path: text_file(made.to_json())(path)),
        (options.csv, lambda path: text_file(made.table().to_csv())(path)),
    ]
    good = written(files, quiet=options.quiet)
    good = say(made.text(definitions=options.definitions)) and good
    if made.interrupted:
        return INTERRUPTED
    return DONE if good else MISTAKE


def _may_be_written(out: str | None) -> None:
    """Refuse to write over what somebody has written by hand.

    Raises
    ------
    Refused
        If such a file is there, or a world's file would not end as one.
    """
    if out is None:
        return
    path = Path(out)
    if path.suffix.lower() != ".toml":
        raise Refused(f"--out {out} has to end in .toml, as the files of worlds do")
    if is_file(path) and not path.read_text(encoding="utf-8", errors="replace").startswith(OURS):
        raise Refused(f"--out {out} is there already, and was not written by calibrate: name another file")
