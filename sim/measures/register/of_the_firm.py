"""Measures of what the firm spends and earns, and of how problems come to their end."""

from __future__ import annotations

from sim.history.rows import Event
from sim.measures.accounts.totals import Totals
from sim.measures.register.cost import firm_cash_eur, firm_eur
from sim.measures.register.measure import (
    of_family,
    per_answered,
    per_problem,
    per_solved,
    per_week,
    times_per_problem,
)
from sim.units import HOUR

_spent, _resolved = of_family("cost to the firm"), of_family("resolution")
_HORIZON = "over the horizon, per problem that appeared in it"
_WEEK = "over the horizon, per week of it"
_PROBLEMS = "over the problems that appeared in the horizon"
_SOLVED = "over the solved problems, as a survey of customers asks"


def still_open(totals: Totals) -> float:
    """Return the problems neither solved nor given up by the end of the run, nor prevented."""
    journeys = totals.journeys
    return journeys.problems - journeys.solved - journeys.given_up - journeys.prevented


def without_contact(totals: Totals) -> float:
    """Return the problems solved without any contact."""
    journeys = totals.journeys
    return journeys.solved_by_themselves + journeys.solved_on_the_forum + journeys.solved_unasked


def paid_hours(totals: Totals) -> float:
    """Return the hours of agents that were paid in the horizon."""
    return sum(time.paid for time in totals.agents.values()) / HOUR


SPENT = (
    _spent(
        "staff_eur_per_problem",
        "EUR",
        "lower",
        "Every paid agent hour, idle ones and those past the end of a duty included, at wage and "
        f"levers' cost, {_HORIZON}.",
        per_problem(lambda totals: totals.staff_eur),
    ),
    _spent(
        "toll_income_eur_per_problem",
        "EUR",
        "neither",
        f"The firm's share of the toll of the calls dialled {_HORIZON}.",
        per_problem(lambda totals: totals.toll_income_eur),
    ),
    _spent(
        "prevention_eur_per_problem",
        "EUR",
        "lower",
        f"What it costs to prevent problems: the part of a year, and for each one prevented, {_HORIZON}.",
        per_problem(lambda totals: totals.prevention_eur),
    ),
    _spent(
        "gestures_eur_per_problem",
        "EUR",
        "neither",
        f"Gestures of money granted, in the calls dialled and in writing, {_HORIZON}.",
        per_problem(lambda totals: totals.gestures),
    ),
    _spent(
        "visits_eur_per_problem",
        "EUR",
        "lower",
        f"Visits of technicians, those that come to nothing too, booked {_HORIZON}.",
        per_problem(lambda totals: totals.visits_eur),
    ),
    _spent(
        "news_eur_per_problem",
        "EUR",
        "neither",
        f"What it costs the firm to tell customers by itself how their cases stand, {_HORIZON}.",
        per_problem(lambda totals: totals.news_eur),
    ),
    _spent(
        "forum_eur_per_problem",
        "EUR",
        "neither",
        f"What the answers of other customers on its forum cost the firm, {_HORIZON}.",
        per_problem(lambda totals: totals.forum_eur),
    ),
    _spent(
        "alarms_eur_per_problem",
        "EUR",
        "lower",
        f"What alarms without a problem cost the firm, {_HORIZON}.",
        per_problem(lambda totals: totals.alarms_eur),
    ),
    _spent(
        "lost_margin_eur_per_problem",
        "EUR",
        "lower",
        "Expected margin lost with those who leave beyond the base churn, and worth of the new "
        "customers whom word of "
        "mouth keeps away, per problem that appeared in the horizon.",
        per_problem(lambda totals: totals.journeys.lost_margin),
    ),
    _spent(
        "firm_eur_per_problem",
        "EUR",
        "lower",
        f"Staff + prevention + gestures + visits + news + forum + alarms + lost margin - toll income, {_HORIZON}.",
        per_problem(firm_eur),
    ),
    _spent(
        "firm_cash_eur_per_problem",
        "EUR",
        "lower",
        "Staff + prevention + gestures + visits + news + forum + alarms - toll income: what is paid and taken in, "
        f"without the lost margin, which rests on what is guessed of those who leave, {_HORIZON}.",
        per_problem(firm_cash_eur),
    ),
    _spent(
        "firm_eur_per_solved_problem",
        "EUR",
        "lower",
        "Staff + prevention + gestures + visits + news + forum + alarms + lost margin - toll income over the horizon, "
        "per problem that appeared in it and was truly solved.",
        per_solved(firm_eur),
    ),
    _spent(
        "staff_hours_per_week",
        "h",
        "lower",
        f"Every paid agent hour, idle ones and those past the end of a duty included, {_WEEK}.",
        per_week(paid_hours),
    ),
    _spent(
        "staff_eur_per_week",
        "EUR",
        "lower",
        f"Every paid agent hour at wage and levers' cost, {_WEEK}.",
        per_week(lambda totals: totals.staff_eur),
    ),
    _spent(
        "toll_income_eur_per_week",
        "EUR",
        "neither",
        f"The firm's share of the toll of the calls dialled {_WEEK}.",
        per_week(lambda totals: totals.toll_income_eur),
    ),
    _spent(
        "lost_margin_eur_per_week",
        "EUR",
        "lower",
        "Expected margin lost, as per problem, with the problems that appeared in the horizon, per week of it.",
        per_week(lambda totals: totals.journeys.lost_margin),
    ),
    _spent(
        "firm_eur_per_week",
        "EUR",
        "lower",
        f"Staff + prevention + gestures + visits + news + forum + alarms + lost margin - toll income, {_WEEK}.",
        per_week(firm_eur),
    ),
    _spent(
        "firm_cash_eur_per_week",
        "EUR",
        "lower",
        "Staff + prevention + gestures + visits + news + forum + alarms - toll income, without the lost margin, "
        f"{_WEEK}.",
        per_week(firm_cash_eur),
    ),
)

