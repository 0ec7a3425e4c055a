"""Slips of the pen in what is told once of kinds of customers, agents and colleagues."""

from __future__ import annotations

from tests.slip import Slip

_IDLE = "mechanisms.staff.idle"
_PLAN, _AGENTS, _COLLEAGUE = "mechanisms.state.numbers", "mechanisms.staff.agents", "mechanisms.telephone.colleague"
_CALL, _HOLD, _GOING_ON = "mechanisms.telephone.call", "mechanisms.telephone.hold", "mechanisms.journey.going_on"
_SERVICE, _TEAM, _SHIFT = "mechanisms.service", "world.team", "world.shift"
_SCHEDULE = "measures.rules.schedule"
_LEARNS, _ADVICE, _SHIFTS = "teams.front.learning", "teams.front.advice", "teams.front.shifts.day"

OF_KINDS = (
    Slip("world.population", "Population.patience_of", "reason.patience or segment.patience",
         "segment.patience or reason.patience", "population.reasons.any.patience"),
    Slip("world.population", "Population.patience_of", "or segment.patience ", "", "population.segments.all.patience"),
    Slip("world.population", "Population.persistence_of", "segment.persistence if reason.persistence is None",
         "None if reason.persistence is None", "population.segments.all.persistence"),
    Slip("world.population", "Population.persistence_of", "reason.persistence is None else reason.persistence",
         "reason.persistence is None else None", "population.reasons.any.persistence"),
    Slip("world.population", "Population.persistence_of", "usual = self.again.persistence_later", "pass",
         "population.again.persistence_later"),
    Slip("world.population", "Population.persistence_of", "later and ", "", "population.again.persistence_later"),
    Slip("world.population", "Population.persistence_of", "persistence_after.get(cause, usual)",
         "persistence_after.get('abandoned', usual)", "population.again.persistence_after"),
    Slip(_GOING_ON, "persists", "+ ended", "", "population.again.persistence_after"),
    Slip(_GOING_ON, "persists", "1 if me.contact > 0 else 0", "0", "population.again.persistence_later"),
    Slip(_HOLD, "kind_of", " + me.segment", "", "population.segments.*.patience"),
    Slip(_HOLD, "kind_of", "me.reason * office_of(me).plan.segments", "0", "population.reasons.*.patience"),
    Slip(_HOLD, "kind_of", " * office_of(me).plan.segments", "", "population.reasons.*.patience"),
    Slip(_HOLD, "patience_of", "plan.patience_again == ANEW or ", "", "population.patience_again"),
    Slip(_HOLD, "has_held", "== LEFT", "== SAME", "population.patience_again"),
    Slip(_HOLD, "has_held", "me.gives_up_at - me.now", "me.patience", "population.patience_again"),
)  # fmt: skip

