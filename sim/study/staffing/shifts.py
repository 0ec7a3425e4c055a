"""Shifts that may be worked: when they begin, how long they last, and where their breaks lie."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.asked import COUNT, nearest, numbers
from sim.files import is_file
from sim.quoting import quoted, short
from sim.study.staffing.pattern import Pattern, clock, named_days, on_duty
from sim.units import DAYS, HOURS_A_SLOT, SLOT, SLOTS_A_DAY, SLOTS_A_WEEK, minutes
from sim.world import World
from sim.world.shift import Shift

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

USUAL: dict[str, dict[str, Any]] = {
    "full": {
        "length": "8 h",
        "lunch": "1 h",
        "lunch_after": ["3 h", "3.5 h", "4 h"],
        "breaks": {"2 h": "15 min", "6.5 h": "15 min"},
    },
    "half": {"length": "4 h", "breaks": {"2 h": "15 min"}},
}
"""Shifts where none are given (guess: a full day of seven paid hours with lunch, and half a day)."""
_KEYS = ("length", "starts", "every", "lunch", "lunch_after", "breaks", "days", "teams", "most")
_MOST_WAYS = 20_000
_LONGEST_FILE = 1_000_000
_FORM = 'a table for each shift, such as [full] length = "8 h", lunch = "1 h", lunch_after = ["3 h", "4 h"]'


@dataclass(frozen=True)
class Allowed:
    """One kind of shift, as it may be worked.

    Attributes
    ----------
    length : int
        Slots of 15 minutes from its beginning to its end, breaks and lunch included.
    starts : tuple of int
        Slots of the day at which it may begin; none: at any that `every` allows.
    every : int
        Slots between two such beginnings.
    lunch : int
        Slots that are not paid.
    lunch_after : tuple of int
        Slots from the beginning after which the lunch may come.
    breaks : tuple of (after, length)
        Paid ones, in slots.
    days : tuple of tuple of int
        Days on which the same agents work it; none: the days that are alike.
    teams : tuple of str
        Who may work it; none: all.
    most : int or None
        Agents who may work it at most, each of its ways.
    """

    name: str
    length: int
    starts: tuple[int, ...] = ()
    every: int = 2
    lunch: int = 0
    lunch_after: tuple[int, ...] = (0,)
    breaks: tuple[tuple[int, int], ...] = ()
    days: tuple[tuple[int, ...], ...] = ()
    teams: tuple[str, ...] = ()
    most: int | None = None


@dataclass(frozen=True, eq=False)
class Way:
    """One way in which agents of a team may work a shift: on which days, from when, with the lunch when.

    Attributes
    ----------
    at_work : array of bool, shape (672,)
        Whether its agents take calls in each slot of the week.
    cost : float
        Of one agent who works it a week (EUR).
    """

    allowed: Allowed
    team: str
    days: tuple[int, ...]
    start: int
    lunch_after: int
    at_work: npt.NDArray[np.bool_]
    cost: float

    @property
    def name(self) -> str:
        """What a world's file calls it."""
        lunch = f", lunch {self._time(self.lunch_after)}" if self.allowed.lunch else ""
        return f"{self.allowed.name} {named_days(self.days)} {clock(self.start * SLOT)}{lunch}"

    def _time(self, after: int) -> str:
        return clock((self.start + after) % SLOTS_A_DAY * SLOT)

    def written(self, agents: int) -> dict[str, Any]:
        """Return it as a world's file holds it."""
        ends = (self.start + self.allowed.length - 1) % SLOTS_A_DAY + 1
        there = f"{clock(self.start * SLOT)}-{clock(ends * SLOT)}"
        said: dict[str, Any] = {"agents": agents, "hours": [f"{days} {there}" for days in _runs(self.days)]}
        if self.allowed.breaks:
            said["breaks"] = [self._between(after, length) for after, length in self.allowed.breaks]
        if self.allowed.lunch:
            said["lunches"] = [self._between(self.lunch_after, self.allowed.lunch)]
        return said

    def _between(self, after: int, length: int) -> str:
        end = (self.start + after + length - 1) % SLOTS_A_DAY + 1
        return f"{self._time(after)}-{clock(end * SLOT)}"


def _runs(days: tuple[int, ...]) -> list[str]:
    """Write days of the week as a file's hours name them, runs together."""
    return named_days(days).split(", ")


class ShiftError(ValueError):
    """Shifts that cannot be: every mistake in them, one a line."""


def allowed_of(given: Any, world: World) -> tuple[Allowed, ...]:
    """Return the shifts that may be worked, read and looked at.

    Parameters
    ----------
    given : "usual", Path, str or mapping
        The usual ones; a TOML file with a table for each shift; or the same as a mapping.

    Raises
    ------
    ShiftError
        With all that is wrong with all of them.

    Examples
    --------
    >>> from sim.reading import load
    >>> [one] = allowed_of({"late": {"length": "6 h", "starts": ["14:00"], "breaks": {"3 h": "15 min"}}}, load("base"))
    >>> one.length, one.starts, one.breaks
    (24, (56,), ((12, 1),))
    """
    tree, where = _tree(given)
    wrong: list[str] = []
    found = []
    for name, table in tree.items():
        mistakes: list[str] = []
        one = _read(str(name), table, world, mistakes)
        wrong += [f"{where}[{short(str(name))}] {said}" for said in mistakes]
        found += [one] if one is not None else []
    if not tree:
        wrong.append(f"{where}there is no shift; write {_FORM}")
    if wrong:
        raise ShiftError("\n".join(wrong))
    return tuple(found)


