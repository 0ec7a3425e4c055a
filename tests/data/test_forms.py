"""Histories in the forms of others: what reads these forms reads them, and finds in them what was lived."""

from __future__ import annotations

import csv
import json
from datetime import date

import jsonschema
import numpy as np
import pandas as pd
import pytest

import sim
from sim.cli import main
from sim.data.event_table import VIDIGI_COLUMNS, XES_COLUMNS
from sim.history.events import Event
from tests.cli.worlds import small_file
from tests.data.test_queue_logs import IMPATIENT, PASSED_ON
from tests.measures.strips import hand_world, history

MONDAY = date(2024, 1, 8)
OCEL_SCHEMA = {
    # The JSON schema of the OCEL 2.0 specification (A. Berti et al., 2024; ocel-standard.org), its titles left away.
    "type": "object",
    "properties": {
        "eventTypes": {"$ref": "#/$defs/types"},
        "objectTypes": {"$ref": "#/$defs/types"},
        "events": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "id": {"type": "string"},
                    "type": {"type": "string"},
                    "time": {"type": "string", "format": "date-time"},
                    "attributes": {"type": "array", "items": {"type": "object", "required": ["name", "value"]}},
                    "relationships": {"$ref": "#/$defs/relationships"},
                },
                "required": ["id", "type", "time"],
            },
        },
        "objects": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "id": {"type": "string"},
                    "type": {"type": "string"},
                    "attributes": {"type": "array", "items": {"type": "object", "required": ["name", "value", "time"]}},
                    "relationships": {"$ref": "#/$defs/relationships"},
                },
                "required": ["id", "type"],
            },
        },
    },
    "required": ["eventTypes", "objectTypes", "events", "objects"],
    "$defs": {
        "types": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "name": {"type": "string"},
                    "attributes": {"type": "array", "items": {"type": "object", "required": ["name", "type"]}},
                },
                "required": ["name", "attributes"],
            },
        },
        "relationships": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"objectId": {"type": "string"}, "qualifier": {"type": "string"}},
                "required": ["objectId", "qualifier"],
            },
        },
    },
}


@pytest.fixture(scope="module")
def by_hand():
    return history(hand_world(), PASSED_ON, IMPATIENT, number=[64, 128])


@pytest.fixture(scope="module")
def lived():
    world = sim.variant("double_peine", {"time": {"warm_up": "0 min", "horizon": "1 d", "follow_up": "0 min"}})
    return sim.run(world, sim.populate(world, seed=3))


def test_xes_columns_hold_what_began_and_what_was_completed(by_hand, tmp_path):
    path = sim.write_log(by_hand, tmp_path / "log.csv", "xes", first_monday=MONDAY)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == XES_COLUMNS
    second = [
        (row["time:timestamp"][11:16], row["concept:name"], row["lifecycle:transition"])
        for row in rows
        if row["case:concept:name"] == "128"
    ]
    assert second == [
        ("10:07", "appeared", "complete"),
        ("10:07", "dialled", "complete"),
        ("10:07", "menu", "start"),
        ("10:07", "menu", "complete"),
        ("10:07", "hold", "start"),
        ("10:09", "abandoned", "complete"),
        ("10:09", "hold", "complete"),
        ("10:09", "call_ended", "complete"),
    ]
    assert {row["time:timestamp"][:10] for row in rows} == {"2024-01-08"}
    assert {row["org:resource"] for row in rows if row["concept:name"] == "talk"} == {"front/0", "back/0"}


def test_pm4py_reads_the_xes_columns(lived, tmp_path):
    """Minutes of talk, from start to completion, are those of the table of calls."""
    pm4py = pytest.importorskip("pm4py")
    frame = pd.read_csv(sim.write_log(lived, tmp_path / "log.csv", "xes"))
    frame["time:timestamp"] = pd.to_datetime(frame["time:timestamp"], format="ISO8601")
    log = pm4py.format_dataframe(frame)
    assert set(pm4py.get_start_activities(log)) == {"appeared"}
    assert log["case:concept:name"].nunique() == len(lived.customers)
    talk = log[log["concept:name"] == "talk"]
    begun, ended = (
        talk.loc[talk["lifecycle:transition"] == which, "time:timestamp"] for which in ("start", "complete")
    )
    calls = sim.tables(lived).frame("calls")
    spells = sim.tables(lived).frame("spells")
    still = spells[(spells["activity"] == "talk") & (spells["end"] >= lived.world.time.end)]
    assert len(begun) - len(ended) == len(still)
    since = pd.Timestamp("2024-01-01", tz="UTC")
    minutes = [(times - since).dt.total_seconds().sum() / 60 for times in (begun, ended)]
    whole = calls["talk_minutes"].sum() - (still["end"] - still["start"]).sum()
    assert minutes[1] - minutes[0] + still["start"].sum() == pytest.approx(whole, abs=1e-3)


def test_ocel_is_as_its_schema_says(by_hand, tmp_path):
    tree = json.loads(sim.write_log(by_hand, tmp_path / "log.json", "ocel", first_monday=MONDAY).read_text("utf-8"))
    jsonschema.validate(tree, OCEL_SCHEMA)
    objects = {one["id"]: one["type"] for one in tree["objects"]}
    assert objects == {
        "team front": "team", "team back": "team", "agent front/0": "agent", "agent back/0": "agent",
        "problem 64": "problem", "call 64.0": "call", "problem 128": "problem", "call 128.0": "call",
    }  # fmt: skip
    answered = [one for one in tree["events"] if one["type"] == "answered"]
    assert [one["time"] for one in answered] == ["2024-01-08T10:08:00.000000Z", "2024-01-08T10:13:00.000000Z"]
    assert answered[1]["relationships"] == [
        {"objectId": "problem 64", "qualifier": "of"},
        {"objectId": "call 64.0", "qualifier": "in"},
        {"objectId": "team back", "qualifier": "at"},
        {"objectId": "agent back/0", "qualifier": "by"},
    ]


