"""The columns of a table by intervals: each a numerator and a denominator in every cell, with both in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from sim.asked import nearest
from sim.measures.intervals.asked import Parting
from sim.measures.rules.levels import DEFINITIONS

Floats = npt.NDArray[np.float64]
Cells = dict[str, Floats]
"""The sums of `sim.measures.intervals.cells.NAMES`, all of one shape; and how many ``intervals`` each cell holds
(one, or those of all weeks), with their ``minutes``."""
Answer = tuple[Floats, Floats]

Better = Literal["lower", "higher", "neither"]
Counted = Literal["call", "clock"]
"""Whether a column counts where its call does, or when what it counts happens."""


@dataclass(frozen=True)
class Column:
    """One column. Over replications it is the sum of the numerators over the sum of the denominators.

    Attributes
    ----------
    of : callable
        Returns numerator and denominator of every cell; where a denominator is zero there is nothing to say.
    of_staff : bool
        Whether it rests on the schedule, which belongs to teams and to nothing else.
    summed : bool
        Whether cells can be put together by adding up; percentiles and longest waits cannot.
    """

    id: str
    unit: str
    better: Better
    definition: str
    of: Callable[[Cells], Answer]
    counted: Counted = "call"
    of_staff: bool = False
    summed: bool = True


def _share(above: str, below: str) -> Callable[[Cells], Answer]:
    return lambda cells: (cells[above], cells[below])


def _count(name: str) -> Callable[[Cells], Answer]:
    return lambda cells: (cells[name], cells["intervals"])


def _mean_of_cells(name: str) -> Callable[[Cells], Answer]:
    """Take each replication's own, where it has one."""
    return lambda cells: (np.nan_to_num(cells[name]), np.isfinite(cells[name]).astype(np.float64))


def _at_work(cells: Cells) -> Floats:
    return cells["scheduled"] - cells["absent"] + cells["overtime"] + cells["while_absent"]


def _paid(cells: Cells) -> Floats:
    return cells["paid"] + cells["overtime"] - cells["in_breaks"]


def _longest(cells: Cells) -> Answer:
    some = cells["queued"] > 0
    return np.where(some, cells["longest_wait"], 0.0), some.astype(np.float64)


_LEVELS: dict[str, Callable[[Cells], Answer]] = {
    "sl1": lambda its: (its["answered_within"], its["offered"] - its["abandoned_within"]),
    "sl2": lambda its: (its["answered_within"] + its["abandoned_within"], its["offered"]),
    "arena": lambda its: (its["answered_within"], its["offered"]),
    "served": lambda its: (its["answered_within"], its["answered"]),
    "sl0": lambda its: (its["answered_within"], its["answered"]),
    "slg": lambda its: (
        its["answered_within"],
        its["answered"] + its["abandoned"] - its["abandoned_within"] + its["blocked"],
    ),
    "queued": lambda its: (its["answered_within"], its["queued"]),
    "short_out": lambda its: (its["answered_within"], its["offered"] - its["abandoned_short"]),
    "short_good": lambda its: (its["answered_within"] + its["abandoned_short"], its["offered"]),
}
"""The definitions of `sim.measures.rules.levels.DEFINITIONS`, asked of sums."""

_OFFERED = "over the calls offered"
_ANSWERED = "over the calls answered"
_AWT, _SHORT = "{within}", "{short}"

COUNTS: tuple[tuple[str, Better, str], ...] = (
    ("offered", "neither", "Calls dialled, blocked ones included: answered + abandoned + blocked + messages + "
     "dismissed + cut + unfinished."),
    ("answered", "higher", "Calls that an agent took."),
    ("abandoned", "lower", "Calls whose customer hung up before any agent: at once, when patience ended, or after "
     "rings in vain."),
    ("abandoned_short", "neither", f"Of the calls abandoned, those that waited {_SHORT} at most."),
    ("blocked", "lower", "Calls that found no free line, or no place in their queue and no path out of it."),
    ("messages", "neither", "Calls whose customer left a message in place of waiting, before any agent: he is not "
     "answered, and has not abandoned."),
    ("dismissed", "lower", "Calls turned away at closing, before any agent."),
    ("cut", "lower", "Calls that the clock cut in the menu or the hold, before any agent."),
    ("unfinished", "neither", "Calls in none of these ways over when the run ended: still in the menu or the hold, or "
     "to be rung back."),
    ("queued", "neither", "Calls that came to a queue, be it full: all but those that found no free line, and those "
     "that ended in the menu."),
    ("moved_on", "neither", "Of these, those that a path led on to a further queue after a wait, before any agent."),
    ("repeats", "lower", "Calls for a problem for which a call had ended within the seven days before."),
    ("called_again", "lower", "Calls for whose problem the customer called again within seven days of their end, "
     "whatever had become of them."),
)  # fmt: skip

