"""Worlds that cannot work: nobody at work, no hour in which to call, no way out, too large to hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sim.luck.keys import PROBLEMS_AT_MOST
from sim.luck.laws import quantile
from sim.quoting import quoted
from sim.reading.blocks import Blocks
from sim.reading.colleagues import nobody_to_ask
from sim.reading.concurrency import several_at_once
from sim.reading.correspondence import steps_that_solve, unworkable
from sim.reading.fields import Names, values
from sim.reading.memory import problems_in, too_large
from sim.reading.mistakes import Finding
from sim.reading.reach import channels_tried, reached, ways_of
from sim.reading.routing import agents_of, chosen_in_vain, dead_paths, nobody_at_work
from sim.units import DAY, duration
from sim.world import Horizon, Line, Path
from sim.world.channels import PHONE
from sim.world.distributions import Constant, Distribution
from sim.world.facts import AtMost, Fact
from sim.world.levers import Levers
from sim.world.population import Cause, Population

_YEAR = 366 * DAY
_MOST_AGENTS = 1_000_000
"""Of all teams together: each has a place in every replication that is lived."""


def sense(blocks: Blocks) -> Iterator[Finding]:
    """Yield what cannot work, as far as the blocks it takes are there."""
    line, levers, population = blocks.line, blocks.levers, blocks.population
    yield from _absurd(blocks)
    yield from _too_many_agents(blocks)
    yield from dead_paths(blocks)
    yield from chosen_in_vain(blocks.queues)
    yield from unworkable(blocks)
    if line is not None and population is not None and PHONE in channels_tried(ways_of(line, blocks)):
        yield from _hours(line, population)
    if line is not None:
        yield from _no_lines(line)
        yield from nobody_at_work(line, blocks)
        yield from nobody_to_ask(line, blocks)
        yield from several_at_once(line, blocks)
    if line is not None and levers is not None:
        yield from _cut_in_the_menu(line, levers)
    if levers is not None and levers.authority.above == "escalate":
        yield from _no_way_up(blocks.paths)
    if line is not None and population is not None and levers is not None:
        yield from _no_way_out(line, population, levers, blocks)
    if blocks.time is not None and population is not None:
        yield from _beyond_numbers(blocks.time, population)
        yield from too_large(blocks.time, blocks)


def _too_many_agents(blocks: Blocks) -> Iterator[Finding]:
    teams = blocks.teams.values()
    agents, seats = sum(map(agents_of, teams)), sum(agents_of(team) * team.chats for team in teams)
    if agents > _MOST_AGENTS:
        yield Finding(("teams",), f"have {agents:,} agents: {_MOST_AGENTS:,} is the most", "give them fewer")
    elif seats > _MOST_AGENTS:
        said = f"have agents who hold {seats:,} chats at once: {_MOST_AGENTS:,} is the most"
        yield Finding(("teams",), said, "give them fewer")


def _hours(line: Line, population: Population) -> Iterator[Finding]:
    awake = population.awake_slots()
    if not any(opened and slot in awake for slot, opened in enumerate(line.open_slots())):
        called = ", ".join(map(quoted, population.awake_hours()))
        problem = f"never meets the hours in which customers call (population.awake = {called})"
        yield Finding(("line", "open"), problem, "nobody could ever call")


def _beyond_numbers(time: Horizon, population: Population) -> Iterator[Finding]:
    """Yield what is wrong where more problems of a reason appear than there are numbers for them."""
    largest = max(reason.share for reason in population.reasons.values())
    most = largest * problems_in(time.end, population)
    if most > PROBLEMS_AT_MOST:
        problem = f"gives about {most:,.0f} problems of one reason in a run: there are numbers for {PROBLEMS_AT_MOST:,}"
        yield Finding(("population", "problems_per_day"), problem, "lower it, or shorten time.horizon")


def _no_lines(line: Line) -> Iterator[Finding]:
    if line.lines == 0:
        yield Finding(("line", "lines"), "is 0: every call is blocked", 'write "none" for no limit')


def _cut_in_the_menu(line: Line, levers: Levers) -> Iterator[Finding]:
    cut, menu = levers.time.cut_after, line.menu
    if cut is not None and levers.time.clock == "connection" and isinstance(menu, Constant):
        shortest = menu.mean_value()
        if cut <= shortest:
            problem = f"is {duration(cut)}: every call is cut in the menu, which lasts {duration(shortest)}"
            yield Finding(("levers", "time", "cut_after"), problem, "nobody could ever be answered")


def _no_way_up(paths: dict[str, Path]) -> Iterator[Finding]:
    if not any(path.when == "above_limit" for path in paths.values()):
        problem = 'is "escalate", but no path leads on when = "above_limit"'
        yield Finding(("levers", "authority", "above"), problem, "add such a path, or ask for approval")


def _no_way_out(line: Line, population: Population, levers: Levers, blocks: Blocks) -> Iterator[Finding]:
    """Yield what holds a customer for ever who never loses heart (persistence 1)."""
    again = population.again
    here = ("population", "again")
    suggestion = 'give a delay such as "10 min", or a persistence below 1'
    tail = f"with persistence 1 one dials {again.most_attempts} times in the same instant"
    ways = ways_of(line, blocks)
    queues, teams = reached(ways)
    full = [name for name in queues if name in blocks.queues and blocks.queues[name].places is not None]
    blocked = line.lines is not None or full
    if blocked and _is_nothing(again.after_blocked) and any(_for_ever(population, "blocked")):
        busy = "all lines are busy" if line.lines is not None else f"the queue {full[0]} is full"
        yield Finding((*here, "after_blocked"), f"is no time at all: while {busy}, {tail}", suggestion)
    never_hold = (line.balking == 1 or _is_nothing(law) for law in _for_ever(population, "abandoned"))
    if _is_nothing(again.after_abandoned) and any(never_hold):
        yield Finding((*here, "after_abandoned"), f"is no time at all: where nobody holds, {tail}", suggestion)
    if any(team not in blocks.teams for team in teams) or not any(_for_ever(population, "unsolved")):
        return
    for name, reason in population.reasons.items():
        for level, share in reason.difficulty.items():
            helped = any(_can_solve(team, name, level, levers, blocks) for team in teams)
            if share and reason.share and not helped and not steps_that_solve(ways, name, level):
                problem = f"is 1, but no team that is reached can ever solve {name} of class {level}"
                yield Finding((*here, "persistence"), problem, "nobody with such a problem could ever leave")


def _for_ever(population: Population, cause: Cause) -> Iterator[Distribution]:
    """Yield the patience of each kind of customer who tries again for ever after attempts that end so."""
    for kind in population.kinds():
        if population.persistence_of(*kind, cause, later=True) == 1:
            yield population.patience_of(*kind)


def _can_solve(team: str, reason: str, level: str, levers: Levers, blocks: Blocks) -> bool:
    chances = {**blocks.teams[team].solve, **levers.knowledge.solve.get(team, {})}
    solve = chances.get(f"{reason}.{level}", chances.get(level, 1.0))
    its = blocks.teams[team]
    competent = levers.knowledge.competent.get(team, its.competent_for.get(reason, its.competent))
    return solve > 0 and competent > 0 and levers.access.sent_elsewhere < 1


def _lengths(value: Any) -> Iterator[tuple[Names, float]]:
    """Yield how long a time, a law or each of a table of them lasts in the mean (min), with its place in the table."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield from (((name, *below), lasts) for below, lasts in _lengths(one))
    else:
        yield (), value if isinstance(value, float) else value.mean_value()


