"""`tell`: what one customer lives, in words, in one world or in two side by side."""

from __future__ import annotations

from argparse import Namespace

from sim.asked import place
from sim.bars import Progress
from sim.cli.codes import DONE, MISTAKE
from sim.cli.demands import loaded
from sim.cli.outputs import progressing, say
from sim.engines import run
from sim.history.rows import History
from sim.people import Customers, populate
from sim.report.lived.story import tell as told
from sim.study.comparing.compare import comparable
from sim.study.running.size import with_days
from sim.units import DAY
from sim.world import World


def tell(options: Namespace) -> int:
    """Let customers live through one world or two, and tell what one of them lives."""
    names = [options.first, *([] if options.second is None else [options.second])]
    worlds = [with_days(world, options.days) for world in loaded(*names)]
    if len(worlds) > 1:
        comparable(worlds[0], worlds[1], options.days)
    customers = populate(worlds[0], seed=options.seed, replication=options.replication - 1)
    if not isinstance(options.customer, str):
        place("--customer", options.customer, len(customers), "customer")
    with progressing(options, "tell", *worlds) as progress:
        histories = _lived(worlds, customers, progress)
    story = told(histories, options.customer, options.language, full=options.full)
    return DONE if say(story.text()) else MISTAKE


def _lived(worlds: list[World], customers: Customers, progress: Progress | None) -> list[History]:
    """Live through each world, telling how many simulated days are done of all."""
    whole = sum(world.time.end for world in worlds)
    histories: list[History] = []
    for at, world in enumerate(worlds):
        before = sum(one.time.end for one in worlds[:at])

        def days(now: float, before: float = before) -> None:
            if progress is not None:
                progress(round((before + now) / DAY), round(whole / DAY))

        histories.append(run(world, customers, tick=days))
    return histories
