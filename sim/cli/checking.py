"""What `check` says of files: whether they are good worlds, and whether both engines tell each of them alike."""

from __future__ import annotations

import textwrap
from argparse import Namespace
from collections.abc import Iterator

from sim.cli.codes import DONE, FAILED, MISTAKE
from sim.cli.outputs import complain, progressing, say
from sim.moments import moment
from sim.quoting import printable
from sim.reading import WorldError, digest, load, warnings_of
from sim.study.comparing.agreement import Agreement, agreement, usual_days
from sim.units import DAY
from sim.world import World

_REPORT = "Its results are in doubt until it is known which telling is right: please report it, with the file."


def check(options: Namespace) -> int:
    """Say of each file whether it is a good world, listing every mistake; let both engines tell the good ones."""
    worlds: dict[str, World] = {}
    for name in options.worlds:
        try:
            worlds[name] = load(name)
        except WorldError as error:
            complain(str(error))
    codes = [DONE if len(worlds) == len(set(options.worlds)) else MISTAKE]
    codes += [_told(name, world, options) for name, world in worlds.items()]
    return max(codes)


def _told(name: str, world: World, options: Namespace) -> int:
    days = None if options.whole else options.days or usual_days(world)
    name = printable(name)
    good = "\n".join([f"{name}: good ({printable(world.name)}, {digest(world)})", *_noted(world)])
    try:
        with progressing(options, f"check {world.name}", world) as progress:
            held = agreement(world, days=days, seed=options.seed, progress=progress)
    except ValueError as refused:
        complain(f"{name} could not be told: {refused}")
        return MISTAKE
    if held is None:
        return DONE if say(f"{good}\n  told by SimPy alone: there is nothing to compare it with") else MISTAKE
    printed = say(f"{good}\n{agreement_text(held)}")
    if held.difference is not None:
        return FAILED
    return DONE if printed else MISTAKE


def _noted(world: World) -> Iterator[str]:
    """Yield the volume, day by day, and what is possible but most likely not meant."""
    yield f"  {_volume(world)}"
    for warning in warnings_of(world):
        yield from textwrap.wrap(f"warning: {warning}", 116, initial_indent="  ", subsequent_indent="    ")


def _volume(world: World) -> str:
    """Say how many problems appear: in a usual week, day by day, or in a replay."""
    replay = world.population.replay
    if replay is not None:
        first, last = (moment(at, world.time.first_monday) for at in (replay.at[0], replay.at[-1]))
        return f"{len(replay.at):,} calls are replayed, from {first} to {last}"
    days = world.population.problems_by_weekday()
    told = ", ".join(f"{day.title()} {many:,.4g}" for day, many in days.items())
    return f"{sum(days.values()):,.4g} problems a week: {told}"


def agreement_text(held: Agreement) -> str:
    """Return in words whether two tellings agree, what was compared, and where they first part."""
    agree = held.difference is None
    rows = " and ".join(f"{many:,}" for many in dict.fromkeys(held.rows))
    lines = [
        f"{' and '.join(held.engines)} {'agree to the bit' if agree else 'DIFFER'}: {rows} history rows",
        f"of {held.problems:,} problems in {_days(held)}, seed {held.seed}",
    ]
    if held.difference is not None:
        day, minute = divmod(held.difference.time, DAY)
        hour, minute = divmod(int(minute), 60)
        lines.append(f"They first part on day {int(day) + 1} at {hour:02d}:{minute:02d}, in what they tell of")
        lines += [*str(held.difference).splitlines(), _REPORT]
    return "\n".join(f"  {line}" for line in lines)


def _days(held: Agreement) -> str:
    if held.days < held.whole:
        return f"the first {held.days:,.4g} of its {held.whole:,.4g} simulated days (--whole compares all)"
    return f"{held.days:,.4g} simulated days"
