"""Slips of the pen in what both tellings share: a word or a sign of one function, and a key that shows it."""

from __future__ import annotations

import importlib
import inspect
import sys
import textwrap
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from sim.scenario.world.levers import Levers


class Slip(NamedTuple):
    """What stands in a function once, and what is wrongly put in its place."""

    module: str
    function: str
    right: str
    wrong: str
    shown_by: str


_PLAN, _METER, _RECORDS, _CUT = "mechanisms.plan", "measures.meter", "population.records", "mechanisms.cut"
_LEVERS = "scenario.world.levers"

IN_THE_PLAN = (
    Slip(_PLAN, "_handle_time", " + team.after_call.mean_value()", "", "teams.front.after_call"),
    Slip(_PLAN, "_handle_time", "memory.identification.mean_value() + ", "", "levers.memory.identification"),
    Slip(_PLAN, "_handle_time", "memory.explanation.mean_value() + ", "", "levers.memory.explanation"),
    Slip(_PLAN, "_handle_time", " * world.levers.talk_factor()", "", "levers.authority.talk_factor"),
    Slip(_PLAN, "_handle_time", "reason.share * ", "", "population.reasons.*.work"),
    Slip(_PLAN, "_handle_time", " * reason.work", "", "population.reasons.*.work"),
    Slip(_PLAN, "_patience_factor", "not other_network", "other_network", "tariff.hold_billed"),
    Slip(_PLAN, "_patience_factor", "exp(-", "exp(", "population.price_aversion"),
    Slip(_PLAN, "_patience_factor", "world.tariff_in_force()", "world.tariff", "levers.price.free"),
    Slip(_PLAN, "_patience_factor", "not tariff.billed.hold or ", "", "tariff.billed.hold"),
    Slip(_PLAN, "_patience_factor", '"never"', '"always"', "tariff.hold_billed"),
    Slip(_PLAN, "_patience_factor", "tariff.price_per_minute", "tariff.price_per_call", "tariff.price_per_minute"),
    Slip(_PLAN, "_path", "path.when == why and ", "", "paths.up.when"),
    Slip(_PLAN, "_path", "upto += share", "upto = share", "paths.up.to"),
    Slip(_PLAN, "_path", '"warm"', '"cold"', "paths.up.how"),
    Slip(_PLAN, "_path", "path.delay", "path.briefing", "paths.up.delay"),
    Slip(_PLAN, "_path", "path.tries", "3", "paths.up.tries"),
    Slip(_PLAN, "_solve", 'f"{reason}.{level}"', "level", "teams.front.solve"),
    Slip(_PLAN, "_solve", "level, 1.0", "level, 0.0", "teams.front.solve"),
    Slip(_PLAN, "_solve", ", **world.levers.knowledge.solve.get(name, {})", "", "levers.knowledge.solve"),
    Slip(_PLAN, "_team", "levers.knowledge.competent.get(name, team.competent)", "team.competent",
         "levers.knowledge.competent"),
    Slip(_PLAN, "_team", "limits.get(name, levers.authority.limit)", "limit", "levers.authority.limits"),
    Slip(_PLAN, "plan", "usual if line.misrouted_to is None", "0 if line.misrouted_to is None", "line.misrouted_to"),
    Slip(_PLAN, "plan", "again.after_cut", "again.after_abandoned", "population.again.after_cut"),
    Slip(_PLAN, "plan", "again.after_dismissed", "again.after_abandoned", "population.again.after_dismissed"),
    Slip(_PLAN, "plan", "memory.identification_again.", "memory.identification.", "levers.memory.identification_again"),
    Slip(_PLAN, "plan", "opened and slot in awake", "opened", "population.awake"),
    Slip(_PLAN, "plan", "opened and slot in awake", "slot in awake", "line.open"),
    Slip(_PLAN, "plan", "SCOPES[memory.explained]", "SCOPES[memory.identified]", "levers.memory.explained"),
    Slip(_PLAN, "plan", "else ring.between", "else ring.ringing", "levers.follow_through.call_back.between"),
    Slip(_PLAN, "plan", "else ring.missed", "else 1.0 - ring.missed", "levers.follow_through.call_back.missed"),
    Slip(_PLAN, "plan", '"serve"', '"dismiss"', "line.closing"),
    Slip(_PLAN, "plan", "else line.announcement.factor", "else 1.0", "line.announcement.factor"),
    Slip(_PLAN, "plan", "line.routes.get(reason, line.team)", "line.team", "line.routes"),
)  # fmt: skip