SHARES: tuple[tuple[str, Better, str, str, str], ...] = (
    ("answered_share", "higher", f"Calls answered, {_OFFERED}.", "answered", "offered"),
    ("abandoned_share", "lower", f"Calls abandoned, {_OFFERED}.", "abandoned", "offered"),
    ("abandoned_short_share", "neither", f"Calls abandoned that waited {_SHORT} at most, {_OFFERED}.",
     "abandoned_short", "offered"),
    ("blocked_share", "lower", f"Calls blocked, {_OFFERED}.", "blocked", "offered"),
    ("message_share", "neither", f"Calls that left a message, {_OFFERED}.", "messages", "offered"),
    ("repeat_share", "lower", f"Calls that repeat within seven days, {_OFFERED}.", "repeats", "offered"),
    ("called_again_share", "lower", f"Calls after which the customer called again within seven days, {_OFFERED}.",
     "called_again", "offered"),
    ("first_contact_resolution", "higher", "First contacts whose problem was truly solved by them, in the call or by "
     "the answer to its ticket or message, over the calls offered that are first contacts.",
     "solved_at_first", "first_contacts"),
    ("first_call_resolution_logged", "higher", f"Calls answered with no further call for the same problem within seven "
     f"days of their end, {_ANSWERED}: the firm's count.", "logged", "answered"),
)  # fmt: skip


def _level(name: str, definition: str) -> Column:
    said = definition.replace("within it", f"within {_AWT}").replace("more than it", f"more than {_AWT}")
    said = said.replace("short abandonments", f"calls abandoned within {_SHORT}").replace(
        "calls dialled", "calls offered"
    )
    return Column(f"service_level_{name}", "share", "higher", f"Service level: {said}.", _LEVELS[name])


COLUMNS: dict[str, Column] = {
    column.id: column
    for column in (
        *(Column(id, "calls", better, said, _count(id)) for id, better, said in COUNTS),
        *(Column(id, "share", better, said, _share(above, below)) for id, better, said, above, below in SHARES),
        *(_level(name, definition) for name, definition in DEFINITIONS.items()),
        Column(
            "speed_of_answer",
            "min",
            "lower",
            "Wait from the first queue, beyond the menu, to the first agent, for who is rung back to the ring, "
            f"{_ANSWERED}.",
            _share("wait", "answered"),
        ),
        *(
            Column(
                f"speed_of_answer_p{percent}",
                "min",
                "lower",
                f"Percentile {percent} of that wait: what so many in a hundred of the calls answered do not exceed, to "
                "a hundredth of it; mean over the replications that have one.",
                _mean_of_cells(f"wait_p{percent}"),
                summed=False,
            )
            for percent in (50, 90, 95)
        ),
        Column(
            "time_to_abandon",
            "min",
            "neither",
            "Wait from the first queue, over the calls abandoned.",
            _share("wait_of_abandoned", "abandoned"),
        ),
        Column(
            "longest_wait",
            "min",
            "lower",
            "The longest wait of a call that came to a queue, whatever became of it; mean over the replications with "
            "such a call.",
            _longest,
            summed=False,
        ),
        Column(
            "handling_time",
            "min",
            "neither",
            "Average handling time: an agent's minutes from answering to the end of the after-call work (questions, "
            f"talk, holds with an agent, after-call work), of all agents of the call together, colleagues whom they "
            f"ask left out, {_ANSWERED}.",
            _share("handling", "answered"),
        ),
        Column(
            "talk_time",
            "min",
            "neither",
            f"The same without the after-call work, {_ANSWERED}.",
            lambda its: (its["handling"] - its["after_call"], its["answered"]),
        ),
        Column(
            "after_call_work",
            "min",
            "neither",
            f"After-call work of all agents of the call together, {_ANSWERED}.",
            _share("after_call", "answered"),
        ),
        Column(
            "legs",
            "legs",
            "neither",
            "Times an agent took a customer, from the first queue or after a transfer.",
            _count("legs"),
            "clock",
        ),
        Column(
            "leg_handling_time",
            "min",
            "neither",
            "An agent's minutes from taking a customer to the end of the after-call work, over the legs that began.",
            _share("leg_minutes", "legs"),
            "clock",
        ),
        Column(
            "queue_length",
            "customers",
            "lower",
            "Customers in queue, those after a transfer included and those who hung up to be rung back not: their "
            "minutes in queue over the minutes of the interval.",
            _share("held", "minutes"),
            "clock",
        ),
        Column(
            "longest_queue",
            "customers",
            "lower",
            "The most customers that were in queue at once, those who were there when the interval began included; "
            "mean over replications.",
            _count("longest_queue"),
            "clock",
            summed=False,
        ),
        Column(
            "agents_busy",
            "agents",
            "neither",
            "Agents who serve, hold for a colleague with their customer or are that colleague, do after-call work or "
            "let a ring ring in vain: their minutes over the minutes of the interval. A pause after it is not busy.",
            _share("busy", "minutes"),
            "clock",
        ),
        Column(
            "agents_scheduled",
            "agents",
            "neither",
            "Agents on duty by the schedule, breaks and lunches left out and those absent included: their minutes over "
            "the minutes of the interval.",
            _share("scheduled", "minutes"),
            "clock",
            of_staff=True,
        ),
        Column(
            "agents_absent",
            "agents",
            "neither",
            "Of these, those absent: their minutes over the minutes of the interval.",
            _share("absent", "minutes"),
            "clock",
            of_staff=True,
        ),
        Column(
            "agents_at_work",
            "agents",
            "neither",
            "Agents on duty and not absent, and those who finish a call after the end of their duty, in a break or on "
            "a day of absence: their minutes over those of the interval.",
            lambda its: (_at_work(its), its["minutes"]),
            "clock",
            of_staff=True,
        ),
        Column(
            "agents_paid",
            "agents",
            "neither",
            "Agents who are paid: on duty, absent or not, on a paid break, past the end of their duty or in a lunch as "
            "long as they finish a call, and their part of leave and training (shrinkage): their minutes over those of "
            "the interval.",
            lambda its: (_paid(its), its["minutes"]),
            "clock",
            of_staff=True,
        ),
        Column(
            "occupancy",
            "share",
            "neither",
            "Minutes in which agents are busy, over their minutes at work (agents past their shift stand in both). "
            "Both lie in the interval itself, and none beyond the horizon.",
            lambda its: (its["busy"], _at_work(its)),
            "clock",
            of_staff=True,
        ),
        Column(
            "staff_eur",
            "EUR",
            "lower",
            "What agents cost: their paid minutes at wage, skills and what levers cost, and the premiums of what is "
            "scheduled and paid.",
            lambda its: (its["scheduled_eur"] + its["overtime_eur"], its["intervals"]),
            "clock",
            of_staff=True,
        ),
    )
}
"""Every column there is, in the order in which they are printed."""


