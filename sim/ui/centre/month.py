"""The figures of a month: typed into fields, or taken over from a file, as the library reads them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from sim.reading.mistakes import Mistake
from sim.reading.reading import read_layer
from sim.study.calibrating.figure import Kind
from sim.study.calibrating.figures import CHOOSE, FigureError, figures_of, read_figures
from sim.ui.centre.bounds import within_size
from sim.ui.centre.brought import as_file
from sim.ui.state import shelf
from sim.ui.state.speech import later

LARGEST = 200_000
"""Bytes of a file of figures that are taken."""


class Field(NamedTuple):
    """A figure as it is typed: its label, its kind, what it may look like."""

    label: str
    kind: Kind | str
    like: str


FIELDS: dict[str, Field] = {
    "days": Field(later("Calendar days of the report"), "days", "30"),
    "offered": Field(later("Calls offered"), "count", "18240"),
    "answered": Field("Calls answered", "count", "17100"),
    "abandoned": Field("Calls abandoned", "count", "6 %"),
    "service_level": Field(later("Service level"), "share", "84 %"),
    "service_level_within": Field(later("answered within"), "length", "20 s"),
    "speed_of_answer": Field(later("Speed of answer"), "minutes", "26 s"),
    "handling_time": Field(later("Handling time"), "minutes", "5 min"),
    "transfers": Field(later("Transfers"), "share", "6 %"),
    "repeats": Field(later("Repeats within 7 days"), "share", "24 %"),
    "first_contact_resolution": Field(later("First-contact resolution"), "share", "72 % +- 2 %"),
}
"""The figures of the month, in the order of a report."""
MORE: dict[str, Field] = {
    "about": Field(later("What report this is"), "text", later("March, main line")),
    "blocked": Field("Calls blocked", "count", "1 %"),
    "talk_time": Field(later("Talk time"), "minutes", "4 min"),
    "occupancy": Field(later("Occupancy"), "share", "82 %"),
    "first_contact_resolution_logged": Field(later("First-contact resolution, from the log"), "share", "70 %"),
    "service_level_short": Field(later("A short abandonment is within"), "length", "5 s"),
}
"""Figures that few reports have."""
DEFINITION = "service_level_definition"
_CHOOSE = later("choose what your service level is a share of")
_THOUSANDS = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:[.,]\d{3})+(?![\d.,])")
_SPACED = re.compile(r"(?<=\d)[ \u00a0\u202f'\u2019](?=\d{3}(?!\d))")


def as_read(said: str, kind: str) -> str:
    """Return a figure as the library reads it, of what a planner has typed.

    Spaces between thousands go; so does a point or a comma there in a count; any other comma is a decimal point.

    Examples
    --------
    >>> as_read("18 240", "count"), as_read("18,240", "count"), as_read("85,9 %", "share")
    ('18240', '18240', '85.9 %')
    """
    text = _SPACED.sub("", said.strip())
    if kind == "count" and "%" not in text:
        text = _THOUSANDS.sub(lambda found: re.sub(r"[.,]", "", found[0]), text)
    return re.sub(r"(?<=\d),(?=\d)", ".", text)


def tree_of(typed: Mapping[str, str], definition: str = "", more: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return figures as a file would hold them, of what is typed in fields; what is empty is not known.

    Parameters
    ----------
    more : mapping, optional
        What a file had that has no field.
    """
    fields = FIELDS | MORE
    tree: dict[str, Any] = dict(more or {})
    for name, said in typed.items():
        if said.strip():
            written = said.strip() if fields[name].kind == "text" else as_read(said, fields[name].kind)
            tree[name] = _days(written) if name == "days" else written
    if definition:
        tree[DEFINITION] = definition
    return tree


def _days(written: str) -> float | str:
    try:
        return float(written)
    except ValueError:
        return written


def mistakes_of(tree: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return what is wrong with figures by themselves, by field; what belongs to none under an empty name."""
    try:
        _, _, wrong = figures_of(tree)
    except FigureError as error:
        wrong = error.mistakes
    found: dict[str, list[str]] = {}
    for one in wrong:
        found.setdefault(one.key if one.key in tree else "", []).append(_said(one.problem, one.suggestion))
    return found


def said_on_page(one: Mistake) -> str:
    """Return what is wrong with a figure, by what the page calls it."""
    fields = FIELDS | MORE
    called = fields[one.key].label if one.key in fields else one.key
    return f"{called}: {_said(one.problem, one.suggestion)}" if called else _said(one.problem, one.suggestion)


def _said(problem: str, right: str) -> str:
    return f"{problem}; {_CHOOSE if right == CHOOSE else right}" if right else problem


def from_file(content: bytes) -> tuple[dict[str, str], str, str]:
    """Return what a file of figures puts into the fields, its definition of the service level, and what is left of it.

    Returns
    -------
    tuple of dict, str, str
        What is left has no field: its name on the shelf, empty where there is nothing.

    Raises
    ------
    ValueError
        With every mistake and its line: `FigureError`, or `Refused`.
    """
    within_size(content, LARGEST)
    with as_file(content, "month.toml") as path:
        try:
            read_figures(path)
            tree = read_layer(path).tree
        except FigureError as error:
            raise FigureError(renamed(one, "month.toml") for one in error.mistakes) from None
    fields = FIELDS | MORE
    typed = {name: _typed(value) for name, value in tree.items() if name in fields and not isinstance(value, dict)}
    rest = {name: value for name, value in tree.items() if name not in typed and name != DEFINITION}
    kept = shelf.put("figures", json.dumps(rest, ensure_ascii=False).encode()) if rest else ""
    return typed, str(tree.get(DEFINITION, "")), kept


def rest_of(name: str) -> dict[str, Any] | None:
    """Return what a file of figures had that has no field; None where it is not on the shelf."""
    content = shelf.get("figures", name)
    found = json.loads(content) if content is not None else None
    return found if isinstance(found, dict) else None  # rows of a table are figures too


def renamed(one: Mistake, called: str) -> Mistake:
    """Return a mistake in a file that is called otherwise."""
    return replace(one, file=called)


def _typed(value: Any) -> str:
    return f"{value:.12g}" if isinstance(value, float) else str(value)
