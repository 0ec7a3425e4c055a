"""Widgets whose value stands in the address: put where it has them, and written there when they are turned."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import streamlit as st

from sim.quoting import short
from sim.ui.state import address
from sim.ui.state.speech import later, told

T = TypeVar("T")
Ever = Callable[[str], bool]
"""Whether a text is possible with other settings: then it is left out without a word where it is not just now."""


def slider(
    label: str, key: str, low: float, high: float, own: float, step: float, *, ever: Ever | None = None, **more: Any
) -> float:
    """Draw a slider of numbers; return where it stands.

    Parameters
    ----------
    own : float
        Where it stands by itself; then the address says nothing of it.
    ever : function, optional
        See `Ever`; where it is not given, the address is told of all that is not possible.
    **more
        As of `st.slider`.
    """
    whole = all(float(one).is_integer() for one in (low, high, own, step))
    kind: Callable[[float], float] = int if whole else float
    start = kind(_read(key, own, _number(low, high, whole=whole), ever))
    _place(key, start)
    more |= {"key": key, "on_change": _keep, "args": (key, own)}
    return float(st.slider(label, kind(low), kind(high), step=kind(step), **more))


def number(label: str, key: str, low: int, high: int, own: int, **more: Any) -> float:
    """Draw a field for a whole number; return what stands in it."""
    start = int(address.read(key, float(own), _number(low, high, whole=True)))
    _place(key, start)
    more |= {"key": key, "on_change": _keep, "args": (key, own)}
    return float(st.number_input(label, low, high, **more))


def decimal(label: str, key: str, low: float, high: float, own: float, **more: Any) -> float:
    """Draw a field of text for a number with a decimal point or comma; return what stands in it.

    What is no such number is not taken, and the address says why. A browser's own field for numbers would leave the
    comma out: 24,5 would be 245.
    """
    start = address.read(key, own, _number(low, high, whole=False))
    _place(key, told(f"{start:.12g}"))
    more |= {"key": key, "max_chars": 30, "on_change": _keep_decimal, "args": (key, own)}
    st.text_input(label, **more)
    return start


def choice(
    label: str,
    key: str,
    options: Sequence[str],
    own: str,
    *,
    names: Callable[[str], str] = str,
    ever: Ever | None = None,
    clears: Sequence[str] = (),
    **more: Any,
) -> str:
    """Draw a list to choose from; return what is chosen.

    Parameters
    ----------
    clears : sequence of str
        Keys of the address that mean something else, or nothing, once another is chosen.
    """
    _place(key, _read(key, own, _among(options), ever))
    more |= {"format_func": called(options, names), "key": key, "on_change": _keep, "args": (key, own, clears)}
    taken = st.selectbox(label, options, **more)
    return own if taken is None else taken


def steps(
    label: str,
    key: str,
    options: Sequence[str],
    own: str,
    *,
    names: Callable[[str], str] = str,
    ever: Ever | None = None,
    **more: Any,
) -> str:
    """Draw a slider along words in their order; return where it stands."""
    _place(key, _read(key, own, _among(options), ever))
    more |= {"format_func": called(options, names), "key": key, "on_change": _keep, "args": (key, own)}
    return str(st.select_slider(label, options, **more))


def segments(
    label: str,
    key: str,
    options: Sequence[str],
    own: str,
    *,
    names: Callable[[str], str] = str,
    ever: Ever | None = None,
    **more: Any,
) -> str:
    """Draw a row of buttons, one of which is pressed; return which."""
    _place(key, _read(key, own, _among(options), ever))
    more |= {"key": key, "on_change": _keep, "args": (key, own)}
    taken = st.segmented_control(label, options, format_func=called(options, names), required=True, **more)
    return own if taken is None else str(taken)


def switch(label: str, key: str, own: bool, **more: Any) -> bool:
    """Draw what is on or off; return whether it is on."""
    _place(key, address.read(key, own, _switched))
    return st.toggle(label, key=key, on_change=_keep, args=(key, own), **more)


def line(label: str, key: str, own: str = "", *, most: int = 200, **more: Any) -> str:
    """Draw a field for a line of text; return what stands in it."""
    _place(key, address.read(key, own, str))
    return str(st.text_input(label, key=key, max_chars=most, on_change=_keep, args=(key, own), **more))


def called(options: Sequence[T], names: Callable[[T], str]) -> Callable[[T], str]:
    """Return what options are called, asked for now: later, outside the page, no language is known."""
    known = {one: names(one) for one in options}
    return lambda one: known[one] if one in known else str(one)


def _place(key: str, start: Any) -> None:
    """Put a widget where the address has it: on another page the same key is another widget, which begins anew."""
    st.session_state[key] = start


def _read(key: str, own: T, reader: Callable[[str], T], ever: Ever | None) -> T:
    said = address.text(key)
    if said is not None and ever is not None and ever(said):
        try:
            return reader(said)
        except ValueError:
            address.forget(key)
    return address.read(key, own, reader)


def _keep(key: str, own: Any, clears: Sequence[str] = ()) -> None:
    value = st.session_state[key]
    for one in clears:
        address.forget(one)
    address.put(key, None if value is None or value == own else _written(value))


def _keep_decimal(key: str, own: float) -> None:
    said = str(st.session_state[key]).strip().replace(",", ".")
    address.put(key, None if said in ("", f"{own:.12g}") else said)


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.12g}" if isinstance(value, float) else str(value)


def _number(low: float, high: float, *, whole: bool) -> Callable[[str], float]:
    def read(said: str) -> float:
        try:
            value = float(said)
        except ValueError:
            value = math.nan
        if not low <= value <= high or (whole and not value.is_integer()):
            one, whole_one = (
                later("a number from {n} to {n_2} is needed"),
                later("a whole number from {n} to {n_2} is needed"),
            )
            raise ValueError((whole_one if whole else one).format(n=f"{low:,.12g}", n_2=f"{high:,.12g}"))
        return value

    return read


def _among(options: Sequence[T]) -> Callable[[str], T]:
    def read(said: str) -> T:
        for one in options:
            if said == one:
                return one
        raise ValueError(later("one of {names} is needed").format(names=short(", ".join(map(str, options)))))

    return read


def _switched(said: str) -> bool:
    if said not in ("yes", "no"):
        raise ValueError(later("yes or no is needed"))
    return said == "yes"
