"""What is done with studies that were stored: they are put together, or made anew."""

from __future__ import annotations

from argparse import Namespace
from functools import reduce
from operator import add
from typing import TYPE_CHECKING

from sim.cli import FAILED, MISTAKE
from sim.cli.outputs import Refused, complain, progressing, say, writable
from sim.cli.telling import told
from sim.study.progress import Progress
from sim.study.tasks import ReplicationError

if TYPE_CHECKING:
    from sim.scenario import World
    from sim.study.comparison import Comparison
    from sim.study.replications import Replications

    Stored = Comparison | Replications


def merge(options: Namespace) -> int:
    """Put stored studies together, and write and print them as one."""
    from sim.study.stored import read

    files = (("--json", options.json), ("--csv", options.csv))
    writable(files, options.studies)
    studies = [read(path) for path in options.studies]
    if len({type(study) for study in studies}) > 1:
        raise Refused("studies of one world and comparisons of two cannot be put together")
    study: Stored = reduce(add, studies)
    return 0 if told(study, options) else MISTAKE


def repeat(options: Namespace) -> int:
    """Make a stored study anew, and say whether every total is the same to the bit."""
    from sim.study.comparison import Comparison
    from sim.study.stored import read, stored_versions, versions

    stored = read(options.study)
    what = "comparison" if isinstance(stored, Comparison) else "run"
    try:
        anew = _made_anew(stored, options)
    except ReplicationError as error:
        complain(str(error))
        return FAILED
    if anew == stored:
        many = len(stored.numbers) if not isinstance(stored, Comparison) else stored.replications
        return 0 if say(f"{options.study}: the {what} comes to the same, to the bit ({many} replications)") else MISTAKE
    then, now = stored_versions(options.study), versions()
    others = [f"{name} {then.get(name)} then, {now[name]} now" for name in now if then.get(name) != now[name]]
    why = "; ".join(others) or "by the same versions: please report it, with the file"
    say(f"{options.study}: the {what} does NOT come to the same ({why})")
    return FAILED


def _made_anew(stored: Stored, options: Namespace) -> Stored:
    from sim.study.comparison import Comparison

    with progressing(options, "repeat", *_worlds_of(stored)) as progress:
        if isinstance(stored, Comparison):
            return _comparison(stored, options, progress)
        return _run(stored, options, progress)


def _worlds_of(stored: Stored) -> tuple[World, ...]:
    from sim.study.comparison import Comparison

    return stored.worlds if isinstance(stored, Comparison) else (stored.world,)


def _run(stored: Replications, options: Namespace, progress: Progress | None) -> Replications:
    from dataclasses import replace

    from sim.study.replicate import Size, together

    size = Size(stored.numbers, stored.seed, "auto", options.workers, progress, tuple(stored.totals))
    (lived,) = together((stored.world,), size)
    return replace(lived, asked=stored.asked, interrupted=stored.interrupted)


def _comparison(stored: Comparison, options: Namespace, progress: Progress | None) -> Comparison:
    from dataclasses import replace

    from sim.study.comparison import way_of
    from sim.study.replicate import Size, together

    first, ids = (
        stored.first,
        tuple(dict.fromkeys([*stored.first.totals, *(n for w in stored.ways for n in w.lived.totals)])),
    )
    size = Size(first.numbers, first.seed, "auto", options.workers, progress, ids)
    worlds = (first.world, *(way.lived.world for way in stored.ways))
    one, *others = together(worlds, size)
    anew = replace(one, asked=first.asked, interrupted=first.interrupted)
    ways = [
        way_of(anew, replace(lived, asked=way.lived.asked, interrupted=way.lived.interrupted), way.equality)
        for way, lived in zip(stored.ways, others, strict=True)
    ]
    return replace(stored, first=anew, ways=tuple(ways))
