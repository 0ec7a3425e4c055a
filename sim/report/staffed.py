"""A staff that was sought, as it is told: target by target, interval by interval beside formulas, shift by shift."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from sim.measures import MEASURES
from sim.reading import digest, written
from sim.report.calibrated import printable_lines
from sim.report.numbers import UNDEFINED, cut, wrapped
from sim.report.page import folded, notes, sentences, table
from sim.study.running.estimate import Estimate
from sim.study.staffing.plan import Row, StaffPlan, Standing
from sim.study.staffing.targets import Target

if TYPE_CHECKING:
    import pandas as pd

_MOST_ROWS = 200
_NAME = 44
_DEFINITIONS = (
    "first, all: the offered load, agents' worth of work: of first attempts alone, and with the calls that repeat",
    "C, A: agents by Erlang C and Erlang A, for each load, in every interval by itself: a steady state without repeats",
    "needed: agents by simulation; now: those of the world as it was asked for",
    "met: every mean is on the right side; in doubt: some mean is not, but its 95 % interval reaches there; missed: "
    "some interval does not; out of reach: no number of agents reaches it",
)


def plan_text(plan: StaffPlan, *, every: bool, definitions: bool) -> str:
    """Return a plan as it is printed: 120 columns at most."""
    parts = ["\n".join(line for said in head(plan) for line in wrapped(said))]
    parts += [_set(_target_rows(plan.standings)), *_staff_tables(plan)]
    parts += [_set(_shift_rows(plan))] if plan.shifts else []
    parts.append("\n".join(line for said in _tail(plan) for line in wrapped(said)))
    if definitions:
        parts.append("\n".join(line for said in _DEFINITIONS for line in wrapped(said)))
    return printable_lines("\n\n".join(part for part in parts if part))


def head(plan: StaffPlan) -> list[str]:
    """Say what was found, and what it costs against what there is now."""
    asked = ", ".join(map(str, plan.targets))
    verdicts = {one.verdict for one in plan.standings}
    cost = f"{plan.eur:,.0f} EUR and {plan.hours:,.1f} paid hours a week"
    now = f"now {plan.eur_before:,.0f} EUR and {plan.hours_before:,.1f} hours"
    if verdicts == {"met"} or "out of reach" in verdicts:
        how = "meets" if verdicts == {"met"} else "comes nearest to"
        return [f"{plan.asked.name}: the least-cost staff found that {how} {asked}: {cost} ({now})."]
    how = "missed" if "missed" in verdicts else "in doubt"
    return [f"{plan.asked.name}: the least-cost staff found for {asked}, which is {how}: {cost} ({now})."]


def _target_rows(standings: Sequence[Standing]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [("target", "where it comes least near", "there", "95 %", "met in", "surely", "")]
    for one in standings:
        value = _reading(one.target, one.estimate.mean)
        rows.append(
            (
                cut(str(one.target), _NAME),
                one.where or "whole horizon",
                value,
                _between(one.target, one.estimate),
                f"{one.met} of {one.many}",
                f"{one.sure}",
                one.verdict,
            )
        )
    return rows


def _reading(target: Target, value: float | None) -> str:
    if value is None:
        return UNDEFINED
    if target.unit == "share":
        return f"{100 * value:.1f} %"
    if target.unit == "min":
        return f"{value:.2f} min" if target.value >= 2 else f"{60 * value:.1f} s"
    return f"{value:,.4g}"


def _between(target: Target, estimate: Estimate) -> str:
    if estimate.low is None or estimate.high is None:
        return ""
    most = 1.0 if target.unit == "share" else math.inf
    first, last = (_reading(target, min(max(one, 0.0), most)) for one in (estimate.low, estimate.high))
    unit = next((sign for sign in (" %", " min", " s") if last.endswith(sign)), "")
    return f"{first.removesuffix(unit)} to {last}"


def _staff_tables(plan: StaffPlan) -> list[str]:
    return [f"team {team}\n{_set(rows)}" for team, rows in _staff_rows(plan)]


def _staff_rows(plan: StaffPlan) -> Iterator[tuple[str, list[tuple[str, ...]]]]:
    """Yield each team's table: needed by simulation, beside it the load and what formulas give."""
    narrow = [one for one in plan.targets if one.scope == "interval"]
    for team in dict.fromkeys(row.team for row in plan.rows):
        its = [row for row in plan.rows if row.team == team]
        head = ("days", "interval", "needed", *(("in shifts",) if plan.shifts else ()), "now")
        formulas = ("first", "C", "A", "all", "C", "A", "busy")
        rows: list[tuple[str, ...]] = [(*head, *formulas, *(_short_name(one) for one in narrow[:2]))]
        rows += [_staff_row(plan, row, narrow[:2]) for row in its[:_MOST_ROWS]]
        rows += [(f"  and {len(its) - _MOST_ROWS} intervals more",)] if len(its) > _MOST_ROWS else []
        yield team, rows


