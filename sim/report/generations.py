"""A long run as it is read: when the firm gains and loses by a world, whom it has lost, and what each year came to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sim.quoting import printable
from sim.reading import digest
from sim.report.headlines import GUESSED
from sim.report.numbers import between, decimals_of, mean_of, plus_or_minus, signed, wrapped
from sim.report.page import notes, sentences, table
from sim.report.stored import versions
from sim.report.studies import columns
from sim.study.generations.found import HORIZONS, ITEMS, Generations
from sim.study.generations.law import MONTHS
from sim.study.generations.turning import Turn
from sim.study.running.estimate import Estimate
from sim.units import duration

if TYPE_CHECKING:
    import pandas as pd

FIRM = "firm_eur"
_HUNDRED = 100.0
Row = tuple[str, ...]


def generations_text(made: Generations, *, every: bool, definitions: bool) -> str:
    """Return a long run as it is printed; with ``every``, all items of every year."""
    lines = [line for said in (*findings(made), "", *_under(made)) for line in wrapped(said)]
    for other in range(1, len(made.worlds)):
        lines += ["", *columns(yearly(made, other)), "", *columns(horizons(made, other))]
    if every:
        for year in range(1, made.years + 1):
            lines += ["", *columns(items(made, year))]
    if definitions:
        lines += ["", *(line for item in ITEMS.values() for line in wrapped(f"{item.id} ({item.unit}): {item.means}"))]
    return "\n".join(map(printable, lines))


def findings(made: Generations) -> list[str]:
    """Say of every other world when it costs the firm less than the first and when more, and whom both have lost."""
    return [said for other in range(1, len(made.worlds)) for said in _findings(made, other)]


def _findings(made: Generations, other: int) -> Iterator[str]:
    yield _short_run(made, other)
    yield from headline(made, other)
    yield from _by_itself(made, other)
    first, second = made.worlds[0].name, made.worlds[other].name
    left = [_HUNDRED * (made.until("initial_left", MONTHS * made.years, at).mean or 0.0) for at in (0, other)]
    there = [_HUNDRED * (made.until("customers", MONTHS * made.years, at).mean or 0.0) for at in (0, other)]
    yield (
        f"After {made.years} years {left[0]:.0f} of 100 initial customers are left in {first}, {left[1]:.0f} in "
        f"{second}; with those who came since then there are {there[0]:.0f}, and {there[1]:.0f}."
    )


def _short_run(made: Generations, other: int) -> str:
    first, second = made.worlds[0].name, made.worlds[other].name
    each = [f"{_apart(made.difference(FIRM, other, months=many))} EUR over {many} months" for many in horizons_of(made)]
    return f"What {second} costs the firm beyond {first}, for each initial customer{GUESSED}: {'; '.join(each)}."


def horizons_of(made: Generations) -> list[int]:
    """Return the months over which the result is told: those of `HORIZONS` that were lived, and all."""
    every = MONTHS * made.years
    return [*(many for many in HORIZONS if many < every), every]


def _apart(difference: Estimate) -> str:
    return between(difference, 1 if abs(difference.mean or 0.0) < 1000 else 0)


def headline(made: Generations, other: int = 1) -> list[str]:
    """Say when which world becomes the dearer one, or that none does."""
    return [_turn(made, other, turn) for turn in made.turns(other)] or [_no_turn(made, other)]


def _turn(made: Generations, other: int, turn: Turn) -> str:
    dearer = made.worlds[other if turn.rises else 0].name
    return f"Added up from the first day, {dearer} becomes the dearer one after {turn.at:.1f} years ({_reach(turn)})."


def _reach(turn: Turn) -> str:
    if turn.low is None and turn.high is None:
        return "95 %: any time, from the beginning to the end"
    if turn.low is None:
        return f"95 %: up to {turn.high:.1f} years"
    if turn.high is None:
        return f"95 %: from {turn.low:.1f} years on, perhaps beyond the end"
    return f"95 %: {turn.low:.1f} to {turn.high:.1f} years"


def _no_turn(made: Generations, other: int) -> str:
    first, second = made.worlds[0].name, made.worlds[other].name
    end = made.difference(FIRM, other)
    if end.mean == 0.0:
        return f"{first} and {second} cost the firm the same all along."
    cheaper = first if (end.mean or 0.0) > 0 else second
    if _sign(end):
        return f"There is no break-even within {made.years} years: added up, {cheaper} stays the cheaper one."
    return f"There is no break-even within {made.years} years, though at the end the two are not surely told apart."


def _by_itself(made: Generations, other: int) -> Iterator[str]:
    """Say in which years, each by itself, which world is the dearer one."""
    signs = [_sign(made.difference(FIRM, other, year=year)) for year in range(1, made.years + 1)]
    for sign, name in ((-1, made.worlds[0].name), (1, made.worlds[other].name)):
        its = [at + 1 for at, one in enumerate(signs) if one == sign]
        if its:
            yield f"{_years(its)}: {name} is the dearer one by the year alone."
    unsure = [at + 1 for at, one in enumerate(signs) if one == 0]
    if unsure:
        yield f"{_years(unsure)}: the two are not surely told apart by the year alone."


def _years(numbers: list[int]) -> str:
    if len(numbers) == 1:
        return f"Year {numbers[0]}"
    if numbers == list(range(numbers[0], numbers[-1] + 1)):
        return f"Years {numbers[0]} to {numbers[-1]}"
    return f"Years {', '.join(map(str, numbers))}"


def _sign(estimate: Estimate) -> int:
    """Return the sign of a difference that is surely on one side of nothing; 0 otherwise."""
    mean, low, high = estimate
    if mean is None or low is None or high is None or low <= 0.0 <= high:
        return 0
    return 1 if mean > 0 else -1


def _under(made: Generations) -> Iterator[str]:
    """Yield what was lived, and what has to be known to read it."""
    terms, time = made.worlds[0].generations, made.worlds[0].time
    names = ", ".join(f"{world.name} ({digest(world)})" for world in made.worlds)
    yield (
        f"{names}: {made.years} years, {len(made.numbers)} replications of {duration(time.horizon)} for each year, "
        f"{made.size:,} customers stand for all; seed {made.seed}, {made.engine} engine, {made.seconds:.0f} s."
    )
    yield {
        "kept": "Agents stay as many as in the first year, however many customers are left.",
        "follows": "Agents follow the problems: as many fewer as there are fewer problems.",
    }[made.staff]
    change = f"; the generation changes in year {made.change}" if made.change else ""
    yield (
        f"A customer has {terms.problems_per_customer:g} problems a year, and a grievance fades in {terms.memory:g} "
        f"months to 1/e{change}."
    )
    yield f"{GUESSED} with the margin of customers lost, which rests on guesses ([loyalty], [generations], worth)."
    if made.interrupted:
        yield f"Interrupted: {made.years} of {made.asked} years are finished."
    if len(made.numbers) < 10:
        yield f"{len(made.numbers)} replications: intervals are honest from 10 on."


def yearly(made: Generations, other: int) -> list[Row]:
    """Return a row for each year, the heading first: both worlds' customers and effort, and what the firm paid."""
    head = ["year", *("customers left", "", "disloyal", "", "CES", "", f"firm's EUR{GUESSED}", "")]
    head += ["difference", "since the beginning"]
    rows: list[Row] = [tuple(head), ("", *([_name(made, 0), _name(made, other)] * 4), "", "")]
    for year in range(1, made.years + 1):
        pairs = [[made.year(name, year, at) for at in (0, other)] for name in ("customers", "disloyal_share")]
        cells = [f"{_HUNDRED * (one.mean or 0.0):.1f} %" for pair in pairs for one in pair]
        cells += [mean_of(made.year("effort_ces", year, at), 2) for at in (0, other)]
        cells += [mean_of(made.year(FIRM, year, at), 1) for at in (0, other)]
        differences = made.difference(FIRM, other, year=year), made.difference(FIRM, other, months=MONTHS * year)
        changes = "*" if year == made.change else ""
        rows.append((f"{year}{changes}", *cells, *(signed(one, 1) for one in differences)))
    return rows


