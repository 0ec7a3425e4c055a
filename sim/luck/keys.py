"""Luck: every draw is a pure function of who it is for, what it decides and on which occasion.

``uniform(seed, replication, kind, number, purpose, occasion)`` reads the counter-based generator Philox4x32-10
(Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11, 2011). Nothing is ever drawn "next":
customer 17 has the same patience at his second call in every world, whatever happened before.

Laws are inverted with scalar ``math`` alone, so that every engine computes the same bits.
"""

from __future__ import annotations

import math
from enum import IntEnum
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.machine.compiling import inlined, rule

_M0, _M1 = 0xD2511F53, 0xCD9E8D57
_W0, _W1 = 0x9E3779B9, 0xBB67AE85
_MASK = 0xFFFFFFFF
_SCALE = 2.0**-52

LEGS = 64
"""Legs a contact may have: the occasion is ``contact * LEGS + leg``."""


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


# Laws -------------------------------------------------------------------------------------------------------------


class LawCode(IntEnum):
    """Which quantile function a `Law` uses."""

    CONSTANT = 0
    EXPONENTIAL = 1
    LOGNORMAL = 2
    WEIBULL = 3
    GAMMA = 4
    UNIFORM = 5
    TRIANGULAR = 6
    EMPIRICAL = 7
    MIXTURE = 8


class Law(NamedTuple):
    """A distribution as numbers: a code, three parameters, and points or parts where it has them.

    ``points`` are (level, value) pairs of an empirical quantile function, levels rising from 0 to 1.
    ``parts`` are (upper cumulated share, Law) pairs of a mixture.
    """

    code: int
    a: float = 0.0
    b: float = 0.0
    c: float = 0.0
    points: tuple[tuple[float, float], ...] = ()
    parts: tuple[tuple[float, Law], ...] = ()


def check_law(law: Law) -> None:
    """Refuse numbers that are no law: compiled code reads them unseen.

    Raises
    ------
    ValueError
        If the code is unknown, a number not finite, or points or parts are missing or do not rise to 1.
    """
    if law.code not in set(LawCode):
        raise ValueError(f"a law of code {law.code!r} is not known: codes are 0 to {max(LawCode)}")
    steps = {LawCode.EMPIRICAL: law.points, LawCode.MIXTURE: law.parts}.get(LawCode(law.code), ())
    name = LawCode(law.code).name.lower()
    if law.code >= LawCode.EMPIRICAL and len(steps) < (2 if law.code == LawCode.EMPIRICAL else 1):
        raise ValueError(f"a law ({name}) needs its points, two at least, or its parts")
    endless = law.code == LawCode.CONSTANT and law.a == math.inf  # a patience without end
    if not endless and not all(map(math.isfinite, (law.a, law.b, law.c, *(value for _, value in law.points)))):
        raise ValueError(f"a law ({name}) has a number that is not finite: {law}")
    levels = [level for level, _ in steps]
    if levels and not (levels == sorted(levels) and levels[0] >= 0.0 and abs(levels[-1] - 1.0) < 1e-6):
        raise ValueError(f"the levels of a law ({name}) rise to 1, not {levels}")
    for _, part in law.parts:
        check_law(part)


_CONSTANT, _EXPONENTIAL, _LOGNORMAL, _WEIBULL, _GAMMA, _UNIFORM, _TRIANGULAR, _EMPIRICAL, _MIXTURE = map(int, LawCode)


def quantile(law: Law, u: float) -> float:
    """Invert a law at ``u`` in (0, 1).

    The parameters by code: constant (value), exponential (mean), lognormal (mu, sigma), Weibull (scale, 1/shape),
    gamma (shape, scale, lgamma(shape)), uniform (low, high), triangular (low, mode, high).

    Examples
    --------
    >>> quantile(Law(LawCode.UNIFORM, 2.0, 4.0), 0.25)
    2.5
    """
    if law.code == _EMPIRICAL:
        return _interpolated(law.points, u)
    if law.code == _MIXTURE:
        return _of_the_part(law.parts, u)
    return plain_quantile(law.code, law.a, law.b, law.c, u)


@rule
def plain_quantile(code: int, a: float, b: float, c: float, u: float) -> float:
    """Invert a law that is told by its code and three parameters alone."""
    if code == _CONSTANT:
        return a
    if code == _EXPONENTIAL:
        return -a * math.log1p(-u)
    if code == _LOGNORMAL:
        return math.exp(a + b * normal_quantile(u))
    if code == _WEIBULL:
        return a * math.pow(-math.log1p(-u), b)
    if code == _GAMMA:
        return b * gamma_quantile(u, a, c)
    if code == _UNIFORM:
        return min(a + (b - a) * u, b)  # rounded, the sum could lie above
    return triangular_quantile(u, a, b, c)


@rule
def triangular_quantile(u: float, low: float, mode: float, high: float) -> float:
    """Invert the triangular law with the given mode; what is rounded stays on its side of it."""
    if high <= low:
        return low
    if u < (mode - low) / (high - low):
        return min(low + math.sqrt(u * (high - low) * (mode - low)), mode)
    return max(high - math.sqrt((1.0 - u) * (high - low) * (high - mode)), mode)


def _interpolated(points: tuple[tuple[float, float], ...], u: float) -> float:
    last = len(points) - 1
    upper = 1
    while upper < last and u > points[upper][0]:
        upper += 1
    return between_points(*points[upper - 1], *points[upper], u)


