"""The figures that matter in one small table: the first way with its differences, of the others mean and a word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sim.report.names import names
from sim.report.numbers import (
    WIDTH,
    cut,
    decimals_of,
    mean_of,
    moved,
    signed,
)
from sim.study.comparing.comparison import Comparison, Line
from sim.study.searching.staffing import posts
from sim.world import World

HEADLINES = {
    "contacts_per_problem": "contacts / problem",
    "calls_per_day": "calls / day",
    "calls_per_problem": "calls / problem",
    "messages_per_problem": "messages / problem",
    "channel_switches_per_problem": "changes of channel / problem",
    "chases_per_problem": "asked how it stands / problem",
    "promises_broken_per_problem": "promises broken / problem",
    "hold_minutes_per_call": "hold / call",
    "hours_to_solution": "time to the solution",
    "solved_share": "problems solved",
    "prevented_share": "problems prevented",
    "dropped_share": "customers dropped",
    "effort_ces": "effort",
    "toll_eur_per_problem": "toll / problem",
    "customer_eur_per_problem": "customer's costs / problem",
    "visits_eur_per_problem": "technicians' visits / problem",
    "staff_hours_per_week": "agent hours paid / week",
    "firm_eur_per_week": "firm's costs / week",
    "firm_cash_eur_per_week": "  without customers lost",
}
"""The figures that matter, and what they are called there."""
_BESIDE = {
    "contacts_per_problem",
    "messages_per_problem",
    "channel_switches_per_problem",
    "chases_per_problem",
    "promises_broken_per_problem",
    "hours_to_solution",
    "visits_eur_per_problem",
}
"""Those of worlds with more than a telephone."""
_WHERE_ANY = {"prevented_share", "dropped_share"}
"""Those of worlds in which there is any."""
_OF_THE_LINE = {"calls_per_day", "calls_per_problem", "hold_minutes_per_call", "toll_eur_per_problem"}
"""Those of the telephone, which such worlds may do without."""
_OF_CHANNELS = ("contacts_per_day", "answered_share", "answer_hours", "answer_minutes", "backlog")
"""Those of each channel beside the telephone, and of each queue of written work, of which there are any."""
GUESSED = "*"
"""Stands after the name of a measure that rests on guesses about customers who leave."""
_NAMES = (40, 26, 16)
"""What a world's name may take, by how many ways stand beside each other."""
_APART = 3
"""Characters between the columns of two ways."""
_LEAST = 12
"""Characters of a label that are left in a table however wide: beyond that its end is cut."""
Row = tuple[str, ...]


def label_of(id: str) -> str:
    """Return what a measure is called among the figures that matter; its id where it is none of them."""
    family, _, name = id.partition(".")
    return HEADLINES.get(id) or (name and of_a_name(family, name)) or id


def of_a_name(family: str, name: str) -> str:
    """Return what a measure of one channel, or of one queue of written work, is called; nothing for another one.

    Examples
    --------
    >>> of_a_name("answered_share", "mail"), of_a_name("backlog", "office")
    ('answered by mail', 'backlog of office')
    """
    return {
        "contacts_per_day": f"contacts by {name} / day",
        "answered_share": f"answered by {name}",
        "answer_hours": f"time to the answer by {name}",
        "answer_minutes": f"wait to be served by {name}",
        "answered_within": f"answered in time by {name}",
        "backlog": f"backlog of {name}",
        "taken_up_hours": f"wait to be taken up at {name}",
        "taken_up_within": f"taken up in time at {name}",
    }.get(family, "")


def more_than_a_line(*worlds: World) -> bool:
    """Say whether any of these worlds has other channels than the telephone, or cases."""
    return any(len(world.channel_names()) > 1 or world.cases for world in worlds)


def that_matter(worlds: Sequence[World], means: Mapping[str, Sequence[float | None]]) -> list[str]:
    """Return the ids of the figures that matter, of those measured: in worlds of the telephone alone those of it.

    Where there are other channels or cases, what belongs to neither world (no call, no toll, no promise) is left out.
    """
    known = [name for name in HEADLINES if name in means and (name not in _WHERE_ANY or any(means[name]))]
    if not more_than_a_line(*worlds):
        return [name for name in known if name not in _BESIDE]
    shown = [name for name in known if name not in _BESIDE | _OF_THE_LINE or any(means[name])]
    return [*shown, *_used(means)]