def _name(made: Generations, at: int) -> str:
    name = made.worlds[at].name
    return name if len(name) <= 9 else f"{name[:8]}\N{HORIZONTAL ELLIPSIS}"


def horizons(made: Generations, other: int) -> list[Row]:
    """Return the firm's result over the horizons: what each part of it comes to in both worlds, and the difference."""
    parts = ("staff_eur", "gestures_eur", "others_eur", "acquisition_eur", "toll_income_eur", "lost_margin_eur", FIRM)
    rows: list[Row] = [
        ("EUR for each initial customer, until month", *(str(many) for many in horizons_of(made))),
    ]
    for at in (0, other):
        for part in parts:
            each = [made.until(part, many, at) for many in horizons_of(made)]
            said = f"{made.worlds[at].name}, {part}{GUESSED * ITEMS[part].guessed}"
            rows.append((said, *(plus_or_minus(one, decimals_of(each)) for one in each)))
    each = [made.difference(FIRM, other, months=many) for many in horizons_of(made)]
    rows.append((f"{made.worlds[other].name} minus {made.worlds[0].name}", *(signed(one, 1) for one in each)))
    return rows


def items(made: Generations, year: int) -> list[Row]:
    """Return all items of a year: each world with its interval, and the differences from the first."""
    others = range(1, len(made.worlds))
    heads = (f"{made.worlds[at].name} minus {made.worlds[0].name}" for at in others)
    rows: list[Row] = [(f"year {year}", "unit", *(world.name for world in made.worlds), *heads)]
    for item in ITEMS.values():
        each = [made.year(item.id, year, at) for at in range(len(made.worlds))]
        apart = [made.difference(item.id, at, year=year) for at in others]
        decimals = decimals_of([*each, *apart])
        rows.append(
            (
                item.id + GUESSED * item.guessed,
                item.unit,
                *(plus_or_minus(one, decimals) for one in each),
                *(between(one, decimals) for one in apart),
            )
        )
    return rows


