"""How a study is told: files that are quickly written, words, and then what takes longer."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.cli.outputs import File, complain, say, text_file, written

if TYPE_CHECKING:
    from sim.study.comparison import Comparison
    from sim.study.replications import Replications


def told(study: Comparison | Replications, options: Namespace, later: Sequence[File] = ()) -> bool:
    """Write what is quickly written before anything is printed, then print, then write the rest.

    Whoever has read the table may press Ctrl-C: what was asked for has been written by then.
    """
    from sim.study.stored import as_json, tree_of
    from sim.study.tables import tidy

    for how, why in getattr(study, "missing", {}).items():
        if how == "service" and "same world" not in why:
            complain(f"equal service is missing: {why}")
    first: list[File] = [
        (options.json, lambda path: text_file(as_json(tree_of(study, options.command_line)))(path)),
        (options.csv, lambda path: text_file(tidy(study).to_csv(index=False))(path)),
    ]
    good = written(first, quiet=options.quiet)
    good = say(study.text(every=options.all, definitions=options.definitions)) and good
    return written(later, quiet=options.quiet) and good
