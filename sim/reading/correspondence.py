"""Messages, cases and promises that cannot work: nobody ever answers, nobody may leave, nothing ever ends."""

from __future__ import annotations

from collections.abc import Iterator

from sim.reading.blocks import Blocks
from sim.reading.mistakes import Finding
from sim.reading.reach import Ways, cases_opened
from sim.world import Case, Message
from sim.world.cases import Step
from sim.world.distributions import Distribution, Never
from sim.world.levers import Levers
from sim.world.path import Path
from sim.world.population import Population

_MOST_IN_VAIN = 0.99
"""Share of visits in vain beyond which a case is one of hundreds of visits."""
_SOONEST = 15.0
"""Minutes before which nothing that was solved strikes again."""


def unworkable(blocks: Blocks) -> Iterator[Finding]:
    """Yield what cannot work of what is written, and of what the firm does while the customer is away."""
    for name, message in blocks.messages.items():
        yield from _for_ever(name, message)
        if blocks.population is not None:
            yield from _in_one_instant(name, message, blocks.population)
    for name, case in blocks.cases.items():
        yield from _visits(name, case)
        yield from _never_needed(name, case)
        if blocks.population is not None:
            yield from _unknown_for_ever(name, case, blocks.population)
    if blocks.levers is not None:
        yield from _promised(blocks.levers)
        yield from _strikes_at_once(blocks.levers)
        yield from _nobody_to_act(blocks.levers, blocks.paths)


def steps_that_solve(ways: Ways, reason: str, level: str) -> tuple[str, ...]:
    """Return the steps by which a problem of this reason and class may be solved, whoever works on them."""
    steps = (step for name in cases_opened(ways) for step in ways.cases[name].steps.items())
    return tuple(name for name, step in steps if step.share > 0.0 and own_chance(step, reason, level))


def own_chance(step: Step, reason: str, level: str) -> float:
    """Return the step's own chance of solving such a problem; 0 where only the team that works on it has one."""
    if isinstance(step.solves, dict):
        return step.solves.get(f"{reason}.{level}", step.solves.get(level, 1.0))
    return step.solves or 0.0


def case_takes(case: Case) -> float:
    """Return how long a case lies, and waits for visits, in the mean, where it goes through its steps once (min)."""
    return sum(
        step.share * (step.takes.mean_value() + (0.0 if step.visit is None else step.visit.appointment.mean_value()))
        for step in case.steps.values()
    )


def is_for_ever(law: Distribution) -> bool:
    """Say whether a patience never ends."""
    return isinstance(law, Never)


def _for_ever(name: str, message: Message) -> Iterator[Finding]:
    """Yield what holds all who write for ever, or has them write for ever."""
    if message.answered == 0.0 and is_for_ever(message.patience):
        said = 'is 0, and patience is "none": whoever writes waits for ever'
        yield Finding(("messages", name, "answered"), said, 'give a patience, such as "2 d"')
    if message.asks_back == 1.0:
        said = "is 1: every answer asks for more, and none ever helps"
        yield Finding(("messages", name, "asks_back"), said, "give a share below 1")


def _in_one_instant(name: str, message: Message, population: Population) -> Iterator[Finding]:
    again, law = population.again, (message.patience, message.writing, population.again.after_unanswered)
    persists = (population.persistence_of(*kind, "unanswered", later=True) for kind in population.kinds())
    if all(one.mean_value() == 0.0 for one in law) and max(persists) == 1.0:
        tail = f"with persistence 1 one writes {again.most_attempts} times in the same instant"
        suggestion = 'give it some time, such as "2 d", or a delay after_unanswered'
        yield Finding(("messages", name, "patience"), f"is no time at all: {tail}", suggestion)


def _visits(name: str, case: Case) -> Iterator[Finding]:
    """Yield the visits that are made again and again, without an end or hundreds of times."""
    for step, its in case.steps.items():
        for key in ("missed", "again"):
            share = getattr(its.visit, key) if its.visit is not None else 0.0
            why = "comes to nothing" if key == "missed" else "is not enough"
            if share == 1.0:
                said = f"is 1: every visit {why}, and another one is made for ever"
                yield Finding(("cases", name, "steps", step, "visit", key), said, "give a share below 1")
            elif share > _MOST_IN_VAIN:
                said = f"is {share:g}: nearly every visit {why}, and more than a hundred are made on average"
                yield Finding(("cases", name, "steps", step, "visit", key), said, "give a share of 0.99 at most")


def _never_needed(name: str, case: Case) -> Iterator[Finding]:
    """Yield the cases none of whose steps is ever needed."""
    if not any(step.share for step in case.steps.values()):
        said = "have no step that a case needs: each has the share 0"
        yield Finding(("cases", name, "steps"), said, "give one a share")


def _unknown_for_ever(name: str, case: Case, population: Population) -> Iterator[Finding]:
    asking = population.chasing
    asks = asking is not None and any((asking.without_date, asking.before_date, asking.after_broken, asking.informed))
    if case.registered == 0.0 and is_for_ever(case.patience) and not asks:
        said = 'is 0, patience is "none" and nobody asks how it stands: who waits for it waits for ever'
        suggestion = "give population.chasing, a patience, or register some"
        yield Finding(("cases", name, "registered"), said, suggestion)


def _promised(levers: Levers) -> Iterator[Finding]:
    promise = levers.follow_through.promise
    if promise is not None and promise.within == 0.0:
        said = "is no time at all: the promise is broken as it is given"
        yield Finding(("levers", "follow_through", "promise", "within"), said, 'write for example "48 h"')


def _strikes_at_once(levers: Levers) -> Iterator[Finding]:
    """Yield what has a problem solved and there again, thousands of times in a run or without an end."""
    follow = levers.follow_through
    after = follow.recurs_after.mean_value()
    if follow.recurrence and after < _SOONEST:
        said = "is no time at all: what is solved is there again in the same instant"
        if after > 0.0:
            said = "is less than a quarter of an hour on average: what is solved is there again at once"
        yield Finding(("levers", "follow_through", "recurs_after"), said, 'write for example "48 h"')


def _nobody_to_act(levers: Levers, paths: dict[str, Path]) -> Iterator[Finding]:
    if levers.access.on_behalf > 0.0 and not any(path.when == "on_behalf" for path in paths.values()):
        said = f'is {levers.access.on_behalf:g}, but no path leads on when = "on_behalf"'
        yield Finding(("levers", "access", "on_behalf"), said, "add such a path, by a ticket that opens a case")