def _tree(given: Any) -> tuple[Mapping[str, Any], str]:
    if given == "usual" or given is True:
        return USUAL, "shifts: "
    if isinstance(given, Mapping):
        return given, "shifts: "
    if not isinstance(given, (str, Path)):
        raise ShiftError(f'shifts is {short(repr(given))}: it has to be "usual", a TOML file, or {_FORM}')
    path = Path(given)
    if not is_file(path):
        raise ShiftError(
            f'shifts: there is no file {short(str(given))}; write "usual", or name a TOML file with {_FORM}'
        )
    try:
        if path.stat().st_size > _LONGEST_FILE:
            raise ShiftError(f"{short(str(path))} is larger than 1 MB: that is no table of shifts")
        tree = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        raise ShiftError(f"{short(str(path))} is not UTF-8 text; save it as UTF-8") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ShiftError(f"{short(str(path))} is no TOML: {short(str(error))}") from None
    except OSError as error:
        raise ShiftError(f"{short(str(path))} cannot be read: {(error.strerror or str(error)).lower()}") from None
    return (tree["shifts"] if set(tree) == {"shifts"} and isinstance(tree["shifts"], dict) else tree), f"{path}: "


def _read(name: str, table: Any, world: World, wrong: list[str]) -> Allowed | None:
    if not isinstance(table, Mapping):
        wrong.append(f"is {short(repr(table))}: it has to be {_FORM}")
        return None
    if not 1 <= len(name) <= 20 or not name.isprintable():
        wrong.append("has a name that is not of 1 to 20 characters that can be printed")
    for key in table:
        if key not in _KEYS:
            wrong.append(f"{short(str(key))} is not known; {nearest(key, _KEYS, 'known are')}")
    if "length" not in table:
        wrong.append('length is missing; write for example length = "8 h"')
    length = _slots("length", table.get("length", "8 h"), wrong)
    if length > SLOTS_A_DAY:
        wrong.append(f"length is {quoted(str(table['length']))}: a shift lasts a day at most")
        length = 32
    lunch = _slots("lunch", table.get("lunch", "0 min"), wrong, least=0)
    after = _list("lunch_after", table.get("lunch_after", [f"{length * SLOT // 2 // 15 * 15} min"]), wrong)
    afters = tuple(_slots("lunch_after", one, wrong, least=0) for one in after) if lunch else (0,)
    one = Allowed(
        name,
        length,
        tuple(_starts(table.get("starts"), wrong)),
        _slots("every", table.get("every", "30 min"), wrong),
        lunch,
        tuple(dict.fromkeys(afters)) or (0,),
        tuple(_breaks(table.get("breaks", {}), wrong)),
        tuple(_days(table.get("days"), wrong)),
        tuple(_teams(table.get("teams"), world, wrong)),
        _most(table.get("most"), wrong),
    )
    wrong += _outside(one)
    return one


