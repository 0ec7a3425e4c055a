"""The figures of the month on the page: a field for each, with its mistakes under it, or a file."""

from __future__ import annotations

from typing import Any

import streamlit as st

from sim.reading.meaning import docstrings
from sim.study.calibrating.figures import Figures
from sim.ui.centre.month import DEFINITION, FIELDS, LARGEST, MORE, Field, from_file, mistakes_of, rest_of, tree_of
from sim.ui.centre.tables import told_refused, uploaded
from sim.ui.parts import widgets
from sim.ui.parts.markdown import escaped
from sim.ui.parts.mistakes import listed
from sim.ui.state import address
from sim.ui.state.speech import later, say, told

LEVELS = {
    "": later("choose: they differ by several points"),
    "arena": later("answered in time, of all calls offered"),
    "sl1": later("answered in time, of the calls offered without those abandoned in time"),
    "sl2": later("answered or abandoned in time, of all calls offered"),
    "served": later("answered in time, of the calls answered"),
    "sl0": later("answered in time, of the calls answered (its other name)"),
    "slg": later("answered in time, of the calls answered, blocked, or abandoned later than that"),
    "queued": later("answered in time, of the calls that came to a queue"),
    "short_out": later("answered in time, of the calls offered without short abandonments"),
    "short_good": later("answered in time or abandoned within a short time, of all calls offered"),
}
"""What is counted by each of `sim.measures.rules.levels.DEFINITIONS`, in words, the usual one first."""
_PLACE, _REST = "c.month", "f.more"


def month() -> dict[str, Any]:
    """Draw the fields of the figures; return them as a file would hold them."""
    st.markdown(f"**{say('The figures of the month')}**")
    st.caption(
        say(
            "As your monthly report prints them, with their units: 18240, 84 %, 26 s, 5:10. What you do not know stays "
            "empty. How sure a figure is may stand behind it, as in 72 % +- 2 %."
        )
    )
    places: dict[str, Any] = {}
    typed = _fields(FIELDS, places)
    definition = _definition()
    with st.expander(say("More figures, or a file of figures (month.toml)"), expanded=_any_more()):
        typed |= _fields(MORE, places)
        _file()
        rest = _rest()
    tree = tree_of(typed, definition, rest)
    for name, wrong in mistakes_of(tree).items():
        with places.get(name, st.container()):
            listed(wrong)
    return tree


def filled(typed: dict[str, str], definition: str, rest: str) -> None:
    """Fill the fields with what a file has; what it does not have is not known."""
    for name in (*FIELDS, *MORE):
        address.put(f"f.{name}", typed.get(name))
    address.put(f"f.{DEFINITION}", definition or None)
    address.put(_REST, rest or None)


def _any_more() -> bool:
    return any(address.text(f"f.{name}") for name in MORE) or address.text(_REST) is not None


def _fields(fields: dict[str, Field], places: dict[str, Any]) -> dict[str, str]:
    cells, said, typed = st.grid(min_column_width=190), docstrings(Figures), {}
    for name, field in fields.items():
        with cells.cell():
            typed[name] = widgets.line(
                told(field.label),
                f"f.{name}",
                most=300 if field.kind == "text" else 80,
                help=told(said.get(name, "")),
                placeholder=say(field.like),
            )
            places[name] = st.container()
    return typed


def _definition() -> str:
    """Draw the definitions of the service level, asked for only where there is one."""
    if not (address.text("f.service_level") or address.text(f"f.{DEFINITION}")):
        return ""
    return widgets.choice(
        say("What your service level is a share of"),
        f"f.{DEFINITION}",
        list(LEVELS),
        "",
        names=lambda one: say(LEVELS[one]),
        help=told(docstrings(Figures)[DEFINITION]),
    )


def _file() -> None:
    def take(content: bytes) -> None:
        filled(*from_file(content))

    st.file_uploader(
        say("A file of figures (TOML)"),
        type=["toml"],
        key=f"{_PLACE} upload",
        on_change=uploaded,
        args=(_PLACE, take),
        max_upload_size=max(1, LARGEST // 1_000_000),
    )
    told_refused(_PLACE)


def _rest() -> dict[str, Any]:
    """Say what of a file has no field, and let it be left out."""
    name = address.text(_REST)
    if name is None:
        return {}
    rest = rest_of(name)
    if rest is None:
        address.doubt(_REST, name, later("these figures are not kept on this computer"))
        address.forget(_REST)
        return {}
    st.caption(say("Taken from the file as well: {names}.", names=escaped(", ".join(sorted(rest))[:300])))
    st.button(say("Leave these out"), key="f.more away", on_click=address.put, args=(_REST, None))
    return rest
