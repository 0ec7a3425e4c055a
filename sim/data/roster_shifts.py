"""From a roster to a team's shifts, as a world has them: agents with the same hours and breaks are one shift."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from sim.asked import Kind, numbers, one_of
from sim.data.roster import Break, Roster, Shift
from sim.quoting import quoted, short
from sim.units import DAY, DAYS, SLOT

_LASTS = Kind("a number of minutes from 0 to 1440", lambda minutes: 0.0 <= minutes <= DAY)
_WEEK = Kind("a week of the roster, from 1", lambda week: week >= 1, whole=True)
_MOST_LISTED = 10


class _Alike(NamedTuple):
    """What agents of one shift have in common: day, start and end of each of their days, and their breaks."""

    days: tuple[tuple[int, float, float], ...]
    breaks: tuple[Break, ...]


def shifts_of(
    roster: Roster, team: str | None = None, *, week: int = 1, lunch_from: float = 30.0
) -> dict[str, dict[str, Any]]:
    """Return a team's shifts of one week of a roster, as they stand under ``teams.NAME.shifts`` of a world.

    Parameters
    ----------
    roster : Roster
    team : str, optional
        Of this team alone; it may be left out where the roster has one.
    week : int
        Which week, from 1, where the roster goes over several: a world has one that comes again and again.
    lunch_from : float
        Breaks of this length (min) or longer are lunches, which are not paid; a roster does not say.

    Returns
    -------
    dict of dict
        By name of the shift: ``agents``, ``hours``, ``breaks``, ``lunches``. Whoever has other breaks on some days
        counts in two shifts.

    Raises
    ------
    ValueError
        If it is no roster, it has several teams and none is named, there is no such team or week, nobody works in it,
        or times are off the grid of quarters of an hour: all of them at once.

    Examples
    --------
    >>> day = [Shift(name, 1, "front", 0, None, 480.0, 960.0, ((720.0, 750.0),)) for name in "AB"]
    >>> shifts_of(Roster(tuple(day), None, ("front",)), "front")
    {'mon 08:00-16:00': {'agents': 2, 'hours': ['mon 08:00-16:00'], 'breaks': [], 'lunches': ['12:00-12:30']}}
    """
    if not isinstance(roster, Roster):
        raise ValueError(f"roster is {short(repr(roster))}: what sim.roster reads is needed")
    lunch_from, week = numbers(lunch_from=(lunch_from, _LASTS), week=(week, _WEEK))
    if team is not None:
        one_of("team", team, roster.teams)
    elif len(roster.teams) > 1:
        names = ", ".join(quoted(short(name)) for name in roster.teams[:_MOST_LISTED])
        more = f" and {len(roster.teams) - _MOST_LISTED:,} more" if len(roster.teams) > _MOST_LISTED else ""
        raise ValueError(f"team: the roster has several, {names}{more}: name one of them")
    worked = [*_worked(roster, team, week)]
    _on_the_grid(worked)
    found: Counter[_Alike] = Counter()
    for alike, agents in _alike(worked):
        found[alike] += agents
    named: dict[str, dict[str, Any]] = {}
    for alike, agents in found.items():
        hours = _hours(alike)
        named[_name(hours, named)] = {
            "agents": agents,
            "hours": hours,
            "breaks": [_between(*one) for one in alike.breaks if one[1] - one[0] < lunch_from],
            "lunches": [_between(*one) for one in alike.breaks if one[1] - one[0] >= lunch_from],
        }
    return named


def _worked(roster: Roster, team: str | None, week: int) -> Iterator[Shift]:
    if not 1 <= week <= roster.weeks:
        weeks = "one week" if roster.weeks == 1 else f"{roster.weeks} weeks"
        raise ValueError(f"week is {week}: the roster goes over {weeks}")
    mine = [shift for shift in roster.shifts if team in (None, shift.team) and _week(roster, shift) == week]
    if not any(shift.agents for shift in mine):
        raise ValueError(f"nobody{f' of {team}' if team else ''} works in week {week} of the roster")
    yield from mine


def _week(roster: Roster, shift: Shift) -> int:
    if shift.date is None or roster.first_monday is None:
        return 1
    return 1 + (shift.date - roster.first_monday).days // 7


def _on_the_grid(worked: list[Shift]) -> None:
    """Refuse times that a world cannot have."""
    off = []
    for shift in worked:
        times = [shift.start, shift.end, *itertools.chain.from_iterable(shift.breaks)]
        off += [f"{DAYS[shift.day]} {_clock(time)} ({shift.agent or shift.team})" for time in times if time % SLOT]
    if off:
        more = f" and {len(off) - _MOST_LISTED:,} more" if len(off) > _MOST_LISTED else ""
        said = f"{', '.join(off[:_MOST_LISTED])}{more}"
        raise ValueError(f"shifts of a world begin and end on the quarter of an hour; these do not: {said}")


def _alike(worked: list[Shift]) -> Iterator[tuple[_Alike, int]]:
    """Yield the days that one agent, or as many without a name, work with the same breaks.

    Rows without a name that are alike and of one day are of others: each is of a shift of its own.
    """
    days: dict[tuple[Any, ...], list[Shift]] = defaultdict(list)
    beside: Counter[tuple[Any, ...]] = Counter()
    for shift in worked:
        who = (shift.agent, shift.team) if shift.agent else (shift.team, shift.start, shift.end, shift.agents)
        alike = (bool(shift.agent), who, tuple(sorted(shift.breaks)))
        days[*alike, 0 if shift.agent else beside[*alike, shift.day]].append(shift)
        beside[*alike, shift.day] += 1
    for (_, _, breaks, _), mine in days.items():
        agents = {shift.agents for shift in mine}
        yield _Alike(tuple(sorted((shift.day, shift.start, shift.end) for shift in mine)), breaks), max(agents)


def _hours(alike: _Alike) -> list[str]:
    """Write the days with the same times together."""
    by_times: dict[tuple[float, float], list[int]] = defaultdict(list)
    for day, start, end in alike.days:
        by_times[start, end].append(day)
    return [f"{run} {_between(*times)}" for times, days in by_times.items() for run in _runs(days)]


def _runs(days: list[int]) -> Iterator[str]:
    for _, run in itertools.groupby(enumerate(days), key=lambda placed: placed[1] - placed[0]):
        first, *_, last = [day for _, day in run] * 2
        yield DAYS[first] if first == last else f"{DAYS[first]}-{DAYS[last]}"


def _between(start: float, end: float) -> str:
    until = _clock(end) if end <= DAY else _clock(end % DAY)
    return f"{_clock(start % DAY)}-{until}"


def _name(hours: list[str], taken: dict[str, Any]) -> str:
    name = ", ".join(hours)
    name = name if len(name) <= 50 else f"{name[:47]}..."
    numbered = (name if number == 1 else f"{name} ({number})" for number in itertools.count(1))
    return next(one for one in numbered if one not in taken)


def _clock(minute: float) -> str:
    hours, minutes = divmod(int(minute), 60)
    return f"{hours:02d}:{minutes:02d}"
