"""Formulas of queueing theory: what a planner compares with, and what the engines are checked against.

Nothing here simulates, and nothing here knows the rest of the program. Rates are per minute and times in
minutes, but any unit does, as long as it is the same throughout; shares lie in [0, 1].
"""

from sim.theory.billing import billed_exponential
from sim.theory.busyness import covariance, factor_correlation
from sim.theory.cut import (
    Moments,
    Restart,
    cut_exponential,
    cut_lognormal,
    pollaczek_khinchine,
    restart_exponential,
)
from sim.theory.day import Day
from sim.theory.line import waits_in_line
from sim.theory.networks import with_repeats, with_transfers
from sim.theory.patience import Impatient, erlang_a
from sim.theory.queues import ErlangC, Finite, OverloadedError, erlang_b
from sim.theory.resolution import Repeats, eur_of_a_call
from sim.theory.spreadsheet import Spreadsheet, erlang_hours
from sim.theory.staffing import staff_for

__all__ = [
    "Day",
    "ErlangC",
    "Finite",
    "Impatient",
    "Moments",
    "OverloadedError",
    "Repeats",
    "Restart",
    "Spreadsheet",
    "billed_exponential",
    "covariance",
    "cut_exponential",
    "cut_lognormal",
    "erlang_a",
    "erlang_b",
    "erlang_hours",
    "eur_of_a_call",
    "factor_correlation",
    "pollaczek_khinchine",
    "restart_exponential",
    "staff_for",
    "waits_in_line",
    "with_repeats",
    "with_transfers",
]
