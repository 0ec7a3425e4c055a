"""What a comparison finds, in a planner's words: what changes, for whom, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sim.report.headlines import more_than_a_line
from sim.report.numbers import decimals_of, mean_of, moved
from sim.study.comparing.comparison import Comparison, Line
from sim.study.running.estimate import Estimate
from sim.study.searching.staffing import paid_hours

CUSTOMER, CALLS, SOLVED = "customer_eur_per_problem", "calls_per_problem", "solved_share"
CONTACTS, TIME, BROKEN = "contacts_per_problem", "hours_to_solution", "promises_broken_per_problem"
PREVENTED = "prevented_share"
FIRM, FIRM_SURE = "firm_eur_per_problem", "firm_cash_eur_per_problem"
_SAYS = {
    CUSTOMER: ("a customer's costs", "EUR", "less", "more"),
    CALLS: ("calls", "", "fewer", "more"),
    CONTACTS: ("contacts", "", "fewer", "more"),
    TIME: ("time to the solution", "h", "shorter", "longer"),
    BROKEN: ("promises broken", "", "fewer", "more"),
    SOLVED: ("problems solved", "points", "fewer", "more"),
    PREVENTED: ("problems prevented", "points", "fewer", "more"),
    FIRM: ("the firm's costs", "EUR", "less", "more"),
    FIRM_SURE: ("the firm's without customers lost", "EUR", "less", "more"),
}
"""What each measure is in words, its unit, and the words for below and above."""


def findings(comparison: Comparison) -> list[str]:
    """Return a sentence or two for every way: whose euros, how many, how sure."""
    return [f"{_staffed(one)}: {_finding(one)}" for one in comparison.each()]


def gainers(comparison: Comparison) -> str:
    """Say in a few words who gains and who loses, by what is told apart; of the comparison's first way."""
    lines = {line.measure.id: line for line in comparison.lines}
    firm, sure = (fares("the firm", lines.get(name)) for name in (FIRM, FIRM_SURE))
    if firm and sure and sure != firm:
        alone = fares("it", lines.get(FIRM_SURE))
        firm += f" if customers lost are counted, which is a guess ({alone} without them)"
    return ", ".join(filter(None, [fares("customers", lines.get(CUSTOMER)), firm]))


def fares(who: str, line: Line | None) -> str:
    """Say who gains or loses in euros, where that is told apart; empty where it is not measured."""
    if line is None or line.difference.mean is None:
        return ""
    end = "" if who == "customers" else "s"
    whose = {"customers": "customers'", "it": "its"}.get(who, f"{who}'s")
    said = {"better": f"{who} gain{end}", "worse": f"{who} lose{end}", "same": f"{whose} costs do not change"}
    return said.get(moved(line), f"{whose} costs are not told apart")


def _staffed(comparison: Comparison) -> str:
    """Say who is compared with whom, with how much staff."""
    first, second = (paid_hours(world) for world in comparison.worlds)
    one, other = comparison.asked
    hours = f"{second:,.0f} agent hours a week"
    if f"{first:,.0f}" != f"{second:,.0f}":
        hours += f" against {first:,.0f}"
    return f"{other.name} instead of {one.name}, {comparison.equality.label} ({hours})"


def _finding(comparison: Comparison) -> str:
    lines = {line.measure.id: line for line in comparison.lines}
    said = list(_clauses(lines, _told(comparison, lines)))
    who = gainers(comparison)
    told = "; ".join(said) if said else "nothing that this comparison measures is told in euros"
    return f"{who}. {told[0].upper()}{told[1:]}." if who else f"{told}."


def _told(comparison: Comparison, lines: dict[str, Line]) -> tuple[str, ...]:
    """Return what is told: of the telephone alone its calls, else contacts, how long it takes, and promises."""
    met = [name for name in (BROKEN, PREVENTED) if name in lines and any(world.mean for world in lines[name].worlds)]
    ended = (SOLVED, *(name for name in met if name == PREVENTED), FIRM, FIRM_SURE)
    if not more_than_a_line(*comparison.asked):
        return (CUSTOMER, CALLS, *ended)
    return (CUSTOMER, CONTACTS, TIME, *(name for name in met if name == BROKEN), *ended)


def _clauses(lines: dict[str, Line], told: Sequence[str]) -> Iterator[str]:
    for name in told:
        line = lines.get(name)
        if line is not None and line.difference.mean is not None:
            yield _clause(line)


def _clause(line: Line) -> str:
    """Say what a measure does, with both means and the interval of the difference."""
    noun, unit, below, above = _SAYS[line.measure.id]
    of, each = (" %", "") if line.measure.unit == "share" else ("", "" if line.measure.id == TIME else " per problem")
    line = _in_percent(line) if of else line
    decimals = 1 if of else decimals_of([*line.worlds, line.difference])
    one, other = (f"{mean_of(estimate, decimals)}{of}" for estimate in line.worlds)
    word, (mean, low, high) = moved(line), line.difference
    assert mean is not None
    unit = f" {unit}" if unit else ""
    if word == "same":
        return f"{noun} the same ({one}{'' if of else unit}{each})"
    if low is None or high is None:
        return f"{noun} {other} against {one}{'' if of else unit}{each} (no interval)"
    if word == "unsure":
        return (
            f"{noun} not told apart ({other} against {one}; 95 %: {low:+,.{decimals}f} to {high:+,.{decimals}f}{unit})"
        )
    way, (least, most) = above if mean > 0 else below, sorted((abs(low), abs(high)))
    far = f"{abs(mean):,.{decimals}f}{unit} {way}{each}"
    return f"{noun} {far} ({other} against {one}; 95 %: {least:,.{decimals}f} to {most:,.{decimals}f} {way})"


def _in_percent(line: Line) -> Line:
    one, other, apart = (
        Estimate(*(None if value is None else 100 * value for value in estimate))
        for estimate in (*line.worlds, line.difference)
    )
    return replace(line, worlds=(one, other), difference=apart)
