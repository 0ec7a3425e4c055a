"""How results are told: in words, as tables, in a notebook, and as files that can be read again.

Any result of a study is told by the four functions here, which is what its own methods ask for
(`sim.study.running.reported`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.report.breaking_even import break_even_html, break_even_table, break_even_text, break_even_tree
from sim.report.calibrated import calibration_html, calibration_table, calibration_text, calibration_tree
from sim.report.decomposed import (
    decomposition_html,
    decomposition_table,
    decomposition_text,
    decomposition_tree,
)
from sim.report.notebook import comparison_html, replications_html
from sim.report.stored import tree_of, written_out
from sim.report.tables import comparison_table, replications_table
from sim.report.weighed import weights_html, weights_table, weights_text, weights_tree
from sim.report.words import comparison_text, replications_text
from sim.study.breaking_even.found import BreakEven
from sim.study.calibrating.calibration import Calibration
from sim.study.comparing.comparison import Comparison
from sim.study.decomposing.decomposition import Decomposition
from sim.study.decomposing.weights import EffortWeights
from sim.study.running.replications import Replications

if TYPE_CHECKING:
    import pandas as pd

Result = Comparison | Replications
"""What is stored, read and put together."""
Other = Calibration | BreakEven | Decomposition | EffortWeights
"""What is told and written, and not read again."""


def text(result: Result | Other, *, every: bool, definitions: bool) -> str:
    """Return a result as it is printed: 120 columns at most."""
    match result:
        case Calibration():
            return calibration_text(result, definitions=definitions)
        case BreakEven():
            return break_even_text(result, every=every, definitions=definitions)
        case Decomposition():
            return decomposition_text(result, every=every, definitions=definitions)
        case EffortWeights():
            return weights_text(result, definitions=definitions)
        case Comparison():
            return comparison_text(result, every=every, definitions=definitions)
    return replications_text(result, every=every, definitions=definitions)


def html(result: Result | Other) -> str:
    """Return a result for a notebook."""
    match result:
        case Calibration():
            return calibration_html(result)
        case BreakEven():
            return break_even_html(result)
        case Decomposition():
            return decomposition_html(result)
        case EffortWeights():
            return weights_html(result)
    return comparison_html(result) if isinstance(result, Comparison) else replications_html(result)


def table(result: Result | Other) -> pd.DataFrame:
    """Return one row for each measure, each figure, or each value that was tried; undefined values are NaN."""
    match result:
        case Calibration():
            return calibration_table(result)
        case BreakEven():
            return break_even_table(result)
        case Decomposition():
            return decomposition_table(result)
        case EffortWeights():
            return weights_table(result)
    return comparison_table(result) if isinstance(result, Comparison) else replications_table(result)


def as_json(result: Result | Other, command: str | None = None) -> str:
    """Return a result as it is stored; `command` is the command line that made it."""
    match result:
        case Calibration():
            return written_out(calibration_tree(result))
        case BreakEven():
            return written_out(break_even_tree(result, command))
        case Decomposition():
            return written_out(decomposition_tree(result, command))
        case EffortWeights():
            return written_out(weights_tree(result, command))
    return written_out(tree_of(result, command))


__all__ = ["Other", "Result", "as_json", "html", "table", "text"]
