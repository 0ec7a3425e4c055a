"""How results are told: in words, as tables, in a notebook, and as files that can be read again.

Any result of a study is told by the four functions here, which is what its own methods ask for (`sim.study.reported`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.report.notebook import comparison_html, replications_html
from sim.report.stored import tree_of, written_out
from sim.report.tables import comparison_table, replications_table
from sim.report.words import comparison_text, replications_text
from sim.study.comparison import Comparison
from sim.study.replications import Replications

if TYPE_CHECKING:
    import pandas as pd

Result = Comparison | Replications


def text(result: Result, *, every: bool, definitions: bool) -> str:
    """Return a result as it is printed: 120 columns at most."""
    if isinstance(result, Comparison):
        return comparison_text(result, every=every, definitions=definitions)
    return replications_text(result, every=every, definitions=definitions)


def html(result: Result) -> str:
    """Return a result for a notebook."""
    return comparison_html(result) if isinstance(result, Comparison) else replications_html(result)


def table(result: Result) -> pd.DataFrame:
    """Return one row for each measure; undefined values are NaN."""
    return comparison_table(result) if isinstance(result, Comparison) else replications_table(result)


def as_json(result: Result) -> str:
    """Return a result as it is stored."""
    return written_out(tree_of(result))


__all__ = ["Result", "as_json", "html", "table", "text"]
