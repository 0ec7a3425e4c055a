"""A decomposition as it is read: what each lever does to each measure, at equal staff and at equal service."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from sim.measures import Measure
from sim.quoting import printable
from sim.reading import digest
from sim.report.headlines import GUESSED
from sim.report.names import listed
from sim.report.numbers import UNDEFINED, WIDTH, cut, decimals_of, mean_of, signed, wrapped
from sim.report.page import notes, sentences, table
from sim.report.stored import versions
from sim.report.words import meanings
from sim.study.decomposing.decomposition import Decomposition, Gap, Part, Way
from sim.study.running.estimate import Estimate
from sim.units import duration

if TYPE_CHECKING:
    import pandas as pd

HEADLINES = (
    "calls_per_problem",
    "hold_minutes_per_call",
    "solved_share",
    "effort_index",
    "toll_eur_per_problem",
    "customer_eur_per_problem",
    "staff_eur_per_problem",
    "firm_cash_eur_per_problem",
    "firm_eur_per_problem",
)
"""The measures shown unless others were asked for."""
_FEW = 3
"""Measures up to which all there is to say of each is printed."""
_NAME = 24
_READ = (
    "Added: the first world with this lever of the second, minus the first. Taken: the second, minus the second with "
    "this lever of the first. Shapley: what it adds, averaged over all orders in which the levers may come; these add "
    "up to the difference. ± half of the 95 % interval (over replications, the levers' values inside each)."
)


def decomposition_text(made: Decomposition, *, every: bool, definitions: bool) -> str:
    """Return a decomposition as it is printed: Shapley values alone, or with what a lever does from both ends."""
    lines = [line for said in findings(made) for line in wrapped(said)]
    shown: list[Measure] = []
    for way in made.ways:
        gaps = [way.gap(one.id) for one in _measures(made, way, every=every)]
        shown += [gap.measure for gap in gaps if gap.measure.id not in [one.id for one in shown]]
        lines += ["", *wrapped(_over(way)), ""]
        if every or len(gaps) <= _FEW:
            lines += [line for gap in gaps for line in (*_whole(made, gap), "")][:-1]
        else:
            lines += _side_by_side(made, gaps)
    lines += ["", *(line for said in _under(made) for line in wrapped(said))]
    if not every:
        lines += wrapped("All measures, added and taken from both ends: --all; single ones: --measure ID.")
    lines += ["", *meanings(shown)] if definitions else []
    return "\n".join(map(printable, lines))


def _measures(made: Decomposition, way: Way, *, every: bool) -> list[Measure]:
    asked = made.shown or () if every else made.shown or HEADLINES
    there = [one for one in way.measures() if not asked or one.id in asked]
    return there if made.shown or every else sorted(there, key=lambda one: HEADLINES.index(one.id))


def findings(made: Decomposition) -> list[str]:
    """Say of the firm's and the customer's cost, and of effort, which lever does most, in every way."""
    first, second = (world.name for world in made.worlds)
    said = []
    for way in made.ways:
        ids = [one.id for one in way.measures()]
        told = [
            name for name in made.shown or HEADLINES if name in ids and name.endswith(("_eur_per_problem", "index"))
        ]
        gaps = [way.gap(name) for name in (told or [*made.shown][:1]) if name in ids]
        most = [f"{_marked(gap.measure)} {_first_of(gap)}" for gap in gaps if gap.defined]
        if most:
            said.append(f"From {first} to {second} at {way.label}, most by: {'; '.join(most)}.")
    return said or [f"{first} and {second}: no measure is defined in all worlds between them."]


def _over(way: Way) -> str:
    """Return what stands over a way: its meaning begins with its name."""
    return way.meaning if way.demand == 1.0 else f"Demand x {way.demand:g} where the number is free. {way.meaning}"


def _first_of(gap: Gap) -> str:
    part = gap.largest()
    decimals = decimals_of([gap.difference])
    sure = "" if _told(part.shapley) else ", not told apart from 0"
    moved = f"{signed(part.shapley, decimals)} of {mean_of(gap.difference, decimals)} {gap.measure.unit}"
    return f"{part.player.name} ({moved}{sure})"


def _told(one: Estimate) -> bool:
    return one.low is not None and one.high is not None and not one.low <= 0.0 <= one.high


def _marked(measure: Measure) -> str:
    return measure.id + GUESSED * measure.guessed


def _whole(made: Decomposition, gap: Gap) -> list[str]:
    """Set one measure: every lever from both ends, and by Shapley's rule."""
    over, rows = _whole_rows(made, gap)
    return [over, *_set(rows)]