OF_AGENTS = (
    Slip(_PLAN, "_team", "1.0 - team.understood", "team.understood", "teams.front.understood"),
    Slip(_PLAN, "_team", "isinstance(talk, float) else talk)", "True else talk)", "teams.front.talk"),
    Slip(_PLAN, "_groups", "shift.at_work()", "shift.paid()", f"{_SHIFTS}.breaks"),
    Slip(_PLAN, "_changes", " or (absences and slot % SLOTS_A_DAY == DAY_BEGINS)", "", "teams.front.absent"),
    Slip(_AGENTS, "given_to", "agent, purpose)", "agent, 0)", "teams.front.speed_cv"),
    Slip(_IDLE, "merit_of", "-pace_of", "pace_of", "teams.front.next_agent"),
    Slip(_IDLE, "merit_of", "chance_of(team, agent, 0.5)", "0.5", "teams.front.next_agent"),
    Slip(_AGENTS, "still_missing", "/ its.halved_after", "", f"{_LEARNS}.halved_after"),
    Slip(_AGENTS, "still_missing", "_HALVES * ", "", f"{_LEARNS}.experience"),
    Slip(_AGENTS, "pace_of", "its.talk_at_first - 1.0", "its.talk_at_first", f"{_LEARNS}.talk_at_first"),
    Slip(_AGENTS, "pace_of", "calls_of(team, agent)", "0.0", f"{_LEARNS}.experience"),
    Slip(_AGENTS, "chance_of", "math.log1p(-chance)", "math.log1p(-0.9)", "teams.front.knowledge_cv"),
    Slip(_AGENTS, "chance_of", "1.0 - its.solves_at_first)", "its.solves_at_first)", f"{_LEARNS}.solves_at_first"),
    Slip(_AGENTS, "is_at_work", "code_in(its.group, agent) * SLOTS_A_WEEK", "0", "teams.front.shifts.*.hours"),
    Slip(_AGENTS, "is_at_work", "working_day(slot)", "0", "teams.front.absent"),
    Slip(_AGENTS, "is_at_work", ">= its.absent", "< its.absent", "teams.front.absent"),
    Slip("mechanisms.state.hours", "working_day", " - DAY_BEGINS", "", "teams.front.absent"),
    Slip(_CALL, "leaves_agent", "takes_note(team, me.agent)", "pass", f"{_LEARNS}.halved_after"),
    Slip(_CALL, "leaves_agent", " + draw(me, team.plan.pause, purposes.PAUSE)", "", "teams.front.pause"),
    Slip(f"{_SERVICE}.identification", "explanation", "MISUNDERSTOOD, minutes", "MISUNDERSTOOD, 0.0",
         "teams.front.understood"),
    Slip(f"{_SERVICE}.talk", "minutes_needed", "number_in(its.talk, me.reason)", "number_in(its.talk, 0)",
         "teams.front.talk_for"),
    Slip(_TEAM, "Team.talk_of", "talk_for.get(reason, self.talk)", "talk_for.get('other', self.talk)",
         "teams.front.talk_for"),
    Slip(_TEAM, "Team.after_call_of", "after_call_for.get(reason, self.after_call)", "after_call",
         "teams.front.after_call_for"),
    Slip(_TEAM, "Team.by_slot", "many for many, there", "1 for many, there", f"{_SHIFTS}.agents"),
    Slip(_TEAM, "Team.paid_by_slot", "shift.paid()", "shift.at_work()", f"{_SHIFTS}.breaks"),
    Slip(_TEAM, "Team.paid_by_slot", "number / (1.0 - self.shrinkage)", "number * (1.0 + self.shrinkage)",
         "teams.front.shrinkage"),
    Slip(_TEAM, "Team.premium_by_slot", "premiums[slot] = share", "premiums[slot] = 0.5", "teams.front.wage_premiums"),
    Slip(_TEAM, "Team.hourly_wage", "sum(", "max(0.0, *", "teams.front.wage_skills"),
    Slip(_SHIFT, "Shift.at_work", "(*self.breaks, *self.lunches)", "self.breaks", f"{_SHIFTS}.lunches"),
    Slip(_SHIFT, "Shift.paid", "self.lunches", "self.breaks", f"{_SHIFTS}.lunches"),
    Slip(_SHIFT, "Shift._there_but", "(self.hours)", "(self.hours[:1])", f"{_SHIFTS}.hours"),
    Slip(_SCHEDULE, "schedule_between", "paid * np.array", "staff * np.array", "teams.front.wage_premiums"),
    Slip(_SCHEDULE, "schedule_between", "team.hourly_wage()", "team.wage", "teams.front.wage_premiums"),
    Slip(_SCHEDULE, "_off_duty", "~np.array", "np.array", f"{_SHIFTS}.lunches"),
    Slip("measures.accounts.fold", "Fold._absent", "if not team.absent", "if True", "teams.front.absent"),
)  # fmt: skip

