"""Lines as they were laid out: sentences that were broken at their width, and cells that stand in columns."""

from __future__ import annotations

import itertools
import re
import textwrap
from collections.abc import Callable, Iterator, Sequence

WIDTH = 120
_HANG = "  "
_BROKEN = 60
"""Characters from which a line may have been broken at its width."""
_GAP = re.compile(r"( {2,})")

Tell = Callable[[str], str]


def paragraphs(text: str, tell: Tell) -> Iterator[str]:
    """Yield the lines of a text, told; what was broken at its width is told in one, and the text broken anew."""
    lines = text.split("\n")
    ends = list(_ends(lines))
    laid_out = len(ends) < len(lines)
    for at, end in itertools.pairwise([0, *ends]):
        hang = _indent(lines[at + 1]) if end > at + 1 else _indent(lines[at]) + len(_HANG)
        told = tell(" ".join([lines[at], *(line.strip() for line in lines[at + 1 : end])]))
        yield from _broken(told, lines[at], hang) if laid_out else [told]


def _ends(lines: Sequence[str]) -> Iterator[int]:
    """Yield where each paragraph ends."""
    at = 0
    while at < len(lines):
        at = _end_of_paragraph(lines, at)
        yield at


def _end_of_paragraph(lines: Sequence[str], at: int) -> int:
    """Return the line behind the last that belongs to the one at `at`: they hang under it, and all but it are full."""
    end = at + 1
    if _GAP.search(lines[at].strip()) or len(lines[at]) < _BROKEN or end == len(lines):
        return end
    hang = _indent(lines[end])
    if not len(_HANG) <= hang - _indent(lines[at]) <= 2 * len(_HANG):
        return end
    while end < len(lines) and _indent(lines[end]) == hang and lines[end] and not _GAP.search(lines[end].strip()):
        wide = max(map(len, lines[at : end + 1]))
        word = re.split(r"[ -]", lines[end].strip(), maxsplit=1)[0]
        if len(lines[end - 1]) + 1 + len(word) < wide:
            break
        end += 1
    return end


def _broken(told: str, line: str, hang: int) -> list[str]:
    """Break what was told at its width, where the line it was told from had kept to it."""
    if len(told) <= WIDTH or len(line) > WIDTH or _GAP.search(line.strip()):
        return [told]
    return textwrap.wrap(told, WIDTH, subsequent_indent=" " * hang, break_on_hyphens=False)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


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
