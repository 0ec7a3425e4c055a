"""The first use on a machine: compiled once, told while it lasts, whoever comes first and whatever interrupts."""

from __future__ import annotations

import _thread
import io
import threading
from typing import Any

import pytest

from sim.machine.compiling import Compiling, first_use, terminal
from tests.packaging.test_compiling import asked, tiny

TOLD_AT_LEAST = 3


class Part:
    """A piece that stands for one that takes long: what it does when compiled, and whether a machine keeps it."""

    file = None  # no other process can compile it

    def __init__(self, machine: set[str], name: str, does=lambda: None, keeps: bool = True):
        self.machine, self.name, self.does, self.keeps = machine, name, does, keeps
        self.loaded = False

    def is_ready(self) -> bool:
        return self.loaded or self.name in self.machine

    def address(self) -> int:
        if not self.is_ready():
            self.does()
        self.loaded = True
        if self.keeps:
            self.machine.add(self.name)
        return 1


@pytest.fixture
def machine():
    """What a machine keeps of what was compiled on it: nothing yet."""
    return set()


def test_each_part_is_compiled_once_on_a_machine_and_then_nothing_is_said(machine):
    ran: list[str] = []
    told: list[Any] = []
    for _run in range(2):
        parts = [Part(machine, name, lambda name=name: ran.append(name)) for name in ("calls", "letters")]
        first_use(parts, told.append)
        first_use(parts, told.append)
        assert ran == ["calls", "letters"]
    assert [now.ended for now in told].count(True) == 1


def test_a_part_that_is_new_is_compiled_alone(machine):
    ran: list[str] = []
    told: list[Any] = []
    first_use([Part(machine, "calls", lambda: ran.append("calls"))])
    both = [Part(machine, name, lambda name=name: ran.append(name)) for name in ("calls", "letters")]
    first_use(both, told.append)
    assert ran == ["calls", "letters"]
    assert {now.of for now in told} == {1}


def test_it_tells_while_a_part_takes_long_and_at_last_that_all_is_done(machine):
    """The part itself waits until it was told of three times, so that no clock decides."""
    told, enough = [], threading.Event()

    def tell(now: Compiling) -> None:
        told.append(now)
        if len(told) == TOLD_AT_LEAST:
            enough.set()

    def long() -> None:
        assert enough.wait(60)

    first_use([Part(machine, "long", long), Part(machine, "short")], tell)
    assert {(now.done, now.of, now.ended) for now in told[:TOLD_AT_LEAST]} == {(0, 2, False)}
    assert (told[-1].done, told[-1].of) == (2, 2)
    assert [now.ended for now in told] == [False] * (len(told) - 1) + [True]
    assert [now.seconds for now in told] == sorted(now.seconds for now in told)


def test_an_interruption_keeps_what_was_done_and_only_that(machine):
    ran: list[str] = []
    told: list[Any] = []

    def interrupted() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        parts = [Part(machine, "calls", lambda: ran.append("calls")), Part(machine, "letters", interrupted)]
        first_use(parts, told.append)
    assert (told[-1].done, told[-1].of, told[-1].ended) == (1, 2, True)
    first_use([Part(machine, "calls", lambda: ran.append("again")), Part(machine, "letters", lambda: ran.append("l"))])
    assert ran == ["calls", "l"]


def test_of_several_threads_one_compiles_and_the_others_wait(machine):
    threads = 4
    ran: list[str] = []
    after: list[Any] = []
    came = threading.Barrier(threads)
    slowly = threading.Event()

    def slow() -> None:
        slowly.wait(0.2)
        ran.append("calls")

    parts = [Part(machine, "calls", slow)]

    def come() -> None:
        came.wait(60)
        first_use(parts)
        after.append(list(ran))

    all_of_them = [threading.Thread(target=come) for _ in range(threads)]
    for thread in all_of_them:
        thread.start()
    for thread in all_of_them:
        thread.join(60)
    assert ran == ["calls"]
    assert after == [["calls"]] * threads


def test_where_nothing_can_be_kept_it_compiles_once_in_every_run(machine):
    ran = []
    for runs in (1, 2):
        parts = [Part(machine, "calls", lambda: ran.append(1), keeps=False)]
        first_use(parts)
        first_use(parts)
        assert len(ran) == runs


