"""Slips of the pen in what both tellings share: a word or a sign of one function, and a key that shows it."""

from __future__ import annotations

from sim.world.levers import Levers
from tests.keys.slips_of_staff import OF_STAFF
from tests.slip import Slip

_RATES = "people.rates"
_PLAN, _METER, _RECORDS, _CUT = (
    "mechanisms.state.numbers",
    "measures.rules.meter",
    "people.records",
    "mechanisms.telephone.cut",
)
_CALL, _HOLD, _JOURNEY = "mechanisms.telephone.call", "mechanisms.telephone.hold", "mechanisms.journey.journey"
_SERVICE, _TERMS = "mechanisms.service", "measures.accounts.terms"
_RING = "levers.follow_through.call_back"
_LEVERS = "world.levers"

IN_THE_PLAN = (
    Slip(_PLAN, "_handle_time", "team.after_call_of(name).mean_value()", "0.0", "teams.front.after_call"),
    Slip(_PLAN, "_handle_time", "memory.identification.mean_value() + ", "", "levers.memory.identification"),
    Slip(_PLAN, "_handle_time", "memory.explanation.mean_value() + ", "", "levers.memory.explanation"),
    Slip(_PLAN, "_handle_time", "talk *= world.levers.talk_factor()", "pass", "levers.authority.talk_factor"),
    Slip(_PLAN, "_handle_time", "reason.share * reason.work", "reason.work", "population.reasons.*.work"),
    Slip(_PLAN, "_handle_time", " * reason.work", "", "population.reasons.*.work"),
    Slip(_PLAN, "_patience_factor", "not other_network", "other_network", "tariff.hold_billed"),
    Slip(_PLAN, "_patience_factor", "exp(-", "exp(", "population.price_aversion"),
    Slip(_PLAN, "_patience_factor", "world.tariff_in_force()", "world.tariff", "levers.price.free"),
    Slip(_PLAN, "_patience_factor", "not tariff.billed.hold or ", "", "tariff.billed.hold"),
    Slip(_PLAN, "_patience_factor", '"never"', '"always"', "tariff.hold_billed"),
    Slip(_PLAN, "_patience_factor", "tariff.price_per_minute", "tariff.price_per_call", "tariff.price_per_minute"),
    Slip(_PLAN, "_way_on", "path.when == why and ", "", "paths.up.when"),
    Slip(_PLAN, "_way_on", "name in path.sources()", "name == path.sources()[0]", "paths.up.from"),
    Slip(_PLAN, "_path", "upto += share", "upto = share", "paths.up.to"),
    Slip(_PLAN, "_path", '!= "cold"', '== "cold"', "paths.up.how"),
    Slip(_PLAN, "_path", "path.delay", "path.briefing", "paths.up.delay"),
    Slip(_PLAN, "_path", "path.tries", "3", "paths.up.tries"),
    Slip(_PLAN, "_solve", 'f"{reason}.{level}"', "level", "teams.front.solve"),
    Slip(_PLAN, "_solve", "level, 1.0", "level, 0.0", "teams.front.solve"),
    Slip(_PLAN, "_solve", ", **world.levers.knowledge.solve.get(name, {})", "", "levers.knowledge.solve"),
    Slip(_PLAN, "_team", "levers.knowledge.competent.get(name, team.competent_for.get(reason, team.competent))",
         "team.competent_for.get(reason, team.competent)", "levers.knowledge.competent"),
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
    Slip("world.team", "Team.by_slot", "if opened else 0", "", "line.open"),
    Slip("world.team", "Team.by_slot", "agents[slot] = number", "agents[slot] = 1", "teams.front.staff"),
    Slip("world.line", "Line.open_slots", "in self.open", "in self.open[1:]", "line.open"),
    Slip("world.path", "Path.sources", "else self.source", "else self.source[:1]", "paths.up.from"),
    Slip("people.customers", "spread", "-wide / 2", "-wide", "population.temper_cv"),
    Slip("people.customers", "spread", "math.sqrt(wide)", "wide", "teams.front.speed_cv"),
    Slip(_RATES, "_a_week", " * 7", "", "population.problems_per_day"),
    Slip("world.mixing", "weights_of", "profile.days, profile.intervals", "profile.intervals, profile.days",
         "population.profile.days"),
    Slip("world.mixing", "weights_of", "weight * day", "day", "population.profile.sun"),
    Slip("world.profile", "Profile.shapes", "getattr(self, day) or ", "", "population.profile.mon"),
    Slip("world.arrivals", "volume_of", '"days": totals, ', "", "population.counts"),
    Slip("world.arrivals", "volume_of", ", **shapes", "", "population.counts"),
    Slip(_RATES, "tables_of", " if reason.profile is not None else 0", "",
         "population.reasons.own.profile.intervals"),
    Slip(_RATES, "tables_of", "upto if reason.profile is not None else 0", "0",
         "population.reasons.any.profile.days"),
    Slip(_RATES, "_unlike", "special.factor * one", "one", "population.special_days.week 1, mon.factor"),
    Slip(_RATES, "_unlike", "special.problems * one / whole", "one", "population.special_days.week 1, mon.problems"),
    Slip(_RATES, "_unlike", "special.profile or ", "", "population.special_days.week 1, mon.profile"),
    Slip(_RATES, "special_days", "day_of(written, first_monday)", "0", "time.first_monday"),
    Slip(_RECORDS, "Prepared._when", "= population.busyness_day_correlation", "= 0.0",
         "population.busyness_day_correlation"),
    Slip(_RECORDS, "Prepared._when", "= population.busyness_interval_correlation", "= 0.0",
         "population.busyness_interval_correlation"),
    Slip(_RECORDS, "Prepared._whose", "= len(by_cell)", "= 0", "population.segments.own.profile.tue"),
    Slip("people.replaying", "_codes", "np.array(replay.at)", "np.array(replay.at) + 1.0", "population.replay.at"),
    Slip("people.replaying", "_codes", "_in_codes(replay.segments", "_in_codes(()", "population.replay.segments"),
    Slip("people.replaying", "_codes", "_in_codes(replay.reasons", "_in_codes(()", "population.replay.reasons"),
    Slip(_RECORDS, "_busyness", "1.0 / shape", "shape", "population.busyness_day"),
    Slip(_RECORDS, "_laws", "population.busyness_day, population.busyness_interval", "population.busyness_day, None",
         "population.busyness_interval"),
    Slip(_RECORDS, "Prepared._cumulated", "np.cumsum(list(shares))", "np.array(list(shares))",
         "population.segments.*.share"),
    Slip(_RECORDS, "Prepared._reasons", "one.difficulty.get(name, 0.0)", "1.0", "population.reasons.any.difficulty"),
)  # fmt: skip