def _whole_rows(made: Decomposition, gap: Gap) -> tuple[str, list[tuple[str, ...]]]:
    """Return what stands over one measure's table, and its rows."""
    first, second = (world.name for world in made.worlds)
    decimals = decimals_of([*gap.worlds, gap.difference])
    head = f"{_marked(gap.measure)} ({gap.measure.unit})"
    both = f"{first} {mean_of(gap.worlds[0], decimals)}, {second} {mean_of(gap.worlds[1], decimals)}"
    rows: list[tuple[str, ...]] = [("", "added", "taken", "Shapley")]
    rows += [(cut(one.player.name, _NAME), *(_cell(each, decimals) for each in _three(one))) for one in gap.parts]
    rows.append(("together", "", "", _cell(gap.difference, decimals)))
    return f"{head}: {both}", rows


def _three(part: Part) -> tuple[Estimate, Estimate, Estimate]:
    return part.added, part.taken, part.shapley


def _cell(one: Estimate, decimals: int) -> str:
    return UNDEFINED if one.mean is None else signed(one, decimals)


def _side_by_side(made: Decomposition, gaps: Sequence[Gap]) -> list[str]:
    """Set the Shapley values of several measures: the levers in rows, as many measures as a line holds."""
    rows = _shapley_rows(made, gaps)
    turned = [list(column) for column in zip(*rows, strict=True)]
    lines: list[str] = []
    at = 1
    while at < len(rows):
        many = _as_many(turned, at)
        lines += [*_set([(row[0], *row[at : at + many]) for row in turned]), ""]
        at += many
    return lines[:-1]


def _shapley_rows(made: Decomposition, gaps: Sequence[Gap]) -> list[list[str]]:
    """Return the Shapley values of several measures: a row for each, the levers in columns."""
    rows = [["Shapley values", "unit", *(cut(one.name, 16) for one in made.players), "together"]]
    for gap in gaps:
        decimals = decimals_of([*gap.worlds, gap.difference])
        cells = [_cell(one.shapley, decimals) for one in gap.parts]
        rows.append([_marked(gap.measure), gap.measure.unit, *cells, _cell(gap.difference, decimals)])
    return rows


def _as_many(turned: Sequence[Sequence[str]], at: int) -> int:
    """Return how many columns a line holds, from one on."""
    wide, many = max(len(row[0]) for row in turned), 0
    while at + many < len(turned[0]):
        wide += 2 + max(len(row[at + many]) for row in turned)
        if wide > WIDTH and many:
            break
        many += 1
    return many


