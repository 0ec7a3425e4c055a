"""A workbook reckoned anew, by nothing that wrote it: each formula is read, and what it names is looked up."""

from __future__ import annotations

import io
import math
import re
import statistics
from collections.abc import Callable
from typing import Any

import openpyxl
from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries
from scipy import stats

_NAMED = re.compile(
    r"(?P<text>\"[^\"]*\")"
    r"|(?P<sheet>'(?:[^']|'')+'!|[A-Za-zÀ-ÿ]\w*!)?(?P<place>\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?)(?![\w(])"
    r"|(?P<function>(?:_xlfn\.)?[A-Z][A-Z0-9.]*)(?=\()"
    r"|(?P<name>[a-z]\w*)"
    r"|(?P<sign><=|>=|<>|=|\^)"
)
_SIGNS = {"=": "==", "^": "**", "<>": "!="}


class Reckoned:
    """The cells of a workbook: numbers and words as they stand, formulas by what they come to."""

    def __init__(self, made: bytes) -> None:
        self.book = openpyxl.load_workbook(io.BytesIO(made))
        self.stored = openpyxl.load_workbook(io.BytesIO(made), data_only=True)
        self.known: dict[tuple[str, str], Any] = {}

    def formulas(self) -> list[tuple[str, str]]:
        """Where formulas stand."""
        return [
            (sheet.title, cell.coordinate)
            for sheet in self.book
            for row in sheet.iter_rows()
            for cell in row
            if cell.data_type == "f"
        ]

    def put(self, sheet: str, place: str, value: float) -> None:
        """Change a cell, as a planner does."""
        self.book[sheet][place].value = value
        self.known.clear()

    def value(self, sheet: str, place: str) -> Any:
        """What a cell comes to."""
        key = sheet, place.replace("$", "")
        if key not in self.known:
            cell = self.book[sheet][key[1]]
            self.known[key] = self._reckon(sheet, cell.value[1:]) if cell.data_type == "f" else cell.value
        return self.known[key]

    def cells(self, sheet: str, place: str) -> list[float]:
        """The numbers of a range."""
        left, top, right, bottom = range_boundaries(place.replace("$", ""))
        found = (
            self.value(sheet, self.book[sheet].cell(row, column).coordinate)
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
        )
        return [one for one in found if isinstance(one, (int, float))]

    def named(self, sheet: str, name: str) -> float:
        """What a defined name stands for, of the sheet or of the whole book."""
        of_sheet = self.book[sheet].defined_names
        where = (of_sheet[name] if name in of_sheet else self.book.defined_names[name]).attr_text
        title, _, place = where.rpartition("!")
        return self.value(title.strip("'").replace("''", "'"), place)

    def _reckon(self, sheet: str, formula: str) -> Any:
        def meant(found: re.Match[str]) -> str:
            if found["text"]:
                return repr(found["text"][1:-1])
            if found["place"]:
                title = (found["sheet"] or "").removesuffix("!").strip("'").replace("''", "'") or sheet
                asked = "cells" if ":" in found["place"] else "value"
                return f"self.{asked}({title!r}, {found['place']!r})"
            if found["function"]:
                return f"FUNCTIONS[{found['function'].removeprefix('_xlfn.')!r}]"
            if found["name"]:
                return f"self.named({sheet!r}, {found['name']!r})"
            return _SIGNS.get(found["sign"], found["sign"])

        lazily = re.sub(r"\bIF\(", "IF(", formula)
        return eval(_NAMED.sub(meant, lazily), {"FUNCTIONS": FUNCTIONS, "self": self})


def _skew(values: list[float]) -> float:
    """The sample's skewness, as Joanes and Gill (1998) write it."""
    many, mean, spread = len(values), statistics.fmean(values), statistics.stdev(values)
    if many < 3 or spread == 0:
        return 0.0
    return many / (many - 1) / (many - 2) * math.fsum(((value - mean) / spread) ** 3 for value in values)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "SUM": math.fsum,
    "AVERAGE": lambda values: math.fsum(values) / len(values),
    "COUNT": len,
    "STDEV.S": statistics.stdev,
    "SKEW": _skew,
    "SQRT": math.sqrt,
    "T.INV.2T": lambda share, degrees: float(stats.t.isf(share / 2, degrees)),
    "NORM.S.INV": lambda share: float(stats.norm.ppf(share)),
    "MAX": max,
    "AND": lambda *those: all(those),
    "OR": lambda *those: any(those),
    "IF": lambda which, one, other: one if which else other,
}


def row_of(reckoned: Reckoned, sheet: str, text: str, column: str = "A", more: tuple[str, str] | None = None) -> int:
    """The first row in which a text stands in a column, and another in another."""
    for cell in reckoned.book[sheet][column]:
        other = None if more is None else reckoned.book[sheet][f"{more[0]}{cell.row}"].value
        if cell.value == text and (more is None or other == more[1]):
            return int(coordinate_to_tuple(cell.coordinate)[0])
    raise AssertionError(f"{text} stands nowhere in {sheet}")
