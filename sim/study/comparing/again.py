"""A study made anew: the same worlds with the same staff, the same luck."""

from __future__ import annotations

from dataclasses import replace

from sim.bars import Progress, Shown, given, shows_progress
from sim.engines import ENGINES, Engine
from sim.study.comparing.comparison import Comparison, beside
from sim.study.running.replicate import together
from sim.study.running.replications import Replications
from sim.study.running.size import Size


@shows_progress("again")
def again(
    study: Comparison | Replications, *, workers: int | None = None, progress: Shown = None
) -> Comparison | Replications:
    """Live all its replications once more, by the engine that they were lived by; no staff is sought anew.

    The engines write the same rows to the bit, in another order: sums of one agree with the other's in twelve digits.
    What several engines have lived is lived by the fastest.

    Raises
    ------
    ReplicationError
        If one of them could not be lived.
    """
    if isinstance(study, Replications):
        (anew,) = _lived([study], workers, given(progress))
        return anew
    first, *others = _lived([study.first, *(way.lived for way in study.ways)], workers, given(progress))
    equalities = (way.equality for way in study.ways)
    return replace(study, first=first, ways=beside(first, zip(equalities, others, strict=True)))


def _lived(then: list[Replications], workers: int | None, progress: Progress | None) -> list[Replications]:
    ids = tuple(dict.fromkeys(name for one in then for name in one.totals))
    engine: Engine = next((engine for engine in ENGINES if {engine} == {one.engine for one in then}), "auto")
    size = Size(then[0].numbers, then[0].seed, engine, workers, progress, ids)
    now = together([one.world for one in then], size)
    both = zip(then, now, strict=True)
    return [replace(new, asked=old.asked, interrupted=old.interrupted) for old, new in both]