def _set(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    return [
        "  ".join(
            cell.ljust(wide) if at == 0 else cell.rjust(wide)
            for at, (cell, wide) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def _under(made: Decomposition) -> Iterator[str]:
    """Yield what was lived, what moves with which lever, and how to read it."""
    first, second = made.worlds
    lived = made.ways[0].lived
    many = len(lived[0].numbers)
    yield (
        f"{first.name} ({digest(first)}), {second.name} ({digest(second)}) and {len(lived) - 2} worlds between them: "
        f"{many} replications of {duration(lived[0].world.time.horizon)} on the same customers; seed {lived[0].seed}, "
        f"{lived[0].engine} engine, {made.seconds:.0f} s."
    )
    for one in made.players:
        heads = listed([".".join(place) for place in one.places])
        if heads != f"levers.{one.name}":
            yield f"{one.name.capitalize()} is {heads}."
    if made.parted.idle:
        yield f"The worlds do not differ in {listed(list(made.parted.idle))}."
    yield from (f"{said[0].upper()}{said[1:]}." for said in made.parted.joined)
    yield from (f"{how.capitalize()} is not shown: {why}." for how, why in made.missing.items())
    if any(way.demand != 1.0 for way in made.ways):
        yield "Where demand grows with a free number, those worlds have customers of their own, with the same luck."
    yield _READ
    if made.interrupted:
        yield "Interrupted: this is what was finished by then."
    if many < 10:
        yield f"{many} replications: intervals are honest from 10 on."
    if any(one.guessed for way in made.ways for one in _measures(made, way, every=False)):
        yield f"{GUESSED} with the margin of customers lost, which rests on guesses ([loyalty], worth)."


def decomposition_html(made: Decomposition) -> str:
    """Return a decomposition for a notebook: of a few measures all there is, of more the Shapley values."""
    parts = [sentences(findings(made))]
    for way in made.ways:
        gaps = [way.gap(one.id) for one in _measures(made, way, every=False)]
        parts.append(sentences([_over(way)]))
        parts += [_gap_table(made, gap) for gap in gaps] if len(gaps) <= _FEW else [_shapley_table(made, gaps)]
    return "".join([*parts, notes(_under(made))])


def _gap_table(made: Decomposition, gap: Gap) -> str:
    over, rows = _whole_rows(made, gap)
    return table([("lever", *rows[0][1:]), *rows[1:]], over=over)


def _shapley_table(made: Decomposition, gaps: Sequence[Gap]) -> str:
    heading, *rows = _shapley_rows(made, gaps)
    return table([heading, *rows], titles=[gap.measure.definition for gap in gaps], left=2)


def decomposition_rows(made: Decomposition) -> list[dict[str, Any]]:
    """Return a row for each measure and player, in every way; what is undefined is None."""
    rows: list[dict[str, Any]] = []
    for way in made.ways:
        for gap in way.gaps():
            facts = {
                "equal": way.how,
                "demand_when_free": way.demand,
                "measure": gap.measure.id,
                "unit": gap.measure.unit,
            }
            for part in gap.parts:
                named = zip(("added", "taken", "shapley"), _three(part), strict=True)
                rows.append({**facts, "player": part.player.name} | _ends(named))
            worlds = zip(("added", "taken", "shapley"), (gap.difference,) * 3, strict=True)
            rows.append({**facts, "player": "together"} | _ends(worlds))
    return rows


def _ends(named: Any) -> dict[str, float | None]:
    return {
        f"{name}{end}": value
        for name, estimate in named
        for end, value in zip(("", "_low", "_high"), estimate, strict=True)
    }


def decomposition_table(made: Decomposition) -> pd.DataFrame:
    """Return a row for each measure and lever in every way; in that of all together stands the difference thrice."""
    import pandas as pd

    rows = decomposition_rows(made)
    facts = ("equal", "measure", "unit", "player")
    return pd.DataFrame(rows).astype({name: float for name in rows[0] if name not in facts})


def decomposition_tree(made: Decomposition, command: str | None = None) -> dict[str, Any]:
    """Return a decomposition as plain tables and lists, every world's totals among them; undefined values as None."""
    lived = made.ways[0].lived
    return {
        "kind": "decomposition",
        "versions": versions(),
        "command": command,
        "worlds": [{"name": world.name, "digest": digest(world)} for world in made.worlds],
        "players": [
            {"name": one.name, "places": [".".join(place) for place in one.places], "keys": list(one.keys)}
            for one in made.players
        ],
        "joined": list(made.parted.joined),
        "missing": dict(made.missing),
        "seed": lived[0].seed,
        "replications": [number + 1 for number in lived[0].numbers],
        "interrupted": made.interrupted,
        "findings": findings(made),
        "gaps": decomposition_rows(made),
        "ways": [
            {
                "equal": way.how,
                "demand_when_free": way.demand,
                "meaning": way.meaning,
                "subsets": [
                    {
                        "players": [one.name for at, one in enumerate(made.players) if subset >> at & 1],
                        "digest": digest(one.world),
                        "totals": {name: rows.tolist() for name, rows in one.totals.items()},
                    }
                    for subset, one in enumerate(way.lived)
                ],
            }
            for way in made.ways
        ],
    }
