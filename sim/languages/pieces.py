"""A composed text taken apart: its sentences, its clauses, the items of its lists, and the key that it begins with."""

from __future__ import annotations

import re
from collections.abc import Iterator

SENTENCES = ". "
JOINTS = (SENTENCES, "; ", ": ", ", ", " and ", " or ", " nor ")
"""Where a text is taken apart, the widest first."""
_OPEN, _CLOSE = "([{", ")]}"
_FILE = re.compile(r"\S.*?\.(?:toml|csv|tsv|txt|json|xlsx|parquet|log)(?::\d+)? ")
_CODE = re.compile(
    r'column (?:"[^"]*"|\S+)|"[^"]*"\S*|\[(?=[A-Za-z"])(?:"[^"]*"|[^\]"])*\](?= )|row \d+|line \d+'
    r'|(?![-+±(]?\d)\S*[\w\]"][._\[\]/=]+[\w"]\S*'
)
_TABLE = re.compile(r'[^"\[]{0,300}? \[(?=[A-Za-z"])(?:"[^"]*"|[^\]"])*\](?= )')
_PLAIN = re.compile(r'"[^"]*"\S*|\S+')
_CODES = 4
"""Words of code that a text may begin with."""


def pieces(text: str, joint: str) -> list[str]:
    """Return the parts of a text between joints that stand neither in quotes nor in brackets.

    Examples
    --------
    >>> pieces('a "x, y", b (c, d), e', ", ")
    ['a "x, y"', 'b (c, d)', 'e']
    """
    if joint not in text:
        return [text]
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
    >>> ("w.toml:3 [levers.time] cut_after", "is missing") in heads("w.toml:3 [levers.time] cut_after is missing")
    True
    """
    at = 0
    begins = _TABLE.match(text) or _FILE.match(text)
    if begins is not None:
        at = begins.end() + (not begins[0].endswith(" "))
        yield text[: at - 1], text[at:]
    for _ in range(_CODES):
        code = _CODE.match(text, at)
        plain = code or (_PLAIN.match(text, at) if at else None)
        if plain is None or text[plain.end() : plain.end() + 1] != " ":
            return
        at = plain.end() + 1
        yield text[: at - 1], text[at:]
        if code is None:
            return
