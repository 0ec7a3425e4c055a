"""Jobs: done once for all who ask the same, in lanes, cancelled when nobody waits, forgotten in time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest

from sim.ui.jobs import watching
from sim.ui.jobs.job import Job, Unwanted
from sim.ui.jobs.jobs import Full, Jobs, Limits


def until(so, seconds=5.0):
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not so():
        assert time.monotonic() < end, "it never came to be so"
        time.sleep(0.005)


class Held:
    """Work that goes on until it is let go, telling how far it is all the while."""

    def __init__(self):
        self.let_go, self.begun, self.ended, self.times = threading.Event(), threading.Event(), threading.Event(), 0

    def __call__(self, job):
        self.times += 1
        self.begun.set()
        try:
            while not self.let_go.wait(0.005):
                job.tell(0.5, "half of it")
        finally:
            self.ended.set()
        return "done"


@pytest.fixture
def jobs():
    return Jobs(Limits(quick=1, long=1, waiting=3))


def test_what_is_asked_is_done_and_kept(jobs):
    job = jobs.ask("a", lambda job: 42, "me")
    assert job.wait(5, lambda one: False)
    assert (job.state, job.answer, job.done) == ("finished", 42, 1.0)
    assert jobs.ask("a", lambda job: 43, "you") is job


def test_the_same_question_of_two_is_lived_once(jobs):
    work = Held()
    one, other = jobs.ask("a", work, "me"), jobs.ask("a", work, "you")
    assert one is other
    work.let_go.set()
    one.wait(5, lambda job: False)
    assert work.times == 1


def test_who_leaves_ends_only_what_nobody_else_waits_for(jobs):
    work = Held()
    job = jobs.ask("a", work, "me")
    jobs.ask("a", work, "you")
    assert work.begun.wait(5)
    job.leave("me")
    assert job.state == "running"
    job.leave("you")
    assert job.state == "cancelled"
    assert work.ended.wait(2)  # the work itself ends where it next says how far it is
    until(lambda: jobs.known("a") is job)


def test_what_was_cancelled_is_done_anew_when_it_is_asked_again(jobs):
    jobs.ask("a", Held(), "me").cancel()
    again = jobs.ask("a", lambda job: 1, "me")
    again.wait(5, lambda job: False)
    assert again.answer == 1


def test_a_failure_is_kept_for_who_asked_and_tried_again_when_asked_again(jobs):
    def fails(job):
        raise ValueError("no such world")

    job = jobs.ask("a", fails, "me")
    job.wait(5, lambda one: False)
    assert (job.state, str(job.error), job.answer) == ("failed", "no such world", None)
    assert jobs.ask("a", fails, "me") is not job


def test_one_lane_does_not_wait_for_the_other_and_the_place_in_line_is_known(jobs):
    long = Held()
    jobs.ask("long", long, "me", "long")
    second, third = jobs.ask("second", Held(), "me", "long"), jobs.ask("third", Held(), "me", "long")
    assert long.begun.wait(5)
    quick = jobs.ask("quick", lambda job: 1, "you")
    assert quick.wait(5, lambda one: False) and quick.answer == 1
    assert (jobs.place(second), jobs.place(third), jobs.place(quick)) == (1, 2, 0)
    second.cancel()
    jobs.ask("fourth", Held(), "me", "long")
    assert jobs.place(third) == 1  # what was given up stands in nobody's way
    long.let_go.set()


def test_more_than_the_server_takes_on_is_refused(jobs):
    held = Held()
    jobs.ask(0, held, "me")
    assert held.begun.wait(5)
    for at in (1, 2, 3):
        jobs.ask(at, Held(), "me")
    with pytest.raises(Full):
        jobs.ask(4, Held(), "me")
    held.let_go.set()


def test_what_nobody_looks_at_is_given_up_and_answers_are_forgotten(jobs):
    held, long = Held(), Held()
    job, staying = jobs.ask("a", held, "me"), jobs.ask("long", long, "me", "long")
    done = jobs.ask("b", lambda job: 1, "me", "long")
    assert held.begun.wait(5) and long.begun.wait(5)
    jobs.tidy(now=time.monotonic() + jobs.limits.unseen + 1)
    assert (job.state, staying.state) == ("cancelled", "running")
    long.let_go.set()
    done.wait(5, lambda one: False)
    jobs.tidy(now=time.monotonic() + jobs.limits.kept - 5)
    assert jobs.known("b") is done
    jobs.tidy(now=time.monotonic() + jobs.limits.kept + 5)
    assert len(jobs) == 0


def test_no_more_answers_are_kept_than_there_is_room_for():
    jobs = Jobs(Limits(answers=2))
    asked = [jobs.ask(at, lambda job: bytes(10), "me") for at in range(4)]
    for job in asked:
        job.wait(5, lambda one: False)
        job.look("me")
    jobs.tidy()
    assert [jobs.known(at) is not None for at in range(4)] == [False, False, True, True]


def test_the_time_left_is_what_it_took_so_far_for_what_is_still_to_do():
    job = Job("a", lambda one: None, stays=False)
    assert job.seconds_left() is None
    job.begun = time.monotonic() - 10
    job.tell(0.25, "a quarter")
    assert job.seconds_left() == pytest.approx(30, rel=0.02)


def test_what_a_job_has_come_to_is_shown_before_it_is_over(jobs):
    let_go = threading.Event()

    def work(job):
        job.publish("a first look")
        let_go.wait(5)
        return "all of it"

    job = jobs.ask("a", work, "me")
    assert job.wait(5, lambda one: one.partial is not None)
    assert (job.shown, job.over) == ("a first look", False)
    let_go.set()
    job.wait(5, lambda one: False)
    assert job.shown == "all of it"


def test_telling_a_cancelled_job_how_far_it_is_ends_the_work():
    job = Job("a", lambda one: None, stays=False)
    job.cancel()
    with pytest.raises(Unwanted):
        job.tell(0.5, "half")


def test_work_that_yields_is_set_aside_while_others_wait_and_gone_on_with(jobs):
    order: list[object] = []
    begun, asked = threading.Event(), threading.Event()

    def stepping(job):
        for at in range(3):
            order.append(at)
            begun.set()
            assert asked.wait(5)
            yield
        return "all of it"

    job = jobs.ask("long", stepping, "me")
    assert begun.wait(5)
    jobs.ask("short", lambda one: order.append("short"), "you")
    asked.set()
    assert job.wait(5, lambda one: False)
    assert (job.answer, order) == ("all of it", [0, "short", 1, 2])


def test_a_cancelled_job_that_was_set_aside_is_not_gone_on_with(jobs):
    steps, held = [], Held()

    def stepping(job):
        for at in range(3):
            steps.append(at)
            yield

    blocker = jobs.ask("held", held, "me")
    assert held.begun.wait(5)
    job = jobs.ask("steps", stepping, "me")
    jobs.ask("other", lambda one: None, "you")
    job.cancel()
    held.let_go.set()
    blocker.wait(5, lambda one: False)
    jobs.ask("last", lambda one: 1, "me").wait(5, lambda one: False)
    assert steps == []


def test_what_shows_nothing_yet_comes_before_what_was_set_aside():
    """Two steps of one are asked for, then two others: each is begun before the first one's second step."""
    jobs = Jobs(Limits(quick=1, long=1, waiting=5))
    order: list[str] = []
    begun, asked = threading.Event(), threading.Event()

    def stepping(name):
        def work(job):
            for at in range(2):
                order.append(f"{name}{at}")
                begun.set()
                assert asked.wait(5)
                yield

        return work

    made = [jobs.ask("a", stepping("a"), "me")]
    assert begun.wait(5)
    made += [jobs.ask(name, stepping(name), name) for name in "bc"]
    asked.set()
    assert all(job.wait(5, lambda one: False) for job in made)
    assert order[:3] == ["a0", "b0", "c0"]
    assert sorted(order[3:]) == ["a1", "b1", "c1"]


def test_work_is_told_whether_it_is_alone(jobs):
    seen: list[bool] = []
    begun, asked = threading.Event(), threading.Event()

    def work(job):
        seen.append(job.crowded)
        begun.set()
        assert asked.wait(5)
        seen.append(job.crowded)

    job = jobs.ask("a", work, "me")
    assert begun.wait(5)
    jobs.ask("b", lambda one: None, "you")
    asked.set()
    assert job.wait(5, lambda one: False)
    assert seen == [False, True]


def test_a_server_that_ends_gives_up_what_runs_and_what_waits(monkeypatch):
    """It is told before Python waits for the threads of a study: else Ctrl-C is answered half a minute later."""
    told: list[Callable[[], None]] = []
    monkeypatch.setattr(threading, "_register_atexit", told.append)
    watching.jobs.clear()
    try:
        made, runs, waits = watching.jobs(), Held(), Held()
        (end,) = told
        jobs = [made.ask(work, work, "me", "long") for work in (runs, waits)]
        assert runs.begun.wait(5)
        end()
        assert runs.ended.wait(5)
        assert [job.state for job in jobs] == ["cancelled", "cancelled"]
        assert not waits.begun.is_set()
    finally:
        watching.jobs.clear()