IN_THE_LEVERS = (
    *(
        Slip(_LEVERS, "Levers._each", "model_fields", f"model_fields if name != {lever!r}", f"levers.{lever}.{key}")
        for lever in Levers.model_fields
        for key in ("talk_factor", "cost_per_hour")
    ),
    Slip(_LEVERS, "Levers.talk_factor", "*=", "=", "levers.price.talk_factor"),
    Slip(_LEVERS, "Levers.cost_per_hour", "sum(", "max(", "levers.price.cost_per_hour"),
)

IN_THE_WORLD = (
    Slip("scenario.world.team", "Team.by_slot", "if opened else 0", "", "line.open"),
    Slip("scenario.world.team", "Team.by_slot", "agents[slot] = number", "agents[slot] = 1", "teams.front.staff"),
    Slip("scenario.world.line", "Line.open_slots", "in self.open", "in self.open[1:]", "line.open"),
    Slip("scenario.world.path", "Path.sources", "else self.source", "else self.source[:1]", "paths.up.from"),
    Slip("population.customers", "spread", "-wide / 2", "-wide", "population.temper_cv"),
    Slip("population.customers", "spread", "math.sqrt(wide)", "wide", "teams.front.speed_cv"),
    Slip(_RECORDS, "_cells", " * 7", "", "population.problems_per_day"),
    Slip(_RECORDS, "_weights", "profile.days, profile.intervals", "profile.intervals, profile.days",
         "population.profile.days"),
    Slip(_RECORDS, "_weights", "weight * day", "day", "population.profile.sun"),
    Slip("scenario.world.population", "Profile.shapes", "getattr(self, day) or ", "", "population.profile.mon"),
    Slip(_RECORDS, "_busyness", "1.0 / shape", "shape", "population.busyness_day"),
    Slip(_RECORDS, "_laws", "population.busyness_day, population.busyness_interval", "population.busyness_day, None",
         "population.busyness_interval"),
    Slip(_RECORDS, "Prepared._cumulated", "np.cumsum(list(shares))", "np.array(list(shares))",
         "population.segments.*.share"),
    Slip(_RECORDS, "Prepared._reasons", "one.difficulty.get(name, 0.0)", "1.0", "population.reasons.any.difficulty"),
)  # fmt: skip

IN_THE_RULES = (
    Slip("mechanisms.hours", "closes_at", "week + end", "end", "line.closing"),
    Slip("mechanisms.hours", "dial_time", "week + hours.starts", "hours.starts", "population.moved"),
    Slip("mechanisms.hours", "dial_time", " % hours.lengths[slot]", "", "population.moved"),
    Slip("mechanisms.hold", "hears_too_long", "expected > patience", "expected >= patience",
         "line.announcement.factor"),
    Slip("mechanisms.team", "expected_wait", "(waiting + 1)", "1", "line.announcement.factor"),
    Slip("mechanisms.team", "expected_wait", "handle_time / agents", "handle_time", "teams.front.staff"),
    Slip("mechanisms.talk", "talk_minutes", "(1.0 + redone)", "1.0", "levers.memory.redone"),
    Slip("mechanisms.talk", "talk_minutes", " * factor", "", "levers.price.talk_factor"),
    Slip("mechanisms.talk", "talk_minutes", " * speed", "", "teams.front.speed_cv"),
    Slip("mechanisms.talk", "talk_minutes", " * part", "", "teams.front.wrong_talk"),
    Slip(_CUT, "cut_at_pick_up", "if clock == CONNECTION else math.inf", "", "levers.time.clock"),
    Slip(_CUT, "cut_at_answer", "clock == CURRENT_AGENT or ", "", "levers.time.clock"),
    Slip(_CUT, "left_after", "kept * done", "kept", "levers.memory.progress_kept"),
    Slip("mechanisms.identification", "told_again", "return not ever", "return not in_this_call",
         "levers.memory.identified"),
    Slip("mechanisms.powers", "may_grant", "<=", "<", "levers.authority.limit"),
)  # fmt: skip
"""Compiled they are told once and for all: SimPy shows them, and that the two agree the twin tests."""

