"""Tables as they are shown and as they leave the app: every column has a heading of its own, no cell is a formula."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def headed(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> pd.DataFrame:
    """Return rows under headings; one that is there before, such as a world's name, bears a number.

    Examples
    --------
    >>> list(headed(("key", "base", "key"), []))
    ['key', 'base', 'key (2)']
    """
    import pandas as pd

    taken: list[str] = []
    for head in heads:
        at, own = 1, head
        while head in taken:
            at += 1
            head = f"{own} ({at})"
        taken.append(head)
    return pd.DataFrame(list(rows), columns=taken)


def safe_csv(table: pd.DataFrame) -> bytes:
    """Write a table as CSV with a mark that spreadsheets know UTF-8 by; texts that look like formulas get a quote."""
    plain = table.rename(columns={name: safe(name) for name in table.columns}).map(safe)
    written: str = plain.to_csv(index=False)
    return written.encode("utf-8-sig")


def safe(cell: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula.

    Examples
    --------
    >>> safe("=1+1"), safe("plain"), safe(-2.0)
    ("'=1+1", 'plain', -2.0)
    """
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
