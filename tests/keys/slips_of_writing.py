"""Slips of the pen in what is told once of channels, messages, cases, visits and asking."""

from __future__ import annotations

from tests.slip import Slip

_CHANNELS, _FILE, _BESIDE = "mechanisms.journey.channels", "mechanisms.service.file", "mechanisms.state.beside"
_JOURNEY, _VERDICT, _CALL = "mechanisms.journey.journey", "mechanisms.service.verdict", "mechanisms.telephone.call"
_MESSAGE, _WORK, _CASE = "mechanisms.writing.message", "mechanisms.writing.work", "mechanisms.writing.case"
_MEANWHILE, _VISIT = "mechanisms.writing.meanwhile", "mechanisms.outside.visit"
_NUMBERS = "mechanisms.state.numbers_of_writing"
_STEPS, _CHASES = "cases.repair.steps", "population.chasing"
_PROMISE = "levers.follow_through.promise"

IN_WRITING = (
    Slip(_NUMBERS, "_while_awake", "there and slot in awake", "there", "population.awake"),
    Slip(_NUMBERS, "_while_awake", "there and slot in awake", "slot in awake", "line.open"),
    Slip(_NUMBERS, "cumulated", "itertools.accumulate(", "iter(", "contacts.first"),
    Slip(_NUMBERS, "_step", "step.takes_for.get(segment, step.takes)", "step.takes", f"{_STEPS}.third.takes_for"),
    Slip(_NUMBERS, "_chance", 'step.solves.get(f"{reason}.{level}", step.solves.get(level, 1.0))',
         "step.solves.get(level, 1.0)", f"{_STEPS}.look.solves"),
    Slip(_NUMBERS, "waiting_of", "rate / DAY", "rate", f"{_CHASES}.without_date"),
    Slip(_CHANNELS, "chooses_channel", "me.contact > 0 and ", "", "contacts.first"),
    Slip(_CHANNELS, "chosen_channel", "me.reason * its.many", "its.many", "contacts.first"),
    Slip(_CHANNELS, "chosen_channel", "if me.asks_about", "if False", "contacts.asking_by"),
    Slip(_CHANNELS, "first_above", "u >= number_in", "u < number_in", "contacts.first"),
    Slip(_CHANNELS, "has_tried_enough", "me.contact + 1", "me.contact", "population.again.most_attempts"),
    Slip(_CHANNELS, "may_be_sent_on", "me.sent_to = which", "me.sent_to = NO_CHANNEL", "line.sends_on"),
    Slip(_JOURNEY, "begins_contact", "if me.changes", "if not me.changes", "contacts.switch"),
    Slip(_JOURNEY, "is_sent_on", "== outcome.UNSOLVED", "!= outcome.UNSOLVED", "line.sends_on"),
    Slip(_JOURNEY, "goes_on", "ended == outcome.ASKED_BACK and not", "ended == outcome.ASKED_BACK or not",
         "messages.mail.asks_back"),
    Slip(_JOURNEY, "hears_late", "codes.REPLIED_LATE", "codes.REPLIED", "population.again.after_unanswered"),
    Slip(_FILE, "case_of", "me.case", "0", "paths.up.case"),
    Slip(_FILE, "step_of", "me.step", "0", f"{_STEPS}.look.team"),
    Slip(_FILE, "chance_of_step", "me.difficulty", "me.difficulty - 1 + its.classes", f"{_STEPS}.look.solves"),
    Slip(_FILE, "looked_up", "if me.registered", "if not me.registered", f"{_CHASES}.without_date"),
    Slip(_FILE, "sees_the_date", "me.now > me.promised", "me.now < me.promised", f"{_PROMISE}.within"),
    Slip(_BESIDE, "may_hear", "me.out > 0 or ", "", "population.again.after_unanswered"),
    Slip(_BESIDE, "takes_out", "me.inbox = NOTHING", "pass", "messages.mail.asks_back"),
    Slip(_BESIDE, "news_of", "outcome + ", "", "messages.mail.team"),
    Slip(_BESIDE, "outcome_of", "OF_THE_CASE - 1", "OF_THE_CASE", "messages.mail.team"),
    Slip(_BESIDE, "about_of", ">> _DETAIL", ">> 0", "paths.office.case"),
    Slip(_BESIDE, "through_of", ">> _THROUGH", ">> 0", "messages.mail.reading"),
    Slip(_BESIDE, "is_of_the_case", "!= 0", "== 0", "paths.up.case"),
    Slip(_BESIDE, "weightier", ">= _weight(known)", "< _weight(known)", "messages.mail.answered"),
    Slip(_BESIDE, "_weight", "return 5", "return -1", "messages.mail.answered"),
    Slip(_VERDICT, "is_ready", "me.now >= ready_at(me)", "me.now > ready_at(me)", "population.reasons.any.ready"),
    Slip(_VERDICT, "ready_at", "me.appeared + ", "1.0 + ", "population.reasons.any.ready"),
    Slip(_VERDICT, "acts_for", "plan.on_behalf", "plan.sent_elsewhere", "levers.access.on_behalf"),
    Slip(_CALL, "asks_how_it_stands", "codes.STATUS_TOLD, draw", "codes.STATUS_TOLD, 0.0 * draw",
         "cases.repair.asking"),
    Slip("mechanisms.service.talk", "minutes_needed", "not came_wrong and ", "", "levers.knowledge.misrouted"),
    Slip(_MESSAGE, "channel_of", "me.channel", "1", "contacts.then"),
    Slip(_MESSAGE, "writes", "me.now += draw", "me.now += 0.0 * draw", "messages.mail.writing"),
    Slip(_MESSAGE, "arrives", "its.answered, ", "its.acknowledged, ", "messages.mail.answered"),
    Slip(_MESSAGE, "patience_for_reply", "channel_of(me).patience", "channel_of(me).lies", "messages.mail.patience"),
    Slip(_MESSAGE, "is_replied", "not me.asks_about and ", "me.asks_about and ", "messages.mail.asks_back"),
    Slip(_MESSAGE, "reads", "outcome.UNANSWERED", "outcome.UNSOLVED", "population.again.after_unanswered"),
    Slip(_MESSAGE, "hears", "draw(me, channel_in", "0.0 * draw(me, channel_in", "messages.mail.reading"),
    Slip(_MESSAGE, "understood", "me.sent_to = me.channel", "pass", "contacts.switching"),
    Slip(_WORK, "is_filed", "me.queue = me.team = number", "me.queue = number", f"{_STEPS}.look.team"),
    Slip(_WORK, "is_worked_on", "me.now += minutes", "me.now += 0.0", f"{_STEPS}.third.share"),
    Slip(_WORK, "answered_in_writing", "is_ready(me) and ", "", f"{_STEPS}.look.ready"),
    Slip(_WORK, "handed_on", "me.ticket = way", "me.ticket = 0", "paths.office.case"),
    Slip(_WORK, "chance_in_writing", "step_of(me).own_chances", "not step_of(me).own_chances",
         f"{_STEPS}.look.solves"),
    Slip(_WORK, "next_piece", "next_leg(me)", "pass", f"{_STEPS}.third.rounds"),
    Slip(_CASE, "begins_case", "me.contact << 12", "0 << 12", f"{_STEPS}.third.rounds"),
    Slip(_CASE, "next_step", "me.round + 1", "me.round + 2", "cases.repair.rounds"),
    Slip(_CASE, "begins_step", "its.until_ready and ", "", f"{_STEPS}.look.until_ready"),
    Slip(_CASE, "solved_by_itself", "== NO_TEAM", "!= NO_TEAM", f"{_STEPS}.third.solves"),
    Slip(_CASE, "closes", "me.outcome == outcome.SOLVED", "me.outcome != outcome.SOLVED", "cases.repair.rounds"),
    Slip(_VISIT, "books", "its.appointment", "its.at_home", f"{_STEPS}.visit.visit.appointment"),
    Slip(_VISIT, "comes_in_vain", "its.missed", "its.again", f"{_STEPS}.visit.visit.missed"),
    Slip(_MEANWHILE, "opens_case", "case_of(me).registered", "1.0", "cases.repair.registered"),
    Slip(_MEANWHILE, "promises", "me.now + within", "within", f"{_PROMISE}.within"),
    Slip(_MEANWHILE, "waits_on", "its.renewed", "1.0", f"{_PROMISE}.renewed"),
    Slip(_MEANWHILE, "rate_of_asking", "return its.after_broken", "return its.before_date", f"{_CHASES}.after_broken"),
    Slip(_MEANWHILE, "rate_of_asking", "if me.informed", "if False", f"{_CHASES}.informed"),
    Slip(_MEANWHILE, "asks_at", "me.left_to_ask / rate", "me.left_to_ask * rate", f"{_CHASES}.without_date"),
    Slip(_MEANWHILE, "next_turn", "min(asks_at(me), me.resigns_at)", "asks_at(me)", "cases.repair.patience"),
    Slip(_MEANWHILE, "takes_its_turn", "me.broken = True", "pass", f"{_PROMISE}.within"),
    Slip(_MEANWHILE, "hears_of_it", "codes.REPLIED_LATE", "codes.REPLIED", "messages.mail.lying"),
    Slip(_MEANWHILE, "asks_or_not", "return outcome.CHASES", "return outcome.GIVES_UP", f"{_CHASES}.without_date"),
)  # fmt: skip
"""Told once for both tellings."""
