"""What a notebook shows results as: sentences, tables whose numbers do not break, notes; all of it escaped."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence

Cells = Sequence[str]
_LEFT = ' style="text-align:left"'


def sentences(said: Iterable[str]) -> str:
    """Return sentences, each on a line of its own."""
    told = "<br>".join(html.escape(one) for one in said if one)
    return f"<p>{told}</p>" if told else ""


def table(rows: Sequence[Cells], *, over: str = "", titles: Sequence[str] = (), left: int = 1) -> str:
    """Return a table whose first row is its heading.

    Parameters
    ----------
    over : str
        What stands over it.
    titles : sequence of str
        By row after the heading, what is shown when one points at its first cell.
    left : int
        How many columns hold words, and begin at the left.
    """
    heading, *body = rows
    head = "".join(f"<th{_LEFT if at < left else ''}>{html.escape(cell)}</th>" for at, cell in enumerate(heading))
    told = [*titles, *[""] * (len(body) - len(titles))]
    lines = "".join(_row(row, title, left) for row, title in zip(body, told, strict=True))
    caption = f'<caption style="text-align:left;caption-side:top">{html.escape(over)}</caption>' if over else ""
    return (
        f'<div style="overflow-x:auto"><table style="white-space:nowrap">{caption}<tr>{head}</tr>{lines}</table></div>'
    )


def _row(cells: Cells, title: str, left: int) -> str:
    first = f' title="{html.escape(title, quote=True)}"' if title else ""
    each = (
        f"<td{_LEFT if at < left else ''}{first if at == 0 else ''}>{html.escape(cell)}</td>"
        for at, cell in enumerate(cells)
    )
    return f"<tr>{''.join(each)}</tr>"


def folded(summary: str, inner: str) -> str:
    """Return what is there when one asks for it."""
    return f"<details><summary>{html.escape(summary)}</summary>{inner}</details>" if inner else ""


def notes(said: Iterable[str]) -> str:
    """Return what has to be known, as a list."""
    listed = "".join(f"<li>{html.escape(one.strip())}</li>" for one in said if one.strip())
    return f"<ul>{listed}</ul>" if listed else ""
