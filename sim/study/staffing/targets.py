"""What staff is to meet: a measure, at least or at most so much, by interval, by day or over the whole."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

from sim.asked import nearest
from sim.measures import MEASURES, Measure, measure_named, measures_of
from sim.measures.intervals.columns import COLUMNS
from sim.quoting import quoted, short
from sim.reading.blocks import blocks_of_world
from sim.reading.reach import reached, ways_of
from sim.units import HOUR, LONGEST, duration, minutes, share
from sim.world import World

Scope = Literal["interval", "day", "whole"]
SCOPES: tuple[Scope, ...] = get_args(Scope)
SYNTAX = (
    'write a measure, >= or <=, and a value, such as "service_level>=0.8 within 20 s", "abandonment<=5 %", '
    '"speed_of_answer<=30 s per day", "service_level>=80 % of front", "calls_per_problem<=2 over the whole"'
)
_FORM = re.compile(
    r"\s*(?P<name>[A-Za-z_][\w. -]{0,80}?)\s*(?P<sign>>=|<=|=>|=<|\u2265|\u2264|==|=|>|<)\s*"
    r"(?P<value>-?\.?[0-9][0-9.,:]*\s*(?:%|(?!within|of\b|per\b|over\b)[A-Za-z]+)?)(?P<rest>.*)",
    re.DOTALL,
)
_NUMBER = re.compile(r"-?([0-9]{1,12}(\.[0-9]{1,12})?|\.[0-9]{1,12})")
_CLAUSE = re.compile(r"\s*,?\s*\b(within|of|per|over the|over)\s+", re.ASCII)
_CALLED = {
    "abandonment": "abandoned_share",
    "abandonment_rate": "abandoned_share",
    "abandoned": "abandoned_share",
    "asa": "speed_of_answer",
    "sl": "service_level",
    "blocking": "blocked_share",
}
"""What planners call measures that have another name here."""
_WORDS: dict[str, Scope] = {
    "interval": "interval",
    "period": "interval",
    "day": "day",
    "whole": "whole",
    "horizon": "whole",
    "week": "whole",
}
_LONGEST_TEXT, _MOST = 200, 100


@dataclass(frozen=True)
class Target:
    """One target.

    Attributes
    ----------
    measure : str
        As it is called: ``service_level``, a column of a table by intervals, or a measure of the register.
    at_least : bool
        Whether its value is to be that or more; otherwise that or less.
    value : float
        In the measure's unit.
    scope : {"interval", "day", "whole"} or None
        Where it holds: in every interval of the pattern, on every day of it, or over the whole horizon; None: as is
        asked for beside the targets.
    within : float or None
        Acceptable wait of a service level (min); None: the world's own.
    of : str or None
        The team, or the queue, whose calls count; None: all calls.
    """

    measure: str
    at_least: bool
    value: float
    scope: Scope | None = None
    within: float | None = None
    of: str | None = None

    def __str__(self) -> str:
        """Write it as it can be read again."""
        said = f"{self.measure}{'>=' if self.at_least else '<='}{self.shown(self.value)}"
        if self.within is not None:
            said += f" within {duration(self.within)}"
        if self.of is not None:
            said += f" of {self.of}"
        return said + {"interval": " per interval", "day": " per day", "whole": " over the whole", None: ""}[self.scope]

    def shown(self, value: float) -> str:
        """Write a value in the measure's unit."""
        return duration(value) if self.unit == "min" and value == self.value else f"{value:.4g}"

    @property
    def unit(self) -> str:
        """The measure's unit."""
        return _unit_of(self.measure)

    def is_column(self) -> bool:
        """Say whether it is told by interval too."""
        return self.measure == "service_level" or self.measure in COLUMNS

    def column(self, world: World) -> str:
        """Return the column of a table by intervals that tells it."""
        if self.measure == "service_level":
            return f"service_level_{world.service_level.definition}"
        return self.measure


class TargetError(ValueError):
    """Targets that cannot be: every mistake in them, one a line."""


def targets_of(asked: Any, world: World, by: str = "interval") -> tuple[Target, ...]:
    """Return the targets, read and looked at.

    Parameters
    ----------
    asked : str, Target or iterable of them
    by : {"interval", "day", "whole"}
        Where those hold that do not say it.

    Raises
    ------
    TargetError
        With all that is wrong with all of them.

    Examples
    --------
    >>> from sim.reading import load
    >>> [one] = targets_of("service_level >= 80 % within 20 s", load("base"))
    >>> one.value, round(60 * one.within), one.scope
    (0.8, 20, 'interval')
    """
    wrong: list[str] = []
    if by not in SCOPES:
        wrong.append(f"by is {short(repr(by))}: {nearest(by, SCOPES, 'use one of')}")
        by = "interval"
    listed = [asked] if isinstance(asked, (str, Target)) else list(asked) if isinstance(asked, Iterable) else [asked]
    if not listed:
        wrong.append(f"no target is given; {SYNTAX}")
    if len(listed) > _MOST:
        wrong.append(f"{len(listed)} targets are given: {_MOST} are possible")
    found: list[Target] = []
    for one in listed[:_MOST]:
        read, mistakes = _read(one, world)
        if read is not None:
            read = replace(read, scope=read.scope or _usual(read, by))
            mistakes = [*mistakes, *_why_not(read, world)]
            found += [] if mistakes else [read]
        wrong += [f"target {short(str(one)) if isinstance(one, Target) else _quoted(one)}: {said}" for said in mistakes]
    wrong += _against_each_other(found)
    if wrong:
        raise TargetError("\n".join(dict.fromkeys(wrong)))
    return tuple(dict.fromkeys(found))


