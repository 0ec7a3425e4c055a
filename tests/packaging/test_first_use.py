"""The first use on a machine: compiled once, told while it lasts, whoever comes first and whatever interrupts."""

from __future__ import annotations

import _thread
import io
import threading

import pytest

from sim.compiling import Compiling, cache_folder, first, first_use, terminal

TOLD_AT_LEAST = 3


@pytest.fixture(autouse=True)
def machine(tmp_path, monkeypatch):
    """A machine on which nothing was compiled; what it says starts its next run."""
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    cache_folder.cache_clear()

    def next_run() -> None:
        monkeypatch.setattr(first, "_ready", set())

    next_run()
    yield next_run
    cache_folder.cache_clear()


def part(name: str, does):
    """Return a warm-up with a name of its own."""

    def warm_up() -> None:
        does()

    warm_up.__qualname__ = name
    return warm_up


def test_each_part_is_compiled_once_on_a_machine_and_then_nothing_is_said(machine):
    ran, told = [], []
    parts = [part("calls", lambda: ran.append("calls")), part("letters", lambda: ran.append("letters"))]
    first_use(parts, told.append)
    assert ran == ["calls", "letters"]
    assert told
    told.clear()
    first_use(parts, told.append)
    machine()
    first_use(parts, told.append)
    assert (ran, told) == (["calls", "letters"], [])


def test_a_part_that_is_new_is_compiled_alone(machine):
    ran, told = [], []
    first_use([part("calls", lambda: ran.append("calls"))])
    machine()
    both = [part("calls", lambda: ran.append("calls again")), part("letters", lambda: ran.append("letters"))]
    first_use(both, told.append)
    assert ran == ["calls", "letters"]
    assert {now.of for now in told} == {1}


def test_another_processor_that_shares_the_folder_compiles_for_itself(machine, monkeypatch):
    ran = []
    parts = [part("calls", lambda: ran.append(1))]
    first_use(parts)
    machine()
    monkeypatch.setattr("llvmlite.binding.get_host_cpu_name", lambda: "z80")
    first_use(parts)
    assert ran == [1, 1]


def test_it_tells_while_a_part_takes_long_and_at_last_that_all_is_done():
    """The part itself waits until it was told of three times, so that no clock decides."""
    told, enough = [], threading.Event()

    def tell(now: Compiling) -> None:
        told.append(now)
        if len(told) == TOLD_AT_LEAST:
            enough.set()

    def long() -> None:
        assert enough.wait(60)

    first_use([part("long", long), part("short", lambda: None)], tell)
    assert {(now.done, now.of, now.ended) for now in told[:TOLD_AT_LEAST]} == {(0, 2, False)}
    assert (told[-1].done, told[-1].of) == (2, 2)
    assert [now.ended for now in told] == [False] * (len(told) - 1) + [True]
    assert [now.seconds for now in told] == sorted(now.seconds for now in told)


def test_an_interruption_keeps_what_was_done_and_only_that(machine):
    ran, told = [], []

    def interrupted() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        first_use([part("calls", lambda: ran.append("calls")), part("letters", interrupted)], told.append)
    assert (told[-1].done, told[-1].of, told[-1].ended) == (1, 2, True)
    machine()
    first_use([part("calls", lambda: ran.append("again")), part("letters", lambda: ran.append("letters"))])
    assert ran == ["calls", "letters"]


def test_of_several_threads_one_compiles_and_the_others_wait():
    threads, ran, after = 4, [], []
    came = threading.Barrier(threads)
    slowly = threading.Event()
    parts = [part("calls", lambda: (slowly.wait(0.2), ran.append("calls")))]

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


def test_where_nothing_can_be_kept_it_compiles_once_in_every_run(machine, monkeypatch):
    monkeypatch.setattr(first, "cache_folder", lambda: None)
    ran = []
    parts = [part("calls", lambda: ran.append(1))]
    for runs in (1, 2):
        first_use(parts)
        first_use(parts)
        assert len(ran) == runs
        machine()


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


def test_ctrl_c_is_heard_while_a_part_is_at_work(machine):
    """The part presses it and then waits until it has been heard: a compiler at work answers no signals."""
    heard, done = threading.Event(), threading.Event()

    def long() -> None:
        _thread.interrupt_main()
        assert heard.wait(60)
        done.set()

    pressed = part("long", long)
    with pytest.raises(KeyboardInterrupt):
        first_use([pressed])
    heard.set()
    assert done.wait(60)
    first_use([pressed])  # what went on in the background is not done twice


def test_code_that_another_user_left_is_used_where_nothing_can_be_written(machine, monkeypatch):
    from sim.compiling import folder

    first_use([part("calls", lambda: None)])
    filled = cache_folder()
    monkeypatch.setattr(folder, "_can_be_written", lambda _: False)
    cache_folder.cache_clear()
    assert cache_folder() == filled
    machine()
    first_use([part("calls", lambda: pytest.fail("compiled anew"))])


class Full(io.StringIO):
    """A stream that takes nothing."""

    def write(self, _: str) -> int:
        raise OSError(28, "No space left on device")


@pytest.mark.parametrize("broken", [Full(), None], ids=["full", "none at all"])
def test_what_cannot_be_told_is_compiled_all_the_same(machine, broken, monkeypatch):
    ran = []
    monkeypatch.setattr("sys.stderr", broken)
    first_use([part("calls", lambda: ran.append("calls"))], terminal())
    assert ran == ["calls"]
