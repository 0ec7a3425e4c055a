"""Numbers as a language writes them: the program writes them in English, and here they are put down anew."""

from __future__ import annotations

import re

from sim.languages.catalogue import Language
from sim.languages.writing import ENDS, SPACE

_NUMBER = re.compile(r"(?<![\w.,])(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?![\w])(?!\.\d)")
_POINTS: dict[Language, tuple[str, str]] = {"fr": (SPACE, ",")}
"""What stands between thousands, and before decimals."""


def numerals(written: str, language: Language = "en") -> str:
    r"""Return cells or labels of numbers, written in English, as a language writes them; words stay as they are.

    Examples
    --------
    >>> numerals("+1,234.5 ± 0.4", "fr")
    '+1\u202f234,5 ± 0,4'
    >>> numerals("-2.0 [-2.5, -1.5]", "fr")
    '-2,0 [-2,5 ; -1,5]'
    >>> numerals("[+1,234.5, +2,000.0]", "fr")
    '[+1\u202f234,5 ; +2\u202f000,0]'
    >>> numerals("x0.8 of version 1.2.3", "fr")
    'x0.8 of version 1.2.3'
    """
    if language not in _POINTS:
        return written
    between, before = _POINTS[language]
    written = ENDS.sub(r"[\1 ; \2]", written)
    return _NUMBER.sub(lambda found: _number(found, between, before), written)


def _number(found: re.Match[str], between: str, before: str) -> str:
    whole, part = found.groups()
    return whole.replace(",", between) + (f"{before}{part[1:]}" if part else "")