def test_ctrl_c_is_heard_while_a_part_is_at_work(machine):
    """The part presses it and then waits until it has been heard: a compiler at work answers no signals."""
    heard, done = threading.Event(), threading.Event()

    def long() -> None:
        _thread.interrupt_main()
        assert heard.wait(60)
        done.set()

    pressed = Part(machine, "long", long)
    with pytest.raises(KeyboardInterrupt):
        first_use([pressed])
    heard.set()
    assert done.wait(60)
    first_use([pressed])  # what went on in the background is not done twice


# Side by side -------------------------------------------------------------------------------------------------------

SIDE_BY_SIDE = """
import os, sys
from sim.machine.compiling import first_use, workers
from sim.kernel import bill
from sim.letters import answer
workers._cores = lambda: 2
{before}
first_use([bill, answer])
print(bill.is_ready(), answer.is_ready(), bill.compiled_here, answer.compiled_here, bill(10.0), answer(3.0))
"""
LETTERS = """
from sim.machine.compiling import piece
from sim.numbers import paid

@piece
def answer(pages: float) -> float:
    return paid(pages) + 1.0
"""


@pytest.fixture
def place(tmp_path):
    """A tiny package of two pieces."""
    tiny(tmp_path)
    (tmp_path / "sim" / "letters.py").write_text(LETTERS)
    return tmp_path


def test_parts_are_compiled_side_by_side_by_processes_of_their_own(place):
    assert asked(place, SIDE_BY_SIDE.format(before="")) == "True True False False 4020.0 7.0"


@pytest.mark.parametrize(
    "before",
    ["sys.executable = '/nowhere/python'", "sys.executable = '/bin/false'", "sys.executable = ''", "sys.frozen = True"],
)
def test_where_no_process_can_do_it_this_one_does(place, before):
    assert asked(place, SIDE_BY_SIDE.format(before=before)) == "True True True True 4020.0 7.0"


def test_a_part_that_cannot_be_compiled_is_told_by_the_process_that_needs_it(place):
    (place / "sim" / "letters.py").write_text(LETTERS.replace("paid(pages)", "nothing_of_the_kind(pages)"))
    code = SIDE_BY_SIDE.format(before="") + "\n"
    told = "try:\n" + "\n".join(f"  {line}" for line in code.splitlines()) + "\nexcept Exception as error:\n"
    assert asked(place, told + "  print(bill.is_ready(), 'nothing_of_the_kind' in str(error))") == "True True"


# What is told -------------------------------------------------------------------------------------------------------


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


STEPS = (Compiling(0, 2, 0.0), Compiling(1, 2, 11.6), Compiling(2, 2, 15.2, ended=True))


def test_a_terminal_shows_one_line_that_is_written_anew():
    screen = Screen()
    tell = terminal(screen)
    for now in STEPS:
        tell(now)
    assert screen.getvalue().split("\r") == [
        "",
        "compiling, once on this machine: 0 of 2 parts, 0 s",
        "compiling, once on this machine: 1 of 2 parts, 12 s",
        "compiled, once on this machine: 2 of 2 parts, 15 s \n",  # a blank over what was longer
    ]


def test_a_file_gets_a_line_at_the_start_and_one_at_the_end_each_time():
    file = io.StringIO()
    tell = terminal(file)
    for now in (*STEPS, *STEPS[:2], Compiling(1, 2, 12.0, ended=True)):
        tell(now)
    assert file.getvalue().splitlines() == [
        "compiling, once on this machine: 0 of 2 parts, 0 s",
        "compiled, once on this machine: 2 of 2 parts, 15 s",
        "compiling, once on this machine: 0 of 2 parts, 0 s",
        "interrupted compiling, once on this machine: 1 of 2 parts, 12 s",
    ]


class Full(io.StringIO):
    """A stream that takes nothing."""

    def write(self, _: str) -> int:
        raise OSError(28, "No space left on device")


@pytest.mark.parametrize("broken", [Full(), None], ids=["full", "none at all"])
def test_what_cannot_be_told_is_compiled_all_the_same(machine, broken, monkeypatch):
    ran = []
    monkeypatch.setattr("sys.stderr", broken)
    first_use([Part(machine, "calls", lambda: ran.append("calls"))], terminal())
    assert ran == ["calls"]