def _quoted(one: object) -> str:
    return quoted(one) if isinstance(one, str) else short(repr(one))


def _usual(target: Target, by: str) -> Any:
    return by if target.is_column() else "whole"


def _read(one: object, world: World) -> tuple[Target | None, list[str]]:
    """Read one target; None where it cannot be read, with why."""
    if isinstance(one, Target):
        return one, []
    found = _FORM.fullmatch(one) if isinstance(one, str) and len(one) <= _LONGEST_TEXT else None
    if found is None:
        return None, [f"cannot be read; {SYNTAX}"]
    family, *whose = found["name"].strip().partition(".")
    name = (family.lower().replace(" ", "_") if " " in family else family) + "".join(whose)
    name = _CALLED.get(name, name)
    wrong: list[str] = []
    sign = found["sign"]
    if sign in ("=", "=="):
        wrong.append(f'"{sign}" is no direction: write >= (at least) or <= (at most)')
    unit = _unit_of(name)
    if unit == "":
        return None, [_unknown(name, world), *wrong]
    value = _value(found["value"].strip(), unit, wrong)
    clauses = _clauses(found["rest"], wrong)
    if wrong:
        return None, wrong
    return Target(name, sign in (">=", "=>", "\u2265", ">"), value, **clauses), []


def _unknown(name: str, world: World) -> str:
    known = measures_of(world)
    own = [one for one in known if one.startswith(f"{name}.")]
    if own:
        return f'"{short(name)}" has to say of what: there are {", ".join(own)}'
    told = nearest(name, ["service_level", *_CALLED, *COLUMNS, *known], "known are such as")
    return f'measure "{short(name)}" is not known; {told}'


def _unit_of(name: str) -> str:
    """Return a measure's unit; nothing where no world has one of that name."""
    if name == "service_level":
        return "share"
    if name in COLUMNS:
        return COLUMNS[name].unit
    known = _registered(name)
    return "" if known is None else known.unit


def _registered(name: str) -> Measure | None:
    """Return a measure of the register, of a team, a channel or a queue too; None where there is none."""
    try:
        return measure_named(name)
    except KeyError:
        return None


def _value(written: str, unit: str, wrong: list[str]) -> float:
    """Read a value in its measure's unit: a share as part or percentage, minutes with theirs, hours without or with."""
    try:
        if unit == "share" and written.endswith("%"):
            return float(share(written))
        if unit == "min":
            return minutes(written)
        if unit == "h" and not _NUMBER.fullmatch(written):
            return minutes(written) / HOUR
        if not _NUMBER.fullmatch(written):
            raise ValueError(f"{quoted(written)} is not a number: write it alone, in {unit}")
        return float(written)
    except ValueError as mistake:
        wrong.append(f"{mistake}" if unit != "share" else f'{mistake}; write a share such as 0.8 or "80 %"')
        return math.nan


def _clauses(rest: str, wrong: list[str]) -> dict[str, Any]:
    """Read what stands behind the value: within, of, per, over the."""
    parts = _CLAUSE.split(rest)
    if parts[0].strip():
        wrong.append(f'{quoted(parts[0].strip())} is not understood; after the value stand "within 20 s", "of TEAM", '
                     f'"per interval", "per day" or "over the whole"')  # fmt: skip
    said: dict[str, Any] = {}
    for word, value in zip(parts[1::2], (part.strip() for part in parts[2::2]), strict=True):
        key = "scope" if word in ("per", "over", "over the") else word
        if key in said:
            wrong.append(f"{word} stands there twice")
        elif key == "within":
            try:
                said[key] = minutes(value)
            except ValueError as mistake:
                wrong.append(f"within: {mistake}")
        elif key == "of":
            said[key] = value
        elif key == "scope" and value in _WORDS:
            said[key] = _WORDS[value]
        else:
            told = nearest(value, ("interval", "day", "whole"), 'it is "per interval", "per day" or "over the whole":')
            wrong.append(f"{quoted(f'{word} {value}')} is not known; {told}")
    return said


