"""What is measured of channels and of written work: answers, how long they took, and what waits meanwhile."""

from __future__ import annotations

from typing import Any

import pytest

import sim
from sim.engines import Engine, run
from sim.measures import measure, measures_of, totals_of
from sim.measures.accounts.following.channels import follow_channels
from sim.measures.ready import all_pieces_of
from sim.reading import load
from tests.by_hand import people, plain, written
from tests.measures.strips import hand_world

ENGINES: tuple[Engine, ...] = ("simpy", "compiled")
pytestmark = pytest.mark.parametrize("engine", ENGINES)


def two_mails(engine: Engine, **changes: Any):
    """Return what is lived by two who write from 0 to 8 to one agent, who needs 10 minutes for each.

    The first message is taken up at 8 and answered at 18, the second waits from 8 to 18 and is answered at 28.
    """
    world = written(**changes)
    return run(world, people(world, 0, 0), engine=engine)


def asked(history, *ids: str) -> list[float | None]:
    return [above / below if below else None for above, below in measure(history, ids).values()]


def test_two_mails_are_answered_after_ten_and_twenty_minutes(engine):
    history = two_mails(engine)
    assert totals_of(history).channels["mail"] == (2, 2, pytest.approx(30), 0, 2)
    assert asked(history, "contacts_per_day.mail", "answered_share.mail", "answer_hours.mail") == pytest.approx(
        [2 / 7, 1, 15 / 60]
    )


@pytest.mark.parametrize(("within", "share"), [("9 min", 0), ("10 min", 0.5), ("19 min", 0.5), ("20 min", 1)])
def test_a_mail_is_answered_in_time_up_to_the_very_minute(engine, within, share):
    assert asked(two_mails(engine, messages={"mail": {"within": within}}), "answered_within.mail") == [share]


def test_a_mail_without_a_time_of_its_own_has_that_of_the_world(engine):
    history = two_mails(engine, service_level={"written": "15 min"})
    assert asked(history, "answered_within.mail", "taken_up_within.office") == [0.5, 1]


def test_ten_minutes_in_a_queue_are_the_backlog(engine):
    """Over a week of 10,080 minutes."""
    history = two_mails(engine, service_level={"written": "9 min"})
    assert totals_of(history).filed == {"office": (2, 2, pytest.approx(10), 1, pytest.approx(10))}
    assert asked(history, "backlog.office", "taken_up_hours.office", "taken_up_within.office") == pytest.approx(
        [10 / 10080, 5 / 60, 0.5]
    )


def test_of_a_wait_that_begins_before_the_horizon_the_backlog_has_what_lies_in_it(engine):
    """From 15 to 30: the second message waits until 18. Both were written before, and are measured nowhere else."""
    history = two_mails(engine, time={"warm_up": "15 min", "horizon": "15 min"})
    answers = asked(history, "backlog.office", "taken_up_hours.office", "answered_share.mail")
    assert answers == [pytest.approx(3 / 15), None, None]


def test_an_answer_after_the_horizon_is_one_to_a_message_of_it(engine):
    """The horizon is over at 15, when the second message has waited for 7 minutes."""
    history = two_mails(engine, time={"horizon": "15 min", "follow_up": "1 h"})
    assert asked(history, "backlog.office", "taken_up_hours.office", "answered_share.mail", "answer_hours.mail") == [
        pytest.approx(7 / 15),
        pytest.approx(5 / 60),
        1,
        pytest.approx(15 / 60),
    ]


def test_what_waits_in_the_middle_and_in_the_last_third_tells_whether_the_backlog_grows(engine):
    """The second waits from 8 to 18, a third from 23 to 28, a fourth from 28 to 38; the thirds are to 15, 30 and 45."""
    world = written(time={"horizon": "45 min"})
    drift = totals_of(run(world, people(world, 0, 0, 15, 20), engine=engine)).drift
    assert (drift.middle.queueing, drift.last.queueing) == pytest.approx((3 + 5 + 2, 8))


def test_what_nobody_ever_works_on_waits_to_the_end(engine):
    """Written to 8, given up at 248 and not tried again: the messages wait on until the day is over."""
    history = two_mails(
        engine,
        time={"horizon": "1 d"},
        population={"again": {"most_attempts": 1}},
        teams={"office": {"staff": {"sun 23:00-24:00": 1}}},
    )
    assert totals_of(history).channels["mail"] == (2, 0, 0, 2, 0)
    assert totals_of(history).filed["office"] == (2, 0, 0, 0, pytest.approx(2 * (1440 - 8)))
    assert asked(history, "answered_share.mail", "answer_hours.mail", "taken_up_within.office") == [0, None, 0]


def test_who_waits_his_turn_at_a_desk_was_served_after_that(engine):
    """Two come at 0; the agent takes the second at 13, after 1 + 2 + 10 minutes with the first."""
    shop = {"desks": {"shop": {"team": "front", "open": ["mon-sun 00:00-24:00"], "within": "12 min"}}}
    world = plain(**shop, contacts={"first": {"shop": 1.0}})
    history = run(world, people(world, 0, 0), engine=engine)
    assert asked(history, "answer_minutes.shop", "answered_within.shop", "answered_share.shop") == [6.5, 0.5, 1]
    assert "answer_hours.shop" not in measures_of(world)
    assert totals_of(history).filed == {}


def test_the_backlog_is_the_mean_of_the_queue_by_interval(engine):
    """Of a shipped world, where cases wait for experts whom nobody can call."""
    world = load("pros_2")
    history = run(world, sim.populate(world, seed=3), engine=engine)
    frame = sim.intervals(history, every="1 d", by=["queue"], columns=["queue_length"])
    by_day = frame[frame["queue"] == "experts"]["queue_length"]
    assert by_day.mean() > 0.5
    assert asked(history, "backlog.experts") == pytest.approx([by_day.mean()], rel=1e-9)


def test_a_telephone_alone_has_no_channels_and_compiles_none_of_them(engine):
    world = hand_world()
    assert [name for name, one in measures_of(world).items() if one.family == "channels"] == []
    assert follow_channels not in all_pieces_of(world)
    assert follow_channels in all_pieces_of(world, written())
