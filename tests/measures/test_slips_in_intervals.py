"""A slip in what follows rows into cells spoils a number of the day reckoned by hand, or a sum over cells."""

from __future__ import annotations

import pytest

from tests.copies import Edit, printed_by_a_copy, stands_once

_FOLLOWING, _CELLS = "measures/intervals/following.py", "measures/intervals/cells.py"
_PARTED, _COLUMNS = "measures/intervals/parted.py", "measures/intervals/columns.py"

SLIPS = (
    Edit(_FOLLOWING, "part.last, part.ended = place + 1, row.time", "part.last, part.ended = place + 1, call.dialled"),
    Edit(_FOLLOWING, "when = row.time if parted.by_exit else call.dialled", "when = call.dialled"),
    Edit(_FOLLOWING, "team = part.team if part.team > 0 else own_team(books, part.queue)", "team = part.team"),
    Edit(_FOLLOWING, "cell.logged -= int(part.logged)", "cell.logged -= 1"),
    Edit(_FOLLOWING, "cell.called_again += 1.0", "cell.repeats += 1.0"),
    Edit(_FOLLOWING, "part.after_call += row.amount", "part.after_call = row.amount"),
    Edit(_FOLLOWING, "left_within(call, parted.short)", "left_within(call, parted.within)"),
    Edit(_FOLLOWING, "cell.queued += int(not math.isnan(call.queued))", "cell.queued += 1.0"),
    Edit(
        _FOLLOWING,
        "interval -= 1\n    return interval\n\n\n@rule\ndef carry",
        "interval -= 0\n    return interval\n\n\n@rule\ndef carry",
    ),
    Edit(_FOLLOWING, "        queue.interval += 1", "        queue.interval += 2"),
    Edit(
        _FOLLOWING,
        "        CALL_BACK_TAKEN,\n        CALL_ENDED,\n",
        "        CALL_ENDED,\n",
    ),
    Edit(_FOLLOWING, "until - account.answered", "row.time - account.answered"),
    Edit(_FOLLOWING, "place = place_of(parted, worked, account.answered)", "place = place_of(parted, worked, until)"),
    Edit(_FOLLOWING, "beside = overtime_of(books, team, agent, since, until)", "beside = 0.0"),
    Edit(_FOLLOWING, "in_breaks = in_breaks_of(books, team, agent, since, until)", "in_breaks = 0.0"),
    Edit(_FOLLOWING, "while_absent_of(books, team, agent, since, until)", "0.0"),
    Edit(_FOLLOWING, "cell.overtime_eur += (beside - in_breaks) *", "cell.overtime_eur += beside *"),
    Edit(_FOLLOWING, "elif call.message:", "elif call.call_back:"),
    Edit(_FOLLOWING, "row.time > part.came", "row.time >= part.came"),
    Edit(_FOLLOWING, "    if not part.moved_on:\n        part.queue", "    if True:\n        part.queue"),
    Edit(_FOLLOWING, "part.has_called, part.logged, part.moved_on = True, False, False", "part.has_called = True"),
    Edit(_FOLLOWING, "event in (RING_MISSED, COLLEAGUE_JOINED)", "event in (RING_MISSED, ANSWERED)"),
    Edit(_FOLLOWING, "part.leg_queue = row.team + 1", "part.leg_queue = row.team"),
    Edit(_FOLLOWING, "elif call.dismissed:", "elif call.cut:"),
    Edit(_PARTED, 'np.lexsort((known["by"], known["time"]))', 'np.lexsort((-known["by"], known["time"]))'),
    Edit(_CELLS, "start // asked.every * asked.every", "start"),
    Edit(_PARTED, "paid = minutes + extra", "paid = minutes"),
    Edit(_PARTED, " + premium\n", "\n"),
    Edit(_COLUMNS, '- cells["absent"] + cells["overtime"]', '- cells["absent"]'),
    Edit(_COLUMNS, 'cells["scheduled"] - cells["absent"]', 'cells["scheduled"]'),
    Edit(_COLUMNS, '+ cells["overtime"] - cells["in_breaks"]', '+ cells["overtime"]'),
    Edit(_COLUMNS, 'its["scheduled_eur"] + its["overtime_eur"]', 'its["scheduled_eur"]'),
    Edit(_COLUMNS, 'its["handling"] - its["after_call"]', 'its["handling"]'),
)
"""Each in a place of its own."""

