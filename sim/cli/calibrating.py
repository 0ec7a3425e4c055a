"""`calibrate`: a world fitted to what a monthly report has."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace
from pathlib import Path
from typing import Any

from sim.cli.codes import DONE, FAILED, INTERRUPTED, MISTAKE
from sim.cli.demands import loaded
from sim.cli.outputs import Refused, complain, progressing, say, text_file, writable, written
from sim.cli.tables import HOW, columns_of, given, spelled
from sim.data.spelling import options_for
from sim.files import is_file
from sim.report.calibrated import wrapped
from sim.study.calibrating.calibrate import DEFAULT_REPLICATIONS, prepared
from sim.study.running.tasks import ReplicationError

OURS = "# Fitted to"
"""How a file begins that this command has written: it may be written over."""


def calibrate(options: Namespace) -> int:
    """Fit a world to a report, write it, print how near each figure comes."""
    (world,) = loaded(options.world)
    read = (("the file of figures", options.figures), ("the report", options.report), ("the roster", options.roster))
    writable((("--json", options.json), ("--csv", options.csv), ("--out", options.out)), (options.world,), read)
    may_be_written("--out", options.out, OURS, "calibrate")
    sizes = {
        "replications": options.replications or DEFAULT_REPLICATIONS,
        "seed": options.seed,
        "days": options.days,
        "engine": options.engine,
        "workers": options.workers,
    }
    free = None if options.free is None else [name.strip() for name in options.free.split(",")]
    with options_for(free="--free"):
        ahead = prepared(world, options.figures, free=free, **_tables(options), **sizes)
    if not options.quiet:
        complain("\n".join(wrapped(one) for one in ahead.notes))
    try:
        with progressing(options, "calibrate", world, parted=ahead.by_queue) as progress:
            made = ahead.fitted(progress)
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
    printed = made if options.quiet else replace(made, notes=())  # they were told before the search
    good = say(printed.text(definitions=options.definitions)) and good
    if made.interrupted:
        return INTERRUPTED
    return DONE if good else MISTAKE


def _tables(options: Namespace) -> dict[str, Any]:
    """Return how the report and the roster are read, as far as they are named; with no such table its options are vain.

    Raises
    ------
    Refused
        With all that is wrong with the options.
    """
    of_report = [name for name in (*HOW, "columns") if options.report is None and getattr(options, name) is not None]
    vain = [f"--{name} goes with --report FILE" for name in of_report if name != "dates" or options.roster is None]
    if options.roster is None and options.roster_columns is not None:
        vain.append("--roster-columns goes with --roster FILE")
    if vain:
        raise Refused("\n".join(vain))
    columns = columns_of("--columns", options.columns)
    of_roster = columns_of("--roster-columns", options.roster_columns, several=("breaks",))

    def report() -> Any:
        import sim

        with spelled():
            return sim.interval_report(options.report, columns, **given(options, *HOW))

    def roster() -> Any:
        import sim

        with spelled("--roster-columns"):
            return sim.roster(options.roster, of_roster, **given(options, "dates"))

    return {"report": report if options.report else None, "roster": roster if options.roster else None}


def may_be_written(option: str, out: str | None, ours: str, command: str) -> None:
    """Refuse to write over what somebody has written by hand.

    Parameters
    ----------
    ours : str
        How a file begins that the command has written.

    Raises
    ------
    Refused
        If such a file is there, or a world's file would not end as one.
    """
    if out is None:
        return
    path = Path(out)
    if path.suffix.lower() != ".toml":
        raise Refused(f"{option} {out} has to end in .toml, as the files of worlds do")
    if is_file(path) and not path.read_text(encoding="utf-8", errors="replace").startswith(ours):
        raise Refused(f"{option} {out} is there already, and was not written by {command}: name another file")