def _is_nothing(law: Distribution) -> bool:
    return law.mean_value() == 0


def _absurd(blocks: Blocks) -> Iterator[Finding]:
    """Yield values that no hotline ever had: most likely a wrong unit."""
    for name, team in blocks.teams.items():
        for talks in ("talk", "talk_for"):
            for below, lasts in _lengths(getattr(team, talks)):
                if not lasts:
                    said = "is 0 min: a talk takes time"
                    yield Finding(("teams", name, talks, *below), said, 'write for example "8 min"')
    for at, block in blocks.each():
        for place, key, value in values(block, at):
            if key.has(Fact.UP_TO_A_DAY):
                for below, lasts in _lengths(value) if value is not None else ():
                    if lasts > DAY:
                        said = f"lasts {duration(lasts)}: a day is the most that makes sense"
                        yield Finding((*place, *below), said)
            elif key.has(Fact.UP_TO_A_YEAR):
                for below, lasts in _lengths(value) if value is not None else ():
                    if lasts > _YEAR:
                        said = f"lasts {duration(lasts)}: a year is the most that makes sense"
                        yield Finding((*place, *below), said)
            elif limit := key.fact(AtMost):
                high = value if isinstance(value, float) else quantile(value.numbers(), 0.999)
                unit = limit.unit
                if high > limit.most:
                    yield Finding(place, f"comes to {high:g}{unit}: {limit.most:g}{unit} is the most that makes sense")