def generations_html(made: Generations) -> str:
    """Return a long run for a notebook: when the sign turns, whom it costs, year by year."""
    tables = [table(rows) for at in range(1, len(made.worlds)) for rows in (yearly(made, at), horizons(made, at))]
    said = [f"{item.id} ({item.unit}): {item.means}" for item in ITEMS.values()]
    return sentences(findings(made)) + "".join(tables) + notes([*_under(made), *said])


def generations_table(made: Generations) -> pd.DataFrame:
    """Return a row for each world, year and item: in the year, since the beginning, and beyond the first world."""
    import pandas as pd

    return (
        pd.DataFrame([*_rows(made)])
        .astype(dict.fromkeys((*_ends("year"), *_ends("since"), *_ends("beyond"), *_ends("since_beyond")), float))
        .rename(columns={"number": "year"})
    )


def _ends(name: str) -> tuple[str, str, str]:
    first = {"year": "mean", "since": "since_mean"}.get(name, f"{name}_mean")
    stem = "" if name == "year" else f"{name}_"
    return first, f"{stem}low", f"{stem}high"


def _rows(made: Generations) -> Iterator[dict[str, Any]]:
    for at, world in enumerate(made.worlds):
        for year in range(1, made.years + 1):
            for item in ITEMS.values():
                many = MONTHS * year
                found = {
                    "year": made.year(item.id, year, at),
                    "since": made.until(item.id, many, at),
                    "beyond": made.difference(item.id, at, year=year),
                    "since_beyond": made.difference(item.id, at, months=many),
                }
                head = {"world": world.name, "number": year, "item": item.id, "unit": item.unit}
                yield head | {
                    end: value for name, one in found.items() for end, value in zip(_ends(name), one, strict=True)
                }


def generations_tree(made: Generations, command: str | None = None) -> dict[str, Any]:
    """Return a long run as plain tables and lists, undefined and unknown values as None."""
    return {
        "kind": "generations",
        "versions": versions(),
        "command": command,
        "worlds": [{"name": world.name, "digest": digest(world)} for world in made.worlds],
        "years": made.years,
        "years_asked": made.asked,
        "staff": made.staff,
        "customers": made.size,
        "seed": made.seed,
        "replications": [number + 1 for number in made.numbers],
        "engine": made.engine,
        "interrupted": made.interrupted,
        "generation_changes_in_year": made.change,
        "items": {item.id: {"unit": item.unit, "better": item.better, "means": item.means} for item in ITEMS.values()},
        "by_year": [*_rows(made)],
        "turns": [
            {"world": made.worlds[at].name, "item": name, **turn._asdict()}
            for at in range(1, len(made.worlds))
            for name in (FIRM, "firm_cash_eur")
            for turn in made.turns(at, name)
        ],
        "horizons": [
            {
                "world": made.worlds[at].name,
                "months": many,
                "firm_eur": made.until(FIRM, many, at)._asdict(),
                "minus_first": made.difference(FIRM, at, months=many)._asdict(),
            }
            for at in range(len(made.worlds))
            for many in horizons_of(made)
        ],
        "findings": findings(made),
    }
