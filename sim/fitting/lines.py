"""Lines of a world's file: a key, its value, and what it was fitted to."""

from __future__ import annotations

import json
import math
import textwrap
from collections.abc import Iterator

from sim.fitting.laws import LawFit
from sim.fitting.told import number

OURS = "# Fitted to"
"""How a file begins that was written here: it may be written over."""
GUESS = "guess: not in the log"
LARGEST_CV = 20.0
"""Of a law in a world."""
LONGEST = 5e7
"""Minutes of a duration in a world: 95 years."""
_WIDE = 120


def text(of: str) -> str:
    """Write a text as TOML does."""
    return json.dumps(of, ensure_ascii=False)


def key(of: str) -> str:
    """Write a name as a key of TOML."""
    return of if of.isascii() and of.replace("_", "").replace("-", "").isalnum() else text(of)


def said(name: str, value: str, comment: str) -> Iterator[str]:
    """Yield a line with its comment after it, or before it where that is too long."""
    line = f"{name} = {value}"
    if len(line) + len(comment) + 4 <= _WIDE and "\n" not in value:
        yield f"{line:<33} # {comment}" if len(line) < 33 else f"{line}  # {comment}"
        return
    yield from remark(comment)
    yield line


def remark(words: str) -> Iterator[str]:
    """Yield words as comments, in lines of 120 letters."""
    yield from textwrap.wrap(words, _WIDE, initial_indent="# ", subsequent_indent="# ")


def law_of(fit: LawFit) -> str:
    """Write a law of durations as it was fitted, within the bounds that worlds have."""
    value = {name: found.value for name, found in fit.parameters.items()}
    shape = value.get("shape", 1.0)
    inner = {
        "exponential": lambda: f'mean = "{minutes(value["mean"])}"',
        "lognormal": lambda: lognormal(value["mean"], value["cv"]),
        "gamma": lambda: f'mean = "{minutes(value["mean"])}", shape = {number(min(max(shape, 0.0101), 1e6))}',
        "weibull": lambda: f'scale = "{minutes(value["scale"])}", shape = {number(min(max(shape, 0.0501), 100.0))}',
        "erlang": lambda: f'mean = "{minutes(value["mean"])}", stages = {min(round(value["stages"]), 10_000)}',
    }[fit.law]()
    return f'{{ law = "{fit.law}", {inner} }}'


def lognormal(mean: float, cv: float) -> str:
    """Write mean and cv; one too wide for a world keeps its median."""
    if cv > LARGEST_CV:
        mean, cv = mean / math.sqrt(1.0 + cv * cv) * math.sqrt(1.0 + LARGEST_CV**2), LARGEST_CV
    return f'mean = "{minutes(mean)}", cv = {number(max(cv, 1e-3))}'


def beyond(mean: float, cv: float = 0.0) -> str:
    """Say what of a law is more than a world can have, to go on a remark; nothing where all of it is written.

    Examples
    --------
    >>> beyond(60.0, 2.0), beyond(60.0, 44.0)
    ('', '; a world has a cv of 20 at most: written with that, and the median found')
    >>> beyond(1e16)
    '; a world has 50,000,000 min at most: written with that'
    """
    wide = f"a cv of {LARGEST_CV:g} at most: written with that, and the median found" if cv > LARGEST_CV else ""
    mean = mean / math.sqrt(1.0 + cv * cv) * math.sqrt(1.0 + LARGEST_CV**2) if wide else mean
    long = f"{LONGEST:,.0f} min at most: written with that" if mean > LONGEST else ""
    both = "; ".join(f"a world has {one}" for one in (wide, long) if one)
    return f"; {both}" if both else ""


def minutes(length: float) -> str:
    """Write a duration with the digits it bears.

    Examples
    --------
    >>> minutes(3.14159), minutes(0.0521), minutes(54321.0)
    ('3.142 min', '3.126 s', '54320 min')
    """
    length = min(max(length, 1e-6), LONGEST)
    amount, unit = (length * 60.0, "s") if length < 1.0 else (length, "min")
    digits = max(0, 3 - math.floor(math.log10(amount)))
    return f"{round(amount, 3 - math.floor(math.log10(amount))):.{digits}f} {unit}"
