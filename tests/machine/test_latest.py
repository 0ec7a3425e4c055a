"""What was made last is answered again; of two threads each gets its own."""

from __future__ import annotations

import threading
from itertools import count

from sim.machine.kernel.latest import latest


def test_the_very_same_is_made_once_and_an_equal_one_anew():
    made = []

    @latest
    def prepared(of, end):
        made.append((of, end))
        return len(made)

    one, equal = [1], [1]
    assert [prepared(one, 2.0), prepared(one, 2.0), prepared(equal, 2.0), prepared(one, 3.0)] == [1, 1, 2, 3]


def test_what_was_asked_long_ago_is_made_again():
    worlds, made = [object() for _ in range(5)], count(1)
    prepared = latest(lambda of: next(made))
    assert [prepared(world) for world in (*worlds, worlds[-1], worlds[0])] == [1, 2, 3, 4, 5, 5, 6]


def test_another_thread_that_is_quicker_leaves_each_its_own():
    """The slower one is held while the other's is put in place."""
    done = threading.Event()

    @latest
    def prepared(of):
        if of == "slow":
            assert done.wait(60)
        return f"made of {of}"

    answers = []
    slow = threading.Thread(target=lambda: answers.append(prepared("slow")))
    slow.start()
    assert prepared("quick") == "made of quick"
    done.set()
    slow.join()
    assert answers == ["made of slow"]
