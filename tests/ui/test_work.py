"""The work behind the page: what it gives, and that it ends when nobody waits for it any more."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from sim.machine.compiling import Compiling
from sim.reading import load, variant
from sim.study.comparing.compare import compare
from sim.study.comparing.comparison import Comparison
from sim.study.searching.equal import EqualServiceError
from sim.ui import work
from sim.ui.choices import Choices
from sim.ui.work import Unwanted, story, watched, with_way

SMALL = Choices("double_peine", "empowered", load_percent=50, days=1, replications=2)


class Gone(BaseException):
    """What a script is ended with from outside."""


def silent(part, what):
    """Say nothing."""


def test_what_work_answers_is_answered():
    assert watched(lambda tell: 42, silent) == 42


def test_what_work_raises_is_raised():
    def broken(tell):
        raise ValueError("no such world")

    with pytest.raises(ValueError, match="no such world"):
        watched(broken, silent)


def test_what_work_tells_is_shown_by_the_thread_that_watches():
    """The work goes on only once both have been shown: nothing is told to nobody."""
    shown, seen = [], threading.Event()

    def show(part, what):
        shown.append((part, what, threading.current_thread()))
        if what == "half of it":
            seen.set()

    def slow(tell):
        tell(0.5, "half of it")
        assert seen.wait(60)

    watched(slow, show, every=0.001)
    assert (0.5, "half of it", threading.main_thread()) in shown


def test_work_ends_as_soon_as_it_tells_that_the_page_has_gone_on():
    """It would never end by itself."""
    ended = threading.Event()

    def endless(tell):
        try:
            while True:
                tell(0.0, "still at it")
        except Unwanted:
            ended.set()
            raise

    def gone(part, what):
        raise Gone

    with pytest.raises(Gone):
        watched(endless, gone, every=0.001)
    assert ended.wait(60)


def test_nobody_waits_for_work_that_is_unwanted():
    """It has not told anything yet when the page goes on, and is still at it then."""
    may_end, ended = threading.Event(), threading.Event()

    def stubborn(tell):
        may_end.wait(60)
        ended.set()

    def gone(part, what):
        raise Gone

    with pytest.raises(Gone):
        watched(stubborn, gone, every=0.001)
    assert not ended.is_set()
    may_end.set()
    assert ended.wait(60)


@pytest.mark.parametrize("how", ["none", "staff", "service"])
def test_a_study_ends_with_what_telling_raises(how):
    def unwanted(part, what):
        raise Unwanted

    with pytest.raises(Unwanted):
        with_way(SMALL, how, unwanted)


def test_a_story_ends_with_what_telling_raises():
    def unwanted(part, what):
        raise Unwanted

    with pytest.raises(Unwanted):
        story(SMALL.worlds(), 1, unwanted)


def test_compiling_is_told_and_goes_on_though_nobody_waits(monkeypatch):
    told, compiled = [], []

    def ready(*worlds, tell):
        tell(Compiling(done=1, of=3, seconds=4.0))
        compiled.append(True)

    def unwanted(part, what):
        told.append((part, what))
        raise Unwanted

    monkeypatch.setattr(work, "ready", ready)
    with pytest.raises(Unwanted):
        with_way(SMALL, "staff", unwanted)
    assert told[0] == (1 / 3, "compiling, once on this machine: 1 of 3 parts, 4 s")
    assert compiled


def test_every_way_is_the_comparison_of_the_worlds_chosen():
    choices = replace(SMALL, staff_percent=110)
    whole = compare(*choices.changed(), days=choices.days, replications=2, seed=1)
    assert choices.ways() == ("none", "staff", "service")
    for how in choices.ways():
        study = with_way(choices, how, silent)
        assert isinstance(study, Comparison)
        assert study.ways[0].lived == whole.alone(how).ways[0].lived


def test_where_no_staff_makes_the_service_equal_the_reason_is_answered(monkeypatch):
    def none(*worlds, **study):
        raise EqualServiceError("speed_of_answer is undefined in empowered")

    monkeypatch.setattr(work, "compare", none)
    assert with_way(SMALL, "service", silent) == "speed_of_answer is undefined in empowered"


def test_a_story_has_both_worlds_lives_and_two_customers_worth_a_look():
    told = story(SMALL.worlds(), 1, silent)
    assert [history.world.name for history in told.histories] == ["double_peine", "empowered"]
    assert set(told.customers) == {"median", "worst"}
    assert all(0 <= customer < len(told.histories[0].customers) for customer in told.customers.values())


def test_where_nothing_happens_there_is_no_story_to_tell():
    """One problem in ten thousand days: none in these."""
    quiet = variant(load("base"), {"population": {"problems_per_day": 0.0001}})
    told = story((quiet, quiet), 1, silent)
    assert not told.customers
    assert "no journey ended" in told.missing
