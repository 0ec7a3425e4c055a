"""Histories as tables and files: every row carries its order and its date, every file where it comes from."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

import sim
from sim.dictionary import COLUMNS, page
from sim.history import Activity, Event, History, begins
from sim.mechanisms import notes
from tests.measures.strips import CLEAN, CUT_TWICE_TOLD, TRANSFERRED, hand_world, history, later
from tests.measures.test_fold import RICH
from tests.worlds import tiny_world

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def lived() -> History:
    world = tiny_world(**RICH)
    return sim.run(world, sim.populate(world, seed=6), engine="simpy")


def test_no_sorting_by_time_breaks_a_journey(lived: History):
    """Shuffled, then sorted by time and order: every customer's rows stand as they were lived."""
    frame = lived.frame()
    assert frame["time"].duplicated().any()
    shuffled = frame.sample(frac=1, random_state=np.random.RandomState(3)).sort_values(["time", "order"])
    again = shuffled.sort_values("customer", kind="stable").reset_index(drop=True)
    pd.testing.assert_frame_equal(again, frame)


def test_the_order_counts_the_rows_of_each_life():
    frame = history(hand_world(), CLEAN, TRANSFERRED).frame()
    assert frame["order"].tolist() == [*range(11), *range(19)]


def test_rows_date_themselves():
    """10:00 on the first Monday; the same on the second Tuesday; a second before midnight on a Sunday."""
    strips = (CLEAN, later(CLEAN, 8 * 1440), f"{7 * 1440 - 1 / 60} APPEARED", f"{7 * 1440 - 1e-9} APPEARED")
    first = history(hand_world(time={"horizon": "9 d", "follow_up": "1 d"}), *strips).frame().query("order == 0")
    assert first["week"].tolist() == [1, 2, 1, 2]
    assert first["day"].tolist() == ["mon", "tue", "sun", "mon"]
    assert first["clock"].tolist() == ["10:00:00", "10:00:00", "23:59:59", "00:00:00"]


def test_a_time_reads_as_the_minutes_it_stands_for(lived: History):
    """Week, day and clock put together again are the time, to the second below."""
    frame = lived.frame()
    hours = pd.to_timedelta(frame["clock"]).dt.total_seconds() / 60
    dated = (frame["week"] - 1) * 10080 + frame["day"].cat.codes.astype(int) * 1440 + hours
    assert ((frame["time"] - dated).between(-1e-6, 1 / 60)).all()


def test_the_columns_are_those_of_the_dictionary(lived: History):
    assert list(lived.frame().columns) == list(COLUMNS)


def test_an_empty_history_is_an_empty_table():
    frame = history(hand_world()).frame()
    assert len(frame) == 0
    assert list(frame.columns) == list(COLUMNS)


def test_every_event_has_its_meaning_and_its_activity():
    told = sim.events().set_index("code")
    assert told["event"].to_dict() == {int(event): event.name.lower() for event in Event}
    assert told["meaning"].tolist() == [event.meaning for event in Event]
    assert told["begins"].ne("").sum() == sum(event.begins is not None for event in Event)
    assert told.loc[int(Event.TALKING), "begins"] == "talk"


def test_every_event_says_what_it_means():
    assert all(len(event.meaning) > 10 for event in Event)


def test_every_event_has_its_code_as_a_plain_number():
    told = {event.name: getattr(notes, event.name) for event in Event}
    assert told == {event.name: event.value for event in Event}
    assert {type(code) for code in told.values()} == {int}


def test_what_is_noted_is_an_event():
    """A name that is none would be told only when it comes to be noted."""
    named = re.compile(r"notes\.([A-Z_]+)|^from sim\.mechanisms\.notes import (?:\(([^)]*)\)|(.*))$", re.MULTILINE)
    found = [names for file in (ROOT / "sim").rglob("*.py") for names in named.findall(file.read_text())]
    words = {word for names in found for word in re.findall(r"[A-Z_]+", " ".join(names))}
    assert len(words) > 30
    assert words <= Event.__members__.keys()


def test_no_event_has_another_s_name_or_code():
    with pytest.raises(AttributeError, match="no event is called CALLED"):
        _ = notes.CALLED
    assert [event.value for event in Event] == list(range(1, len(Event) + 1))
    assert len(Event.__members__) == len(Event)


def test_marks_of_one_name_look_the_same():
    marks = {event.mark for event in Event if event.mark}
    assert len({mark.name for mark in marks}) == len(marks) > 5


def test_a_hold_of_a_later_leg_is_a_transfer_hold():
    assert begins(Event.QUEUED, 0) is Activity.HOLD
    assert begins(Event.QUEUED, 1) is Activity.TRANSFER_HOLD


def test_the_page_of_events_is_the_dictionary():
    """Where it is not: ``python -c "from sim.dictionary import page; print(page(), end='')" > docs/events.md``."""
    written = (ROOT / "docs" / "events.md").read_text(encoding="utf-8")
    assert written == page()
    assert all(f"`{event.name.lower()}`" in written for event in Event)


def test_a_file_says_where_its_rows_come_from(tmp_path: Path):
    run = history(hand_world(), CLEAN, CUT_TWICE_TOLD)
    path = run.to_parquet(tmp_path / "rows.parquet")
    read = pd.read_parquet(path)
    pd.testing.assert_frame_equal(read, run.frame(), check_dtype=False, check_categorical=False)
    origin = read.attrs
    assert origin["world"] == run.world.name
    assert origin["digest"] == sim.digest(run.world)
    assert origin["version"] == sim.__version__
    assert (origin["seed"], origin["replication"], origin["engine"]) == (0, 0, "hand")
    assert origin["events"]["29"] == "cut: the clock cuts the call"


def test_readers_without_pandas_find_the_same_in_the_metadata(tmp_path: Path):
    run = history(hand_world(), CLEAN)
    notes = pq.read_schema(run.to_parquet(tmp_path / "rows.parquet")).metadata
    assert notes[b"digest"].decode() == sim.digest(run.world)
    assert (notes[b"seed"], notes[b"engine"]) == (b"0", b"hand")
    assert json.loads(notes[b"events"])["2"].startswith("dialled: the customer dials")


def test_the_digest_may_be_that_of_the_world_that_was_asked_for(tmp_path: Path):
    """A run of another length is of the world that was named, and says so if it is told."""
    path = history(hand_world(), CLEAN).to_parquet(tmp_path / "rows.parquet", digest="48515cc820b9")
    assert pd.read_parquet(path).attrs["digest"] == "48515cc820b9"


def test_a_history_and_its_customers_say_what_they_are_in_a_line():
    world = tiny_world()
    customers = sim.populate(world, seed=3)
    lived = sim.run(world, customers)
    assert repr(lived) == f"<History of tiny: {len(customers):,} problems, {len(lived.rows):,} rows, compiled>"
    assert repr(customers) == f"<Customers: {len(customers):,} problems, seed 3, replication 0>"
