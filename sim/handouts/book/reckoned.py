"""Formulas of a workbook that reckon as the library does: ratios of sums, and intervals over replications."""

from __future__ import annotations

from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell

CONFIDENCE = "confidence"
"""The name of the cell that says how sure intervals are."""


class Range:
    """Cells under one another on a sheet."""

    def __init__(self, sheet: str, column: int, first: int, last: int) -> None:
        ends = (xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True) for row in (first, last))
        self.written = f"{quote_sheetname(sheet)}!{':'.join(ends)}"

    def __str__(self) -> str:
        return self.written


def cell(sheet: str, row: int, column: int) -> str:
    """Return a cell as any sheet may name it."""
    return f"{quote_sheetname(sheet)}!{xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)}"


def ratio_of_sums(above: Range | str, below: Range | str) -> str:
    """Return a measure over all replications."""
    return f"SUM({above})/SUM({below})"


def linearised(above: str, below: str, mean: str, all_below: Range) -> str:
    """Return a measure in one replication, so that their mean is the measure."""
    return f"{mean}+({above}-{mean}*{below})/AVERAGE({all_below})"


def half_width(values: Range | str) -> str:
    """Return half an interval over replications: Student's, widened where the values are skewed.

    The same as `sim.study.running.estimate.widening`, whose skewness is what SKEW gives.
    """
    many = f"COUNT({values})"
    bound = f"NORM.S.INV(0.5+{CONFIDENCE}/2)"
    skewed = f"SKEW({values})^2/{many}*MAX(0,{bound}^4+2*{bound}^2-3)/18"
    widened = f"IF(OR({many}<4,STDEV.S({values})=0),1,1+{skewed})"
    return f"T.INV.2T(1-{CONFIDENCE},{many}-1)*STDEV.S({values})/SQRT({many})*{widened}"
