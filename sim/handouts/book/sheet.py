"""A sheet of a workbook: words that stay words, numbers with their formats, formulas with their values beside them."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, Any

from sim.handouts.cleaned import cleaned
from sim.measures import Measure
from sim.report.numbers import decimals_of
from sim.study.running.estimate import Estimate

if TYPE_CHECKING:
    from xlsxwriter import Workbook

LONGEST = 32_767
"""Letters that a cell holds at most."""
_BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""With what a text begins that some program would take for a formula when it reads the sheet as CSV."""
_CUT = " ..."
_HIGH = 409.0
"""Of a row at most (points)."""


def as_text(text: str) -> str:
    """Return a text as a cell holds it: nobody takes it for a formula, in the workbook or when it was saved as CSV.

    Examples
    --------
    >>> as_text("=1+1"), as_text("  @SUM(A1)"), as_text("-"), as_text("1 - 2")
    ("'=1+1", "'  @SUM(A1)", '-', '1 - 2')
    """
    plain = cleaned(text)
    if plain.lstrip().startswith(_BEGINS) and plain != "-":
        plain = f"'{plain}"
    return plain if len(plain) <= LONGEST else plain[: LONGEST - len(_CUT)] + _CUT


class Book:
    """A workbook being written, with its formats."""

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook
        self.format = cache(self._format)

    def _format(self, **how: Any) -> Any:
        return self.workbook.add_format({"valign": "top", **how})

    def sheet(self, name: str) -> Sheet:
        """Return a new sheet of this name, which is ours and no user's."""
        return Sheet(self, name, self.workbook.add_worksheet(name))


class Sheet:
    """A sheet being written, row by row."""

    def __init__(self, book: Book, name: str, sheet: Any) -> None:
        self.book, self.name, self.sheet = book, name, sheet
        sheet.hide_gridlines(2)

    def text(self, row: int, column: int, text: str, **how: Any) -> None:
        """Write words."""
        said = as_text(text)
        quoted = {"quote_prefix": True} if said.startswith("'") else {}
        self.sheet.write_string(row, column, said, self.book.format(**quoted, **how))

    def number(self, row: int, column: int, number: float, shown: str = "General", **how: Any) -> None:
        """Write a number; what is none is not written."""
        if math.isfinite(number):
            self.sheet.write_number(row, column, number, self.book.format(num_format=shown, **how))

    def formula(
        self, row: int, column: int, formula: str, value: float | str, shown: str = "General", **how: Any
    ) -> None:
        """Write a formula, with its value as it is shown before anything is reckoned anew."""
        self.sheet.write_formula(row, column, f"={formula}", self.book.format(num_format=shown, **how), value)

    def title(self, row: int, text: str, size: int = 14) -> None:
        """Write a title, with room for it."""
        self.text(row, 0, text, bold=True, font_size=size)
        self.sheet.set_row(row, 1.6 * size)

    def heading(self, row: int, cells: list[str], words: int = 2, last: int = 0) -> None:
        """Write the heading of a table whose first columns, and so many of the last ones, hold words."""
        for column, cell in enumerate(cells):
            side = "left" if column < words or column >= len(cells) - last else "right"
            self.text(
                row, column, cell, bold=True, text_wrap=True, bottom=1, bg_color="#E8ECF0", align=side, valign="bottom"
            )
        self.sheet.set_row(row, 32)

    def spread(self, row: int, text: str, columns: int, letters: int, **how: Any) -> None:
        """Write a paragraph over so many columns, which are so many letters wide in all, and make room for it."""
        said = as_text(text)
        look = self.book.format(text_wrap=True, **({"quote_prefix": True} if said.startswith("'") else {}), **how)
        self.sheet.merge_range(row, 0, row, columns - 1, "", look)
        self.sheet.write_string(row, 0, said, look)
        lines = sum(max(1, math.ceil(len(line) / letters)) for line in said.split("\n"))
        self.sheet.set_row(row, min(15.0 * lines + 4, _HIGH))

    def widths(self, *letters: float) -> None:
        """Give the columns their widths."""
        for column, wide in enumerate(letters):
            self.sheet.set_column(column, column, wide)

    def printed(self, *, landscape: bool = True, repeat: int | None = None) -> None:
        """Let it be printed on pages of A4, as wide as it is, with its heading on each."""
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_footer("&L&A&R&P / &N")
        if landscape:
            self.sheet.set_landscape()
        if repeat is not None:
            self.sheet.repeat_rows(repeat)


def shown(measure: Measure, *estimates: Estimate) -> str:
    """Return the format in which values of a measure are shown: shares in percent."""
    return "0.0%" if measure.unit == "share" else with_decimals(decimals_of(estimates))


def with_decimals(many: int) -> str:
    """Return the format of numbers with so many decimals."""
    return f"#,##0.{'0' * many}" if many else "#,##0"


def signed(form: str) -> str:
    """Return the format of differences.

    Examples
    --------
    >>> signed("0.0%")
    '+0.0%;-0.0%;0.0%'
    """
    return f"+{form};-{form};{form}"
