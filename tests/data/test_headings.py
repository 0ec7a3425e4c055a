"""Headings: those of the field's switches are read, and what is not read is named, once."""

from __future__ import annotations

from pathlib import Path

import pytest

import sim
from sim.data import known
from sim.data.findings import UNREAD
from sim.data.headings import CALL_WORDS, INTERVAL_WORDS, ROSTER_WORDS, known_words
from tests.data.tables import said_of, written

PAGE = Path(__file__).resolve().parents[2] / "docs" / "data.md"


def unread_of(value) -> list[str]:
    return [said for said in value.warnings if UNREAD in said]


# What switches print -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "heading",
    [
        # Avaya CMS, split/skill by interval
        "Date,Time,Split/Skill,Avg Speed Ans,ACD Calls,Avg ACD Time,Avg ACW Time,Aban Calls,Avg Pos Staff",
        "Date,Time,Skill,Avg Speed Ans,Num ACD Calls,Avg Talk Time,Avg After Call,Num Calls Aband,Avg Num Pos",
        # Cisco Unified CCX, CSQ activity by interval
        "Date,Interval,CSQ Name,Avg Speed of Answer,Calls Handled,Avg Talk Time,Avg Wrap Up,Calls Abandoned,Avg Staff",
        # Genesys, performance by queue
        "Date,Start Time,Queue Name,ASA,Answered,Avg Talk,Avg ACW,Abandoned,Avg Agents",
        # QueueMetrics and other programs beside Asterisk
        "Date,Half Hour,DNIS,Average wait time,Taken calls,Mean talk time,Average wrap time,Lost calls,Agents",
    ],
)  # fmt: skip
def test_what_switches_print_is_read(tmp_path, heading):
    """Thirty answered after 12 s on the mean, for 120 s and 30 s of work after them; two have hung up."""
    found = sim.interval_report(written(tmp_path, f"{heading}\n2026-03-02,08:00,Sales,12,30,120,30,2,5\n"))
    (one,) = found.rows
    assert found.queues == ("Sales",)
    assert (one["answered"], one["abandoned"], one["agents"]) == (30, 2, 5)
    assert one["speed_of_answer"] == pytest.approx(0.2)
    assert one["handle_time"] == pytest.approx(2.5)
    assert unread_of(found) == []


@pytest.mark.parametrize("name", ["In SLA", "Within SL", "Met SLA", "Answered in SL"])
@pytest.mark.parametrize(("cell", "within"), [("24", 24), ("80 %", 24)])
def test_calls_in_time_are_a_count_or_a_share_by_their_cells(tmp_path, name, cell, within):
    """Twenty-four of thirty offered, in either way."""
    text = f"Date,Time,Offered,Answered,{name}\n2026-03-02,08:00,30,28,{cell}\n"
    assert sim.interval_report(written(tmp_path, text)).rows["within"] == pytest.approx([within])


@pytest.mark.parametrize("name", ["SL%", "% In Serv Levl", "Service Level %", "% Within Service Level", "SLA %"])
def test_a_service_level_in_percent_is_a_share(tmp_path, name):
    text = f"Date,Time,Offered,Answered,{name}\n2026-03-02,08:00,30,28,80\n"
    assert sim.interval_report(written(tmp_path, text)).rows["within"] == pytest.approx([24])


def test_a_number_that_is_dialled_is_the_queue_only_where_no_queue_is_named(tmp_path):
    text = "Date,Time,DNIS,Queue,Offered\n2026-03-02,08:00,0800,Sales,3\n"
    assert sim.interval_report(written(tmp_path, text)).queues == ("Sales",)


# What is not read ----------------------------------------------------------------------------------------------------


def test_columns_that_are_not_read_are_named_once(tmp_path):
    text = "Date,Time,Offered,Colour,Longest Delay\n" + "".join(
        f"2026-03-02,{hour:02d}:00,3,red,9\n" for hour in range(24)
    )
    found = sim.interval_report(written(tmp_path, text))
    (said,) = unread_of(found)
    assert 'columns not read: "Colour", "Longest Delay"' in said
    assert "docs/data.md lists the headings that are known" in said
    assert found.left_out[UNREAD] == 2
    calls = sim.call_log(written(tmp_path, "Arrived,Wait,Talk,Colour\n2026-03-02 08:00:00,3,60,red\n"))
    assert ['"Colour"' in said for said in unread_of(calls)] == [True]
    roster = sim.roster(written(tmp_path, "Agent,Day,Start,End,Colour\nAda,mon,8:00,16:00,red\n"))
    assert ['"Colour"' in said for said in unread_of(roster)] == [True]
    assert [one.left_out[UNREAD] for one in (calls, roster)] == [1, 1]


def test_a_queue_that_is_not_recognised_is_one_mistake_with_its_likely_name(tmp_path):
    """Two queues in a hundred intervals: not a hundred lines."""
    hours = [f"2026-03-{2 + at // 24:02d},{at % 24:02d}:00" for at in range(100)]
    rows = "".join(f"{hour},{queue},{many}\n" for queue, many in (("A", 3), ("B", 4)) for hour in hours)
    file = written(tmp_path, f"Date,Time,Skil,Offered\n{rows}")
    (said,) = said_of(lambda: sim.interval_report(file))
    assert "with other numbers, as 100 rows are, and no column is read as the queue" in said
    with pytest.raises(sim.DataError) as caught:
        sim.interval_report(file)
    assert 'columns={"queue": "Skil"}' in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1
    assert sim.interval_report(file, {"queue": "Skil"}).queues == ("A", "B")


def test_what_is_missing_is_told_with_what_was_not_read(tmp_path):
    (said,) = said_of(lambda: sim.interval_report(written(tmp_path, "Date,Time,Ofered\n2026-03-02,08:00,3\n")))
    assert 'has no column for offered or answered (columns not read: "Ofered")' in said


# The table of a simulation -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("monday", [None, "2026-01-05"])
def test_the_table_of_a_simulation_is_read_as_it_was_written(tmp_path, monday):
    """Its start is in minutes from Monday 00:00 of week 1, with dates or without, and so are its waits."""
    from tests.worlds import tiny_world

    world = tiny_world(time={"warm_up": "7 d", "horizon": "14 d"})
    frame = sim.intervals(world, every=60, by="queue", replications=[0], first_monday=monday)
    frame.to_csv(tmp_path / "ours.csv", index=False)
    found = sim.interval_report(tmp_path / "ours.csv")
    assert (str(found.first_monday) == "2026-01-12") if monday else found.first_monday is None
    assert len(found) == len(frame) == 14 * 24
    since = 7 * 1440.0 if monday else 0.0
    assert (found.rows["starts"] + since).tolist() == frame["start"].tolist()
    assert found.rows["offered"].tolist() == frame["offered"].tolist()
    answered = frame["answered"].to_numpy() > 0
    assert found.rows["speed_of_answer"][answered] == pytest.approx(frame["speed_of_answer"].to_numpy()[answered])


# The list ------------------------------------------------------------------------------------------------------------


def test_the_page_lists_the_headings_that_are_known():
    """If not: ``python -m sim.data.known`` writes them anew."""
    assert known.chapter() in PAGE.read_text(encoding="utf-8")


def test_the_list_has_every_heading():
    """Every word of all three lists, whatever is made of them."""
    lines = known.chapter().replace("\n  ", " ").splitlines()
    listed = {name for line in lines for name in line.split(": ")[-1].split(", ")}
    for words in (INTERVAL_WORDS, CALL_WORDS, ROSTER_WORDS):
        assert {*known_words(words)} <= listed