RESOLVED = (
    _resolved(
        "solved_share",
        "share",
        "higher",
        f"Problems truly solved by the end of the run, {_PROBLEMS}.",
        per_problem(lambda totals: totals.journeys.solved),
    ),
    _resolved(
        "open_share",
        "share",
        "lower",
        f"Problems neither solved nor given up by the end of the run, nor prevented, {_PROBLEMS}.",
        per_problem(still_open),
    ),
    _resolved(
        "given_up_share",
        "share",
        "lower",
        f"Problems whose customer stopped trying, {_PROBLEMS}.",
        per_problem(lambda totals: totals.journeys.given_up),
    ),
    _resolved(
        "dropped_share",
        "share",
        "lower",
        f"Problems whose customer the firm wants no more, because he asks too much, {_PROBLEMS}.",
        per_problem(lambda totals: totals.journeys.events.of(Event.DROPPED)),
    ),
    _resolved(
        "prevented_share",
        "share",
        "higher",
        f"Problems that the world prevents, so that nothing of them is lived, {_PROBLEMS}: solved, open, given up and "
        "prevented ones are all.",
        per_problem(lambda totals: totals.journeys.prevented),
    ),
    _resolved(
        "attempts_exhausted_share",
        "share",
        "lower",
        f"Problems that came to the most attempts anyone makes, {_PROBLEMS}: above a few in a "
        "thousand the limit shapes the "
        "result.",
        times_per_problem(Event.LIMIT_REACHED),
    ),
    _resolved(
        "hours_to_solution",
        "h",
        "lower",
        "Hours from appearance to true solution, over the solved problems; those given up or still open do not count, "
        "nor does the time until the cause of one that was solved strikes again.",
        per_solved(lambda totals: totals.journeys.minutes_to_solution / HOUR),
    ),
    _resolved(
        "solved_without_contact_share",
        "share",
        "higher",
        "Problems solved without any contact with the firm, by the help that one reads, by other customers or because "
        f"the firm noticed them by itself, {_PROBLEMS}.",
        per_problem(without_contact),
    ),
    _resolved(
        "self_service_share",
        "share",
        "higher",
        f"Problems solved by the help that one reads, without any contact, {_PROBLEMS}.",
        per_problem(lambda totals: totals.journeys.solved_by_themselves),
    ),
    _resolved(
        "forum_share",
        "share",
        "neither",
        f"Problems solved by other customers without any contact: the firm never hears of them, {_PROBLEMS}.",
        per_problem(lambda totals: totals.journeys.solved_on_the_forum),
    ),
    _resolved(
        "detected_share",
        "share",
        "higher",
        f"Times the firm noticed a problem by itself before the customer came to it, {_PROBLEMS}.",
        times_per_problem(Event.DETECTED),
    ),
    _resolved(
        "root_causes_per_1000",
        "per 1000",
        "higher",
        "Root causes found and removed, per 1000 problems that appeared in the horizon, their journeys followed to the "
        "end.",
        per_problem(lambda totals: 1000.0 * totals.journeys.events.of(Event.CAUSE_FOUND)),
    ),
    _resolved(
        "recurrences_per_problem",
        "times",
        "lower",
        f"Times a cause struck again after a solution, {_PROBLEMS}.",
        times_per_problem(Event.RECURRED),
    ),
    _resolved(
        "first_contact_resolution",
        "share",
        "higher",
        "Problems truly solved by their first attempt, over the problems with at least one contact.",
        lambda totals: (totals.journeys.solved_at_first, totals.journeys.with_contact),
    ),
    _resolved(
        "first_call_resolution_logged",
        "share",
        "higher",
        "Answered calls with no further call for the same problem within 7 days of their end, over "
        "the answered calls "
        "dialled in the horizon: the firm's count.",
        per_answered(lambda totals: totals.calls.logged),
    ),
    _resolved(
        "calls_per_solved_problem",
        "calls",
        "lower",
        f"Calls of the solved problems, {_SOLVED}.",
        per_solved(lambda totals: totals.journeys.calls_of_solved),
    ),
    _resolved(
        "toll_eur_per_solved_problem",
        "EUR",
        "lower",
        f"Toll of the solved problems, {_SOLVED}.",
        per_solved(lambda totals: totals.journeys.toll_of_solved),
    ),
    _resolved(
        "call_minutes_per_solved_problem",
        "min",
        "lower",
        f"Minutes on the telephone for the solved problems, {_SOLVED}.",
        per_solved(lambda totals: totals.journeys.call_minutes_of_solved),
    ),
    _resolved(
        "calls_spent_per_solution",
        "calls",
        "lower",
        "All calls of the problems that appeared in the horizon, given up and open ones included, "
        "over the solved problems.",
        per_solved(lambda totals: totals.journeys.calls),
    ),
)
