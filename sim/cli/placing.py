"""`story`: a story that somebody lived, placed among the journeys of its world, or of another one."""

from __future__ import annotations

from argparse import Namespace

from sim.cli.codes import DONE, MISTAKE
from sim.cli.demands import loaded
from sim.cli.outputs import progressing, say
from sim.report.placed import placed_text
from sim.study.placing import stories as told_stories


def story(options: Namespace) -> int:
    """Place a story and print where it lies; without one, print which there are."""
    if options.story is None:
        lines = [f"  {name:<14}  {one.title}, {one.told}" for name, one in told_stories.stories().items()]
        return DONE if say("\n".join(["Stories (python -m sim story NAME):", *lines])) else MISTAKE
    told = told_stories.story(options.story)
    (world,) = loaded(options.world or told.world)
    with progressing(options, "story", world) as progress:
        placed = told.placed(world, replications=options.replications, seed=options.seed, progress=progress)
    return DONE if say(placed_text(placed, told)) else MISTAKE
