"""How results are told: in words, as tables, in a notebook, and as files that can be read again.

Any result of a study is told by the four functions here, which is what its own methods ask for
(`sim.study.running.reported`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.report.calibrated import calibration_html, calibration_table, calibration_text, calibration_tree
from sim.report.notebook import comparison_html, replications_html
from sim.report.stored import tree_of, written_out
from sim.report.tables import comparison_table, replications_table
from sim.report.words import comparison_text, replications_text
from sim.study.calibrating.calibration import Calibration
from sim.study.comparing.comparison import Comparison
from sim.study.running.replications import Replications

if TYPE_CHECKING:
    import pandas as pd

Result = Comparison | Replications
"""What is stored, read and put together."""


def text(result: Result | Calibration, *, every: bool, definitions: bool) -> str:
    """Return a result as it is printed: 120 columns at most."""
    if isinstance(result, Calibration):
        return calibration_text(result, definitions=definitions)
    if isinstance(result, Comparison):
        return comparison_text(result, every=every, definitions=definitions)
    return replications_text(result, every=every, definitions=definitions)


def html(result: Result | Calibration) -> str:
    """Return a result for a notebook."""
    if isinstance(result, Calibration):
        return calibration_html(result)
    return comparison_html(result) if isinstance(result, Comparison) else replications_html(result)


def table(result: Result | Calibration) -> pd.DataFrame:
    """Return one row for each measure, or each figure; undefined values are NaN."""
    if isinstance(result, Calibration):
        return calibration_table(result)
    return comparison_table(result) if isinstance(result, Comparison) else replications_table(result)


def as_json(result: Result | Calibration) -> str:
    """Return a result as it is stored."""
    return written_out(calibration_tree(result) if isinstance(result, Calibration) else tree_of(result))


__all__ = ["Result", "as_json", "html", "table", "text"]
