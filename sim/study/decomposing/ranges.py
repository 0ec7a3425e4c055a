"""The weights of effort that are swept, and between which values: no published weights exist."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sim.asked import one_of
from sim.reading.mistakes import shown
from sim.study.changing.plain import plain
from sim.world import Effort, World

_AT_MOST = 1000.0
_FIXED = ("active_minutes", "long_hold_after", "owned")
"""In these the effort is not linear, or nothing is weighed by them."""


@dataclass(frozen=True)
class Range:
    """A weight, or several that go together, and between which values.

    Attributes
    ----------
    of : mapping of str to float
        What each weight of the world is, for one of this.
    source : str
        Where the bounds are from.
    """

    name: str
    low: float
    high: float
    of: Mapping[str, float] = field(hash=False)
    source: str = "given"

    def now(self, world: World) -> float:
        """Return the value that a world's own weights come to."""
        return float(sum(getattr(world.effort, name) for name in self._of_one()))

    def _of_one(self) -> list[str]:
        whole = {name for name, share in self.of.items() if share == 1.0}
        return [name for name in self.of if not whole or name in whole]


_OURS = "facts of the field, section 2.3: judgement"
RANGES = {
    one.name: one
    for one in (
        Range("repeat", 0.7, 1.3, {"repeat": 1.0}, f"{_OURS}, beside disloyalty x 2.5 and -15 points of satisfaction"),
        Range(
            "transfer", 0.5, 1.0, {"transfer_cold": 1.0, "transfer_warm": 0.3},
            f"{_OURS}, beside -12 points of satisfaction (SQM); a warm one weighs 0.3 of a cold one",
        ),
        Range(
            "told_again", 0.3, 0.8, {"identified_again": 0.5, "explained_again": 0.5},
            f"{_OURS}: identification and explanation again, half of it each",
        ),
        Range("cut", 1.0, 2.0, {"cut": 1.0}, f"{_OURS}: a forced repeat and an insult (39 % ring again within 15 min)"),
    )
}  # fmt: skip
"""The ranges of the known drivers of effort, as this project judges them. That of a forced change of channel (0.1 to
0.5) belongs to no weight of a world yet; what has no range there stays as a world has it."""


def ranges_of(asked: Mapping[str, Any] | None) -> tuple[Range, ...]:
    """Return the ranges to be swept: the usual ones, with those asked for laid over them.

    Parameters
    ----------
    asked : mapping, optional
        By the name of a usual range, or of a weight of ``[effort]``: its two bounds; or None to leave it as it is.

    Raises
    ------
    ValueError
        With all that is wrong with them.
    """
    if asked is None:
        return tuple(RANGES.values())
    if not isinstance(asked, Mapping):
        raise ValueError(f'ranges is {shown(asked)}: write bounds by name, such as {{"cut": (1.0, 3.0)}}')
    found, wrong = dict(RANGES), list[str]()
    for name, bounds in asked.items():
        try:
            made = _range(name, bounds)
        except ValueError as refused:
            wrong.append(str(refused))
            continue
        if made is None:
            found.pop(name, None)
        else:
            found[made.name] = made
    wrong += _twice(list(found.values()))
    if not found and not wrong:
        wrong.append("ranges leaves no weight to be swept")
    if wrong:
        raise ValueError("\n".join(wrong))
    return tuple(found.values())


def _range(name: object, bounds: Any) -> Range | None:
    weights = [one for one in Effort.model_fields if one not in _FIXED]
    known = one_of("ranges, of", name, dict.fromkeys([*RANGES, *weights]))
    if bounds is None:
        return None
    listed = plain(bounds)
    pair = [plain(one) for one in listed] if isinstance(listed, (tuple, list)) else []
    ends = [one for one in pair if isinstance(one, (int, float)) and not isinstance(one, bool)]
    if len(pair) != 2 or len(ends) != 2 or not 0.0 <= ends[0] < ends[1] <= _AT_MOST:
        said = " to ".join(map(shown, pair)) if len(pair) == 2 else shown(bounds)
        raise ValueError(f"ranges, {known} is {said}: two bounds are needed, from 0 to {_AT_MOST:g}, the lower first")
    of = RANGES[known].of if known in RANGES else {known: 1.0}
    return Range(known, float(ends[0]), float(ends[1]), of)


def _twice(ranges: list[Range]) -> list[str]:
    each = [(one.name, weight) for one in ranges for weight in one.of]
    weights = [weight for _, weight in each]
    by = {weight: " and by ".join(name for name, its in each if its == weight) for weight in weights}
    twice = [weight for weight in by if weights.count(weight) > 1]
    return [f"ranges: {weight} is swept by {by[weight]}: leave one out (None)" for weight in twice]
