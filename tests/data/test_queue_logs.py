"""Asterisk's queue_log: read as its documentation says, and written so that it comes back as what was lived."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pytest

import sim
from sim.data.call_log import Outcome
from tests.data.tables import written
from tests.measures.strips import CLEAN, hand_world, history
from tests.worlds import tiny_world

MONDAY = 1704700800
"""Seconds since 1970 on Monday, 8 January 2024, 08:00 UTC."""
A_MORNING = f"""\
{MONDAY}|NONE|NONE|NONE|QUEUESTART|
{MONDAY}|NONE|help|SIP/101|ADDMEMBER|
{MONDAY + 10}|c1|help|NONE|DID|0800
{MONDAY + 10}|c1|help|NONE|ENTERQUEUE||0612345678|1
{MONDAY + 20}|c2|help|NONE|ENTERQUEUE||anonymous|2
{MONDAY + 30}|c1|help|SIP/101|RINGNOANSWER|5000
{MONDAY + 40}|c1|help|SIP/101|CONNECT|30|x|2
{MONDAY + 80}|c2|help|NONE|ABANDON|1|2|60
{MONDAY + 340}|c1|help|SIP/101|COMPLETECALLER|30|300|1
{MONDAY + 400}|c3|help|NONE|ENTERQUEUE||0612345679|1
{MONDAY + 410}|c3|help|SIP/102|CONNECT|10|x|2
{MONDAY + 470}|c3|help|SIP/102|BLINDTRANSFER|sales|ctx|10|60|1
{MONDAY + 470}|c3|sales|NONE|ENTERQUEUE||0612345679|1
{MONDAY + 500}|c3|sales|SIP/201|CONNECT|30|x|2
{MONDAY + 560}|c3|sales|SIP/201|COMPLETEAGENT|30|60|1
{MONDAY + 600}|c4|help|NONE|ENTERQUEUE||0612345678|1
{MONDAY + 900}|c4|help|NONE|EXITWITHTIMEOUT|1|1|300
{MONDAY + 910}|c5|help|NONE|ENTERQUEUE||0612345678|1
{MONDAY + 920}|c5|help|NONE|EXITWITHKEY|1|1
{MONDAY + 930}|c6|help|NONE|ENTERQUEUE|||1
{MONDAY + 940}|c6|help|NONE|EXITEMPTY|1|1|10
{MONDAY + 950}|c7|help|NONE|ENTERQUEUE|||1
{MONDAY + 960}|c7|help|SIP/101|CONNECT|10|x|1
"""
"""Arrived, answered, left in s from 08:00; queue, agent, caller; outcome."""
NONE = math.nan
CALLS = [
    (10, 40, 340, 0, 0, 0, Outcome.ANSWERED),
    (20, NONE, 80, 0, -1, -1, Outcome.ABANDONED),
    (400, 410, 470, 0, 1, 1, Outcome.TRANSFERRED),
    (470, 500, 560, 1, 2, 1, Outcome.ANSWERED),
    (600, NONE, 900, 0, -1, 0, Outcome.TIMED_OUT),
    (910, NONE, 920, 0, -1, 0, Outcome.LEFT_BY_KEY),
    (930, NONE, 940, 0, -1, -1, Outcome.TURNED_AWAY),
    (950, 960, NONE, 0, 0, -1, Outcome.OPEN),
]


def test_lines_are_put_together_to_calls(tmp_path):
    log = sim.queue_log(written(tmp_path, A_MORNING))
    assert log.first_monday == date(2024, 1, 8)
    assert (log.queues, log.agents) == (("help", "sales"), ("SIP/101", "SIP/102", "SIP/201"))
    assert log.callers == ("0612345678", "0612345679")
    for at, name in enumerate(("arrived", "answered", "left")):
        seconds = (log.calls[name] - 480.0) * 60
        assert seconds.tolist() == pytest.approx([call[at] for call in CALLS], nan_ok=True, abs=1e-6)
    for at, name in enumerate(("queue", "agent", "caller", "outcome"), 3):
        assert log.calls[name].tolist() == [call[at] for call in CALLS]
    assert np.isnan(log.calls["after_call"]).all()
    assert dict(log.left_out) == {"QUEUESTART lines": 1, "ADDMEMBER lines": 1, "DID lines": 1, "RINGNOANSWER lines": 1}
    assert [said.split(".csv")[1] for said in log.warnings] == [":22 enters a queue and is not seen to leave it"]


def test_damaged_lines_are_told_by_their_numbers_and_left_out(tmp_path):
    damaged = [
        "garbage",
        f"{MONDAY}|c1|help|NONE",
        "soon|c1|help|NONE|ENTERQUEUE||061|1",
        f"{MONDAY + 20}|c9|help|SIP/1|CONNECT|3|x|1",
        f"{MONDAY + 5}|c1|help|SIP/101|CONNECT|30|x|2",
        f"{MONDAY + 30}|c1|help|NONE|COMPLETECALLER|0|20|1",
        f"{MONDAY + 30}|c1|help|NONE|TELEPORTED|",
        f"{MONDAY + 30}|c1|help|NONE|é|",
        "99999999999|c1|help|NONE|ENTERQUEUE||061|1",
    ]
    text = "\n".join(
        [f"{MONDAY + 10}|c1|help|NONE|ENTERQUEUE||061|1", *damaged, f"{MONDAY + 70}|c1|help|NONE|ABANDON|1|1|60"]
    )
    log = sim.queue_log(written(tmp_path, text))
    assert len(log) == 1
    assert (log.calls["outcome"][0], log.calls["left"][0]) == (Outcome.ABANDONED, pytest.approx(480 + 70 / 60))
    assert dict(log.left_out) == {
        "damaged lines": 7,
        "lines of calls that entered before the log begins, or had ended": 1,
        "lines of unknown events": 1,
    }
    assert [said.split(".csv")[1].split(" ")[0] for said in log.warnings] == [":2", ":3", ":4", ":", ":8"]
    assert log.warnings[3].endswith("damaged lines: 4 more")


def test_a_call_that_enters_again_had_never_ended(tmp_path):
    text = f"{MONDAY}|c1|a|NONE|ENTERQUEUE||061|1\n{MONDAY + 60}|c1|b|NONE|ENTERQUEUE||061|1\n"
    log = sim.queue_log(written(tmp_path, text + f"{MONDAY + 90}|c1|b|NONE|ABANDON|1|1|30\n"))
    assert log.calls["outcome"].tolist() == [Outcome.OPEN, Outcome.ABANDONED]
    assert any('enters "b", and was not seen to leave "a" (line 1)' in said for said in log.warnings)


def test_times_are_those_of_the_centres_clock_and_last_as_long_as_they_lasted(tmp_path):
    """On 31 March 2024, 01:00 UTC, the clock of Paris goes from 02:00 to 03:00: the call lasts two minutes."""
    change = 1711846800
    text = f"{change - 60}|c|q|NONE|ENTERQUEUE||1|1\n{change + 60}|c|q|NONE|ABANDON|1|1|120\n"
    log = sim.queue_log(written(tmp_path, text), zone="Europe/Paris")
    assert log.first_monday == date(2024, 3, 25)
    assert log.calls["arrived"][0] == pytest.approx(6 * 1440 + 119)
    assert log.calls["left"][0] - log.calls["arrived"][0] == pytest.approx(2.0)
    with pytest.raises(ValueError, match="zone is"):
        sim.queue_log(written(tmp_path, text), zone="Mars/Olympus")


def test_a_file_without_a_call_is_no_queue_log(tmp_path):
    with pytest.raises(sim.DataError, match="holds no call of a queue log"):
        sim.queue_log(written(tmp_path, "date,offered\n2024-01-15,5\n"))


PASSED_ON = """
    605 APPEARED
    605 DIALLED
    605 PICKED_UP
    606 QUEUED front:-1
    608 ANSWERED front:0
    608 TALKING
    610 TRANSFERRED_COLD
    610 LEFT_AGENT
    610 QUEUED back:-1
    613 ANSWERED back:0
    613 TALKING
    618 SOLVED
    618 LEFT_AGENT
    618 CALL_ENDED
