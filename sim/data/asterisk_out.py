"""A history as Asterisk would have logged it, so that whatever reads a ``queue_log`` reads simulated days.

Asterisk writes whole seconds; so does this, each time cut to the second that has begun.
"""

from __future__ import annotations

import math
from bisect import insort
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.data.told import Told
from sim.files import written_whole
from sim.history import codes

_LOST = {
    codes.BALKED: "ABANDON",
    codes.ABANDONED: "ABANDON",
    codes.CUT: "EXITWITHTIMEOUT",
    codes.DISMISSED: "EXITEMPTY",
    codes.CALL_BACK_TAKEN: "EXITWITHKEY",
    codes.CHOSE_QUEUE: "EXITWITHKEY",
    codes.MOVED_ON: "EXITWITHTIMEOUT",
    codes.MESSAGE_LEFT: "EXITWITHTIMEOUT",
}
"""What ends a wait in vain, or leads on to another queue."""
_REFUSED = (codes.QUEUE_FULL, codes.TRANSFER_LOST)
"""What happens to who never comes to wait."""
_BY_THE_FIRM = (codes.CUT, codes.HUNG_UP)
_WARM, _COLD = "ATTENDEDTRANSFER", "BLINDTRANSFER"
_PASSED_ON = {codes.TRANSFERRED_COLD: _COLD, codes.TRANSFERRED_WARM: _WARM}
_ENTER, _CONNECT, _FULL = "ENTERQUEUE", "CONNECT", "FULL"


@dataclass
class _Call:
    """A call as it goes on: its name in the log, the queue it waits or waited in, and since when."""

    name: str
    caller: str
    queue: str = ""
    waits: bool = False
    served: bool = False
    entered: int = 0
    answered: int = 0
    how: str = "COMPLETECALLER"


@dataclass(frozen=True)
class _Entry:
    """A line to come, before it is known how many wait in front."""

    time: float
    call: str
    queue: str
    agent: str
    event: str
    first: str = ""
    held: int = 0
    talked: int = 0


def write_queue_log(told: Told, path: Path) -> None:
    """Write the calls that came to a queue, line by line in the order of time.

    Calls for which all lines were busy never come to a queue, and are in no such log. Who takes a call-back leaves by
    key; when the firm rings and he answers, he enters the queue once more and is connected at once.
    """
    entries = sorted(_entries(told), key=lambda entry: entry.time)
    begins = math.floor(told.seconds(0.0))
    with written_whole(path) as unfinished, unfinished.open("w", encoding="utf-8", newline="") as file:
        file.write(f"{begins}|NONE|NONE|NONE|QUEUESTART|\n")
        waiting: dict[str, list[int]] = {}
        entered: dict[str, tuple[int, int]] = {}
        for number, entry in enumerate(entries):
            fields = [str(math.floor(entry.time)), entry.call, entry.queue, entry.agent or "NONE"]
            file.write("|".join([*fields, *_data(entry, number, waiting, entered)]) + "\n")


def _entries(told: Told) -> list[_Entry]:
    found: list[_Entry] = []
    call = _Call("", "")
    calls = 0
    for row in told.rows():
        time = told.seconds(row["time"])
        if row["event"] == codes.DIALLED:
            calls += 1
            call = _Call(f"{math.floor(time)}.{calls}", str(told.numbers[row["customer"]]))
        elif row["event"] == codes.RUNG_BACK or row["event"] == codes.QUEUED:
            found.append(_entered(call, told.place(row) or call.queue, time))
        elif row["event"] == codes.ANSWERED and call.waits:
            call.waits, call.served, call.answered, call.how = False, True, math.floor(time), "COMPLETECALLER"
            held = call.answered - call.entered
            found.append(_Entry(time, call.name, call.queue, _plain(told.agent(row)), _CONNECT, held=held))
        elif row["event"] in _REFUSED and call.waits:
            call.waits = False
            found[-1] = _Entry(time, call.name, call.queue, "", _FULL)  # in the place of his entering it
        elif row["event"] in _LOST and call.waits:
            call.waits, held = False, math.floor(time) - call.entered
            found.append(_Entry(time, call.name, call.queue, "", _LOST[row["event"]], held=held))
        elif call.served:
            _served(call, row, time, told, found)
    return found


def _entered(call: _Call, queue: str, time: float) -> _Entry:
    call.queue, call.waits, call.entered = _plain(queue), True, math.floor(time)
    return _Entry(time, call.name, call.queue, "", _ENTER, first=call.caller)


def _served(call: _Call, row: dict[str, Any], time: float, told: Told, found: list[_Entry]) -> None:
    """Note how a service will have ended, and its end."""
    if row["event"] in _PASSED_ON:
        call.how = _PASSED_ON[row["event"]]
    elif row["event"] in _BY_THE_FIRM:
        call.how = "COMPLETEAGENT"
    elif row["event"] == codes.LEFT_AGENT:
        call.served = False
        held, talked = call.answered - call.entered, math.floor(time) - call.answered
        agent = _plain(told.agent(row))
        found.append(_Entry(time, call.name, call.queue, agent, call.how, held=held, talked=talked))


def _data(entry: _Entry, number: int, waiting: dict[str, list[int]], entered: dict[str, tuple[int, int]]) -> list[str]:
    """Return the event and its data; positions are counted among those who wait in the same queue."""
    line = waiting.setdefault(entry.queue, [])
    if entry.event == _ENTER:
        insort(line, number)
        entered[entry.call] = number, len(line)
        return [_ENTER, "", entry.first, str(len(line))]
    if entry.event == _FULL:
        return [_FULL]
    place, first = entered[entry.call]
    now = line.index(place) + 1 if place in line else 1
    if place in line:
        line.remove(place)
    if entry.event == _CONNECT:
        return [_CONNECT, str(entry.held), entry.call, "0"]
    if entry.event == "EXITWITHKEY":
        return [entry.event, "1", str(now), str(first), str(entry.held)]
    if entry.event in ("ABANDON", "EXITWITHTIMEOUT", "EXITEMPTY"):
        return [entry.event, str(now), str(first), str(entry.held)]
    times = [str(entry.held), str(entry.talked), str(first)]
    return [entry.event, *(("queue", "queue") if entry.event in (_WARM, _COLD) else ()), *times]


def _plain(name: str) -> str:
    """Return a name without what parts fields and lines."""
    return "".join("_" if one == "|" or not one.isprintable() else one for one in name)
