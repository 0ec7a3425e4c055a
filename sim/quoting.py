"""What others wrote, made fit to be printed: nothing in it moves a terminal's cursor or turns the line about."""

from __future__ import annotations

LONGEST = 60
"""Characters of a quoted value; what is longer is cut short."""


def printable(text: str) -> str:
    r"""Put a replacement sign for each control, direction or half character.

    Examples
    --------
    >>> printable("a\x1b[2Jb\u202ec")
    'a\ufffd[2Jb\ufffdc'
    """
    return text if text.isprintable() else "".join(one if one.isprintable() else "\ufffd" for one in text)


def short(text: str, most: int = LONGEST) -> str:
    r"""Return a text printable, on one line, and cut short.

    Examples
    --------
    >>> short("one\n  two"), short("x" * 9, 6)
    ('one two', 'xxx...')
    """
    text = printable(" ".join(text[: 10 * most].split()))
    return text if len(text) <= most else text[: most - 3] + "..."


def quoted(text: str) -> str:
    """Return a text in quotes as it stands in a file, printable and cut short.

    Examples
    --------
    >>> quoted("20 mins")
    '"20 mins"'
    """
    return short(f'"{text[: 10 * LONGEST]}"')
