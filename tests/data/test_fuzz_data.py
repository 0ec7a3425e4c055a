"""No bytes whatever bring a reader down: it reads them, or says in words why not."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import sim
from tests.data.test_call_logs import BY_LENGTHS, BY_TIMES
from tests.data.test_interval_reports import PLAIN, WAYS, table
from tests.data.test_queue_logs import A_MORNING
from tests.data.test_rosters import WEEK
from tests.fuzzing import seeds

READERS: dict[str, Callable[..., Any]] = {
    "interval_report": sim.interval_report,
    "call_log": sim.call_log,
    "roster": sim.roster,
    "queue_log": sim.queue_log,
}
FEW = settings(max_examples=150, deadline=None, database=None, suppress_health_check=list(HealthCheck))
PLACES = {
    "interval_report": {"date": 1, "time": 2, "queue": 3, "offered": 4, "answered": 5, "abandoned": 6, "minutes": 7},
    "call_log": {"date": 1, "arrived": 2, "answered": 3, "left": 4, "wait": 5, "outcome": 6, "caller": 7},
    "roster": {"agent": 1, "date": 2, "start": 3, "end": 4, "breaks": 5, "number": 6, "team": 7},
}
CELLS = (
    "", " ", "0", "1", "-1", "08:00", "24:00", "00:00", "25:61", "2024-01-15", "15/01/2024", "01/15/2024", "99/99/9999",
    "45306", "45306,5", "1e400", "nan", "inf", "-inf", "1,234", "1.234,5", "1'234", "####", "#N/A", '="1"', "=", '"',
    "'", "Total", "lundi", "mon-fri", "12:00-13:00", "8-16", "12:00 (15 min)", "٣", "½", "1_000", "é", "\x00",
    "\x1b[2J", "\u202e", "\ufeff", "a" * 300, "1" * 400, "1:2:3:4", "::", "2024-02-30", "0000-00-00",
    "1999-12-31T23:59:60Z",
    "2024-01-15T08:00:00+99:99", "2199-12-31 23:59", "1900-01-01 00:00+14:00", "1/1/1", "AM", "12 AM", "13 PM",
    "999:59:59", "9999.23:59:59", "100 %", "101 %", "%", "(5)", "answered", "HANG", "|", ";", "\t", ",", "sep=;",
)  # fmt: skip


def survives(name, path, *more):
    """Read a file; a sentence is the worst that may come of it, and it can be printed on a terminal."""
    try:
        found = READERS[name](path, *more)
    except sim.DataError as error:
        assert error.mistakes
        assert all(one.problem for one in error.mistakes)
        assert str(error).replace("\n", "").isprintable()
    else:
        assert repr(found)
        assert all(said.isprintable() for said in found.warnings)
        assert all(many > 0 for many in found.left_out.values())


@pytest.mark.parametrize("name", READERS)
@FEW
@given(raw=st.binary(max_size=300))
def test_any_bytes(name, raw, tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / f"bytes_{name}"
    path.write_bytes(raw)
    survives(name, path)


@pytest.mark.parametrize("name", READERS)
@FEW
@given(text=st.text(max_size=300), encoding=st.sampled_from(["utf-8", "utf-16", "utf-8-sig", "latin-1"]))
def test_any_text(name, text, encoding, tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / f"text_{name}"
    path.write_bytes(text.encode(encoding, "replace"))
    survives(name, path)


@pytest.mark.parametrize("name", PLACES)
@FEW
@given(
    rows=st.lists(st.lists(st.sampled_from(CELLS), min_size=1, max_size=8), min_size=1, max_size=8),
    sign=st.sampled_from(",;\t|"),
)
def test_any_table(name, rows, sign, tmp_path_factory):
    """Cells that mean something, each in columns where they may and where they may not stand."""
    path = tmp_path_factory.getbasetemp() / f"table_{name}"
    path.write_text("\n".join(sign.join(row) for row in rows), encoding="utf-8", newline="")
    survives(name, path, PLACES[name])


GOOD = {
    "interval_report": [text.encode(encoding) for text, encoding in WAYS.values()] + [table(PLAIN, ";").encode()],
    "call_log": [BY_TIMES.encode(), BY_LENGTHS.encode("cp1252")],
    "roster": [WEEK.encode(), WEEK.encode("utf-16")],
    "queue_log": [A_MORNING.encode()],
}


@pytest.mark.parametrize("name", READERS)
def test_any_damage(name, tmp_path):
    """Good files with bytes changed, left out, doubled, or put in."""
    path = tmp_path / "damaged"
    for seed in seeds(300):
        luck = random.Random(seed)
        raw = bytearray(luck.choice(GOOD[name]))
        for _ in range(luck.randint(1, 6)):
            at = luck.randrange(len(raw))
            size = luck.choice((1, 1, 2, 8, 40))
            piece = luck.choice(CELLS).encode("utf-8")
            raw[at : at + size] = luck.choice(
                (b"", bytes([luck.randrange(256)]), piece, bytes(raw[at : at + size]) * 2, b"\n")
            )
            raw = raw or bytearray(b"?")
        path.write_bytes(raw)
        survives(name, path)


QUEUE_LINE = st.tuples(
    st.sampled_from(["1704700800", "1704700801", "1704700800.5", "-1", "x", "2024-01-08 08:00:00", "9" * 30, "0", ""]),
    st.sampled_from(["c1", "c2", ""]),
    st.sampled_from(["q", "", "\x1b"]),
    st.sampled_from(["NONE", "A", ""]),
    st.sampled_from(
        ["ENTERQUEUE", "CONNECT", "COMPLETECALLER", "ABANDON", "BLINDTRANSFER", "FULL", "EXITEMPTY", "X", "é"]
    ),
    st.sampled_from(["|", "|1|2|3", "||061|1", ""]),
)


@FEW
@given(lines=st.lists(QUEUE_LINE, min_size=1, max_size=12))
def test_any_lines_of_a_queue_log(lines, tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / "lines"
    path.write_text("\n".join("|".join(line[:5]) + line[5] for line in lines), encoding="utf-8")
    survives("queue_log", path)
