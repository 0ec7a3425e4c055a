"""Tables of a world on the page: a grid to edit, and a field to paste rows into, for whoever has no use of a grid."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from sim.ui.editing import draft
from sim.ui.editing.grids import ARRIVALS, GRIDS, LENGTHS, Grid, arrival_rows
from sim.ui.editing.ground import Ground, both_told, mistake_told
from sim.ui.editing.pasted import Column, Row, Wrong, pasted, value_of
from sim.ui.editing.sections import names_in
from sim.ui.parts import widgets
from sim.ui.parts.cells import safe_csv
from sim.ui.parts.markdown import escaped
from sim.ui.parts.mistakes import kept_or_told
from sim.ui.state import address, shelf
from sim.ui.state.speech import later, say
from sim.units import DAYS
from sim.world.facts import CLASS

if TYPE_CHECKING:
    import pandas as pd

BASE, WRONG, PASTED = "table: base ", "table: wrong ", "table: pasted "
HEADINGS = {
    "team": later("Team"),
    "days": later("Days"),
    "from": later("From"),
    "to": later("To"),
    "agents": later("Agents"),
    "shift": later("Shift"),
    "hours": later("Hours"),
    "breaks": later("Paid breaks"),
    "lunches": later("Unpaid breaks"),
    "class": later("Class"),
    "chance": later("Chance (%)"),
    "with the lever": later("With the lever (%)"),
    "reason": later("Reason"),
    "segment": later("Segment"),
    "share": later("Share (%)"),
    "gesture_share": later("With a gesture (%)"),
    "recurrence": later("Recurrence (%)"),
    "severity": later("Severity (%)"),
    "other_network": later("Other network (%)"),
    "autonomy": later("Autonomy (%)"),
    **{day: day.capitalize() for day in DAYS},
}
_TOUCHED = {
    "staff": ("teams.", "staff"),
    "shifts": ("teams.", "shift"),
    "arrivals": ("population.", "profile"),
    "solving": ("", "solve"),
    "reasons": ("population.", "reasons"),
    "segments": ("population.", "segments"),
}
"""What keys of mistakes begin with and contain that belong to a table."""


def grid(ground: Ground, name: str) -> None:
    """Draw a table of the world."""
    its = GRIDS[name]
    st.caption(say(its.help))
    length = _length(name)
    wrong = _pending(name, ground.draft.tree)[1]
    for one in ground.judged.mistakes:
        if one.key.startswith(_TOUCHED[name][0]) and _TOUCHED[name][1] in one.key:
            st.error(f"`{one.key.replace('`', '')}` {escaped(mistake_told(one))}", icon=":material/error:")
    _told_wrong(name, wrong)
    _editor(ground, name, its, length)
    _pasting(ground, name, its, length)


def _length(name: str) -> int:
    if name != "arrivals":
        return 0
    return int(widgets.segments(say("Minutes of an interval"), "arrivals.length", LENGTHS, LENGTHS[0]))


def rows_of(name: str, tree: dict[str, Any], length: int) -> list[Row]:
    """Return the rows of a table as the world has them."""
    return arrival_rows(tree, length or 60) if name == "arrivals" else GRIDS[name].rows(tree)


def _pending(name: str, tree: dict[str, Any]) -> tuple[list[Row] | None, list[Wrong]]:
    """Return rows that were typed and are not right yet, with what is wrong: the address says where they are kept."""

    def reader(said: str) -> list[Row]:
        content = shelf.get("figures", said)
        rows = json.loads(content) if content is not None else None
        if not isinstance(rows, list) or not all(_is_row(row) for row in rows):
            raise ValueError("these rows are not kept on this computer")
        return rows

    rows = address.read(f"rows.{name}", None, reader)
    if rows is None:
        return None, []
    return rows, GRIDS[name].write(rows, tree)[1]


def _is_row(one: object) -> bool:
    return isinstance(one, dict) and not any(isinstance(cell, (dict, list)) for cell in one.values())


def pending(tree: dict[str, Any]) -> dict[str, list[Wrong]]:
    """Return what is wrong with rows that were typed and do not stand in the world yet, by table."""
    found = {name: _pending(name, tree)[1] for name in GRIDS if address.text(f"rows.{name}")}
    return {name: wrong for name, wrong in found.items() if wrong}


def _told_wrong(name: str, wrong: Sequence[Wrong]) -> None:
    """Show what is wrong with rows, each with its row and its column."""
    if not wrong:
        return
    lines = [f"- {wrong_told(one)}" for one in wrong[:30]]
    more = [f"- {say('and {n} more', n=len(wrong) - 30)}"] if len(wrong) > 30 else []
    st.error(
        "\n".join([say("The rows below are not in the world yet: {n} mistakes.", n=len(wrong)), "", *lines, *more])
    )


def wrong_told(one: Wrong) -> str:
    """Return what is wrong with a row in words."""
    column = say(HEADINGS[one.column]) if one.column in HEADINGS else one.column
    said = both_told(one.problem, one.right)
    if one.row == 0:
        return escaped(say("The table: {said}", said=f"{column} {said}".strip()))
    return escaped(say("Row {n}, {column}: {said}", n=one.row, column=column or "-", said=said))


def _editor(ground: Ground, name: str, its: Grid, length: int) -> None:
    """Draw the grid: its first rows stay the same while it is edited, so that no edit of it is lost."""
    now = _pending(name, ground.draft.tree)[0] or rows_of(name, ground.draft.tree, length)
    known = st.session_state.get(BASE + name)
    if known is None or known["shown"] != _key(now, length, ground.begun):
        turn = 0 if known is None else known["turn"] + 1
        known = {"rows": now, "shown": _key(now, length, ground.begun), "turn": turn}
        st.session_state[BASE + name] = known
    key = f"{BASE}{name} {known['turn']}"
    st.data_editor(
        frame(known["rows"], its.columns), key=key, hide_index=True, num_rows="fixed" if its.fixed else "dynamic",
        column_config=_config(ground, its), width="stretch", height="content" if len(now) < 15 else 480,
        on_change=_edited, args=(ground.begun, name, key, length),
        placeholder="",
        alt=say("The table {title}; the field below it takes the same rows as text.", title=say(its.title)),
    )  # fmt: skip


def _key(rows: Sequence[Row], length: int, begun: str) -> str:
    return json.dumps([rows, length, begun], default=str)


def frame(rows: Sequence[Row], columns: Sequence[Column]) -> pd.DataFrame:
    """Return rows as a frame, numbers as numbers, texts as texts."""
    import pandas as pd

    made = pd.DataFrame(list(rows), columns=[one.name for one in columns])
    for one in columns:
        numbers = one.cell != "text"
        made[one.name] = pd.to_numeric(made[one.name], errors="coerce") if numbers else made[one.name].astype("object")
        if one.cell == "whole":
            made[one.name] = made[one.name].round().astype("Int64")
    return made


def _config(ground: Ground, its: Grid) -> dict[str, Any]:
    names = names_in(ground.draft.tree)
    teams = list(ground.draft.tree.get("teams") or {})
    found: dict[str, Any] = {}
    for one in its.columns:
        label = say(HEADINGS[one.name])
        fixed = its.fixed and (one.cell == "text")
        if one.name in ("team", "class") and not its.fixed:
            options = teams if one.name == "team" else names[CLASS]
            found[one.name] = st.column_config.SelectboxColumn(label, options=options, required=False)
        elif one.cell == "text":
            found[one.name] = st.column_config.TextColumn(label, disabled=fixed, max_chars=400)
        else:
            most = 100 if one.cell == "percent" else None
            step = 1 if one.cell == "whole" else None
            shape = "%.1f" if one.name in DAYS else None
            found[one.name] = st.column_config.NumberColumn(label, min_value=0, max_value=most, step=step, format=shape)
    return found


def _edited(begun: str, name: str, key: str, length: int) -> None:
    """Write what was edited in the grid into the world, or keep it where it is not right yet."""
    rows = with_edits(st.session_state[BASE + name]["rows"], st.session_state[key])
    _taken(begun, name, rows, length, from_grid=True)


def with_edits(rows: Sequence[Row], edits: dict[str, Any]) -> list[Row]:
    """Return rows as a grid's edits leave them: what is empty is None, rows without anything are left out.

    Parameters
    ----------
    edits : dict
        ``edited_rows``, ``added_rows`` and ``deleted_rows``, as Streamlit keeps them.
    """
    changed = {int(at): its for at, its in edits.get("edited_rows", {}).items()}
    gone = set(edits.get("deleted_rows", ()))
    made = [{**row, **changed.get(at, {})} for at, row in enumerate(rows) if at not in gone]
    made += [{key: value for key, value in row.items() if key != "_index"} for row in edits.get("added_rows", ())]
    return [row for row in made if any(value not in (None, "") for value in row.values())]


@kept_or_told()
def _taken(begun: str, name: str, rows: list[Row], length: int, *, from_grid: bool = False) -> None:
    address.turned()
    its = draft.opened(begun)
    tree, wrong = GRIDS[name].write(rows, its.tree)
    if wrong:
        content = json.dumps(rows, default=str).encode()
        address.put(f"rows.{name}", shelf.put("figures", content))
    else:
        address.put(f"rows.{name}", None)
        draft.keep(its._replace(tree=tree))
    if from_grid:  # the grid goes on from where it began: what it shows by now is what it will be asked for
        shown = rows if wrong else rows_of(name, tree, length)
        if _alike(shown, rows):
            st.session_state[BASE + name]["shown"] = _key(shown, length, begun)


def _alike(one: Sequence[Row], other: Sequence[Row]) -> bool:
    """Say whether rows read the same: else the grid begins anew with what the world made of them."""
    names = dict.fromkeys(key for row in (*one, *other) for key in row)
    return [[row.get(key) for key in names] for row in one] == [[row.get(key) for key in names] for row in other]


def _pasting(ground: Ground, name: str, its: Grid, length: int) -> None:
    """Draw the field that takes rows as text, with what is there by now as an example to copy."""
    words, key = say("Paste from a spreadsheet, or type rows"), f"table: pasting {name}"
    with st.expander(words, key=key, icon=":material/content_paste:", on_change="rerun"):
        headings = ", ".join(_heading(one) for one in its.columns)
        st.caption(
            say(
                "A row on each line, cells parted by tabs, semicolons or commas. With a heading in any order, or "
                "without one in this order: {headings}. These rows take the place of all that are there.",
                headings=headings,
            )
        )
        with st.form(f"paste {name}", border=False):
            st.text_area(say("Rows"), key=PASTED + name, height=160, max_chars=200_000)
            st.form_submit_button(say("Take these rows"), on_click=_paste, args=(ground.begun, name, length))
        _told_wrong(name, st.session_state.pop(WRONG + name, None) or ())
        table = frame(rows_of(name, ground.draft.tree, length), its.columns)
        st.download_button(
            say("These rows (CSV)"), lambda: safe_csv(table), f"{name}.csv", "text/csv",
            key=f"csv {name}", on_click="ignore",
        )  # fmt: skip


def _heading(column: Column) -> str:
    """Return what a heading that is pasted may call a column in the reader's language: as the grid does."""
    return say(HEADINGS[column.name]).removesuffix(" (%)")


def _paste(begun: str, name: str, length: int) -> None:
    """Take over what was pasted: a wrong cell leaves the world as it is, and all of them are told."""
    address.turned()
    rows, wrong = pasted(str(st.session_state[PASTED + name] or ""), _columns(name, begun, length))
    if wrong:
        st.session_state[WRONG + name] = wrong
        return
    _taken(begun, name, rows, length)


def _columns(name: str, begun: str, length: int) -> tuple[Column, ...]:
    """Return the columns of a table; of arrivals without the times, where none of the rows has one."""
    columns = tuple(one._replace(also=(*one.also, _heading(one))) for one in GRIDS[name].columns)
    if name != "arrivals":
        return columns
    text = str(st.session_state[PASTED + name] or "").strip()
    first = text.splitlines()[-1] if text else ""
    cells = next((first.split(sign) for sign in "\t;," if sign in first), [first])
    numbers = all(value_of(ARRIVALS[1], cell.strip())[1] is None for cell in cells if cell.strip())
    return columns[1:] if numbers and len(cells) == len(DAYS) else columns
