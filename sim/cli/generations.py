"""`generations`: worlds lived year after year."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from sim.cli.codes import DONE, FAILED, INTERRUPTED, MISTAKE
from sim.cli.demands import loaded, size
from sim.cli.outputs import COMPARED, Refused, complain, progressing, say, text_file, writable, written
from sim.report import as_json
from sim.study.changing.changed import changed
from sim.study.comparing.what_if import read_change
from sim.study.generations.found import Generations
from sim.study.generations.generations import generations as over_the_years
from sim.study.running.tasks import ReplicationError


def generations(options: Namespace) -> int:
    """Live worlds year after year, write what is quickly written, print it, draw it."""
    names = options.worlds or list(COMPARED)
    if len(names) < 2:
        raise Refused(
            f"generations {names[0]} and what? Name two worlds at least, or none for {' and '.join(COMPARED)}"
        )
    changes = dict(map(read_change, options.set))
    worlds = [changed(world, changes, name=world.name) if changes else world for world in loaded(*names)]
    writable((("--json", options.json), ("--csv", options.csv), ("--figure", options.figure)), names)
    how = {"years": options.years, "staff": options.staff, "customers": options.customers, "out": options.out}
    try:
        with progressing(options, "generations", *worlds) as progress:
            made = over_the_years(worlds, progress=progress, **how, **size(options))
    except ReplicationError as error:
        complain(str(error))
        return FAILED
    files = [
        (options.json, lambda path: text_file(as_json(made, options.command_line))(path)),
        (options.csv, lambda path: text_file(made.table().to_csv(index=False))(path)),
    ]
    good = written(files, quiet=options.quiet)
    good = say(made.text(every=options.all, definitions=options.definitions)) and good
    good = written([(options.figure, lambda path: _draw(made, path))], quiet=options.quiet) and good
    if made.interrupted:
        return INTERRUPTED
    return DONE if good else MISTAKE


def _draw(made: Generations, path: Path) -> None:
    from sim.figures import generations_figure, save

    save(generations_figure(made), path)
