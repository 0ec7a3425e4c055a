"""How a study that stopped by itself is told: whether it is as precise as was wished, and what was foretold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sim.measures import measures_of
from sim.study.comparing.comparison import Comparison
from sim.study.running.replications import Replications
from sim.study.stopping.precision import Precision
from sim.study.stopping.rule import FAR, Watched, slowest
from sim.study.stopping.stopped import Budget, StoppedComparison, StoppedReplications, Stopping

_ENDED = {
    "most": "the most that were allowed",
    "seconds": "when the seconds were over",
    "interrupted": "when it was interrupted",
    "failed": "when one could not be lived",
}


def stopping_of(study: Comparison | Replications) -> Stopping | None:
    """Return what the rule did, where one stopped the study."""
    return study.stopping if isinstance(study, (StoppedComparison, StoppedReplications)) else None


def stopping_said(study: Comparison | Replications) -> list[str]:
    """Say whether the study is as precise as was wished, what took longest, and what the pilot foretold."""
    stopping = stopping_of(study)
    if stopping is None:
        return []
    return [*_precise(stopping, study), *_undefined(stopping), *_budget(stopping), *_by_number(stopping, study)]


def _precise(stopping: Stopping, study: Comparison | Replications) -> Iterator[str]:
    many, sure = stopping.replications, f" ({100 * stopping.confidence:g} % confidence)"
    watched = [one for one in stopping.watched if one.half(many) is not None]
    if stopping.why == "undefined":
        yield "Warning. Nothing that was wished is defined in any replication of the pilot: it is not gone on with."
        return
    if stopping.why == "reached":
        since = stopping.since or many
        last = slowest(watched, since)
        longest = f"; {_named(last)} took longest" if last is not None and len(watched) > 1 else ""
        told = "; ".join(_half(one, many, study) for one in watched)
        ahead = f", and in the {many - since} after it" if many > since else ""
        yield f"As precise as was wished with {since:,} replications{ahead}{sure}: {told}{longest}."
    else:
        short = [one for one in watched if not one.inside(many)] or watched
        told = "; ".join(_half(one, many, study) for one in short)
        yield (
            f"Warning. Not as precise as was wished after {many:,} replications, {_ENDED[stopping.why]}{sure}"
            f"{': ' + told if told else ''}.{_needed(short, many)}"
        )
        yield from _of_nothing(short, many, study)
    equal = [_named(one) for one in watched if one.half(many) == 0]
    if equal:
        yield f"In no replication is there any spread in {', '.join(equal)}: more of them would say the same."


def _half(one: Watched, many: int, study: Comparison | Replications) -> str:
    """Write one half-width beside the one that is wished."""
    first = study.first if isinstance(study, Comparison) else study
    unit = measures_of(first.world)[one.precision.measure].unit
    half, wish = one.half(many), one.wish(many)
    asked = one.precision.said(unit, two=isinstance(study, Comparison))
    wished = asked if one.precision.of == "unit" or wish is None else f"{wish:.3g} {unit}, {asked}"
    return f"{_named(one)} ± {half:.3g} {unit} (wished: {wished})"


def _named(one: Watched) -> str:
    return f"{one.precision.measure}, {one.way}," if one.way else one.precision.measure


def _needed(short: Sequence[Watched], many: int) -> str:
    each = [one.foretold(many) for one in short if not one.inside(many)]
    most = max((one for one in each if one is not None), default=None)
    if most is None:
        return ""
    return f" As they spread, {'millions of' if most >= FAR else f'some {most:,}'} replications would be needed."


def _of_nothing(short: Sequence[Watched], many: int, study: Comparison | Replications) -> Iterator[str]:
    """Say of which it is a share that may be nothing."""
    holding = [
        _named(one)
        for one in short
        if one.precision.of == "itself" and (one.half(many) or 0.0) * one.precision.size >= (one.wish(many) or 0.0)
    ]
    if holding and isinstance(study, Comparison):
        yield (
            f"The interval of {', '.join(holding)} holds 0: a share of a difference that may be nothing is never "
            'reached. Wish for it in its unit, or as a share of the first world\'s value ("2 % of first").'
        )


def _undefined(stopping: Stopping) -> Iterator[str]:
    if stopping.undefined and stopping.why != "undefined":
        yield (f"Warning. {', '.join(stopping.undefined)}: defined in no replication of the pilot, and not waited for.")


def _budget(stopping: Stopping) -> Iterator[str]:
    budget, many = stopping.foretold, stopping.replications
    if budget is not None:
        yield f"{foretold(budget)} It became {many:,} in all, and {stopping.seconds:.0f} s."


def foretold(budget: Budget) -> str:
    """Say what a pilot foretells.

    Examples
    --------
    >>> foretold(Budget(20, 36, 4.2, "calls_per_problem", "equal staff", 1000))
    'The pilot of 20 replications foretold 36 in all, 4 s more; calls_per_problem, equal staff, is the farthest off.'
    """
    way = f", {budget.way}," if budget.way else ""
    farthest = f"{budget.measure}{way} is the farthest off"
    if budget.replications is None or budget.seconds is None:
        return f"The pilot of {budget.pilot} replications foretold nothing; {farthest}."
    many = "millions" if budget.replications >= FAR else f"{budget.replications:,}"
    over = f", of which {budget.most:,} are allowed" if budget.replications > budget.most else ""
    seconds = f"{budget.seconds:.0f} s more"
    return f"The pilot of {budget.pilot} replications foretold {many} in all{over}, {seconds}; {farthest}."


def _by_number(stopping: Stopping, study: Comparison | Replications) -> Iterator[str]:
    """Write half-widths as replications doubled."""
    shown, at = [], stopping.pilot
    while at < stopping.replications:
        shown.append(at)
        at *= 2
    if not shown:
        return
    for one in stopping.watched:
        if one.half(stopping.replications) is not None:
            halves = ((many, one.half(many)) for many in (*shown, stopping.replications))
            told = ", ".join(f"{half:.3g} with {many:,}" for many, half in halves if half is not None)
            yield f"Half-widths of {_named(one).rstrip(',')}: {told}."


def stopping_tree(study: Comparison | Replications) -> dict[str, Any]:
    """Return what the rule did as plain values, to be stored; empty where none stopped the study."""
    stopping = stopping_of(study)
    if stopping is None:
        return {}
    plain = asdict(stopping)
    del plain["watched"], plain["replications"]  # these follow from the totals
    return {"stopping": plain}


def stopped(study: Comparison | Replications, tree: Mapping[str, Any]) -> Comparison | Replications:
    """Return a study that was read with what the rule did, where its file tells it.

    Raises
    ------
    KeyError, TypeError, ValueError
        If what it tells is not whole.
    """
    told = tree.get("stopping")
    if told is None:
        return study
    stopping = _read(study, dict(told))
    if isinstance(study, Comparison):
        return StoppedComparison.of(study, stopping)
    return StoppedReplications.of(study, stopping)


def _read(study: Comparison | Replications, told: dict[str, Any]) -> Stopping:
    if told["why"] not in (*_ENDED, "reached", "undefined"):
        raise ValueError("stopping")
    budget = told.pop("foretold")
    wished = tuple(Precision(str(one["measure"]), float(one["size"]), one["of"]) for one in told.pop("wished"))
    first = study.first if isinstance(study, Comparison) else study
    ways = [(way.equality.label, way.lived) for way in study.ways] if isinstance(study, Comparison) else [("", None)]
    watched = tuple(Watched(one, way, float(told["confidence"])) for way, _ in ways for one in wished)
    for one in watched:
        name, other = one.precision.measure, dict(ways)[one.way]
        one.follow(first.totals[name], None if other is None else other.totals[name])
    return Stopping(
        wished,
        foretold=None if budget is None else Budget(**budget),
        replications=len(first.numbers),
        undefined=tuple(map(str, told.pop("undefined"))),
        watched=watched,
        **told,
    )