def _why_not(target: Target, world: World) -> Iterator[str]:
    """Yield why a target cannot be one of this world."""
    unit = target.unit
    if not unit:
        yield _unknown(target.measure, world)
        return
    if isinstance(target.value, bool) or not isinstance(target.value, (int, float)) or not math.isfinite(target.value):
        yield f"its value is {target.value!r}: a number is needed"
        return
    if unit == "share" and not 0.0 <= target.value <= 1.0:
        yield f"{target.measure} is a share, from 0 to 1: {target.value:g} can never be; write 0.8 or 80 %"
    elif target.value < 0.0:
        yield f"{target.measure} is never below 0: {target.value:g} can never be"
    if target.scope not in (*SCOPES, None):
        yield f"its scope is {target.scope!r}: {nearest(target.scope, SCOPES, 'use one of')}"
    yield from _direction(target)
    yield from _clauses_fit(target, world)


def _direction(target: Target) -> Iterator[str]:
    better = _better(target.measure)
    if target.measure.split(".")[0] == "occupancy":
        if target.at_least:
            yield "occupancy is bounded from above, so that agents can breathe: write occupancy<=0.85"
        return
    if better == "neither":
        told = "service_level, answered_share, abandoned_share, speed_of_answer, occupancy (at most)"
        yield f"{target.measure} has no better direction, so no staff is sought for it; such have one: {told}"
    elif (better == "higher") != target.at_least:
        sign, most = (">=", "at least") if better == "higher" else ("<=", "at most")
        yield f"of {target.measure} {better} is better: write {target.measure}{sign}{target.value:g} ({most})"


def _better(name: str) -> str:
    if name == "service_level":
        return "higher"
    return COLUMNS[name].better if name in COLUMNS else measure_named(name).better


def _clauses_fit(target: Target, world: World) -> Iterator[str]:
    name = target.measure
    if not target.is_column() and name not in (has := measures_of(world)):
        yield f"{short(name)}: {_instead(name, has)}"
    if target.within is not None:
        if "_within." in name:
            yield f"within is the world's: {name} has its time from {_key_of_time(name, world)}"
        elif not name.startswith("service_level") or not target.is_column():
            yield f"within belongs to a service level, and {name} knows no acceptable wait: leave it out"
        elif not 0.0 <= target.within <= LONGEST:
            yield f"within is {target.within:g} min: a wait of 0 to a hundred years is needed"
    if not target.is_column():
        if target.scope in ("interval", "day"):
            told = nearest(name, ["service_level", *COLUMNS], "")
            instead = f"; by interval {told}" if told else ""
            yield f"{name} is told over the whole alone: write over the whole{instead}"
        if target.of is not None:
            of_what = name.partition(".")[2]
            if of_what:
                yield f"{name} is told of {of_what} alone: leave out of {short(str(target.of))}"
            else:
                yield f"{name} is told of all calls together: leave out of {short(str(target.of))}"
    elif name in COLUMNS and not COLUMNS[name].summed:
        yield (
            f"{name} is of one interval on one day, and cannot be put together: take a share, a mean, or over the "
            "whole hold_minutes_p90"
        )
    elif target.of is not None and target.of not in (*world.teams, *world.queue_names()):
        known = dict.fromkeys((*world.teams, *world.queue_names()))
        yield f'"{short(str(target.of))}" is no team and no queue; {nearest(target.of, known, "there are")}'
    elif name in COLUMNS and COLUMNS[name].of_staff:
        if target.of is not None and target.of not in world.teams:
            yield f"{name} is of agents, who belong to a team: name one of {', '.join(world.teams)}"
    elif target.of is not None and target.of not in _called(world):
        own = [one for one in measures_of(world) if one.endswith(f".{target.of}") and one not in MEASURES]
        told = f"; of it there are {', '.join(own)}" if own else ""
        yield f"no call comes to {target.of}{told}"


def _instead(name: str, has: Iterable[str]) -> str:
    """Say which measures of teams, channels and queues there are, where there is none of this name."""
    of_agents = name.startswith("occupancy.")
    own = [one for one in has if one not in MEASURES and one.startswith("occupancy.") == of_agents]
    return nearest(name, own, "there are") if own else "nothing is written in this world, and nobody goes to a desk"


def _called(world: World) -> tuple[str, ...]:
    """Return the queues and teams in which a customer may wait who calls, chats or stands at a desk."""
    queues, teams = reached(ways_of(world.line, blocks_of_world(world)), live_only=True)
    return (*queues, *teams)


def _key_of_time(name: str, world: World) -> str:
    """Return the key of the time within which an answer, or the work on something filed, is in time."""
    family, _, own = name.partition(".")
    if family == "answered_within":
        for kind in ("messages", "desks", "chats"):
            if own in getattr(world, kind):
                return f"{kind}.{own}.within"
    return "service_level.written"


def _against_each_other(targets: Iterable[Target]) -> Iterator[str]:
    """Yield targets that say the same of the same, with two values."""
    seen: dict[Any, Target] = {}
    for one in targets:
        same = replace(one, value=0.0)
        if same in seen and seen[same].value != one.value:
            yield f"targets {seen[same]} and {one} are of the same: one of them says it"
        seen.setdefault(same, one)