def _short_name(target: Target) -> str:
    return cut(target.measure, 22)


def _staff_row(plan: StaffPlan, row: Row, narrow: Sequence[Target]) -> tuple[str, ...]:
    shifts = (f"{row.on_duty:.1f}",) if plan.shifts else ()
    values = (f"{_reading(target, one.mean)}" for target, one in zip(narrow, row.values, strict=False))
    return (
        row.days,
        f"{row.begins}-{row.ends}",
        f"{row.agents}",
        *shifts,
        f"{row.before:.0f}" if row.before.is_integer() else f"{row.before:.1f}",
        f"{row.load_first:.1f}",
        _agents(row.erlang_c_first),
        _agents(row.erlang_a_first),
        f"{row.load:.1f}",
        _agents(row.erlang_c),
        _agents(row.erlang_a),
        "-" if math.isnan(row.occupancy) else f"{row.occupancy:.0%}",
        *values,
    )


def _agents(number: float) -> str:
    return "-" if math.isnan(number) else "none" if math.isinf(number) else f"{number:.0f}"


def _shift_rows(plan: StaffPlan) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [("shift", "team", "hours", "breaks", "lunch", "agents", "EUR a week")]
    for one in plan.shifts:
        said = (", ".join(one.hours), ", ".join(one.breaks), ", ".join(one.lunches))
        rows.append((one.name.split(" ")[0], one.team, *said, f"{one.agents}", f"{one.eur:,.0f}"))
    return rows


def _tail(plan: StaffPlan) -> list[str]:
    return [*out_of_reach(plan), *_by_formula(plan), *_critical(plan), *_covering(plan), *_searched(plan), *plan.notes]


def out_of_reach(plan: StaffPlan) -> list[str]:
    """Say which targets no number of agents reaches, and what is reached."""
    said = []
    for one in plan.standings:
        if one.verdict == "out of reach":
            best = "it is undefined" if one.best is None else f"it comes to {_reading(one.target, one.best)}"
            where = f" at {one.where}" if one.where else ""
            said.append(
                f"{one.target} is out of reach: with so many on duty that nobody waits for an agent, {best}{where}. "
                f"More agents do not help: look at {_elsewhere(one.target)}."
            )
    return said


def _elsewhere(target: Target) -> str:
    """Say on what it depends, beside agents, what is reached."""
    if target.measure in MEASURES or target.is_column():
        return "menu, lines, closing, cut, paths and hours"
    return "hours, at how long things lie before anybody sees them, and at what is ever answered"


def how_it_stands(one: Standing) -> str:
    """Say of a target what it comes to where it comes least near, and whether it is met."""
    value, place = _reading(one.target, one.estimate.mean), _at(one.where)
    between = _between(one.target, one.estimate)
    if not between:
        return f"{one.target}: {value}{place}, {one.verdict}."
    return f"{one.target}: {value}{place} (95 %: {between}), {one.verdict}."


def _by_formula(plan: StaffPlan) -> list[str]:
    """Say what formulas come to, in agent intervals, beside what the simulation needs."""
    needed = sum(row.agents for row in plan.rows)
    told = []
    for name, one in (("Erlang C", "erlang_c"), ("Erlang A", "erlang_a")):
        first = [getattr(row, f"{one}_first") for row in plan.rows]
        every = [getattr(row, one) for row in plan.rows]
        if all(map(math.isfinite, (*first, *every))) and needed:
            told.append(
                f"{name} {sum(first) / needed:.0%} for first attempts and {sum(every) / needed:.0%} with repeats"
            )
    return [f"Of the agents needed by simulation, formulas give: {'; '.join(told)}."] if told else []


def _critical(plan: StaffPlan) -> list[str]:
    if plan.critical is None:
        return []
    comes = "; ".join(
        f"{one.target}: {_reading(one.target, one.estimate.mean)}{_at(one.where)}, {one.verdict}"
        for one in plan.critical.standings
    )
    return [f"One agent less at {plan.critical.where} saves {plan.critical.eur:,.0f} EUR a week and makes it {comes}."]


def _at(where: str) -> str:
    return f" ({where})" if where else ""