IN_THE_MEASURES = (
    Slip(_METER, "meter", "[0, peak] = tariff.price_per_minute", "[0, peak] = 0.0", "tariff.peak"),
    Slip(_METER, "meter", "[own, True]", "[own, own]", "tariff.hold_billed"),
    Slip(_METER, "meter", "math.inf if tariff.cap is None else tariff.cap", "math.inf", "tariff.cap"),
    Slip(_METER, "meter", '"minute"', '"second"', "tariff.rounding"),
    Slip(_METER, "_charged", "= billed.transfer_hold", "= billed.hold", "tariff.billed.transfer_hold"),
    Slip(_METER, "_charged", "= billed.menu, billed.hold", "= billed.hold, billed.menu", "tariff.billed.menu"),
    Slip(_METER, "_charged", "charged[0][..., _HOLDS] = False", "charged[1][..., _HOLDS] = False",
         "tariff.hold_billed"),
    Slip(_METER, "_charged", "charged[..., _BEFORE] = False", "pass", "tariff.starts"),
    Slip(_METER, "_charged", "charged[:, 1, _AFTER] = False", "pass", "levers.follow_through.call_back.accepted"),
    Slip("measures.terms", "terms_of", "world.service_level.within", "world.effort.long_hold_after",
         "service_level.within"),
    Slip("measures.terms", "terms_of", "world.population.again.lives_with_it", "0.0",
         "population.again.lives_with_it"),
    Slip("measures.terms", "terms_of", "world.levers.follow_through.owned", "False", "levers.follow_through.owned"),
    Slip("measures.terms", "terms_of", "world.tariff_in_force()", "world.tariff", "levers.price.free"),
    Slip("measures.terms", "terms_of", "time.warm_up + time.horizon, time.end", "time.end, time.end",
         "time.follow_up"),
    Slip("measures.fold", "Fold._concluded", "team.wage + levers", "team.wage", "levers.price.cost_per_hour"),
    Slip("measures.fold", "Fold._concluded", "calls.toll,", "calls.toll_of_hold,", "tariff.firm_share"),
    Slip("measures.fold", "Fold._concluded", "self.world.loyalty.people_told", "10.0", "loyalty.people_told"),
    Slip("measures.staff", "scheduled_minutes", " - _minutes_up_to(staff, start)", "", "time.warm_up"),
    Slip("measures.staff", "timetables", "staff <= levels", "staff < levels", "teams.front.staff"),
)  # fmt: skip

SLIPS = (*IN_THE_PLAN, *IN_THE_LEVERS, *IN_THE_WORLD, *IN_THE_RULES, *IN_THE_MEASURES)


def make(slip: Slip, patch: pytest.MonkeyPatch) -> None:
    """Put the function with the slip in the place of the right one, wherever it is known by its name."""
    module = importlib.import_module(f"sim.{slip.module}")
    *owners, name = slip.function.split(".")
    owner = getattr(module, owners[0]) if owners else module
    true = getattr(owner, name)
    wrong = _with_slip(slip, true, module)
    patch.setattr(owner, name, wrong)
    for one in [*sys.modules.values()] if not owners else []:
        if one.__name__.startswith("sim.") and vars(one).get(name) is true:
            patch.setattr(one, name, wrong)


def _with_slip(slip: Slip, true: Callable[..., Any], module: Any) -> Any:
    source = textwrap.dedent(inspect.getsource(true))
    assert source.count(slip.right) == 1, f"{slip.function} holds {slip.right!r} {source.count(slip.right)} times"
    undecorated = source[source.index("def ") :].replace(slip.right, slip.wrong)
    code = compile(undecorated, slip.module, "exec", annotations.compiler_flag)
    found: dict[str, Any] = {}
    exec(code, vars(module), found)
    return found[slip.function.split(".")[-1]]