def test_pm4py_reads_the_object_centric_log(lived, tmp_path):
    """Every row is an event, and every event belongs to its problem, and to its call once there is one."""
    pm4py = pytest.importorskip("pm4py")
    path = sim.write_log(lived, tmp_path / "log.json", "ocel")
    jsonschema.validate(json.loads(path.read_text("utf-8")), OCEL_SCHEMA)
    ocel = pm4py.read_ocel2_json(str(path))
    assert set(pm4py.ocel_get_object_types(ocel)) == {"problem", "call", "agent", "team"}
    assert len(ocel.events) == len(lived.rows)
    calls = sim.tables(lived).calls
    assert (ocel.objects["ocel:type"] == "call").sum() == len(calls)
    counts = ocel.events["ocel:activity"].value_counts()
    for event in (Event.DIALLED, Event.ANSWERED, Event.ABANDONED, Event.SOLVED):
        assert counts.get(event.name.lower(), 0) == (lived.rows["event"] == event).sum()
    of_calls = ocel.relations[ocel.relations["ocel:type"] == "call"]
    assert len(of_calls) == (lived.rows["contact"] >= 0).sum()


def test_vidigis_columns_hold_calls_that_arrive_wait_are_served_and_depart(by_hand, tmp_path):
    path = sim.write_log(by_hand, tmp_path / "log.csv", "vidigi")
    with path.open(encoding="utf-8", newline="") as file:
        heading, *rows = csv.reader(file)
    assert tuple(heading) == VIDIGI_COLUMNS
    first = [(row[1], row[2], float(row[3]), row[5]) for row in rows if row[0] == "1"]
    assert first == [
        ("arrival_departure", "arrival", 605.0, ""),
        ("queue", "menu", 605.0, ""),
        ("queue", "wait front", 606.0, ""),
        ("resource_use", "served by front", 608.0, "1"),
        ("resource_use_end", "left front", 610.0, "1"),
        ("queue", "wait back", 610.0, ""),
        ("resource_use", "served by back", 613.0, "1"),
        ("resource_use_end", "left back", 618.0, "1"),
        ("arrival_departure", "depart", 618.0, ""),
    ]
    assert [float(row[3]) for row in rows] == sorted(float(row[3]) for row in rows)


def test_vidigi_animates_its_columns(lived, tmp_path):
    """Whoever is in the centre at some moment is in the frame of that moment."""
    prep = pytest.importorskip("vidigi.prep")
    from vidigi.animation import animate_activity_log

    log = pd.read_csv(sim.write_log(lived, tmp_path / "log.csv", "vidigi"))
    frames = prep.reshape_for_animations(log, every_x_time_units=10, limit_duration=1200, step_snapshot_max=500)
    calls, shown = sim.tables(lived).calls, frames[~frames["event"].isin(["exit", "depart"])]
    found = shown.groupby("snapshot_time")["entity_id"].nunique()
    there = {at: int(((calls["dialled"] <= at) & (calls["ended"] > at)).sum()) for at in range(0, 1201, 10)}
    assert {at: int(found.get(at, 0)) for at in there} == there
    assert sum(there.values()) > 100
    names = sorted(set(log["event"]))
    places = pd.DataFrame({"event": [*names, "exit"], "x": 100, "y": np.arange(len(names) + 1) * 40 + 40})
    places["label"], places["resource"] = places["event"], None
    figure = animate_activity_log(log, places, every_x_time_units=60, limit_duration=720)
    assert len(figure.frames) >= 10


@pytest.mark.parametrize("form", ["queue_log", "xes", "ocel", "vidigi"])
def test_a_history_of_nothing_is_written_too(form, tmp_path):
    world = hand_world()
    empty = sim.run(world, sim.populate(sim.variant(world, {}), seed=1))
    none = sim.History.of(world, empty.customers, empty.rows[:0], engine="hand")
    assert sim.write_log(none, tmp_path / "log", form).stat().st_size > 0


def test_the_command_line_writes_a_log(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    world = small_file(tmp_path, "small")
    run = ["run", world, "--replications", "2", "--workers", "1", "--quiet"]
    assert main([*run, "--log", "out/queue_log", "--first-monday", "2024-01-08"]) == 0
    log = sim.queue_log(tmp_path / "out" / "queue_log")
    assert log.first_monday >= MONDAY
    assert len(log) > 10
    assert main([*run, "--log", "log.json", "--log-form", "ocel"]) == 0
    assert json.loads((tmp_path / "log.json").read_text("utf-8"))["events"]
    capsys.readouterr()
    assert main([*run, "--log-form", "ocel"]) == 2
    assert "name the file" in capsys.readouterr().err
    assert main([*run, "--log", "."]) == 2
    assert main([*run, "--log", "log", "--first-monday", "2024-01-09"]) == 2
    assert "2024-01-09 is a Tuesday; the nearest Mondays are 2024-01-08 and 2024-01-15" in capsys.readouterr().err
