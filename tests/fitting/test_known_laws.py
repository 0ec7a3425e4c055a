"""A world of known laws is lived, its log fitted, and the laws come back, as surely as the intervals say."""

from __future__ import annotations

import math
from functools import cache

import pytest

import sim
from sim.fitting.fit import fit
from sim.fitting.fitted import Fitted
from tests.fitting.known import known, log_of_hangups, log_of_known, log_of_two_queues

REPLICATIONS = range(6)
TRUE = {
    ("problems_per_day", ""): 300.0,
    ("problems_mon", ""): 7 * 300 * 1.2 / 5.5,
    ("problems_sat", ""): 7 * 300 * 0.3 / 5.5,
    ("busyness_day", ""): 25.0,
    ("busyness_interval", ""): 15.0,
    ("balking", ""): 0.05,
    ("patience.weibull.scale", ""): 6.0,
    ("patience.weibull.shape", ""): 0.8,
    ("again.abandoned.share", ""): 0.6,
    ("again.abandoned.gap.mean", ""): 30.0,
    ("again.abandoned.gap.cv", ""): 1.5,
    ("again.served.share", ""): 0.25 * 0.6,
    ("again.served.gap.mean", ""): 300.0,
    ("solve", ""): 0.75,
    ("talk.lognormal.mean", "front"): 8.0,
    ("talk.within_agent_cv", "front"): 0.9,
    ("speed_cv", "front"): 0.2,
    ("after_call.gamma.mean", "front"): 1.0,
    ("after_call.gamma.shape", "front"): 2.0,
}
"""What `known` says, in the words of a fit."""


@cache
def fitted(replication: int) -> Fitted:
    return fit(log_of_known(replication))


@pytest.mark.parametrize("value", TRUE, ids=str)
def test_what_is_known_comes_back(value):
    """Six logs: no estimate is farther off than four of its own errors."""
    found = [fitted(replication).value(*value).found for replication in REPLICATIONS]
    off = [(one.value - TRUE[value]) / one.error for one in found]
    assert max(map(abs, off)) < 4.0, (value, off)


def test_intervals_hold_what_is_known_as_often_as_they_say():
    """19 values in 6 logs: 108 of 114 are expected inside; fewer than 101 once in several hundred times."""
    inside = [
        one.low <= true <= one.high
        for replication in REPLICATIONS
        for value, true in TRUE.items()
        for one in [fitted(replication).value(*value).found]
    ]
    assert len(inside) == 114
    assert sum(inside) >= 101


def test_the_right_laws_are_chosen():
    for replication in REPLICATIONS:
        parts = fitted(replication).parts
        assert parts.waits.laws[0].law == "weibull"
        assert parts.queues[0].laws[0].law == "lognormal"
        assert parts.queues[0].after_call_laws[0].law in ("gamma", "erlang")  # two stages are a Gamma law of shape two
        assert parts.callers.redials["abandoned"][0].law == "lognormal"
        assert parts.callers.redials["served"][0].law == "exponential"


def test_hours_profile_and_staff_are_those_of_the_world():
    parts, world = fitted(0).parts, known()
    assert tuple(parts.opened) == world.line.open_slots()
    assert parts.arrivals.own == (5,)
    shape = world.population.profile.shapes()
    for day in (0, 5):
        whole = sum(shape[day])
        expected = [weight / whole for weight in shape[day]]
        assert max(abs(a - b) for a, b in zip(parts.arrivals.shape[day], expected, strict=True)) < 0.03
    at_work = world.teams["front"].by_slot(world.line.open_slots())[::2]  # by half-hour
    seen = zip(parts.staff.agents[0], at_work, strict=True)
    assert all(agents <= there + 1e-9 for agents, there in seen if there)  # after closing they finish their calls
    busy_hours = [slot for slot in range(336) if at_work[slot] and parts.staff.busy[0, slot] > 0.7 * at_work[slot]]
    assert busy_hours
    assert all(parts.staff.agents[0, slot] > 0.95 * at_work[slot] for slot in busy_hours)


def test_repeats_are_those_of_the_persistent_who_were_not_served(tmp_path):
    """Nearly all gaps of mean 5 h are over within a week, and all are within a month."""
    for replication in REPLICATIONS:
        week, month = (fitted(replication).value(f"repeats_{days}d").found for days in (7, 30))
        assert abs(week.value - 0.15) < 4 * week.error + 0.001
        assert abs(month.value - 0.15) < 4 * month.error + 0.001


