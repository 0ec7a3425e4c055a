"""Luck: every draw is a pure function of who it is for, what it decides and on which occasion.

``uniform(seed, replication, kind, number, purpose, occasion)`` reads the counter-based generator Philox4x32-10
(Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11, 2011). Nothing is ever drawn "next":
customer 17 has the same patience at his second call in every world, whatever happened before.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np
import numpy.typing as npt

from sim.machine.compiling import inlined

_M0, _M1 = 0xD2511F53, 0xCD9E8D57
_W0, _W1 = 0x9E3779B9, 0xBB67AE85
_MASK = 0xFFFFFFFF
_SCALE = 2.0**-52

LEGS = 64
"""Legs a contact may have: the occasion is ``contact * LEGS + leg``."""

REASONS_AT_MOST = 64
"""Problem n of reason r has the number n * 64 + r, whatever else happens."""
PROBLEMS_AT_MOST = 2**32 // REASONS_AT_MOST
"""Of a reason: numbers have 32 bits, the lowest of them for the reason."""
AGENTS_AT_MOST = 100_000
"""Agent n of team t has the number t * 100 000 + n."""


class Kind(IntEnum):
    """Whose luck it is."""

    CUSTOMER = 0
    AGENT = 1
    DAY = 2
    INTERVAL = 3
    REASON = 4


@inlined
def philox(counter: tuple[int, int, int, int], key: tuple[int, int]) -> tuple[int, int, int, int]:
    """Return the four 32-bit words of Philox4x32-10 for one counter and key."""
    c0, c1, c2, c3 = counter
    k0, k1 = key
    for _ in range(10):
        p0, p1 = _M0 * c0, _M1 * c2  # compiled, these are signed: hence the mask after each shift
        c0, c1, c2, c3 = ((p1 >> 32) & _MASK) ^ c1 ^ k0, p1 & _MASK, ((p0 >> 32) & _MASK) ^ c3 ^ k1, p0 & _MASK
        k0, k1 = (k0 + _W0) & _MASK, (k1 + _W1) & _MASK
    return c0, c1, c2, c3


def philox_many(
    c0: npt.NDArray[np.uint64],
    c1: int,
    c2: npt.NDArray[np.uint64],
    c3: npt.NDArray[np.uint64],
    key: tuple[int, int],
) -> tuple[npt.NDArray[np.uint64], ...]:
    """Do as `philox` for arrays of counters (uint64 arrays that broadcast together)."""
    shape = np.broadcast_shapes(c0.shape, c2.shape, c3.shape)
    mask, half, m0, m1 = np.uint64(_MASK), np.uint64(32), np.uint64(_M0), np.uint64(_M1)
    a, b = np.broadcast_to(c0, shape).copy(), np.full(shape, c1, np.uint64)
    c, d = np.broadcast_to(c2, shape).copy(), np.broadcast_to(c3, shape).copy()
    p0, p1 = np.empty_like(a), np.empty_like(a)
    k0, k1 = key
    for _ in range(10):  # in place: an array of its own for every step would double the time
        np.multiply(a, m0, out=p0)
        np.multiply(c, m1, out=p1)
        np.right_shift(p1, half, out=a)
        a ^= b
        a ^= np.uint64(k0)
        np.bitwise_and(p1, mask, out=b)
        np.right_shift(p0, half, out=c)
        c ^= d
        c ^= np.uint64(k1)
        np.bitwise_and(p0, mask, out=d)
        k0, k1 = (k0 + _W0) & _MASK, (k1 + _W1) & _MASK
    return a, b, c, d


def check_luck(seed: int, replication: int) -> None:
    """Refuse what is no seed or no replication: whole numbers of 64 and of 24 bits.

    Raises
    ------
    ValueError
        That names the argument.
    """
    for name, given, bits in (("seed", seed, 64), ("replication", replication, 24)):
        if not isinstance(given, (int, np.integer)) or isinstance(given, bool):
            raise ValueError(f"{name} is {given!r}: a whole number is needed")
        if not 0 <= given < 2**bits:
            raise ValueError(f"{name} is {given}: it goes from 0 to 2**{bits} - 1")


def key_of(seed: int) -> tuple[int, int]:
    """Split a seed of up to 64 bits into Philox's two key words."""
    return seed & _MASK, (seed >> 32) & _MASK


