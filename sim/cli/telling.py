"""How a study is told: files that are quickly written, words, and then what takes longer."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Sequence
from typing import TypeVar

from sim.bars import Progress
from sim.cli.codes import DONE, FAILED, INTERRUPTED, MISTAKE
from sim.cli.outputs import (
    File,
    complain,
    progressing,
    say,
    text_file,
    written,
)
from sim.report import Result
from sim.report.stored import tree_of, written_out
from sim.report.tables import tidy_csv
from sim.study.running.tasks import ReplicationError
from sim.world import World

R = TypeVar("R", bound=Result)


def lived_and_told(
    options: Namespace,
    worlds: Sequence[World],
    live: Callable[[Progress | None], R],
    later: Callable[[R], Sequence[File]],
    soon: Callable[[R], Sequence[File]] = lambda _: (),
) -> int:
    """Make a study of worlds and tell it; where a replication fails, what is finished of it.

    Parameters
    ----------
    live, later, soon : callable
        What makes the study, and what is written when it has been printed, and before.

    Returns
    -------
    int
        What the process ends with.
    """
    failed = False
    try:
        with progressing(options, options.command, *worlds) as progress:
            study = live(progress)
    except ReplicationError as error:
        complain(str(error))
        if error.finished is None:
            return FAILED
        failed, study = True, error.finished
    good = told(study, options, later(study), soon(study))
    if failed:
        return FAILED
    if study.interrupted:
        return INTERRUPTED
    return DONE if good else MISTAKE


def told(study: Result, options: Namespace, later: Sequence[File] = (), soon: Sequence[File] = ()) -> bool:
    """Write what is quickly written before anything is printed, then print, then write the rest.

    Whoever has read the table may press Ctrl-C: what was asked for has been written by then.
    """
    for how, why in getattr(study, "missing", {}).items():
        if how == "service" and "same world" not in why:
            complain(f"equal service is missing: {why}")
    first: list[File] = [
        (options.json, lambda path: text_file(written_out(tree_of(study, options.command_line)))(path)),
        (options.csv, lambda path: text_file(tidy_csv(study))(path)),
        *soon,
    ]
    good = written(first, quiet=options.quiet)
    good = say(study.text(every=options.all, definitions=options.definitions)) and good
    return written(later, quiet=options.quiet) and good