def _slots(key: str, written: Any, wrong: list[str], least: int = 1) -> int:
    try:
        length = minutes(written)
        if length % SLOT or not least * SLOT <= length <= 100 * 1440:
            raise ValueError(f"{quoted(str(written))}: it is of whole quarters of an hour, {least * SLOT} min at least")
    except ValueError as mistake:
        wrong.append(f"{key}: {mistake}")
        return max(least, 1)
    return int(length // SLOT)


def _list(key: str, written: Any, wrong: list[str]) -> list[Any]:
    listed = [written] if isinstance(written, str) else written
    if not isinstance(listed, (list, tuple)) or not listed or len(listed) > SLOTS_A_DAY:
        wrong.append(f'{key} is {short(repr(written))}: write a list, such as ["3 h", "4 h"]')
        return []
    return list(listed)


def _starts(written: Any, wrong: list[str]) -> Iterator[int]:
    """Yield the slots of the day at which a shift may begin."""
    if written is None:
        return
    for one in _list("starts", written, wrong):
        hour, colon, minute = one.partition(":") if isinstance(one, str) else ("", "", "")
        good = colon and hour.isdecimal() and minute.isdecimal() and len(hour) <= 2 and len(minute) == 2
        if not good or not (int(hour) < 24 and int(minute) < 60) or int(minute) % SLOT:
            wrong.append(f'starts: {short(repr(one))} is no quarter of an hour of the day; write ["08:00", "09:30"]')
            continue
        yield (int(hour) * 60 + int(minute)) // SLOT


def _breaks(written: Any, wrong: list[str]) -> Iterator[tuple[int, int]]:
    """Yield after how many slots a paid break comes, and how long it is."""
    if not isinstance(written, Mapping):
        wrong.append(
            f'breaks is {short(repr(written))}: write after how long they come, breaks = {{ "2 h" = "15 min" }}'
        )
        return
    for after, length in written.items():
        yield _slots("breaks", after, wrong, least=0), _slots("breaks", length, wrong)


def _days(written: Any, wrong: list[str]) -> Iterator[tuple[int, ...]]:
    if written is None:
        return
    for one in _list("days", written, wrong):
        first, dash, last = one.strip().lower().partition("-") if isinstance(one, str) else ("", "", "")
        if first not in DAYS or (dash and (last not in DAYS or DAYS.index(last) < DAYS.index(first))):
            wrong.append(f'days: {short(repr(one))} is not known; write days such as ["mon-fri", "sat"]')
            continue
        yield tuple(range(DAYS.index(first), DAYS.index(last or first) + 1))


def _teams(written: Any, world: World, wrong: list[str]) -> Iterator[str]:
    if written is None:
        return
    for one in _list("teams", written, wrong):
        if one not in world.teams:
            wrong.append(f"teams: {short(str(one))} is not known; {nearest(one, world.teams, 'the teams are')}")
            continue
        yield one


def _most(written: Any, wrong: list[str]) -> int | None:
    if written is None:
        return None
    try:
        return int(numbers(most=(written, COUNT))[0])
    except ValueError as mistake:
        wrong.append(str(mistake))
        return None


def _outside(one: Allowed) -> Iterator[str]:
    """Yield what of a shift's breaks lies outside of it, or on each other."""
    for lunch in one.lunch_after:
        taken: set[int] = set()
        for what, after, length in (
            *(("break", *its) for its in one.breaks),
            *((("lunch", lunch, one.lunch),) if one.lunch else ()),
        ):
            slots = set(range(after, after + length))
            said = f"the {what} of {length * SLOT} min after {after * SLOT / 60:g} h"
            if after + length > one.length:
                yield f"{said} lies outside the shift, which lasts {one.length * SLOT / 60:g} h"
            elif slots & taken:
                yield f"{said} lies on another break"
            taken |= slots
        if len(taken) >= one.length:
            yield "its breaks leave nothing of it"


def ways_of(pattern: Pattern, allowed: tuple[Allowed, ...]) -> tuple[Way, ...]:
    """Return every way in which the shifts may be worked: by team, days, beginning and lunch, within the hours of duty.

    Raises
    ------
    ShiftError
        If they are more than can be looked through.
    """
    found: list[Way] = []
    for team in pattern.teams:
        there = np.array(on_duty(pattern.world, team, pattern.hours))
        pay = _pay(pattern.world, team)
        for one in allowed:
            if one.teams and team not in one.teams:
                continue
            for days in one.days or pattern.groups:
                found += _on_days(one, team, days, there, pay)
        if len(found) > _MOST_WAYS:
            raise ShiftError(
                f"shifts: they can be worked in more than {_MOST_WAYS:,} ways; give fewer starts, or fewer lunches"
            )
    return tuple(found)


def _on_days(
    one: Allowed, team: str, days: tuple[int, ...], there: npt.NDArray[np.bool_], pay: Floats
) -> Iterator[Way]:
    for start in one.starts or range(0, SLOTS_A_DAY, one.every):
        presence = _at(days, start, range(one.length))
        if not there[presence].all():
            continue
        for lunch in one.lunch_after:
            unpaid = _at(days, start, range(lunch, lunch + one.lunch))
            paused = [_at(days, start, range(after, after + length)) for after, length in one.breaks]
            paid = np.zeros(SLOTS_A_WEEK, bool)
            paid[presence] = True
            paid[unpaid] = False
            at_work = paid.copy()
            for its in paused:
                at_work[its] = False
            yield Way(one, team, days, start, lunch, at_work, float(pay[paid].sum()))


def _at(days: tuple[int, ...], start: int, offsets: range) -> Ints:
    slots = [(day * SLOTS_A_DAY + start + offset) % SLOTS_A_WEEK for day in days for offset in offsets]
    return np.array(slots, np.int64)


def _pay(world: World, name: str) -> Floats:
    """Return what a paid slot of an agent costs (EUR)."""
    team = world.teams[name]
    wage, premium = team.hourly_wage(), np.array(team.premium_by_slot())
    return HOURS_A_SLOT / (1.0 - team.shrinkage) * (wage + world.levers.cost_per_hour() + premium * wage)


def world_in_shifts(world: World, ways: tuple[Way, ...], agents: Ints, teams: tuple[str, ...]) -> World:
    """Return the world with these agents in these shifts; those of other teams are left as they are."""
    changed = dict(world.teams)
    for team in teams:
        pairs = [(way, int(many)) for way, many in zip(ways, agents, strict=True) if many and way.team == team]
        its = {way.name: Shift.model_validate(way.written(many)) for way, many in pairs}
        changed[team] = changed[team].model_copy(update={"staff": 0, "shifts": its})
    return world.model_copy(update={"teams": changed})
