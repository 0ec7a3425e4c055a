"""A call log is the same whether it says when calls ended or how long they were; what cannot be is told by row."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pytest

import sim
from sim.data.call_log import CALL, Outcome
from tests.data.tables import said_of, written

BY_TIMES = """\
date,arrived,answered,left,queue,agent,caller,wrap
2024-01-15,08:00:00,08:00:30,08:05:30,Sales,Zoé,0612,60
2024-01-15,08:01:00,,08:03:30,Sales,,0613,
2024-01-15,23:58:00,23:59:00,00:04:00,Help,Max,0612,0
"""
BY_LENGTHS = """\
Date;Heure;Attente;Conversation;File;Conseiller;Appelant;Post-appel
15/01/2024;08:00:00;00:00:30;00:05:00;Sales;Zoé;0612;60
15/01/2024;08:01:00;00:02:30;;Sales;;0613;
15/01/2024;23:58:00;60;5:00;Help;Max;0612;0
"""


@pytest.mark.parametrize("text", [BY_TIMES, BY_LENGTHS])
def test_a_log_is_the_same_by_times_and_by_lengths(tmp_path, text):
    """The last call goes on past midnight."""
    log = sim.call_log(written(tmp_path, text))
    assert log.first_monday == date(2024, 1, 15)
    assert (log.queues, log.agents, log.callers) == (("Sales", "Help"), ("Zoé", "Max"), ("0612", "0613"))
    calls = log.calls
    assert calls["queue"].tolist() == [0, 0, 1]
    assert calls["agent"].tolist() == [0, -1, 1]
    assert calls["caller"].tolist() == [0, 1, 0]
    assert calls["arrived"].tolist() == [480.0, 481.0, 1438.0]
    assert calls["answered"].tolist() == pytest.approx([480.5, math.nan, 1439.0], nan_ok=True)
    assert calls["left"].tolist() == pytest.approx([485.5, 483.5, 1444.0])
    assert calls["after_call"].tolist() == pytest.approx([1.0, math.nan, 0.0], nan_ok=True)
    assert calls["outcome"].tolist() == [Outcome.ANSWERED, Outcome.ABANDONED, Outcome.ANSWERED]
    assert [said.split(".csv")[1] for said in log.warnings] == [":4 goes on past midnight"]


def test_outcomes_are_taken_in_the_words_of_both_languages(tmp_path):
    rows = (("Traité", "08:01", 1), ("HANG", "", 2), ("Occupé", "", 3), ("transfer", "08:01", 4), ("timeout", "", 5))
    text = "date,arrived,answered,left,outcome\n"
    text += "".join(f"2024-01-15,08:00,{answered},08:02,{word}\n" for word, answered, _ in rows)
    assert sim.call_log(written(tmp_path, text)).calls["outcome"].tolist() == [code for *_, code in rows]


def test_a_call_nobody_took_may_have_midnight_for_its_answer(tmp_path):
    """As the log of the bank of 1999 has it."""
    text = "date,arrived,answered,left,outcome\n2024-01-15,08:00:00,0:00:00,08:02:00,HANG\n"
    assert math.isnan(sim.call_log(written(tmp_path, text)).calls["answered"][0])


def test_calls_that_cannot_be_are_told_all_at_once(tmp_path):
    text = (
        "date,arrived,answered,left,outcome\n"
        "2024-01-15,08:00:00,07:59:00,08:05:00,answered\n"
        "2024-01-15,08:00:00,08:02:00,08:01:00,answered\n"
        "2024-01-15,08:00:00,,07:30:00,abandoned\n"
        "2024-01-15,08:00:00,08:01:00,08:02:00,abandoned\n"
        "2024-01-15,,,08:02:00,abandoned\n"
        "2024-01-15,08:00,2024-01-17 09:00,2024-01-17 10:00,answered\n"
    )
    assert said_of(lambda: sim.call_log(written(tmp_path, text))) == [
        '2 "answered": is answered 1.00 min before it arrives',
        '3 "left": ends 1.00 min before it is answered',
        '4 "left": ends 30.00 min before it arrives',
        '5 "outcome": says "abandoned", and yet the call was answered',
        '6 "arrived": does not say when the call arrived',
        "7 : lasts 50.0 h",
    ]


def test_times_cut_to_the_second_may_contradict_each_other_by_one(tmp_path):
    text = "date,arrived,answered,left\n2024-01-15,08:00:01,08:00:00,08:05:00\n"
    calls = sim.call_log(written(tmp_path, text)).calls
    assert calls["answered"] == calls["arrived"]


def test_calls_that_never_end_are_kept_and_said(tmp_path):
    text = "date,arrived,answered,left\n2024-01-15,08:00:00,08:00:30,\n2024-01-15,08:01:00,,\n"
    log = sim.call_log(written(tmp_path, text))
    assert log.calls["outcome"].tolist() == [Outcome.OPEN, Outcome.ABANDONED]
    assert np.isnan(log.calls["left"]).all()
    assert [said.split(".csv")[1] for said in log.warnings] == [
        ":2 has no end: its length is unknown",
        ":3 has no end: its length is unknown",
    ]


def test_a_wait_that_contradicts_the_times_is_said(tmp_path):
    text = "date,arrived,answered,left,wait\n2024-01-15,08:00:00,08:00:30,08:05:00,90\n"
    (said,) = sim.call_log(written(tmp_path, text)).warnings
    assert "says 90 s, and from arrival to answer it is 30 s, which counts" in said


def test_a_log_by_hand_is_looked_at():
    calls = np.zeros(2, CALL)
    calls["outcome"], calls["caller"], calls["agent"] = 1, -1, -1
    assert len(sim.CallLog(calls, None, ("all",), (), ())) == 2
    for field, value, said in (
        ("queue", 1, "call 1 has a queue beyond the 1 names"),
        ("agent", 0, "call 1 has a agent beyond the 0 names"),
        ("outcome", 0, "call 1 has an outcome that means nothing"),
        ("arrived", math.nan, "call 1 arrives at no time"),
        ("answered", -1.0, "call 1 is answered before it arrives"),
        ("after_call", -1.0, "call 1 has after-call work that cannot be"),
    ):
        wrong = calls.copy()
        wrong[field][1] = value
        with pytest.raises(ValueError, match=said):
            sim.CallLog(wrong, None, ("all",), (), ())
    with pytest.raises(ValueError, match=r"one array of sim\.data\.call_log\.CALL"):
        sim.CallLog([], None, (), (), ())


def test_dates_of_which_none_can_be_read_are_mistakes_of_a_log_too(tmp_path):
    text = "date;time;wait;talk\n8 de enero de 2024;08:00;5;60\n9 de enero de 2024;08:00;5;60\n"
    assert said_of(lambda: sim.call_log(written(tmp_path, text))) == [
        '2 "date": "8 de enero de 2024" is no date',
        '3 "date": "9 de enero de 2024" is no date',
    ]


@pytest.mark.parametrize(
    ("arrived", "said"),
    [
        ("1704700800", '"1704700800" is no date with a time of day'),
        ("0001-01-01 08:00", '"0001-01-01" is no date'),
        ("9999-12-31T23:30", '"9999-12-31" is no date'),
    ],
)
def test_moments_of_arrival_that_cannot_be_read_are_not_asked_for_a_time_alone(tmp_path, arrived, said):
    with pytest.raises(sim.DataError) as caught:
        sim.call_log(written(tmp_path, f"arrived;wait;talk\n{arrived};5;60\n"))
    [mistake] = caught.value.mistakes
    assert (mistake.line, mistake.problem) == (2, said)
    assert mistake.suggestion.startswith("write one as 2024-01-31")


def test_a_later_moment_of_no_date_is_not_taken_for_a_time_of_the_same_day(tmp_path):
    row = "2024-01-08 08:00;2024-01-08 08:01;"
    text = f"arrived;answered;left\n{row}30/02/2024 08:02\n{row}2024-01-08 08:02\n"
    assert said_of(lambda: sim.call_log(written(tmp_path, text))) == ['2 "left": "30/02/2024" is no date']


def test_calls_at_the_end_that_no_agent_took_are_calls(tmp_path):
    """Arrival and agent are all that the table has besides: the last two rows are abandoned calls, and no totals."""
    text = (
        "arrived;answered;left;agent\n2024-01-15 08:00:00;2024-01-15 08:00:10;2024-01-15 08:02:00;Ada\n"
        "2024-01-15 08:10:00;;2024-01-15 08:11:00;\n2024-01-15 08:20:00;;2024-01-15 08:21:00;\n"
    )
    log = sim.call_log(written(tmp_path, text))
    assert len(log) == 3
    assert dict(log.left_out) == {}


@pytest.mark.parametrize(
    ("call", "zone"),
    [
        ("2024-03-31T01:59:30+01:00;2024-03-31T03:00:10+02:00;2024-03-31T03:05:00+02:00", "Europe/Paris"),
        ("2024-03-31T01:59:30+01:00;2024-03-31T03:00:10+02:00;2024-03-31T03:05:00+02:00", None),
        ("2024-10-27T02:59:30+02:00;2024-10-27T02:00:10+01:00;2024-10-27T02:05:00+01:00", "Europe/Paris"),
        ("2024-10-27T02:59:30+02:00;2024-10-27T02:00:10+01:00;2024-10-27T02:05:00+01:00", None),
        ("2024-10-27T00:59:30Z;2024-10-27T01:00:10Z;2024-10-27T01:05:00Z", "Europe/Paris"),
    ],
)
def test_the_night_in_which_clocks_are_changed_lengthens_no_call(tmp_path, call, zone):
    """A wait of 40 s and a talk of 4 min 50 s, whatever the clock on the wall says meanwhile."""
    (row,) = sim.call_log(written(tmp_path, f"arrived;answered;left\n{call}\n"), zone=zone).calls
    assert row["answered"] - row["arrived"] == pytest.approx(40 / 60)
    assert row["left"] - row["answered"] == pytest.approx(290 / 60)
