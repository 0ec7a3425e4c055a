"""A table brought on the page: uploaded or pasted, its first rows shown, each column's field chosen, and read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import streamlit as st

from sim.data.findings import DataError
from sim.data.interval_report import IntervalReport
from sim.data.preview import Preview
from sim.reading import WorldError
from sim.ui.centre.bounds import LARGEST, Refused
from sim.ui.centre.brought import Outcome, Sort, columns_of, looked, read, taken
from sim.ui.centre.choices import CHOICES, FIELDS, LABELS, MAPPED
from sim.ui.parts import widgets
from sim.ui.parts.mistakes import listed
from sim.ui.state import address, shelf
from sim.ui.state.shelf import NotKept
from sim.ui.state.speech import later, say, told

MOST_MAPPED = 30
"""Columns that can be mapped by hand."""
_PLACES = {"level_of": "level"}
"""Where arguments stand in the address, if not under their own name."""
_REFUSED = "refused: "


def bring(sort: Sort, title: str, words: str) -> Outcome | None:
    """Draw all that brings a table; return what it was read as, None where there is none."""
    st.markdown(f"**{title}**")
    st.caption(words)
    key = f"c.{sort.kind}"
    _offered(sort, key)
    name = address.text(key)
    if name is None:
        return None
    if shelf.get(sort.kind, name) is None:
        address.doubt(key, name, later("this table is not kept on this computer"))
        _forget(key)
        st.warning(say("The table of this link is not kept on this computer: bring it again."))
        return None
    try:
        seen = looked(sort.kind, name)
    except (DataError, NotKept) as error:
        wrong = _lines(error)
        listed(wrong)
        return Outcome(None, wrong)
    _first_rows(seen)
    outcome = _read(sort, name, seen, key)
    st.button(say("Take it away"), key=f"{key} away", on_click=_forget, args=(key,))
    return outcome


def refused(place: str, error: BaseException) -> None:
    """Keep what is wrong with something that was brought, to be told where it was."""
    st.session_state[_REFUSED + place] = _lines(error)


def _lines(error: BaseException) -> tuple[str, ...]:
    mistakes = error.mistakes if isinstance(error, (DataError, WorldError)) else ()
    return tuple(map(str, mistakes)) or tuple(str(error).splitlines())


def told_refused(place: str) -> None:
    """Tell what was wrong with what was brought last."""
    listed(st.session_state.get(_REFUSED + place, []))


def accepted(place: str) -> None:
    """Forget what was wrong with what was brought before."""
    st.session_state.pop(_REFUSED + place, None)


def uploaded(place: str, take: Callable[[bytes], None]) -> None:
    """Take what was uploaded at a place, or keep what is wrong with it; a callback of a file uploader."""
    address.turned()
    file = st.session_state.get(f"{place} upload")
    if file is not None:
        tried(place, take, file.getvalue())


def tried(place: str, take: Callable[[bytes], None], content: bytes) -> None:
    """Take what was brought, or keep what is wrong with it."""
    try:
        take(content)
    except ValueError as error:
        refused(place, error)
    else:
        accepted(place)


def _offered(sort: Sort, key: str) -> None:
    """Draw where a table is uploaded, and where it is pasted."""

    def take(content: bytes) -> None:
        name = taken(sort, content)
        _forget(key)
        address.put(key, name)

    by_file, by_hand = st.tabs([say("Upload a file"), say("Paste from a spreadsheet")])
    with by_file:
        st.file_uploader(
            say("CSV, text or Excel (xlsx), at most {most} MB", most=LARGEST // 1_000_000),
            type=["csv", "txt", "tsv", "xlsx"],
            key=f"{key} upload",
            on_change=uploaded,
            args=(key, take),
            max_upload_size=LARGEST // 1_000_000,
        )
    with by_hand:
        st.text_area(
            say("Rows with their heading, as they are copied from a spreadsheet"),
            key=f"{key} paste",
            height=140,
            max_chars=LARGEST,
            placeholder="Date\tHeure\tAppels présentés\tAppels traités\n08/01/2024\t08:00\t12\t11",
        )
        st.button(say("Take these rows"), key=f"{key} take", on_click=_pasted, args=(key, take))
    told_refused(key)


def _pasted(key: str, take: Callable[[bytes], None]) -> None:
    address.turned()
    tried(key, take, str(st.session_state.get(f"{key} paste") or "").encode("utf-8", "replace"))


def _forget(key: str) -> None:
    """Take a table out of the address, and all that was said of its columns."""
    address.turned()
    for one in address.everything():
        if one == key or one.startswith(f"{key}."):
            address.put(one, None)


def _first_rows(seen: Preview) -> None:
    heads = [f"{at}. {name}" for at, name in enumerate(seen.headings, 1)]
    rows = [dict(zip(heads, [*line.cells, *[""] * len(heads)], strict=False)) for line in seen.first]
    st.dataframe(rows, hide_index=True, alt=say("The first rows of {n}.", n=told(f"{seen.rows:,}")))
    if not seen.headed:
        st.info(say("No heading was recognised: say below which column is which."))
    st.caption(say("The first rows of {n}.", n=told(f"{seen.rows:,}")))


def _read(sort: Sort, name: str, seen: Preview, key: str) -> Outcome:
    with st.expander(say(MAPPED), expanded=not seen.headed or _is_mapped(key)):
        chosen = _mapped(sort, seen, key)
        how = _how(key) if sort.kind == "report" else {"dates": _choice(key, "dates", "auto")}
    try:
        columns = columns_of(sort, seen.fields, chosen)
    except Refused as error:
        listed([str(error)])
        return Outcome(None, (str(error),))
    outcome = read(sort.kind, name, columns, {option: value for option, value in how.items() if value})
    listed(outcome.wrong)
    if outcome.table is not None:
        st.success(_summed_up(outcome.table))
        if isinstance(outcome.table, IntervalReport):
            _durations(outcome.table, how["unit"])
        if outcome.table.warnings:
            st.warning("\n".join(f"- {_plain(said)}" for said in outcome.table.warnings[:8]))
    return outcome


def _plain(said: str) -> str:
    from sim.ui.parts.markdown import escaped

    return escaped(told(said))


def _is_mapped(key: str) -> bool:
    return any(one.startswith(f"{key}.") for one in address.everything())


def _mapped(sort: Sort, seen: Preview, key: str) -> list[str]:
    """Draw the field of each column; return them."""
    chosen, options = list(seen.fields), ["", *sort.words]
    if not any(name.endswith("_low") for name in seen.headings):  # a table of ours has dozens, and knows its own
        cells = st.grid(min_column_width=190)
        for at, heading in enumerate(seen.headings[:MOST_MAPPED]):
            with cells.cell():
                taken_for = widgets.choice(
                    f"{at + 1}. {heading[:60]}", f"{key}.{at + 1}", options, seen.fields[at], names=_called
                )
                chosen[at] = taken_for
    return chosen


def _called(field: str) -> str:
    return told(FIELDS[field])


def _how(key: str) -> dict[str, Any]:
    """Draw how the cells of a report are read; return the arguments."""
    cells, how = st.grid(min_column_width=190), dict[str, Any]()
    for argument, own in (("dates", "auto"), ("decimal", "auto"), ("unit", "s"), ("level_of", "offered")):
        with cells.cell():
            how[argument] = _choice(key, argument, own)
    with cells.cell():
        how["threshold"] = widgets.line(
            say(LABELS["threshold"]), f"{key}.threshold", most=20, placeholder="20 s"
        ).strip()
    return how


def _choice(key: str, argument: str, own: str) -> str:
    options = CHOICES[argument]
    place = f"{key}.{_PLACES.get(argument, argument)}"
    return widgets.choice(say(LABELS[argument]), place, list(options), own, names=lambda one: told(options[one]))


def _durations(report: IntervalReport, unit: str) -> None:
    """Say what bare durations were read in, with the means that they come to: a wrong unit shows at once."""
    rows, means = report.rows, list[str]()
    for field in ("handle_time", "speed_of_answer"):
        lasts = rows[field]
        calls = np.where(np.isnan(lasts), 0.0, np.nan_to_num(rows["answered"]))
        if calls.sum() > 0:
            mean = float(np.nan_to_num(lasts) @ calls / calls.sum())
            means.append(f"{told(FIELDS[field])} {told(_in_words(mean))}")
    if means:
        st.caption(
            say(
                "Durations without a unit were read as {unit}; on average: {means}.",
                unit=told(CHOICES["unit"][unit]),
                means=", ".join(means),
            )
        )


def _in_words(length: float) -> str:
    """Return a duration in minutes and seconds.

    Examples
    --------
    >>> _in_words(6.19), _in_words(0.43)
    ('6 min 11 s', '26 s')
    """
    whole = round(60 * length)
    return f"{whole // 60} min {whole % 60} s" if whole >= 60 else f"{whole} s"


def _summed_up(table: Any) -> str:
    """Say what was read."""
    if hasattr(table, "shifts"):
        return say(
            "Read: {n} shifts of {teams}.", n=told(f"{len(table.shifts):,}"), teams=_plain(", ".join(table.teams[:8]))
        )
    calls = float(sum(table.rows["offered"]))
    return say(
        "Read: {n} intervals, {calls} calls offered; queues: {queues}.",
        n=told(f"{len(table):,}"),
        calls=told(f"{calls:,.0f}"),
        queues=_plain(", ".join(table.queues[:8])),
    )


def shown_rows(rows: Sequence[Sequence[str]], words: str) -> None:
    """Show rows of words, the first of which is their heading, each in the reader's language."""
    head, *others = rows
    names = [told(cell) or " " * at for at, cell in enumerate(head, 1)]
    for at, name in enumerate(names):
        if name in names[:at]:
            names[at] = name + " " * at
    st.dataframe(
        [dict(zip(names, map(told, row), strict=True)) for row in others], height="content", hide_index=True, alt=words
    )
