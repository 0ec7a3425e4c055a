"""Measures of service, over the calls dialled in the horizon, and of the agents' occupancy."""

from __future__ import annotations

from collections.abc import Callable

from sim.history.rows import Event
from sim.measures.accounts.totals import Totals
from sim.measures.register.measure import (
    Answer,
    Measure,
    of_family,
    per_answered,
    per_call,
    percentiles,
    times_per_call,
)
from sim.measures.rules.counts import CUTS, TRANSFERS
from sim.measures.rules.levels import DEFINITIONS, LONG_HOLD, WAITS
from sim.world import World

_served = of_family("service")
_ANSWERED = "over the answered calls dialled in the horizon"
_OF_CHATS = "A minute of one of several chats that an agent may hold at once is that part of his."
_DIALLED = "over the calls dialled in the horizon"


def occupancy(*teams: str) -> Callable[[Totals], Answer]:
    """Divide busy agent minutes by those at work in the horizon, of the teams named or of all."""

    def of(totals: Totals) -> Answer:
        times = [totals.agents[team] for team in teams or totals.agents]
        return sum(time.busy for time in times), sum(time.at_work for time in times)

    return of


SERVED = (
    _served(
        "hold_minutes_per_call",
        "min",
        "lower",
        "Minutes on the line from pick-up to the first agent, menu included; who takes a call-back hangs up, and the "
        f"time until the ring is not on the line: it stands in speed_of_answer, {_ANSWERED}.",
        per_answered(lambda totals: totals.calls.hold),
    ),
    *percentiles(
        _served,
        "hold_minutes",
        "min",
        f"the minutes on the line from pick-up to the first agent, menu included, {_ANSWERED}",
        lambda totals: totals.holds,
    ),
    _served(
        "hold_over_10_share",
        "share",
        "lower",
        f"Calls with more than {LONG_HOLD:g} minutes on the line before the first agent, menu included, {_ANSWERED}.",
        per_answered(lambda totals: totals.calls.long_hold),
    ),
    _served(
        "answered_at_once_share",
        "share",
        "higher",
        f"Calls with a wait of 15 s or less beyond the menu, {_ANSWERED}.",
        per_answered(lambda totals: totals.calls.at_once),
    ),
    _served(
        f"wait_over_{WAITS[0]:g}_share",
        "share",
        "lower",
        f"Calls with a wait of more than {WAITS[0]:g} minute beyond the menu, {_ANSWERED}: under .5, so is the median.",
        per_answered(lambda totals: totals.calls.over_1),
    ),
    _served(
        f"wait_over_{WAITS[1]:g}_share",
        "share",
        "lower",
        f"Calls with a wait of more than {WAITS[1]:g} minutes beyond the menu, {_ANSWERED}: under .1, nine in ten wait "
        "less.",
        per_answered(lambda totals: totals.calls.over_5),
    ),
    _served(
        "talk_minutes_per_call",
        "min",
        "neither",
        "Minutes from the first agent on: identification, explanation, talk, transfer and approval hold, "
        + _ANSWERED
        + ".",
        per_answered(lambda totals: totals.calls.after_answer),
    ),
    _served(
        "handling_minutes_per_call",
        "min",
        "neither",
        "Average handling time: minutes that agents spend on a call, holds with them and after-call work included, the "
        f"wait between two agents not, {_ANSWERED}.",
        per_answered(lambda totals: totals.calls.handling),
    ),
    _served(
        "transfer_hold_minutes_per_call",
        "min",
        "lower",
        f"Minutes of hold between two agents, briefings included, {_ANSWERED}.",
        per_answered(lambda totals: totals.calls.transfer_hold),
    ),
    _served(
        "transfers_per_call",
        "transfers",
        "lower",
        f"Live transfers, cold and warm, in the calls dialled in the horizon, {_ANSWERED}.",
        per_answered(lambda totals: totals.calls.events.of(*TRANSFERS)),
    ),
    _served(
        "answered_share",
        "share",
        "higher",
        f"Calls that an agent took, {_DIALLED}.",
        per_call(lambda totals: totals.calls.answered),
    ),
    _served(
        "abandoned_share",
        "share",
        "lower",
        f"Calls whose customer hung up before the first agent, at once or when patience ended, {_DIALLED}.",
        per_call(lambda totals: totals.calls.abandoned),
    ),
    _served(
        "blocked_share",
        "share",
        "lower",
        f"Calls that found no free line, or no place in the queue that they came to, {_DIALLED}.",
        times_per_call(Event.BLOCKED, Event.QUEUE_FULL),
    ),
    _served(
        "cut_share",
        "share",
        "lower",
        f"Calls broken off by the clock, by an agent who hung up, or in a transfer to where all were busy, {_DIALLED}.",
        times_per_call(*CUTS),
    ),
    _served(
        "service_level",
        "share",
        "higher",
        "The service level by the world's own definition and threshold, " + _DIALLED + ".",
        lambda totals: (totals.calls.in_service, totals.calls.served),
    ),
    _served(
        "service_level_of_days",
        "share",
        "higher",
        "Mean over days of each day's service level, by the world's own definition and threshold: the expectation of "
        "the daily ratio, where service_level is the ratio of expectations; sum of the days' levels, over the days of "
        "the horizon on which a call counts.",
        lambda totals: (totals.daily.levels, totals.daily.days),
    ),
    _served(
        "good_days_share",
        "share",
        "higher",
        "Days whose service level came to the world's target, over the days of the horizon on which a call counts.",
        lambda totals: (totals.daily.good, totals.daily.days),
    ),
    _served(
        "speed_of_answer",
        "min",
        "lower",
        "Wait from the first queue, beyond the menu, to the first agent. Who takes a call-back hangs up and waits on "
        "until the ring: that time counts here, not in hold_minutes_per_call, which is time on the line, "
        f"{_ANSWERED}.",
        per_answered(lambda totals: totals.calls.wait),
    ),
    *percentiles(
        _served,
        "speed_of_answer",
        "min",
        f"the wait from the first queue, beyond the menu, to the first agent, {_ANSWERED}",
        lambda totals: totals.waits,
    ),
    _served(
        "occupancy",
        "share",
        "neither",
        "Minutes in which agents are busy over their minutes at work, those past the end of a duty included. "
        f"{_OF_CHATS}",
        occupancy(),
    ),
)


def service_level_of(world: World) -> str:
    """Return the definition of the service level as this world has it."""
    chosen = world.service_level
    short = f", short within {chosen.short * 60:g} s" if chosen.definition.startswith("short_") else ""
    return (
        f'"{chosen.definition}" within {chosen.within * 60:g} s of wait beyond the menu{short}: '
        f"{DEFINITIONS[chosen.definition]}; calls dialled in the horizon."
    )


def occupancy_of(team: str) -> Measure:
    """Return the occupancy of one team."""
    return _served(
        f"occupancy.{team}",
        "share",
        "neither",
        f"Minutes in which agents of {team} are busy over their minutes at work, those past the end of duty included. "
        "A minute of one of several chats that an agent may hold at once is that part of his.",
        occupancy(team),
    )