SCRIPT = """
import numpy as np
from sim.measures.intervals.asked import parting
from sim.study.running.intervals import of_history
from tests.measures.strips import hand_world, history, later, RUNG_BACK
from tests.measures.test_intervals_staff import CALL, ONE, quarters
from tests.measures.test_queues import MESSAGE, MOVED
from tests.measures.test_intervals import (
    AT_CLOSING, AT_EIGHT, AT_HALF_PAST, AT_NINE, DAY, EARLY, GONE_LATE, HOURS, PASSED_ON, WAITS, by_hand
)

def wrong(what, seen, right):
    if not np.isclose(seen, right, rtol=0.01 if "_p" in what else 1e-9, atol=1e-9, equal_nan=True):
        print(what, seen, right)

rows = by_hand()
for place, expected in ((16, AT_EIGHT), (17, AT_HALF_PAST), (18, AT_NINE), (19, AT_CLOSING)):
    for name, value in expected.items():
        wrong(name, rows.iloc[place][name], value)
wrong("by exit", by_hand(counted="exit")["offered"].iloc[17], 3)
whole = by_hand(every="whole", by=["team", "queue"]).set_index(["team", "queue"])
wrong("of the front", whole["offered"].get(("front", "front"), np.nan), 8)
wrong("legs of the back", whole["legs"].get(("back", "back"), np.nan), 1)

# Who is taken at the very moment at which another comes: never two at once. Who leaves at the end of one interval is
# not in the next. Who is to be rung back stands in no queue. A queue of two hours is as long in each of four intervals.
world = hand_world(teams={"front": {"staff": 2}})
def queue_of(*strips):
    return of_history(history(world, *strips), parting(world)).frame()
first = "480 APPEARED\\n480 DIALLED\\n480 PICKED_UP\\n480 QUEUED front:-1\\n490 ABANDONED\\n490 CALL_ENDED"
second = "490 APPEARED\\n490 DIALLED\\n490 PICKED_UP\\n490 QUEUED front:-1\\n510 ABANDONED\\n510 CALL_ENDED"
longest = queue_of(first, second)["longest_queue"]
wrong("one after the other", longest[16], 1)
wrong("gone at the end", longest[17], 0)
rung = queue_of(RUNG_BACK.replace("QUEUED", "QUEUED front:-1"))
wrong("rung back", rung["queue_length"].sum() * 30, 2)
hours = queue_of("480 APPEARED\\n480 DIALLED\\n480 PICKED_UP\\n480 QUEUED front:-1\\n600 ABANDONED\\n600 CALL_ENDED")
wrong("two hours", hours["longest_queue"].sum(), 4)

# Two agents of one call, each with after-call work; one who had not been answered and calls again; a week after.
late = hand_world(time={"warm_up": "8 h", "horizon": "1 h"})
wrong("cut edges", len(of_history(history(late, EARLY), parting(late, "day")).frame()), 1)
half = hand_world(time={"warm_up": "450 min", "horizon": "1 h"})
wrong("on the clock", of_history(history(half, EARLY), parting(half, 60)).frame()["offered"].iloc[-1], 1)
wrong("two of them", len(of_history(history(half, EARLY), parting(half, 60)).frame()), 2)
wrong("after ten seconds", queue_of(EARLY, first.replace("490", "480.16"))["abandoned_short"].sum(), 0)
both = PASSED_ON.replace("505 LEFT_AGENT 0", "505 LEFT_AGENT 2")
wrong("after both", queue_of(both)["after_call_work"].sum(), 5)
again = GONE_LATE.replace("513", "490").replace("490 GAVE_UP", "\\n".join(
    ["495 DIALLED", "495 PICKED_UP", "495 QUEUED front:-1", "496 ANSWERED front:0", "499 SOLVED", "499 LEFT_AGENT",
     "499 CALL_ENDED"]
))
wrong("never answered", queue_of(again)["first_call_resolution_logged"].sum(), 1)
week = f"{EARLY.strip().replace('SOLVED', 'BELIEVED')}\\n" + "\\n".join(["10565 DIALLED", "10565 BLOCKED"])
wrong("a week after its end", queue_of(week)["called_again"].sum(), 1)
menu = queue_of("480 APPEARED\\n480 DIALLED\\n480 PICKED_UP\\n482 CUT\\n482 CALL_ENDED")
wrong("in the menu", menu["queued"].sum(), 0)

# A message, moves after a wait and at once, two calls of one customer; a colleague. A break, a lunch, an absence: the
# agent of CALL is busy for 12 minutes; 15 cost 6 EUR.
def of_front(name, *strips):
    told = of_history(history(world, *strips), parting(world, "whole", "queue"))
    return told.frame().set_index("queue")[name].get("front", 0)
wrong("message", of_front("messages", MESSAGE), 1)
wrong("moved", of_front("offered", MOVED), 1)
wrong("moved on", of_front("moved_on", MOVED), 1)
wrong("at once", of_front("offered", MOVED.replace("606", "601")), 0)
again = "900 DIALLED\\n900 PICKED_UP\\n900 QUEUED front:-1\\n901 ABANDONED\\n901 CALL_ENDED"
wrong("then back", of_front("offered", f"{MOVED.strip().replace('SOLVED', 'UNSOLVED')}\\n{again}"), 2)
joined = CALL.replace("10.0 SOLVED", "10.0 COLLEAGUE_JOINED 5 back:0\\n15.0 SOLVED front:0")
joined = joined.replace("10.0 LEFT", "15.0 LEFT").replace("10.0 CALL", "15.0 CALL")
wrong("a colleague", queue_of(later(joined, 600))["agents_busy"].sum() * 30, 17 + 5)
its = {"shifts": ONE, "shrinkage": 0.2, "wage_premiums": {"mon 08:00-09:00": 0.5}}
day = quarters(later(CALL, 535), later(CALL, 595), **its)
for at, column, right in (
    ("09:00", "agents_paid", 15 / 0.8), ("09:00", "staff_eur", 6 / 0.8), ("10:00", "staff_eur", 2.8),
    ("10:00", "agents_at_work", 7), ("08:00", "staff_eur", 9 / 0.8), ("08:00", "agents_paid", 15 / 0.8),
):
    wrong(f"{column} at {at}", day.loc[at, column], right)
ill = quarters(later(CALL, 595), staff=1, absent=1)
wrong("on a day of absence", ill.loc["10:00", "agents_at_work"], 7)
wrong("absent", ill.loc["11:00", "agents_at_work"], 0)
"""


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: f"{slip.right} -> {slip.wrong}")
def test_what_a_slip_replaces_stands_there_once(slip):
    assert stands_once(slip)


@pytest.mark.slow
def test_a_copy_without_a_slip_has_every_number_right(tmp_path):
    assert "".join(printed_by_a_copy(tmp_path, None, SCRIPT)) == ""


@pytest.mark.slow
@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: f"{slip.right} -> {slip.wrong}")
def test_a_slip_is_shown_by_a_number_worked_by_hand(slip, tmp_path):
    assert "".join(printed_by_a_copy(tmp_path, slip, SCRIPT)) != ""
