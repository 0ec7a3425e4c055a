"""What the worlds of a comparison are called."""

from __future__ import annotations

from collections.abc import Sequence

from sim.scenario import digest
from sim.study.comparison import Comparison


def names(comparison: Comparison) -> tuple[str, ...]:
    """Return the first world's name and that of each way's, told apart where different worlds bear the same."""
    ways = [way.lived.asked for way in comparison.ways]
    others = {digest(world): world.name for world in ways}
    all_names = [comparison.first.asked.name, *others.values()]
    called = [f"{name} ({at})" if all_names.count(name) > 1 else name for at, name in enumerate(all_names, 1)]
    by_digest = dict(zip(others, called[1:], strict=True))
    return called[0], *(by_digest[digest(world)] for world in ways)


def labelled(comparison: Comparison) -> tuple[str, ...]:
    """Return the same names, each way's with its staff where there are several."""
    first, *others = names(comparison)
    if len(others) == 1:
        return first, *others
    return first, *(f"{name} with {way.equality.label}" for name, way in zip(others, comparison.ways, strict=True))


def differences(comparison: Comparison) -> tuple[str, ...]:
    """Return what each way's difference from the first world is called: with the names where there are several."""
    first, *others = names(comparison)
    return tuple("difference" if len(set(others)) == 1 else f"{name} minus {first}" for name in others)


def listed(words: Sequence[str]) -> str:
    """Join words with commas and a last "and"."""
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