IN_THE_RULES = (
    Slip("mechanisms.state.hours", "closes_at", "week + end", "end", "line.closing"),
    Slip("mechanisms.state.hours", "dial_time", "week + hours.starts", "hours.starts", "population.moved"),
    Slip("mechanisms.state.hours", "dial_time", " % hours.lengths[slot]", "", "population.moved"),
    Slip("mechanisms.state.hours", "end_of_hold", "math.inf if serve else ", "", "line.closing"),
    Slip("mechanisms.telephone.hold", "hears_too_long", "expected > patience", "expected >= patience",
         "line.announcement.factor"),
    Slip("mechanisms.staff.queue", "expected_wait", "(waiting + 1)", "1", "line.announcement.factor"),
    Slip("mechanisms.staff.queue", "expected_wait", "handle_time / agents", "handle_time", "teams.front.staff"),
    Slip(f"{_SERVICE}.talk", "talk_minutes", "(1.0 + redone)", "1.0", "levers.memory.redone"),
    Slip(f"{_SERVICE}.talk", "talk_minutes", " * factor", "", "levers.price.talk_factor"),
    Slip(f"{_SERVICE}.talk", "talk_minutes", " * speed", "", "teams.front.speed_cv"),
    Slip(f"{_SERVICE}.talk", "talk_minutes", " * part", "", "teams.front.wrong_talk"),
    Slip(_CUT, "cut_at_pick_up", "if clock == CONNECTION else math.inf", "", "levers.time.clock"),
    Slip(_CUT, "cut_at_answer", "clock == CURRENT_AGENT or ", "", "levers.time.clock"),
    Slip(f"{_SERVICE}.talk", "left_after", "kept * done", "kept", "levers.memory.progress_kept"),
    Slip(f"{_SERVICE}.identification", "told_again", "return not ever", "return not in_this_call",
         "levers.memory.identified"),
    Slip(f"{_SERVICE}.powers", "may_grant", "<=", "<", "levers.authority.limit"),
    Slip("mechanisms.state.verbs", "draw", "uniform(me, purpose)", "0.5", "line.menu"),
    Slip("mechanisms.state.verbs", "happens", "< share", "<= 1.0 - share", "teams.front.competent"),
    Slip("mechanisms.state.verbs", "spend", "note(me, event, amount)", "note(me, event)", "teams.front.talk"),
    Slip("mechanisms.state.verbs", "pass_time", "end < me.breaks_at", "end <= me.breaks_at", "levers.time.cut_after"),
    Slip("mechanisms.state.verbs", "next_leg", "me.leg += 1", "me.leg += 2", "paths.up.briefing"),
    Slip("mechanisms.telephone.line", "take_line", ">= office.plan.lines", "> office.plan.lines", "line.lines"),
    Slip("mechanisms.telephone.line", "leave_line", "-= 1", "-= 0", "line.lines"),
    Slip(_CALL, "gets_through", "plan.clock, ", "1, ", "levers.time.clock"),
    Slip(_CALL, "first_team", "plan.misrouted_to if", "code_in(plan.routes, me.reason) if", "line.misrouted_to"),
    Slip(_CALL, "leg", "min(me.cut_at, ", "max(me.cut_at, ", "levers.time.hangup"),
    Slip(_CALL, "leg", "cut_at_answer(plan.clock, plan.cut_after, me.cut_at, me.now)", "me.cut_at",
         "levers.time.clock"),
    Slip(_CALL, "introduced", "== NO_WAY", "!= NO_WAY", "paths.up.how"),
    Slip(_HOLD, "patience_of", " * me.temper", "", "population.patience"),
    Slip(_HOLD, "patience_of", "int(me.other_network)", "0", "tariff.hold_billed"),
    Slip(_HOLD, "balks", " or hears_too_long(plan.announced, expected, patience)", "", "line.announcement.factor"),
    Slip(_HOLD, "takes_call_back", "expected > ", "me.now > ", f"{_RING}.offered_above"),
    Slip(_HOLD, "waited_in_vain", "outcome.DISMISSED", "outcome.ABANDONED", "population.again.after_dismissed"),
    Slip(_HOLD, "fails", "me.outcome = outcome", "me.outcome = 0", "population.again.after_abandoned"),
    Slip(_HOLD, "is_there", "< plan.call_back_missed", "> plan.call_back_missed", f"{_RING}.missed"),
    Slip(_HOLD, "missed", "plan.ringing", "plan.between_rings", f"{_RING}.ringing"),
    Slip(_HOLD, "until_next_ring", "else plan.ringing", "else plan.between_rings", f"{_RING}.ringing"),
    Slip(f"{_SERVICE}.identification", "identification", "me.identified_now = me.identified_ever", "me.identified_ever",
         "levers.memory.identification_again"),
    Slip(f"{_SERVICE}.identification", "explanation", "if wrong_pitch else 1.0", "", "levers.knowledge.wrong_pitch"),
    Slip(f"{_SERVICE}.talk", "talk", "not came_wrong and ", "", "levers.knowledge.misrouted"),
    Slip(f"{_SERVICE}.powers", "gesture", "plan.above == REFUSE", "plan.above != REFUSE", "levers.authority.above"),
    Slip(f"{_SERVICE}.transfer", "path_of", "way)", "0)", "effort.transfer_warm"),
    Slip(f"{_SERVICE}.transfer", "way_on", "times_taken(me, way) >=", "times_taken(me, way) >", "paths.up.tries"),
    Slip(f"{_SERVICE}.transfer", "chosen", "u >= ", "u < ", "paths.up.to"),
    Slip(f"{_SERVICE}.transfer", "pass_on", "way if path.warm else NO_WAY", "NO_WAY",
         "paths.up.how"),
    Slip(f"{_SERVICE}.verdict", "after_gesture", "office_of(me).plan.sent_elsewhere", "office_of(me).plan.known_now",
         "levers.access.sent_elsewhere"),
    Slip(f"{_SERVICE}.verdict", "passed_on", ".ticket:", ".warm:", "paths.up.by"),
    Slip(f"{_SERVICE}.verdict", "unsolved", "plan.known_now", "plan.sent_elsewhere", "levers.follow_through.known_now"),
    Slip(_JOURNEY, "next_contact", "plan.dial_hours", "plan.hours", "population.awake"),
    Slip(_JOURNEY, "persists", "me.contact + 1", "me.contact", "population.again.most_attempts"),
    Slip(_JOURNEY, "wants_again", "me.now + ", "", "population.again.after_unsolved"),
    Slip(_JOURNEY, "give_up", "plan.repair_share", "plan.persistence", "population.again.repair_share"),
)  # fmt: skip
"""Told once for both tellings, which no comparison of the two would find wrong: SimPy shows them."""