"""
IMPATIENT = """
    607 APPEARED
    607 DIALLED
    607 PICKED_UP
    607 QUEUED front:-1
    609 ABANDONED
    609 CALL_ENDED
"""


def test_a_history_by_hand_is_written_line_by_line(tmp_path):
    """Two callers: the second abandons as the second of two who wait; 2024 begins with a Monday."""
    told = history(hand_world(), PASSED_ON, IMPATIENT, number=[64, 128])
    path = sim.write_log(told, tmp_path / "queue_log")
    zero = 1704067200
    assert path.read_text(encoding="utf-8").splitlines() == [
        f"{zero}|NONE|NONE|NONE|QUEUESTART|",
        f"{zero + 606 * 60}|{zero + 605 * 60}.1|front|NONE|ENTERQUEUE||64|1",
        f"{zero + 607 * 60}|{zero + 607 * 60}.2|front|NONE|ENTERQUEUE||128|2",
        f"{zero + 608 * 60}|{zero + 605 * 60}.1|front|front/0|CONNECT|120|{zero + 605 * 60}.1|0",
        f"{zero + 609 * 60}|{zero + 607 * 60}.2|front|NONE|ABANDON|1|2|120",
        f"{zero + 610 * 60}|{zero + 605 * 60}.1|front|front/0|BLINDTRANSFER|queue|queue|120|120|1",
        f"{zero + 610 * 60}|{zero + 605 * 60}.1|back|NONE|ENTERQUEUE||64|1",
        f"{zero + 613 * 60}|{zero + 605 * 60}.1|back|back/0|CONNECT|180|{zero + 605 * 60}.1|0",
        f"{zero + 618 * 60}|{zero + 605 * 60}.1|back|back/0|COMPLETECALLER|180|300|1",
    ]


SECOND = 1 / 60 + 1e-9
"""What is lost by a time cut to the second, of two of which a length is the difference (min)."""


@pytest.mark.parametrize("name", ["double_peine", "empowered"])
def test_a_history_comes_back_with_its_waits_and_talks(tmp_path, name):
    """Every call that came to a queue, every leg that was answered: within a second, as times are cut to it."""
    world = sim.variant(name, {"time": {"warm_up": "0 min", "horizon": "7 d", "follow_up": "0 min"}})
    lived = sim.run(world, sim.populate(world, seed=7))
    made = sim.tables(lived)
    log = sim.queue_log(sim.write_log(lived, tmp_path / "queue_log"))
    assert log.left_out == {"QUEUESTART lines": 1}
    assert log.first_monday == date(2024, 1, 1)
    served, legs = log.calls[~np.isnan(log.calls["answered"])], made.legs
    assert len(served) == len(legs) > 1000
    talks = pairs(legs["answered"], legs["left"])
    assert pairs(served["answered"], served["left"]) == pytest.approx(talks, abs=SECOND)
    ends = np.where(np.isnan(log.calls["answered"]), log.calls["left"], log.calls["answered"])
    callers, seconds = [log.callers[caller] for caller in log.calls["caller"]], np.round(log.calls["arrived"] * 60)
    waits = dict(zip(zip(callers, seconds, strict=True), ends - log.calls["arrived"], strict=True))
    came = made.calls[~np.isnan(made.calls["queued"]) & ~made.calls["call_back"]]
    numbers = lived.customers.rows["number"][came["customer"]].astype(str)
    for number, queued, wait in zip(numbers, np.floor(came["queued"] * 60), came["wait"], strict=True):
        assert waits[number, queued] == pytest.approx(wait, abs=SECOND)
    assert (came["wait"] > 2 * SECOND).sum() > 50


def pairs(answered, left):
    """Return when services began and how long they lasted, in the order in which they began."""
    order = np.lexsort((left, np.floor(answered * 60 + 1e-6)))
    return np.column_stack([answered[order], left[order] - answered[order]])


def test_who_takes_a_call_back_leaves_by_key_and_comes_again(tmp_path):
    strip = """
        600 APPEARED
        600 DIALLED
        600 PICKED_UP
        600 QUEUED front:-1
        600 CALL_BACK_TAKEN front:-1
        613 RUNG_BACK front:-1
        613 ANSWERED front:0
        613 TALKING
        620 SOLVED
        620 LEFT_AGENT
        620 CALL_ENDED
    """
    log = sim.queue_log(sim.write_log(history(hand_world(), strip), tmp_path / "log"))
    assert log.calls["outcome"].tolist() == [Outcome.LEFT_BY_KEY, Outcome.ANSWERED]
    assert log.calls["arrived"].tolist() == [600.0, 613.0]
    assert log.calls["left"].tolist() == [600.0, 620.0]


def test_names_with_the_sign_between_fields_are_written_with_another(tmp_path):
    world = tiny_world(teams={"a|b": {"staff": 5, "talk": "10 min", "wage": 0}}, line={"team": "a|b"})
    lived = sim.run(world, sim.populate(world, seed=1))
    assert sim.queue_log(sim.write_log(lived, tmp_path / "log")).queues == ("a_b",)


def test_what_cannot_be_written_is_told_in_words(tmp_path):
    told = history(hand_world(), CLEAN)
    with pytest.raises(ValueError, match="form is 'xls'"):
        sim.write_log(told, tmp_path / "log", "xls")
    with pytest.raises(ValueError, match="history is of the kind str"):
        sim.write_log("base", tmp_path / "log")
    with pytest.raises(ValueError, match="a Tuesday; the nearest Mondays are 2024-01-08 and 2024-01-15"):
        sim.write_log(told, tmp_path / "log", first_monday=date(2024, 1, 9))
    with pytest.raises(ValueError, match="it has to be the path of a file"):
        sim.write_log(told, 3)
    late = told.rows.copy()
    late["time"][-1] = 1e12
    with pytest.raises(ValueError, match="a date needs"):
        sim.write_log(sim.History.of(told.world, told.customers, late, engine="hand"), tmp_path / "log")
    assert list(tmp_path.iterdir()) == []
