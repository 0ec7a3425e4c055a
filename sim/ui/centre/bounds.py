"""How large what a user brings may be, and what is said of what is larger: before anything of it is read."""

from __future__ import annotations

from sim.ui.state.speech import say, told

LARGEST = 5_000_000
"""Bytes of a table that are taken."""
MOST_ROWS = 50_000
"""Rows of a table that are taken: a year has 35,040 quarters of an hour."""


class Refused(ValueError):  # noqa: N818 - read as a sentence
    """What was brought cannot be used; the words are in the reader's language."""


def within_size(content: bytes, largest: int = LARGEST) -> bytes:
    """Return bytes that are neither none nor too many.

    Raises
    ------
    Refused
        If they are.
    """
    if not content.strip():
        raise Refused(say("This is empty."))
    if len(content) > largest:
        raise too_large(largest)
    return content


def within_rows(content: bytes) -> bytes:
    """Return the bytes of a text with no more rows than a report has, blank ones too.

    Raises
    ------
    Refused
        If it has more.
    """
    text = content.replace(b"\0", b"")  # the signs of UTF-16 as they stand in other encodings
    if text.count(b"\n") + text.count(b"\r") - text.count(b"\r\n") > MOST_ROWS:
        raise too_long()
    return content


def too_large(largest: int = LARGEST) -> Refused:
    """Return what is said of what has too many bytes."""
    most = told(f"{largest / 1e6:g}")
    return Refused(say("This is larger than {most} MB: bring fewer weeks, or fewer columns.", most=most))


def too_long() -> Refused:
    """Return what is said of a table with too many rows."""
    return Refused(say("This table has more than {n} rows: bring fewer weeks.", n=told(f"{MOST_ROWS:,}")))
