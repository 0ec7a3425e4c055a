"""Where the spreadsheet's formula for first-contact resolution is right, and how far off it is in a busy centre.

Run it: ``python experiments/spreadsheet.py [--replications 10] [--write]``; some seconds. With ``--write`` tables go
into docs/validation.md, between their marks.

The formula (`sim.theory.Repeats`) makes calls of problems: every call is answered, every call is as good as the first,
and who is not helped calls again with one chance. It is right where that is so. Elsewhere it is asked for what it is
used for: by how much fewer calls a raised resolution brings, and what that saves; it is given both resolutions as they
were simulated.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sim
from sim.theory import Repeats, eur_of_a_call

PAGE = Path(__file__).resolve().parents[1] / "docs" / "validation.md"
MARKS = "<!-- spreadsheet: begin -->\n", "<!-- spreadsheet: end -->\n"
QUIET: dict[str, Any] = {
    "teams": {"front": {"staff": 400, "competent": 1.0, "solve": {"easy": 0.45, "hard": 0.45}}},
    "population": {"awake": "mon-sun 00:00-24:00", "again": {"persistence": 1.0, "most_attempts": 4000}},
    "line": {"open": ["mon-sun 00:00-24:00"]},
    "paths": {"wrong_person": "none"},
    "levers": {"access": {"sent_elsewhere": 0.0}, "authority": {"limit": 1000}},
}
"""The hotline open day and night with agents for all, who are all right for all problems; everybody calls again."""
KINDS = {"easy": 0.95, "hard": 0.1}
SOME = {"population": {"again": {"persistence": 0.926}}}
BUSY = {"population": {"patience": {"law": "exponential", "mean": "10 min"}}}
STEPS: tuple[tuple[str, tuple[dict[str, Any], ...]], ...] = (
    ("agents for all, all call again, all problems alike", ()),
    ("the same, 92.6 % call again", (SOME,)),
    ("the same, half of the problems solved with .95, half with .1", (SOME, {"teams": {"front": {"solve": KINDS}}})),
    ("alike again, but 4 agents: some hang up", (SOME, BUSY, {"teams": {"front": {"staff": 4}}})),
    ("and 3 agents: many hang up", (SOME, BUSY, {"teams": {"front": {"staff": 3}}})),
)
ASKED = (
    "calls_per_problem",
    "first_contact_resolution",
    "solved_share",
    "calls_per_day",
    "problems_per_day",
    "answered_share",
    "abandoned_share",
)
HARD = 0.58
"""Chance of solving a hard problem where the agents know, as in `empowered`; in the hotline of 2005 it is a tenth."""


def quiet() -> Iterator[tuple[str, sim.World]]:
    """Yield worlds that leave what the formula takes for granted step by step."""
    for name, changes in STEPS:
        world = sim.variant("hotline_2005", QUIET)
        for change in changes:
            world = sim.variant(world, change)
        yield name, world


def off_by(formula: float, found: sim.Estimate) -> str:
    """Say how far a formula is from what was simulated: not at all where it lies within the interval."""
    assert found.mean is not None
    assert found.low is not None
    assert found.high is not None
    return "inside" if found.low <= formula <= found.high else f"{formula / found.mean - 1.0:+.0%}"


def where_it_is_right(replications: int) -> Iterator[str]:
    """Yield a table: calls per problem by the formula and simulated, in worlds without a queue and in busy ones.

    The formula is asked with the share of all first calls that solve, and with the solutions per answered call.
    """
    yield "| world | abandoned | calls per problem (95 %) | formula, by first calls | formula, by answered calls |"
    yield "|---|---|---|---|---|"
    busy = ((f"`{name}`", sim.load(name)) for name in ("hotline_2005", "double_peine", "empowered"))
    for name, world in (*quiet(), *busy):
        lived = sim.replicate(world, replications=replications, measures=ASKED)
        mean = {id: lived.estimate(id).mean or 0.0 for id in ASKED}
        found, again = lived.estimate("calls_per_problem"), world.population.again.persistence
        answered = mean["solved_share"] * mean["problems_per_day"] / mean["calls_per_day"] / mean["answered_share"]
        cells = []
        for share in (mean["first_contact_resolution"], answered):
            formula = Repeats(1.0, share, persistence=again).calls_per_problem
            cells.append(f"{share:.3f}: {formula:.2f} calls, {off_by(formula, found)}")
        calls = f"{found.mean:.2f} ({found.low:.2f} to {found.high:.2f})"
        yield f"| {name} | {mean['abandoned_share']:.3f} | {calls} | {' | '.join(cells)} |"


def what_it_saves(replications: int) -> Iterator[str]:
    """Yield a table: what a raised resolution brings by the formula, and simulated at the same speed of answer."""
    yield "| from `hotline_2005`, hard problems solved with .58 | formula | simulated |"
    yield "|---|---|---|"
    first = sim.load("hotline_2005")
    second = sim.variant(first, {"teams": {name: {"solve": {"hard": HARD}} for name in first.teams}}, name="raised")
    asked = (*ASKED, "staff_eur_per_week", "handling_minutes_per_call", "occupancy", "staff_hours_per_week")
    made = sim.compare(first, second, replications=replications, equal="both", measures=asked)
    before = made.first
    mean = {id: before.estimate(id).mean or 0.0 for id in asked}
    same_staff, same_service = (made.alone(how).ways[0].lived for how in ("staff", "service"))
    raised = same_service.estimate("first_contact_resolution").mean or 0.0
    wage = mean["staff_eur_per_week"] / mean["staff_hours_per_week"]
    call = eur_of_a_call(mean["handling_minutes_per_call"], wage, mean["occupancy"])
    week = Repeats.of_calls(
        7 * mean["calls_per_day"], mean["first_contact_resolution"], call, first.population.again.persistence
    )
    ways = (("staff", same_staff), ("service", same_service))
    calls = {name: lived.estimate("calls_per_day").mean or 0.0 for name, lived in ways}
    spent = same_service.estimate("staff_eur_per_week").mean or 0.0
    yield f"| first-contact resolution | {week.resolution:.3f} to {raised:.3f} (given) | the same |"
    yield f"| problems a week | {week.problems:,.0f} | {7 * mean['problems_per_day']:,.0f} |"
    yield f"| calls a week before | {week.calls:,.0f} (given) | {7 * mean['calls_per_day']:,.0f} |"
    yield f"| calls a week after, the same staff | {week.raised(raised).calls:,.0f} | {7 * calls['staff']:,.0f} |"
    yield f"| calls a week after, the same speed of answer | the same | {7 * calls['service']:,.0f} |"
    saved = mean["staff_eur_per_week"] - spent
    yield f"| saved a week (EUR), at {call:.2f} EUR a call | {week.saved(raised):,.0f} | {saved:,.0f} |"


def main() -> None:
    """Print both tables, and write them where they are asked for."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--replications", type=int, default=10)
    asked.add_argument("--write", action="store_true")
    options = asked.parse_args()
    lines = [*where_it_is_right(options.replications), "", *what_it_saves(options.replications)]
    text = "\n".join(lines) + "\n"
    print(text)
    if options.write:
        before, rest = PAGE.read_text(encoding="utf-8").split(MARKS[0])
        PAGE.write_text(f"{before}{MARKS[0]}{text}{MARKS[1]}{rest.split(MARKS[1])[1]}", encoding="utf-8")


if __name__ == "__main__":
    main()