@rule
def between_points(level: float, value: float, next_level: float, next_value: float, u: float) -> float:
    """Return the value at ``u`` on the line between two points of an empirical quantile function."""
    if next_level <= level or u > next_level:
        return next_value
    return min(value + (next_value - value) * (u - level) / (next_level - level), next_value)


def _of_the_part(parts: tuple[tuple[float, Law], ...], u: float) -> float:
    below = 0.0
    for upto, law in parts[:-1]:
        if u < upto:
            return quantile(law, luck_inside(u, below, upto))
        below = upto
    return quantile(parts[-1][1], luck_inside(u, below, 1.0))


@rule
def luck_inside(u: float, below: float, upto: float) -> float:
    """Return the luck inside the part of a mixture on which ``u`` has fallen, kept in (0, 1) on the seams."""
    return min(max((u - below) / (upto - below), _SCALE / 2), 1.0 - _SCALE)


@rule
def normal_quantile(u: float) -> float:
    """Invert the standard normal law (Wichura, algorithm AS 241, PPND16, Applied Statistics 37, 1988)."""
    q = u - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        top = ((((((2.5090809287301226727e3 * r + 3.3430575583588128105e4) * r + 6.7265770927008700853e4) * r
                 + 4.5921953931549871457e4) * r + 1.3731693765509461125e4) * r + 1.9715909503065514427e3) * r
               + 1.3314166789178437745e2) * r + 3.3871328727963666080e0  # fmt: skip
        bottom = ((((((5.2264952788528545610e3 * r + 2.8729085735721942674e4) * r + 3.9307895800092710610e4) * r
                    + 2.1213794301586595867e4) * r + 5.3941960214247511077e3) * r + 6.8718700749205790830e2) * r
                  + 4.2313330701600911252e1) * r + 1.0  # fmt: skip
        return q * top / bottom
    r = math.sqrt(-math.log(u if q < 0.0 else 1.0 - u))
    if r <= 5.0:
        r -= 1.6
        top = ((((((7.74545014278341407640e-4 * r + 2.27238449892691845833e-2) * r + 2.41780725177450611770e-1) * r
                 + 1.27045825245236838258e0) * r + 3.64784832476320460504e0) * r + 5.76949722146069140550e0) * r
               + 4.63033784615654529590e0) * r + 1.42343711074968357734e0  # fmt: skip
        bottom = ((((((1.05075007164441684324e-9 * r + 5.47593808499534494600e-4) * r + 1.51986665636164571966e-2) * r
                    + 1.48103976427480074590e-1) * r + 6.89767334985100004550e-1) * r + 1.67638483018380384940e0) * r
                  + 2.05319162663775882187e0) * r + 1.0  # fmt: skip
    else:
        r -= 5.0
        top = ((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 1.24266094738807843860e-3) * r
                 + 2.65321895265761230930e-2) * r + 2.96560571828504891230e-1) * r + 1.78482653991729133580e0) * r
               + 5.46378491116411436990e0) * r + 6.65790464350110377720e0  # fmt: skip
        bottom = ((((((2.04426310338993978564e-15 * r + 1.42151175831644588870e-7) * r + 1.84631831751005468180e-5) * r
                    + 7.86869131145613259100e-4) * r + 1.48753612908506148525e-2) * r + 1.36929880922735805310e-1) * r
                  + 5.99832206555887937690e-1) * r + 1.0  # fmt: skip
    return -top / bottom if q < 0.0 else top / bottom


@rule
def gamma_cdf(x: float, shape: float, lgamma_shape: float) -> float:
    """Return the regularised lower incomplete gamma function P(shape, x).

    Series below ``shape + 1``, Lentz's continued fraction above (Abramowitz and Stegun 6.5.29 and 6.5.31).
    """
    if x <= 0.0:
        return 0.0
    front = math.exp(shape * math.log(x) - x - lgamma_shape)
    if x < shape + 1.0:
        term = total = 1.0 / shape
        n = shape
        while abs(term) > 1e-17 * abs(total):
            n += 1.0
            term *= x / n
            total += term
        return front * total
    b = x + 1.0 - shape
    c = 1e300
    d = 1.0 / b
    h = d
    i = 0.0
    step = 0.0
    while abs(step - 1.0) > 1e-16 and i < 10_000:
        i += 1.0
        a = -i * (i - shape)
        b += 2.0
        d = 1.0 / (a * d + b)
        c = b + a / c
        step = d * c
        h *= step
    return 1.0 - front * h


@rule
def gamma_quantile(u: float, shape: float, lgamma_shape: float) -> float:
    """Invert the gamma law of scale one: Wilson-Hilferty's start, then safeguarded Newton steps."""
    low, high = 0.0, math.inf
    z = normal_quantile(u)
    cube = 1.0 - 1.0 / (9.0 * shape) + z / (3.0 * math.sqrt(shape))
    x = shape * cube * cube * cube
    small = math.exp((math.log(u) + lgamma_shape + math.log(shape)) / shape)
    if small < 1e-16:  # the first term of the series is then the whole of it, down to values that underflow to 0
        return small
    if cube <= 0.2 or shape < 1.0:
        x = small
    for _ in range(100):
        below = gamma_cdf(x, shape, lgamma_shape) - u
        if below > 0.0:
            high = min(high, x)
        else:
            low = max(low, x)
        density = math.exp((shape - 1.0) * math.log(x) - x - lgamma_shape)
        nearer = x - below / density if density > 0.0 else -1.0
        if not low < nearer < high:
            nearer = 0.5 * (low + high) if high < math.inf else 2.0 * x + 1e-300
        if abs(nearer - x) <= 1e-15 * nearer:
            return nearer
        x = nearer
    return x
