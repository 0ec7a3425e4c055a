"""Tables that leave the app: no cell is a formula to the spreadsheet that opens them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


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
