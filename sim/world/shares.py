"""Shares that make a whole."""

from __future__ import annotations

from collections.abc import Mapping

from sim.quoting import short


def whole(shares: Mapping[str, float]) -> None:
    """Refuse shares that do not add up to one, with what each of them is.

    Raises
    ------
    ValueError
        If they add up to anything else.
    """
    total = sum(shares.values())
    if abs(total - 1) > 1e-9:
        terms = " + ".join(f"{short(name)} {part:g}" for name, part in list(shares.items())[:12])
        raise ValueError(f"the shares add up to 1, not {total:g}: {terms}{' ...' * (len(shares) > 12)}")


def part(shares: Mapping[str, float]) -> None:
    """Refuse shares that add up to more than one.

    Raises
    ------
    ValueError
        If they do.
    """
    total = sum(shares.values())
    if total > 1 + 1e-9:
        raise ValueError(f"the shares add up to at most 1, not {total:g}")
