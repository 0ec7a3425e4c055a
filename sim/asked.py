"""What may be asked: numbers and names are looked at before they are used, and refused in a sentence.

The sentence begins with the argument's name and its value, and says what is possible or was meant.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from numbers import Integral, Real
from typing import Any, NamedTuple

from sim.quoting import LONGEST, short

LARGEST = 1e12
"""Beyond it, and below one over it, products and quotients run out of digits."""
MOST = 1_000_000
"""Agents or lines that are reckoned with at most: the recursions go through them one by one."""
_FEW, _LISTED, _MOST_NAMES = 10, 12, 1000
"""Names that are always written out, that are where none is alike, and that are looked through."""


class Kind(NamedTuple):
    """Numbers of one kind: which they are, in words that go on after "it has to be", and by rule."""

    means: str
    fits: Callable[[Any], bool]
    whole: bool = False


class Mistakes:
    """What is wrong with several arguments, told together.

    Examples
    --------
    >>> wrong = Mistakes()
    >>> with wrong.noted():
    ...     _ = numbers(days=(-1, AMOUNT))
    >>> with wrong.noted():
    ...     _ = one_of("of", "jurneys", ["journeys", "calls"])
    >>> wrong.tell()
    Traceback (most recent call last):
    ...
    ValueError: days is -1: it has to be a number from 0 to 1e12
    of is 'jurneys': did you mean journeys? known are journeys, calls
    """

    def __init__(self) -> None:
        self.said: list[str] = []

    @contextmanager
    def noted(self) -> Iterator[None]:
        """Go on after what a ValueError refuses, and remember its words."""
        try:
            yield
        except ValueError as refused:
            self.said.append(str(refused))

    def tell(self) -> None:
        """Refuse with all that was noted, each once; nothing happens where there is none.

        Raises
        ------
        ValueError
            If anything was noted.
        """
        if self.said:
            raise ValueError("\n".join(dict.fromkeys(self.said)))


AMOUNT = Kind("a number from 0 to 1e12", lambda x: 0.0 <= x <= LARGEST)
SIZE = Kind("a number above 0, from 1e-12 to 1e12", lambda x: 1.0 / LARGEST <= x <= LARGEST)
LENGTH = Kind("a number from 0 to 1e12, or infinity", lambda x: 0.0 <= x <= LARGEST or x == math.inf)
SHARE = Kind("a share from 0 to 1", lambda x: 0.0 <= x <= 1.0)
NOT_ALL = Kind("a share in [0, 1): from 0 to less than 1", lambda x: 0.0 <= x < 1.0)
NOT_NONE = Kind("a share above 0, at most 1", lambda x: 0.0 < x <= 1.0)
INNER = Kind("a share above 0 and below 1", lambda x: 0.0 < x < 1.0)
PEOPLE = Kind("a whole number from 1 to 1,000,000", lambda n: 1 <= n <= MOST, whole=True)
COUNT = Kind("a whole number from 0 to 1,000,000", lambda n: 0 <= n <= MOST, whole=True)


def numbers(**asked: tuple[Any, Kind]) -> list[Any]:
    """Return the numbers asked for, whole ones as int, the others as float.

    Raises
    ------
    ValueError
        For all that are not of their kind at once: the argument's name, its value, and what is possible.

    Examples
    --------
    >>> numbers(rate=(2, AMOUNT), agents=(12.0, PEOPLE))
    [2.0, 12]
    """
    found = {name: _number(value, kind) for name, (value, kind) in asked.items()}
    wrong = [f"{name} is {_shown(asked[name][0])}: it has to be {asked[name][1].means}" for name in found]
    refused = [said for said, number in zip(wrong, found.values(), strict=True) if number is None]
    if refused:
        raise ValueError("; ".join(refused))
    return list(found.values())


def settle(value: object, **kinds: Kind) -> None:
    """Look at these fields of a frozen value, and keep them as the numbers they are."""
    found = numbers(**{name: (getattr(value, name), kind) for name, kind in kinds.items()})
    for name, number in zip(kinds, found, strict=True):
        object.__setattr__(value, name, number)


def series(name: str, values: Iterable[Any], kind: Kind) -> list[float]:
    """Return a sequence of numbers of one kind; the first that is not of it is named with its place."""
    if isinstance(values, (str, bytes)) or not isinstance(values, Iterable):
        raise ValueError(f"{name} is {_shown(values)}: it has to be a sequence of numbers")
    listed = list(values)
    found = [_number(value, kind) for value in listed]
    for at, number in enumerate(found):
        if number is None:
            raise ValueError(f"{name}[{at}] is {_shown(listed[at])}: it has to be {kind.means}")
    return [float(number) for number in found if number is not None]


def place(name: str, value: object, many: int, what: str) -> int:
    """Return the place of one of so many, counted from 0."""
    if not many:
        raise ValueError(f"{name} is {_shown(value)}: there is no {what}")
    possible = Kind(f"the place of a {what}, from 0 to {many - 1}", lambda n: 0 <= n < many, whole=True)
    return int(numbers(**{name: (value, possible)})[0])


def one_of(name: str, value: object, known: Iterable[str]) -> str:
    """Return a name that is known.

    Raises
    ------
    ValueError
        If it is not; the nearest known name is told, and all of them where they are few.

    Examples
    --------
    >>> one_of("of", "jurneys", ["journeys", "calls"])
    Traceback (most recent call last):
    ...
    ValueError: of is 'jurneys': did you mean journeys? known are journeys, calls
    """
    names = list(known)
    if isinstance(value, str) and value in names:
        return value
    all_of_few = f"known are {', '.join(names)}" if len(names) <= _FEW else ""
    told = (nearest(value, names, "" if all_of_few else "known are"), all_of_few)
    raise ValueError(f"{name} is {_shown(value)}: {' '.join(filter(None, told))}")


def nearest(name: object, known: Iterable[str], what: str = "") -> str:
    """Suggest the known name that looks most like this one, or those of which it is a part, or list them all.

    Examples
    --------
    >>> nearest("cut_afer", ["clock", "cut_after"])
    'did you mean cut_after?'
    >>> nearest("talk", ["talk_time", "talk_share", "hold"])
    'did you mean one of talk_time, talk_share?'
    >>> nearest("x", ["front", "second"], "the teams are")
    'the teams are front, second'
    """
    names = list(itertools.islice(known, _MOST_NAMES))
    fit = [one for one in names if len(one) <= LONGEST]
    if isinstance(name, str):
        alike = _holding(name, fit) or get_close_matches(name[:LONGEST], fit, n=1, cutoff=0.6)
        if alike:
            return f"did you mean {'one of ' if len(alike) > 1 else ''}{', '.join(alike)}?"
    if not names or not what:
        return ""
    return f"{what} {', '.join(map(short, names[:_LISTED]))}{' ...' if len(names) > _LISTED else ''}"


def _holding(name: str, known: list[str]) -> list[str]:
    """Return the known names in which this one stands as whole words, where they are few enough to be told."""
    holding = [one for one in known if f"_{name}_" in f"_{one}_"] if name else []
    return holding if len(holding) <= _LISTED else []


def _number(value: object, kind: Kind) -> float | int | None:
    """Return the number, or None where it is not of the kind: True is no number, nor is "2"."""
    if isinstance(value, bool) or not isinstance(value, Real):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    if kind.whole and not (isinstance(value, Integral) or number.is_integer()):
        return None
    if not kind.fits(number):
        return None
    return int(number) if kind.whole else number


def _shown(value: object) -> str:
    """Write a value, shortened."""
    said = f"{value:g}" if isinstance(value, float) else repr(value)
    return said if len(said) <= 40 else said[:37] + "..."