OF_COLLEAGUES = (
    Slip(_PLAN, "_team", "advice.if_busy ==", "advice.if_busy !=", f"{_ADVICE}.if_busy"),
    Slip(_PLAN, "_path", '== "lost"', '!= "lost"', "paths.up.if_busy"),
    Slip(_PLAN, "_path", '== "conference"', '!= "conference"', "paths.up.how"),
    Slip(_COLLEAGUE, "asks", "me.own_team, me.own_agent = me.team, me.agent", "pass", f"{_ADVICE}.lasts"),
    Slip(_COLLEAGUE, "waits_for_one", "team_of(office_of(me), me.own_team).plan.advice_waits", "True",
         f"{_ADVICE}.if_busy"),
    Slip(_COLLEAGUE, "waits_for_one", "me.asks == outcome.FOR_APPROVAL or ", "", "levers.authority.supervisors"),
    Slip(_COLLEAGUE, "waits_for_one", "not path_of(me, me.way).lost_if_busy", "True", "paths.up.if_busy"),
    Slip(_COLLEAGUE, "joins", "agent, me.team", "agent, me.own_team", f"{_ADVICE}.team"),
    Slip(_COLLEAGUE, "parts", "until - me.now", "0.0", f"{_ADVICE}.lasts"),
    Slip(_COLLEAGUE, "parts", "not whole or ", "True or ", "paths.up.how"),
    Slip(_COLLEAGUE, "are_together", "codes.BRIEFING, minutes", "codes.BRIEFING, 0.0", "paths.up.how"),
    Slip(_COLLEAGUE, "minutes_together", "me.asks == outcome.FOR_ADVICE", "False", f"{_ADVICE}.lasts"),
    Slip(_COLLEAGUE, "minutes_together", "me.asks == outcome.FOR_APPROVAL", "False", "levers.authority.approval"),
    Slip(_COLLEAGUE, "goes_on", "outcome.TAKEN_OVER, me.joined_team", "outcome.TAKEN_OVER, NO_TEAM",
         "paths.up.how"),
    Slip(_COLLEAGUE, "goes_on", "me.briefed = True", "me.briefed = False", "paths.up.how"),
    Slip(_COLLEAGUE, "goes_on", "return outcome.CUT, NO_TEAM", "return outcome.UNSOLVED, NO_TEAM",
         "population.again.after_cut"),
    Slip(_CALL, "leg", "team.plan.advised", "0.0", f"{_ADVICE}.share"),
    Slip("mechanisms.telephone.cut", "comes_to", "me.now >= me.cut_at", "me.now < me.cut_at", "levers.time.hangup"),
    Slip(f"{_SERVICE}.powers", "decided", "heard and ", "", "levers.authority.supervisors"),
    Slip(f"{_SERVICE}.powers", "grants", "me.gesture)", "1.0)", "levers.authority.limit"),
    Slip(f"{_SERVICE}.verdict", "after_gesture", "plan.supervisors", "plan.above", "levers.authority.supervisors"),
    Slip(f"{_SERVICE}.verdict", "verdict", "if not me.right_agent", "if me.right_agent", "teams.front.competent"),
    Slip(f"{_SERVICE}.verdict", "passed_on", ".conference", ".warm", "paths.up.how"),
    Slip(_HOLD, "is_turned_away", "QUEUE_FULL, ", "TRANSFER_LOST, ", "queues.front.places"),
    Slip(_HOLD, "goes_elsewhere", "path_of(me, me.way).lost_if_busy", "False", "paths.up.if_busy"),
)  # fmt: skip

OF_NEW_LUCK = tuple(
    Slip(f"mechanisms.{module}", function, f"purposes.{purpose}", "purposes.BUSYNESS", key)
    for module, function, purpose, key in (
        ("telephone.call", "leg", "CONSULT", f"{_ADVICE}.share"),
        ("telephone.call", "leaves_agent", "PAUSE", "teams.front.pause"),
        ("telephone.colleague", "minutes_together", "CONSULT_TIME", f"{_ADVICE}.lasts"),
        ("service.identification", "is_misunderstood", "UNDERSTOOD", "teams.front.understood"),
        ("staff.agents", "is_at_work", "ABSENCE", "teams.front.absent"),
    )
)

OF_STAFF = (*OF_KINDS, *OF_AGENTS, *OF_COLLEAGUES, *OF_NEW_LUCK)