def columns_of(asked: Parting, ids: str | Iterable[str] | None = None) -> list[Column]:
    """Return the columns asked for, or all that there are for this parting.

    Raises
    ------
    ValueError
        With every id that is not known, or that needs the schedule where cells are not those of teams.
    """
    if ids is None:
        return [column for column in COLUMNS.values() if not column.of_staff or _has_staff(asked)]
    if not isinstance(ids, Iterable):
        raise ValueError(f"columns is {ids!r:.60}: it has to be one id, several, or None for all")
    wanted = [ids] if isinstance(ids, str) else list(dict.fromkeys(ids))
    wrong = [_why_not(asked, id) for id in wanted]
    if any(wrong):
        raise ValueError("; ".join(filter(None, wrong)))
    return [COLUMNS[id] for id in wanted]


def _why_not(asked: Parting, id: object) -> str:
    if not isinstance(id, str) or id not in COLUMNS:
        return f'column "{id!s:.60}" is not known; {nearest(id, COLUMNS, "known are")}'
    if COLUMNS[id].of_staff and not _has_staff(asked):
        return f'column "{id}" is of agents on duty, who belong to a team: ask by team alone, or by nothing'
    return ""


def _has_staff(asked: Parting) -> bool:
    return asked.by in ((), ("team",))


_COUNTS = {"arrival": "was dialled", "exit": "ended"}
_HAPPENS = "when it happens"


def definition_of(column: Column, asked: Parting | None = None) -> str:
    """Return a column's definition; where it is known what is asked, with the thresholds and where its calls count."""
    if asked is None:
        return column.definition.replace(_AWT, "the acceptable wait").replace(_SHORT, "the short wait")
    within, short = (f"{60 * wait:g} s" for wait in (asked.within, asked.short))
    said = column.definition.replace(_AWT, within).replace(_SHORT, short)
    where = f"in the interval in which the call {_COUNTS[asked.counted]}" if column.counted == "call" else _HAPPENS
    return f"{said[:-1]}; counted {where}."
