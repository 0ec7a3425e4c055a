"""What is done with studies that were stored: they are put together, or made anew."""

from __future__ import annotations

from argparse import Namespace
from functools import reduce
from operator import add

from sim.cli.codes import DONE, FAILED, MISTAKE
from sim.cli.outputs import Refused, complain, progressing, say, writable
from sim.cli.reporting import asked_for, reports
from sim.cli.telling import told
from sim.engines import ENGINES
from sim.report import Result
from sim.report.stored import read, stored_versions, versions
from sim.study.comparing.again import again
from sim.study.comparing.comparison import Comparison
from sim.study.running.tasks import ReplicationError


def merge(options: Namespace) -> int:
    """Put stored studies together, and write and print them as one."""
    files = (("--json", options.json), ("--csv", options.csv), *asked_for(options))
    writable(files, read=[("a stored study", name) for name in options.studies])
    studies = [read(path) for path in options.studies]
    if len({type(study) for study in studies}) > 1:
        raise Refused("studies of one world and comparisons of two cannot be put together")
    if options.report and not isinstance(studies[0], Comparison):
        raise Refused("--report is of a comparison; these are studies of one world")
    study: Result = reduce(add, studies)
    later = reports(options, study) if isinstance(study, Comparison) else ()
    return DONE if told(study, options, later) else MISTAKE


def repeat(options: Namespace) -> int:
    """Make a stored study anew, and say whether every total is the same to the bit."""
    stored = read(options.study)
    what, worlds = ("comparison", stored.worlds) if isinstance(stored, Comparison) else ("run", (stored.world,))
    try:
        with progressing(options, "repeat", *worlds) as progress:
            anew = again(stored, workers=options.workers, progress=progress)
    except ReplicationError as error:
        complain(str(error))
        return FAILED
    if anew == stored:
        many = stored.replications if isinstance(stored, Comparison) else len(stored.numbers)
        good = say(f"{options.study}: the {what} comes to the same, to the bit ({many} replications)")
        return DONE if good else MISTAKE
    then, now = stored_versions(options.study), versions()
    others = [f"{name} {then.get(name)} then, {now[name]} now" for name in now if then.get(name) != now[name]]
    engine = (stored.first if isinstance(stored, Comparison) else stored).engine
    if engine not in ENGINES:
        others.append(f"lived by {engine} then, whose sums differ after the twelfth digit")
    why = "; ".join(others) or "by the same versions: please report it, with the file"
    say(f"{options.study}: the {what} does NOT come to the same ({why})")
    return FAILED
