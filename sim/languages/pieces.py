"""A composed text taken apart: its sentences, its clauses, the items of its lists, and the key that it begins with."""

from __future__ import annotations

import re
from collections.abc import Iterator

SENTENCES = ". "
JOINTS = (SENTENCES, "; ", ": ", ", ", " and ", " or ", " nor ")
"""Where a text is taken apart, the widest first."""
_OPEN, _CLOSE = "([{", ")]}"
_FILE = re.compile(r"\S.*?\.(?:toml|csv|tsv|txt|json|xlsx|parquet|log)(?::\d+)? ")
_CODE = re.compile(r'column "[^"]*"|"[^"]*"\S*|(?![-+±(]?\d)\S*[\w\]"][._\[\]/=]+[\w"]\S*|\[[\w.]+\]|row \d+|line \d+')
_PLAIN = re.compile(r"[a-z]\w*")
_CODES = 4
"""Words of code that a text may begin with."""


def pieces(text: str, joint: str) -> list[str]:
    """Return the parts of a text between joints that stand neither in quotes nor in brackets.

    Examples
    --------
    >>> pieces('a "x, y", b (c, d), e', ", ")
    ['a "x, y"', 'b (c, d)', 'e']
    """
    found, begin, deep, quotes = [], 0, 0, False
    for at, sign in enumerate(text):
        if sign == '"':
            quotes = not quotes
        elif not quotes:
            deep += (sign in _OPEN) - (sign in _CLOSE and deep > 0)
        if not quotes and not deep and text.startswith(joint, at) and at >= begin:
            found.append(text[begin:at])
            begin = at + len(joint)
    return [*found, text[begin:]]


def heads(text: str) -> Iterator[tuple[str, str]]:
    """Yield a text's beginnings that are code (a file and its line, a key, a quoted value), each with what follows.

    Examples
    --------
    >>> list(heads('world.toml:3 [levers.time] cut_after is missing'))[-1]
    ('world.toml:3 [levers.time] cut_after', 'is missing')
    """
    at = 0
    file = _FILE.match(text)
    if file is not None:
        at = file.end()
        yield text[: at - 1], text[at:]
    for _ in range(_CODES):
        code = _CODE.match(text, at) or (_PLAIN.match(text, at) if at else None)
        if code is None or text[code.end() : code.end() + 1] != " ":
            return
        at = code.end() + 1
        yield text[: at - 1], text[at:]
        if _PLAIN.fullmatch(code[0]):
            return