def test_the_world_written_of_it_is_lived_and_gives_the_same_log(tmp_path):
    """The fitted world's own log, fitted in turn, agrees with the first within both intervals' errors."""
    from sim.engines import run
    from sim.people import populate
    from tests.fitting.bridge import log_of

    file = tmp_path / "mine.toml"
    file.write_text(fitted(0).to_toml(of="a log", about="A centre of known laws."), encoding="utf-8")
    world = sim.load(file)
    assert world.about == "A centre of known laws."
    world = sim.variant(world, {"time": {"warm_up": "0 d", "horizon": "84 d", "follow_up": "0 d"}})
    again = fit(log_of(run(world, populate(world, seed=11))))
    for name in ("problems_per_day", "patience.weibull.shape", "again.abandoned.share", "repeats_7d", "solve"):
        one, other = (which.value(name).found for which in (fitted(0), again))
        assert abs(one.value - other.value) < 4.0 * math.hypot(one.error, other.error), name


HUNG_UP_ON = {
    ("patience.exponential.mean", ""): 4.0,
    ("again.abandoned.share", ""): 0.6,
    ("again.served.share", ""): 0.15,
    ("again.cut.share", ""): 0.6,
    ("again.cut.gap.mean", ""): 15.0,
    ("solve", ""): 0.75,
}
TWO_QUEUES = {
    ("transferred", "sales"): 0.2,
    ("share", "sales"): 0.7,
    ("talk.lognormal.mean", "sales"): 5.0,
    ("talk.lognormal.mean", "care"): 9.0,
    ("speed_cv", "sales"): 0.15,
    ("speed_cv", "care"): 0.15,
    ("solve", ""): 0.75,
}


@pytest.mark.parametrize(
    ("logs", "true"),
    [(log_of_hangups, HUNG_UP_ON), pytest.param(log_of_two_queues, TWO_QUEUES, marks=pytest.mark.slow)],
)
def test_hang_ups_and_transfers_come_back_too(logs, true):
    """Three logs each: agents who hang up on one caller in ten, and sales who pass one call in five on to care."""
    for replication in range(3):
        found = fit(logs(replication))
        for value, known_value in true.items():
            one = found.value(*value).found
            assert abs(one.value - known_value) < 4.0 * one.error, (replication, value, one)


def test_one_service_in_ten_is_told_as_a_hang_up():
    """Within ten seconds; of a Gamma law of shape two and mean 8 min .09 % are as short by themselves."""
    short = fit(log_of_hangups(0)).value("short_services", "front").found
    assert abs(short.value - (0.1 + 0.9 * 0.0009)) < 4.0 * short.error


def test_a_team_that_passes_on_is_written_with_its_path(tmp_path):
    file = tmp_path / "two.toml"
    file.write_text(fit(log_of_two_queues(0)).to_toml(), encoding="utf-8")
    world = sim.load(file)
    assert world.teams["sales"].competent == pytest.approx(0.8, abs=0.015)
    assert [path.targets() for path in world.paths.values()] == [{"care": 1.0}]
    assert world.line.routes == {"sales": "sales", "care": "care"}
    assert tuple(world.line.open) == ("mon-fri 08:00-20:00", "sat 09:00-13:00")


def test_every_fitted_value_of_the_file_says_what_it_was_fitted_to(tmp_path):
    """Keys with numbers of the log bear a comment with how many and an interval; others say that they are guesses."""
    lines = fitted(0).to_toml().splitlines()
    for key in ("problems_per_day", "busyness_day", "busyness_interval", "handling", "patience", "persistence",
                "after_abandoned", "after_unsolved", "balking", "talk", "after_call", "speed_cv", "solve"):  # fmt: skip
        said = comment_of(lines, key)
        assert "(" in said, (key, said)
        assert " to " in said, (key, said)
        assert any(sign.isdigit() for sign in said), (key, said)
    for key in ("wage", "identification", "explanation", "menu", "gesture_share"):
        assert "guess: not in the log" in comment_of(lines, key)


def comment_of(lines, key):
    """Return the comment at the end of a key's line, or on the lines above it."""
    at = next(number for number, line in enumerate(lines) if line.startswith(f"{key} = "))
    if "# " in lines[at]:
        return lines[at].partition("# ")[2]
    above: list[str] = []
    while lines[at - 1].startswith("# "):
        at -= 1
        above.insert(0, lines[at][2:])
    return " ".join(above)
