"""What the options of a study demand: which worlds, and how large it is."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from sim.scenario import Mistake, World, WorldError, load

QUICK = {"replications": range(4), "days": 7.0}
USUAL = {"replications": range(10), "days": None}


def loaded(*names: str) -> list[World]:
    """Load worlds; the mistakes of all of them are told together."""
    worlds: list[World] = []
    mistakes: list[Mistake] = []
    for name in names:
        try:
            worlds.append(load(name))
        except WorldError as error:
            mistakes += error.mistakes
    if mistakes:
        raise WorldError(dict.fromkeys(mistakes))
    return worlds


def size(options: Namespace) -> dict[str, Any]:
    """Return the size of a study as its functions take it."""
    usual = QUICK if options.quick else USUAL
    return {
        "replications": options.replications or usual["replications"],
        "days": options.days or usual["days"],
        "seed": options.seed,
        "engine": options.engine,
        "workers": options.workers,
    }
