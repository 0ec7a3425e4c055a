"""What the worlds of a comparison are called."""

from __future__ import annotations

from collections.abc import Sequence

from sim.study.comparison import Comparison


def names(comparison: Comparison) -> tuple[str, ...]:
    """Return the first world's name and that of each way's, told apart where different worlds bear the same."""
    others = comparison.others
    given = [comparison.first.asked.name, *(world.name for world in others)]
    called = [f"{name} ({at})" if given.count(name) > 1 else name for at, name in enumerate(given, 1)]
    return called[0], *(called[1 + others.index(way.lived.asked)] for way in comparison.ways)


def labelled(comparison: Comparison) -> tuple[str, ...]:
    """Return the same names, each way's with its staff where there are several."""
    first, *others = names(comparison)
    if len(others) == 1:
        return first, *others
    return first, *(f"{name} with {way.equality.label}" for name, way in zip(others, comparison.ways, strict=True))


def differences(comparison: Comparison) -> tuple[str, ...]:
    """Return what each way's difference from the first world is called: with the names where there are several."""
    first, *others = names(comparison)
    return tuple("difference" if len(comparison.others) == 1 else f"{name} minus {first}" for name in others)


def listed(words: Sequence[str]) -> str:
    """Join words with commas and a last "and"."""
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
