"""Values as a file holds them, and as widgets do: what is shown of one is read back as the very same."""

from __future__ import annotations

import re
from typing import Any

from sim.reading.trees import Tree
from sim.ui.parts.shapes import MEAN, NEVER, Shape
from sim.units import minutes

DIGITS = 10
"""Of a share in percent: more than a file ever has."""
_NUMBER = re.compile(r"[-+]?([0-9]+([.,][0-9]*)?|[.,][0-9]+)(e[-+]?[0-9]+)?", re.IGNORECASE)


def fits(shape: Shape, value: Any) -> bool:
    """Say whether the widget of a shape can hold a value; what cannot be held is shown as the text it is."""
    if shape.kind == "switch":
        return isinstance(value, bool)
    if shape.kind in ("whole", "number", "share"):
        return _is_number(value, whole=shape.kind == "whole") and _within(shape, value)
    if shape.kind == "word":
        return value in shape.words
    if shape.kind in ("duration", "text", "name"):
        return isinstance(value, str)
    if shape.kind in ("table", "block"):
        return isinstance(value, dict)
    if shape.kind == "list":
        one = isinstance(value, str) and shape.single
        return one or (isinstance(value, list) and not any(isinstance(item, (list, dict)) for item in value))
    return shape.kind == "either" or law_of(shape, value) is not None


def _is_number(value: Any, *, whole: bool) -> bool:
    return isinstance(value, int if whole else (int, float)) and not isinstance(value, bool)


def _within(shape: Shape, value: float) -> bool:
    above = shape.low is None or (value > shape.low if shape.beyond else value >= shape.low)
    return above and (shape.high is None or value <= shape.high) and abs(value) < 2**53


def law_of(shape: Shape, value: Any) -> str | None:
    """Return the word of the law that a value is; None where it is none of a shape's laws."""
    if isinstance(value, dict):
        word = str(value.get("law"))
    elif isinstance(value, str) and value == NEVER:
        word = NEVER
    else:
        word = MEAN if shape.inner else ""
    return word if word in shape.law_names() else None


def variant_of(shape: Shape, value: Any) -> int:
    """Return which of two things a value is that may be either: the second where it is a table."""
    return int(isinstance(value, dict))


def percent(share: float) -> float:
    """Return a share in percent, as many digits as it has.

    Examples
    --------
    >>> percent(0.07), percent(0.0997)
    (7.0, 9.97)
    """
    return round(100.0 * share, DIGITS)


def shown(value: Any) -> str:
    """Write a value into a field of text.

    Examples
    --------
    >>> shown(["mon 08:00-12:00", "tue 08:00-12:00"]), shown([0.5, 1.0]), shown("20 min")
    ('mon 08:00-12:00, tue 08:00-12:00', '0.5, 1', '20 min')
    """
    if isinstance(value, (list, tuple)):
        return ", ".join(shown(one) for one in value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def typed(shape: Shape, value: Any) -> str:
    """Write a number into a field of text, a share in percent; what is no number as the text it is.

    Examples
    --------
    >>> typed(Shape("share"), 0.0997), typed(Shape("number"), 24.5), typed(Shape("number"), "many")
    ('9.97', '24.5', 'many')
    """
    return shown(percent(value) if shape.kind == "share" and _is_number(value, whole=False) else value)


def read(shape: Shape, said: Any, now: Any) -> Any:
    """Return the value that a widget stands at, as a file would hold it.

    Parameters
    ----------
    said : object
        What the widget gives: a text (a share's in percent), a whole number, a word, a list.
    now : object
        What stands there by now: returned where the widget says the same.

    Examples
    --------
    >>> read(Shape("share"), "7,1", 0.07), read(Shape("list", inner=(Shape("number"),)), "1; 2,5", [])
    (0.071, [1.0, 2.5])
    """
    if shape.kind in ("number", "share"):
        return _decimal(shape, str(said), now)
    if shape.kind == "whole" and isinstance(said, (int, float)):
        return int(said)
    if shape.kind == "duration":
        return _lasting(str(said).strip(), now)
    if shape.kind == "list":
        items = said if isinstance(said, list) else _items(shape.inner[0], str(said))
        if shape.single and len(items) == 1 and not (isinstance(now, list) and items == now):
            return items[0]
        return now if items == now else items
    if isinstance(said, str) and shape.kind in ("whole", "switch"):
        return _typed(shape, said)
    return said.strip() if isinstance(said, str) else said


def _decimal(shape: Shape, said: str, now: Any) -> Any:
    """Return a number as it was written before, where it is the same; what is none stays the text it is."""
    number = _typed(Shape("number"), said.removesuffix("%") if shape.kind == "share" else said)
    if isinstance(number, str):
        return said.strip()
    if shape.kind == "share":
        number = round(number / 100.0, DIGITS + 2)
    return now if _is_number(now, whole=False) and typed(shape, now) == typed(shape, number) else number


def _lasting(said: str, now: Any) -> Any:
    """Return a duration as it was written before, where it is as long."""
    try:
        same = isinstance(now, str) and minutes(said) == minutes(now)
    except ValueError:
        same = False
    return now if same else said


def _items(shape: Shape, said: str) -> list[Any]:
    """Part a text into items, at line ends and semicolons; at commas where there are none."""
    parted = re.split(r"[;\n]", said) if re.search(r"[;\n]", said) else said.split(",")
    items = [item.strip() for item in parted if item.strip()]
    if len(items) == 1 and shape.kind == "number":
        items = items[0].split()
    return [_typed(shape, item) for item in items]


def _typed(shape: Shape, said: str) -> Any:
    """Read a number, with a point or a comma; what is none stays the text it is, and is refused as that."""
    text = said.strip()
    if shape.kind == "switch":
        return {"true": True, "false": False}.get(text.lower(), text)
    if shape.kind not in ("whole", "number", "share"):
        return text
    if shape.kind == "share" and text.endswith("%"):
        return text
    if not _NUMBER.fullmatch(text):
        return text
    number = float(text.replace(",", "."))
    return int(number) if shape.kind == "whole" and number.is_integer() and abs(number) < 2**63 else number


def entries(value: Any) -> Tree:
    """Return the entries of what should be a table; none where it is something else."""
    return value if isinstance(value, dict) else {}
