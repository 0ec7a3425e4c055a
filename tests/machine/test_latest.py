"""What was made last is answered again, to all threads that ask."""

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


def test_of_threads_that_ask_at_once_one_makes_what_all_get():
    begun, may_end, made = threading.Event(), threading.Event(), []

    @latest
    def prepared(of):
        begun.set()
        assert may_end.wait(60)
        made.append(of)
        return f"{len(made)}: {of}"

    answers: list[str] = []
    threads = [threading.Thread(target=lambda of=of: answers.append(prepared(of))) for of in ("one", "one", "other")]
    threads[0].start()
    assert begun.wait(60)
    for thread in threads[1:]:
        thread.start()
    may_end.set()
    for thread in threads:
        thread.join()
    assert sorted(made) == ["one", "other"]
    assert sorted(answers) == ["1: one", "1: one", "2: other"]