def _used(means: Mapping[str, Sequence[float | None]]) -> list[str]:
    """Return the ids of the figures of channels and queues, of those measured that any customer came to."""
    idle = {id.partition(".")[2] for id in means if id.startswith("contacts_per_day.") and not any(means[id])}
    families = [(id, *id.partition(".")[::2]) for id in means]
    return [id for id, family, name in families if name and family in _OF_CHANNELS and name not in idle]


def of_comparison(comparison: Comparison) -> list[str]:
    """Return the ids of the figures that matter in a comparison; where none of them is measured, the first ones."""
    means: dict[str, list[float | None]] = {}
    for one in comparison.each():
        for line in one.lines:
            means.setdefault(line.measure.id, []).extend(world.mean for world in line.worlds)
    worlds = comparison.first.asked, *comparison.others
    return that_matter(worlds, means) or list(means)[: len(HEADLINES)]


def headlines(comparison: Comparison) -> list[str]:
    """Return the table as lines, the worlds, their staff and the ways over their columns."""
    each = list(comparison.each())
    wide = _NAMES[min(len(each), len(_NAMES)) - 1]
    first, *others = (cut(name, wide) for name in names(comparison))
    ids = of_comparison(comparison)
    labels, staff = [one.equality.label for one in each], [_staff(one.worlds[1]) for one in each]
    heads = [
        ("", "", first, *_spread(others)),
        ("", "", "", *_spread(labels)),
        ("", "", _staff(comparison.worlds[0]), *_spread(staff)),
    ]
    return _columns(heads, [_headline(name, [one.line(name) for one in each]) for name in ids])


def _spread(cells: Sequence[str]) -> list[str]:
    return [one for cell in cells for one in (cell, "")]


def _headline(name: str, lines: Sequence[Line]) -> Row:
    line = lines[0]
    decimals = decimals_of([estimate for one in lines for estimate in (*one.worlds, one.difference)])
    label = label_of(name) + (GUESSED if line.measure.guessed else "")
    apart = "" if line.difference.mean is None else f"{signed(line.difference, decimals)} {moved(line)}".rstrip()
    cells = [mean_of(line.worlds[1], decimals), apart]
    for other in lines[1:]:
        cells += [mean_of(other.worlds[1], decimals), moved(other)]
    return label, line.measure.unit, mean_of(line.worlds[0], decimals), *cells


def _columns(heads: Sequence[Row], body: Sequence[Row]) -> list[str]:
    """Set the table: what stands over a way spans its mean and its difference."""
    widths = [max(len(row[at]) for row in body) for at in range(len(heads[0]))]
    widths[2] = max(widths[2], *(len(row[2]) for row in heads))
    for at in range(3, len(widths), 2):
        over = max(len(row[at]) for row in heads) - (widths[at] + 2 + widths[at + 1])
        widths[at + 1] += max(over, 0)
    gap, widths[0] = _fitted(widths)
    lines = []
    for row in (*heads, *body):
        parts = [f"{cut(row[0], widths[0]):{widths[0]}}  {row[1]:{widths[1]}}  {row[2]:>{widths[2]}}"]
        for at in range(3, len(row), 2):
            spans = row in heads
            both = f"{row[at]:>{widths[at]}}  {row[at + 1]:<{widths[at + 1]}}"
            parts.append(f"{row[at]:<{widths[at] + 2 + widths[at + 1]}}" if spans else both)
        lines.append(cut((" " * gap).join(parts).rstrip(), WIDTH))
    return lines


def _fitted(widths: Sequence[int]) -> tuple[int, int]:
    """Return how far ways stand apart, and how wide labels are: a table that is too wide loses of both, not its end.

    Examples
    --------
    >>> _fitted([20, 8, 7, 7, 21]), _fitted([40, 8, 7, 7, 21, 7, 6, 7, 6]), _fitted([40, 8, 40, 60, 40])
    ((3, 20), (1, 38), (1, 12))
    """
    ways = (len(widths) - 3) // 2
    bare = sum(widths) + 4 + 2 * ways
    if bare + _APART * ways <= WIDTH:
        return _APART, widths[0]
    return 1, max(widths[0] - max(bare + ways - WIDTH, 0), min(widths[0], _LEAST))


def _staff(world: World) -> str:
    return f"{posts(world):,.1f} posts"
