"""Slips in what happens before the firm is asked, or beside it."""

from __future__ import annotations

from tests.slip import Slip

_CROWD, _ONSET = "mechanisms.crowd", "mechanisms.journey.onset"
_PLAN = "mechanisms.state.numbers_beforehand"
_FOLLOW = "levers.follow_through"

OF_UNASKED = (
    Slip(f"{_CROWD}.beforehand", "beforehand", "seeks_number(me)", "ended", "self_service.search"),
    Slip(f"{_CROWD}.beforehand", "beforehand", "asks_others(me)", "ended", "forum.delay"),
    Slip(f"{_CROWD}.beforehand", "beforehand", "notices(me)", "pass", "detection.share"),
    Slip(f"{_CROWD}.self_service", "reads_help", "its.help.reads", "its.help.lost", "self_service.reads"),
    Slip(f"{_CROWD}.self_service", "reads_help", "its.help.reading", "its.help.search", "self_service.reading"),
    Slip(f"{_CROWD}.self_service", "seeks_number", "its.lost", "its.reads", "self_service.gives_up_search"),
    Slip(f"{_CROWD}.self_service", "seeks_number", "minutes <= 0.0 and not lost", "not lost", "self_service.search"),
    Slip(f"{_CROWD}.self_service", "goes_elsewhere", "me.sent_to = which", "pass", "self_service.instead"),
    Slip(f"{_CROWD}.forum", "asks_others", "its.patience", "its.asking", "forum.patience"),
    Slip(f"{_CROWD}.forum", "asks_others", "its.asking", "its.helping", "forum.asking"),
    Slip(f"{_CROWD}.forum", "answered_at", "its.delay", "its.asking", "forum.delay"),
    Slip(f"{_CROWD}.forum", "answered_at", "not happens", "happens", "forum.answered"),
    Slip(f"{_CROWD}.forum", "is_helped", "its.helping", "its.asking", "forum.helping"),
    Slip(f"{_CROWD}.forum", "is_helped", "its.solves", "its.solves[1:]", "forum.solves"),
    Slip(f"{_CROWD}.detection", "notices", "its.noticed_after", "office_of(me).plan.moved", "detection.delay"),
    Slip(f"{_CROWD}.detection", "goes_by", "min(until, me.noticed_at)", "until", "detection.delay"),
    Slip(f"{_CROWD}.detection", "gets_to_it", "goes_by(me,", "goes_by(me, 1.0 +", "self_service.reading"),
    Slip(f"{_CROWD}.detection", "is_told", "plan.beforehand.case", "plan.beforehand.case - 1", "detection.case"),
    Slip(f"{_CROWD}.detection", "may_be_solved", "is_ready(me) and happens", "not happens", "self_service.solves"),
    Slip(f"{_CROWD}.recurrence", "strikes_at", "plan.recurs_after", "plan.moved", f"{_FOLLOW}.recurs_after"),
    Slip(f"{_CROWD}.recurrence", "strikes_at", "plan.recurrence and", "", f"{_FOLLOW}.recurrence"),
    Slip(f"{_CROWD}.recurrence", "strikes_at", "by_the_firm and", "not by_the_firm and", f"{_FOLLOW}.root_cause"),
    Slip(f"{_CROWD}.recurrence", "appears_anew", "note(me, codes.RECURRED)", "pass", f"{_FOLLOW}.recurrence"),
    Slip(f"{_CROWD}.detection", "is_noticed_by", "<= at", "> at", "detection.share"),
    Slip("mechanisms.journey.journey", "begins_contact", "is_told(me)", "me.contact", "detection.share"),
    Slip(_ONSET, "onset", "is_prevented(me)", "False", "prevention.cause.reasons"),
    Slip(_ONSET, "turns_to_the_firm", "plan.first_contact", "plan.ready", "population.reasons.any.first_contact"),
    Slip(_ONSET, "first_wanted", "strikes_at(me, False)", "me.now", "forum.solves"),
    Slip(_ONSET, "first_wanted", "give_up(me)", "pass", "self_service.gives_up_search"),
    Slip(_ONSET, "strikes_again", "first_wanted(me)", "math.inf", f"{_FOLLOW}.recurs_after"),
    Slip("mechanisms.staff.agents", "is_generic", "u < its.generic **", "u < 0.5 * its.generic **",
         "teams.front.empathy_cv"),
    Slip("mechanisms.telephone.call", "handles", "team.plan.generic > 0.0", "team.plan.generic > 0.5",
         "teams.front.empathy"),
    Slip("mechanisms.writing.meanwhile", "begins_to_wait", "me.informed = True", "me.informed = False",
         "detection.case"),
    Slip("mechanisms.writing.message", "arrives", "if its.public", "if its.answered", "messages.post.public"),
    Slip(_PLAN, "_chance", "solves.get(level, 0.0)", "0.0", "self_service.solves"),
    Slip(_PLAN, "_help", "its.reading.numbers()", "its.search.numbers()", "self_service.reading"),
    Slip(_PLAN, "_forum", "its.helping.numbers()", "its.asking.numbers()", "forum.helping"),
    Slip("measures.rules.loyalty", "people_told", "unheard * loyalty.audience", "unheard", "loyalty.audience"),
)  # fmt: skip
