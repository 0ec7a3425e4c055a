"""Lines as they were laid out: sentences that were broken at their width, and cells that stand in columns."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator

WIDTH = 120
_HANG = "  "
_BROKEN = 100
"""Characters from which a line may have been broken at its width."""
_GAP = re.compile(r"( {2,})")

Tell = Callable[[str], str]


def paragraphs(text: str, tell: Tell) -> Iterator[str]:
    """Yield the lines of a text, told; what was broken at its width is told in one, and broken anew."""
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        end, hang = at + 1, _indent(lines[at]) + len(_HANG)
        if end < len(lines) and _indent(lines[end]) > _indent(lines[at]) and _goes_on(lines[at], lines[end]):
            hang = _indent(lines[end])
        while end < len(lines) and _indent(lines[end]) == hang and _goes_on(lines[end - 1], lines[end]):
            end += 1
        yield from _broken(
            tell(" ".join([lines[at], *(line.strip() for line in lines[at + 1 : end])])), lines[at], hang
        )
        at = end


def _broken(told: str, line: str, hang: int) -> list[str]:
    """Break what was told at its width, where the line it was told from had kept to it."""
    if len(told) <= WIDTH or len(line) > WIDTH or _GAP.search(line.strip()):
        return [told]
    return textwrap.wrap(told, WIDTH, subsequent_indent=" " * hang, break_on_hyphens=False)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _goes_on(line: str, following: str) -> bool:
    """Say whether a line goes on in the following: it was full, and that one hangs under it."""
    word = re.split(r"[ -]", following.strip(), maxsplit=1)[0]
    full = _BROKEN < len(line) <= WIDTH and len(line) + 1 + len(word) >= WIDTH
    return bool(word) and full and _indent(following) >= len(_HANG) and not _GAP.search(following.strip())


def cells(line: str, tell: Tell) -> str:
    """Tell the cells of a line that stand in columns, and keep the columns where what is told leaves room for it."""
    parts = _GAP.split(line)
    if len(parts) == 1:
        return tell(line)
    said, wide = "", 0
    for cell, gap in zip(parts[::2], [*parts[1::2], ""], strict=True):
        wide += len(cell) + len(gap)
        said += tell(cell)
        if gap:
            said = said.ljust(max(wide, len(said) + 2))
    return said