OF_LUCK = (
    *(
        Slip(f"mechanisms.{module}", function, f"purposes.{purpose}", "purposes.BUSYNESS", key)
        for module, function, purpose, key in (
            ("telephone.call", "menu", "MENU", "line.menu"),
            ("telephone.call", "leg", "HANGUP_AFTER", "levers.time.hangup_within"),
            ("telephone.call", "introduced", "BRIEFING", "paths.up.briefing"),
            ("telephone.call", "leaves_agent", "AFTER_CALL", "teams.front.after_call"),
            ("service.identification", "identification", "IDENTIFICATION", "levers.memory.identification"),
            ("service.identification", "explanation", "EXPLANATION", "levers.memory.explanation"),
            ("service.talk", "talk", "HANDLING", "population.handling"),
            ("service.powers", "gesture", "APPROVAL", "levers.authority.approval"),
            ("service.verdict", "unsolved", "KNOWN_NOW", "levers.follow_through.known_now"),
            ("journey.journey", "answered", "SOLVE", "teams.back.solve"),
            ("journey.journey", "wants_again", "AWAY", "population.again.after_unsolved"),
            ("journey.journey", "give_up", "REPAIR_COST", "population.again.repair"),
        )
    ),
)
"""One purpose's luck in the place of another's."""

IN_THE_MEASURES = (
    Slip(_METER, "meter", "[0, peak] = tariff.price_per_minute", "[0, peak] = 0.0", "tariff.peak"),
    Slip(_METER, "meter", "[own, True]", "[own, own]", "tariff.hold_billed"),
    Slip(_METER, "meter", "math.inf if tariff.cap is None else tariff.cap", "math.inf", "tariff.cap"),
    Slip(_METER, "_steps", '"minute"', '"second"', "tariff.rounding"),
    Slip(_METER, "_steps", "first / 60, following / 60", "following / 60, first / 60", "tariff.steps"),
    Slip(_METER, "_charged", "= billed.transfer_hold", "= billed.hold", "tariff.billed.transfer_hold"),
    Slip(_METER, "_charged", "= billed.menu, billed.hold", "= billed.hold, billed.menu", "tariff.billed.menu"),
    Slip(_METER, "_charged", "charged[0][..., _HOLDS] = False", "charged[1][..., _HOLDS] = False",
         "tariff.hold_billed"),
    Slip(_METER, "_charged", "charged[..., _BEFORE] = False", "pass", "tariff.starts"),
    Slip(_METER, "_charged", "charged[:, 1, _AFTER] = False", "pass", "levers.follow_through.call_back.accepted"),
    Slip(_TERMS, "terms_of", "world.service_level.short", "world.service_level.within", "service_level.short"),
    Slip("measures.accounts.fold", "Fold._daily", "target - _ROUNDING", "target + _ROUNDING", "service_level.target"),
    Slip(_TERMS, "terms_of", "world.service_level.within,", "world.effort.long_hold_after,",
         "service_level.within"),
    Slip(_TERMS, "terms_of", "world.population.again.lives_with_it", "0.0",
         "population.again.lives_with_it"),
    Slip(_TERMS, "terms_of", "world.levers.follow_through.owned", "False", "levers.follow_through.owned"),
    Slip(_TERMS, "terms_of", "world.tariff_in_force()", "world.tariff", "levers.price.free"),
    Slip(_TERMS, "terms_of", "time.warm_up + time.horizon, time.end", "time.end, time.end",
         "time.follow_up"),
    Slip("measures.accounts.fold", "Fold._ended", "team.hourly_wage() + levers", "team.hourly_wage()",
         "levers.price.cost_per_hour"),
    Slip("measures.accounts.fold", "Fold._ended", "calls.toll,", "calls.toll_of_hold,", "tariff.firm_share"),
    Slip("measures.accounts.fold", "Fold._ended", "self.world.loyalty.people_told", "10.0", "loyalty.people_told"),
    Slip("measures.rules.staff", "scheduled_minutes", " - _minutes_up_to(staff, start)", "", "time.warm_up"),
    Slip("measures.rules.staff", "timetables", "staff <= levels", "staff < levels", "teams.front.staff"),
)  # fmt: skip

SLIPS = (*IN_THE_PLAN, *IN_THE_LEVERS, *IN_THE_WORLD, *IN_THE_RULES, *OF_LUCK, *IN_THE_MEASURES, *OF_STAFF)
