"""What can be varied in a world: paths, what they are called, and the values they are usually given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from sim.reading import WorldError
from sim.reading.meaning import meaning
from sim.report.headlines import more_than_a_line
from sim.study.changing.changed import changed
from sim.study.changing.typed import typed
from sim.ui.parts.forms import NEVER, Choice, Range, Steps, form_of, label_of
from sim.ui.state.speech import language, later, say, told
from sim.world import World

GROUPS: dict[str, tuple[str, ...]] = {
    later("Price"): ("levers.price.free", "tariff.price_per_minute", "tariff.hold_billed"),
    later("Time"): ("levers.time.cut_after",),
    later("Identification"): ("levers.memory.identified", "levers.memory.explained"),
    later("Transfers"): (
        "levers.knowledge.misrouted",
        "levers.knowledge.competent.front",
        "teams.front.competent",
        "paths.wrong_person.how",
    ),
    later("Powers"): ("levers.authority.limit", "levers.authority.above"),
    later("Follow-through"): ("levers.follow_through.owned", "levers.follow_through.known_now"),
}
"""What matters, in the order of a call; what a world does not have is left out."""
SCALED = {
    "teams.*.staff": later("Agents, all teams (x1 as they are)"),
    "population.problems_per_day": later("Problems per day (x1 as they are)"),
    "teams.*.talk": later("Talk, all teams (x1 as it is)"),
}
"""What is varied by a factor, and what that is called."""


def can_be_turned(world: World, path: str) -> bool:
    """Say whether a world has a path of `GROUPS`."""
    parts = path.split(".")
    if path.startswith("levers.knowledge.competent"):
        return parts[-1] in world.levers.knowledge.competent
    if parts[0] == "teams":
        return parts[1] in world.teams and parts[1] not in world.levers.knowledge.competent
    return parts[0] != "paths" or parts[1] in world.paths


def paths_of(world: World) -> list[str]:
    """Return what can be varied in a world."""
    turned = [path for paths in GROUPS.values() for path in paths if can_be_turned(world, path)]
    return [*turned, *SCALED, *(_of_writing(world) if more_than_a_line(world) else ())]


def _of_writing(world: World) -> Iterator[str]:
    """Yield what is varied where not all is done by telephone: agents team by team, and what is ever answered."""
    if len(world.teams) > 1:
        yield from (f"teams.{name}.staff" for name in world.teams)
    yield from (f"messages.{name}.answered" for name in world.messages)


def _scaled(path: str) -> bool:
    """Say whether a path is varied by a factor: agents, of all teams or of one."""
    return path in SCALED or (path.startswith("teams.") and path.endswith(".staff"))


def path_called(path: str) -> str:
    """Return what a path is called in the reader's language, with the path itself."""
    if path in SCALED:
        return say(SCALED[path])
    if _scaled(path):
        return say("Agents of {team} (x1 as they are)", team=path.removeprefix("teams.").removesuffix(".staff"))
    return f"{told(label_of(path)).capitalize()} · {path}"


def ends(world: World, path: str) -> tuple[str, str]:
    """Return the lowest and the highest value that a path is usually given, as they are written."""
    if _scaled(path):
        return "x0.8", "x1.2"
    form = form_of(world, path)
    if isinstance(form, Range) and form.unit == "share":
        return f"{max(form.low, form.own - 0.2):g}", f"{min(form.high, form.own + 0.2):g}"
    if isinstance(form, Range):
        return f"{form.low:g}", f"{min(form.high, 2 * form.own) if form.own else form.high:g}"
    if isinstance(form, Steps):
        return form.options[1], "none"
    if isinstance(form, Choice):
        return form.options[0], form.options[-1]
    return "false", "true"


def values(world: World, path: str) -> str:
    """Return the values that a path is usually given in a sweep, parted by commas."""
    if _scaled(path):
        return "x0.8, x1, x1.2"
    form = form_of(world, path)
    if isinstance(form, Range):
        low, high = (float(end) for end in ends(world, path))
        return ", ".join(f"{low + (high - low) * at / 4:g}" for at in range(5))
    if isinstance(form, Steps):
        return ", ".join("none" if one == NEVER else one for one in form.options)
    return ", ".join(form.options) if isinstance(form, Choice) else "false, true"


def read_values(said: str) -> list[object]:
    """Read values parted by commas or semicolons, as a TOML file would hold them, the quotes of a text left out.

    A comma between two digits is a decimal comma where something else parts the values: semicolons, or commas with a
    space; and where the reader's language writes decimals so.

    Examples
    --------
    >>> read_values("15 min, none, x1.1, 3")
    ['15 min', 'none', 'x1.1', 3]
    >>> read_values("x0,8; x1"), read_values("x0,8, x1"), read_values("0,8")
    (['x0.8', 'x1'], ['x0.8', 'x1'], [0, 8])
    """
    decimal = ";" in said or re.search(r",\s", said) is not None or language() == "fr"
    parts = re.split(r";" if ";" in said else r",(?!\d)|(?<!\d)," if decimal else r",", said)
    return [read_value(part) if decimal else typed(part.strip()) for part in parts if part.strip()]


def read_value(said: str) -> object:
    """Read one value, with a decimal comma or a point.

    Examples
    --------
    >>> read_value(" 0,35"), read_value("x1,2"), read_value("15 min")
    (0.35, 'x1.2', '15 min')
    """
    return typed(re.sub(r"(?<=\d),(?=\d)", ".", said.strip()))


def mistakes_of(world: World, path: str, said: Iterable[object]) -> list[str]:
    """Return what is wrong with values of a path, each tried by itself."""
    wrong: list[str] = []
    for value in said:
        try:
            changed(world, {path: value})
        except WorldError as refused:
            wrong += [str(replace(one, file="", line=None)) for one in refused.mistakes]
        except ValueError as refused:
            wrong.append(str(refused))
    return list(dict.fromkeys(wrong))


def help_of(path: str) -> str:
    """Return what a path means, in the reader's language."""
    return told(meaning(path) or meaning(path.rsplit(".", 1)[0]) or meaning(path.replace(".*.", ".front.")))
