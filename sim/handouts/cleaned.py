"""Words fit for a file that others open: no control, direction or half character in them."""

from __future__ import annotations

from sim.quoting import printable

_KEPT = "\N{NARROW NO-BREAK SPACE}\N{NO-BREAK SPACE}"
"""Spaces that numbers and French have within them."""


def cleaned(text: str) -> str:
    r"""Put a replacement sign for each control, direction or half character, lines and spaces left as they are.

    Examples
    --------
    >>> cleaned("1\u202f000 a\u202eb\nc")
    '1\u202f000 a\ufffdb\nc'
    """
    return "\n".join(_line(line) for line in text.expandtabs(4).split("\n"))


def _line(line: str) -> str:
    if line.isprintable():
        return line
    return "".join(one if one in _KEPT else printable(one) for one in line)