def uniform(seed: int, replication: int, kind: int, number: int, purpose: int, occasion: int = 0) -> float:
    """Return the uniform in the open interval (0, 1) that belongs to these six numbers.

    Parameters
    ----------
    seed, replication : int
        Up to 64 and 24 bits.
    kind, number : int
        Whose luck (`Kind`) and which one, the number up to 32 bits.
    purpose, occasion : int
        What for (`sim.purposes`) and when: for a leg, ``contact * LEGS + leg``.
    """
    return keyed_uniform(key_of(seed), whose_of(kind, replication), number, purpose, occasion)


@inlined
def keyed_uniform(key: tuple[int, int], whose: int, number: int, purpose: int, occasion: int) -> float:
    """Return `uniform` of the words that seed (`key_of`), kind and replication (`whose_of`) come to."""
    pair = keyed_pair(key, whose, number, purpose >> 1, occasion)
    return pair[1] if purpose & 1 else pair[0]


@inlined
def keyed_pair(key: tuple[int, int], whose: int, number: int, block: int, occasion: int) -> tuple[float, float]:
    """Return `keyed_uniform` of the two purposes that share a block: ``2 * block`` and the next."""
    words = philox((number & _MASK, whose, block, occasion), key)
    return _of_words(words[0], words[1]), _of_words(words[2], words[3])


@inlined
def _of_words(high: int, low: int) -> float:
    return ((high >> 6) * 67108864 + (low >> 6) + 0.5) * _SCALE


def whose_of(kind: int, replication: int) -> int:
    """Return the word that says whose luck it is, in which replication."""
    return (kind << 24) | replication


def uniforms(
    seed: int,
    replication: int,
    kind: int,
    numbers: npt.ArrayLike,
    purpose: int | npt.ArrayLike,
    occasions: npt.ArrayLike = 0,
) -> npt.NDArray[np.float64]:
    """Return `uniform` for arrays of numbers, purposes and occasions that broadcast together."""
    purposes = np.asarray(purpose, np.uint64)
    shape = np.broadcast_shapes(np.shape(numbers), purposes.shape, np.shape(occasions))
    number = np.asarray(numbers, np.uint64) & np.uint64(_MASK)
    words = philox_many(
        np.broadcast_to(number, shape),
        whose_of(kind, replication),
        np.broadcast_to(purposes >> np.uint64(1), shape),
        np.broadcast_to(np.asarray(occasions, np.uint64), shape),
        key_of(seed),
    )
    odd = np.broadcast_to((purposes & np.uint64(1)).astype(bool), shape)
    return _open_unit(np.where(odd, words[2], words[0]), np.where(odd, words[3], words[1]))


def uniform_pairs(
    seed: int, replication: int, kind: int, numbers: npt.NDArray[np.uint64], blocks: int, occasion: int
) -> npt.NDArray[np.float64]:
    """Return the uniforms of purposes ``0 .. 2*blocks - 1`` for each number: shape ``(len(numbers), 2*blocks)``."""
    words = philox_many(
        numbers[:, None] & np.uint64(_MASK),
        whose_of(kind, replication),
        np.arange(blocks, dtype=np.uint64)[None, :],
        np.full((1, 1), occasion, np.uint64),
        key_of(seed),
    )
    both = np.stack((_open_unit(words[0], words[1]), _open_unit(words[2], words[3])), axis=-1)
    return both.reshape(len(numbers), 2 * blocks)


def _open_unit(high: npt.NDArray[np.uint64], low: npt.NDArray[np.uint64]) -> npt.NDArray[np.float64]:
    six = np.uint64(6)
    return (((high >> six) * np.uint64(67108864) + (low >> six)).astype(np.float64) + 0.5) * _SCALE