def _covering(plan: StaffPlan) -> list[str]:
    if not plan.shifts:
        return []
    needed = (
        f"Shifts cost {plan.eur:,.0f} EUR; the agents needed, were they there by the interval, {plan.eur_needed:,.0f}."
    )
    if plan.bound is None:
        return [needed]
    if plan.eur < plan.bound - 0.5:
        return [
            f"{needed} Covering every agent needed costs {plan.bound:,.0f} or more: simulation bears the difference."
        ]
    proven = plan.bound >= plan.eur - 0.5
    how = "is the least (HiGHS)" if proven else f"costs {plan.bound:,.0f} at least, the rest is not proven"
    return [f"{needed} The covering of these needs by these shifts {how}."]


def _searched(plan: StaffPlan) -> list[str]:
    how = f"Sought on {len(plan.searched)} replications, {plan.tried} staffs lived in {plan.seconds:.0f} s"
    if not plan.checked:
        return [f"{how}; checked on no others."]
    mended = f", after agents were added {plan.mended} times" if plan.mended else ""
    first, last = plan.checked[0] + 1, plan.checked[-1] + 1
    return [f"{how}; checked on {len(plan.checked)} others ({first} to {last}{mended}): the table is of these."]


def _set(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[at]) if at < len(row) else 0 for row in rows) for at in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [row[0].ljust(widths[0]), row[1].ljust(widths[1])]
        cells += [cell.rjust(wide) for cell, wide in zip(row[2:], widths[2:], strict=False)]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def plan_html(plan: StaffPlan) -> str:
    """Return a plan for a notebook: its targets, its staff team by team, its shifts, and what the words mean."""
    parts = [sentences(head(plan)), table(_target_rows(plan.standings), left=2)]
    parts += [table(rows, over=f"team {team}", left=2) for team, rows in _staff_rows(plan)]
    parts += [table(_shift_rows(plan), left=5)] if plan.shifts else []
    return "".join([*parts, notes(_tail(plan)), folded("What the columns mean", notes(_DEFINITIONS))])


def plan_table(plan: StaffPlan) -> pd.DataFrame:
    """Return one row for each team and interval; what is undefined is NaN."""
    import pandas as pd

    narrow = [one for one in plan.targets if one.scope == "interval"]
    return pd.DataFrame([_flat(row, narrow) for row in plan.rows])


def _flat(row: Row, narrow: Sequence[Target]) -> dict[str, Any]:
    found = {
        "team": row.team,
        "days": row.days,
        "from": row.begins,
        "to": row.ends,
        **{
            name: getattr(row, name)
            for name in (
                "agents", "on_duty", "before", "load_first", "load", "repeats", "erlang_c_first", "erlang_a_first",
                "erlang_c", "erlang_a", "occupancy",
            )
        },
    }  # fmt: skip
    for at, (target, one) in enumerate(zip(narrow, row.values, strict=False)):
        name = target.measure if target.measure not in found else f"{target.measure}_{at + 1}"
        for end, value in zip(("", "_low", "_high"), one, strict=True):
            found[f"{name}{end}"] = math.nan if value is None else value
    return found


def plan_tree(plan: StaffPlan) -> dict[str, Any]:
    """Return a plan as plain tables and lists, what is undefined as None."""
    narrow = [one for one in plan.targets if one.scope == "interval"]
    rows = [{name: _finite(value) for name, value in _flat(row, narrow).items()} for row in plan.rows]
    return {
        "kind": "staff plan",
        "seed": plan.seed,
        "searched": list(plan.searched),
        "checked": list(plan.checked),
        "interrupted": plan.interrupted,
        "settled": plan.settled,
        "notes": list(plan.notes),
        "asked": {"name": plan.asked.name, "digest": digest(plan.asked)},
        "targets": [_standing_tree(one) for one in plan.standings],
        "eur_a_week": {"found": plan.eur, "before": plan.eur_before, "needed": plan.eur_needed, "bound": plan.bound},
        "hours_a_week": {"found": plan.hours, "before": plan.hours_before},
        "every": plan.every,
        "staff": rows,
        "shifts": [
            {"team": one.team, "name": one.name, "agents": one.agents, "hours": list(one.hours),
             "breaks": list(one.breaks), "lunches": list(one.lunches), "eur": one.eur}
            for one in plan.shifts
        ],
        "one_agent_less": None
        if plan.critical is None
        else {
            "where": plan.critical.where,
            "eur": plan.critical.eur,
            "targets": [_standing_tree(one) for one in plan.critical.standings],
        },
        "world": written(plan.found),
    }  # fmt: skip


def _standing_tree(one: Standing) -> dict[str, Any]:
    return {
        "target": str(one.target),
        "verdict": one.verdict,
        "where": one.where,
        "value": list(one.estimate),
        "holds_in": one.many,
        "met_in": one.met,
        "surely_in": one.sure,
        "best": one.best,
    }


def _finite(value: Any) -> Any:
    return None if isinstance(value, float) and not math.isfinite(value) else value
