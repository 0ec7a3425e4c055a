"""How results are told: in words, as tables, in a notebook, and as files that can be read again.

Any result of a study is told by the four functions here, which is what its own methods ask for
(`sim.study.running.reported`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.report.breaking_even import break_even_html, break_even_table, break_even_text, break_even_tree
from sim.report.calibrated import calibration_html, calibration_table, calibration_text, calibration_tree
from sim.report.chosen import (
    best_html,
    best_table,
    best_text,
    best_tree,
    frontier_html,
    frontier_table,
    frontier_text,
    frontier_tree,
)
from sim.report.decomposed import (
    decomposition_html,
    decomposition_table,
    decomposition_text,
    decomposition_tree,
)
from sim.report.generations import generations_html, generations_table, generations_text, generations_tree
from sim.report.influences import (
    indices_html,
    indices_table,
    indices_text,
    indices_tree,
    tornado_html,
    tornado_table,
    tornado_text,
    tornado_tree,
)
from sim.report.notebook import comparison_html, replications_html
from sim.report.staffed import plan_html, plan_table, plan_text, plan_tree
from sim.report.stored import tree_of, written_out
from sim.report.swept import sweep_html, sweep_text, sweep_tree
from sim.report.tables import comparison_table, replications_table
from sim.report.weighed import weights_html, weights_table, weights_text, weights_tree
from sim.report.words import comparison_text, replications_text
from sim.study.breaking_even.found import BreakEven
from sim.study.calibrating.calibration import Calibration
from sim.study.choosing.best import Best
from sim.study.choosing.frontier import Frontier
from sim.study.choosing.indices import SobolIndices
from sim.study.choosing.tornado import Tornado
from sim.study.comparing.comparison import Comparison
from sim.study.decomposing.decomposition import Decomposition
from sim.study.decomposing.weights import EffortWeights
from sim.study.generations.found import Generations
from sim.study.running.replications import Replications
from sim.study.staffing.plan import StaffPlan
from sim.study.sweeping.swept import Sweep

if TYPE_CHECKING:
    import pandas as pd

Result = Comparison | Replications
"""What is stored, read and put together."""


class Told(NamedTuple):
    """How one kind of result is told."""

    text: Callable[..., str]
    html: Callable[[Any], str]
    table: Callable[[Any], pd.DataFrame]
    tree: Callable[[Any, str | None], dict[str, Any]]


def _of_every(words: Callable[..., str]) -> Callable[..., str]:
    """Tell a result that has no shorter form."""
    return lambda result, *, every, definitions: words(result, definitions=definitions)


def _by_any(tree: Callable[[Any], dict[str, Any]]) -> Callable[[Any, str | None], dict[str, Any]]:
    """Store a result that does not say which command made it."""
    return lambda result, command: tree(result)


_TOLD: dict[type, Told] = {
    Best: Told(best_text, best_html, best_table, best_tree),
    BreakEven: Told(break_even_text, break_even_html, break_even_table, break_even_tree),
    Calibration: Told(_of_every(calibration_text), calibration_html, calibration_table, _by_any(calibration_tree)),
    Comparison: Told(comparison_text, comparison_html, comparison_table, tree_of),
    Decomposition: Told(decomposition_text, decomposition_html, decomposition_table, decomposition_tree),
    EffortWeights: Told(_of_every(weights_text), weights_html, weights_table, weights_tree),
    Frontier: Told(frontier_text, frontier_html, frontier_table, frontier_tree),
    Generations: Told(generations_text, generations_html, generations_table, generations_tree),
    Replications: Told(replications_text, replications_html, replications_table, tree_of),
    SobolIndices: Told(indices_text, indices_html, indices_table, indices_tree),
    StaffPlan: Told(plan_text, plan_html, plan_table, _by_any(plan_tree)),
    Sweep: Told(sweep_text, sweep_html, Sweep.table, _by_any(sweep_tree)),
    Tornado: Told(tornado_text, tornado_html, tornado_table, tornado_tree),
}


def _told(result: Any) -> Told:
    return next(_TOLD[kind] for kind in type(result).__mro__ if kind in _TOLD)


def text(result: Any, *, every: bool, definitions: bool) -> str:
    """Return a result as it is printed: 120 columns at most."""
    return _told(result).text(result, every=every, definitions=definitions)


def html(result: Any) -> str:
    """Return a result for a notebook."""
    return _told(result).html(result)


def table(result: Any) -> pd.DataFrame:
    """Return a row for each measure, or whatever a result is made of; undefined values are NaN."""
    return _told(result).table(result)


def as_json(result: Any, command: str | None = None) -> str:
    """Return a result as it is stored; ``command`` is the command line that made it."""
    return written_out(_told(result).tree(result, command))


__all__ = ["Result", "as_json", "html", "table", "text"]
