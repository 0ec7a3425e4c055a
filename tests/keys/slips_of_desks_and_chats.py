"""Slips of the pen in what is told once of desks and chats, and of agents who hold several chats at once."""

from __future__ import annotations

from tests.slip import Slip

_DESK, _CHAT, _HOLD = "mechanisms.face_to_face.desk", "mechanisms.writing.chat", "mechanisms.telephone.hold"
_SHARING, _IDLE, _AGENTS = "mechanisms.staff.sharing", "mechanisms.staff.idle", "mechanisms.staff.agents"
_OPEN, _SLOWDOWN = "desks.shop.open", "teams.front.chat_slowdown"

AT_DESKS = (
    Slip(_DESK, "sets_out", "channel_of(me).writing", "channel_of(me).reading", "desks.shop.travel"),
    Slip(_DESK, "finds_it_closed", "<= me.now", "> me.now", "desks.shop.team"),
    Slip(_DESK, "turned_away", "outcome.DISMISSED", "outcome.ABANDONED", _OPEN),
    Slip(_HOLD, "channel_closes_at", "channel_of(me).hours", "office_of(me).plan.hours", _OPEN),
    Slip(_HOLD, "own_patience", "channel_of(me).patience", "channel_of(me).reading", "desks.shop.patience"),
)

IN_CHATS = (
    Slip(_CHAT, "opens_chat", "codes.CHAT_OPENED", "codes.DIALLED", "chats.site.open"),
    Slip(_CHAT, "begins_to_chat", "minutes += minutes_to_ask", "minutes = minutes_to_ask", _SLOWDOWN),
    Slip(_CHAT, "minutes_to_be_known", "minutes += story", "minutes = story", _SLOWDOWN),
    Slip(_CHAT, "minutes_to_ask", "codes.STATUS_TOLD, draw", "codes.STATUS_TOLD, 0.0 * draw", "cases.repair.asking"),
    Slip(_CHAT, "is_said", "return minutes", "return 0.0", _SLOWDOWN),
    Slip(_CHAT, "has_chatted", "if me.asks_about", "if not me.asks_about", "chats.site.team"),
    Slip("mechanisms.service.powers", "gesture_at_once", "may_grant(me.gesture, ", "may_grant(0.0, ",
         "levers.authority.limit"),
    Slip(_SHARING, "begins_to_share", "times_as_long(team.plan, many + 1)", "times_as_long(team.plan, many)",
         _SLOWDOWN),
    Slip(_SHARING, "ends_to_share", "many + 1, many)", "many, many)", _SLOWDOWN),
    Slip(_SHARING, "times_as_long", "(many - 1)", "many", _SLOWDOWN),
    Slip(_SHARING, "chats_held", "int(is_chatted_at", "int(not is_chatted_at", _SLOWDOWN),
    Slip(_SHARING, "change_pace", "left * times_as_long(its, after)", "left", _SLOWDOWN),
    Slip(_SHARING, "work_left", " / as_long", "", _SLOWDOWN),
    Slip(_AGENTS, "agent_in", "seat % its.agents", "seat // its.agents", "teams.front.staff"),
    Slip(_IDLE, "is_chosen", "its.chats > 1 or ", "", "teams.front.staff"),
    Slip(_IDLE, "comes_before", "fewer > 0", "fewer < 0", "teams.front.staff"),
    Slip(_IDLE, "taken_of", "int(is_busy", "int(not is_busy", "teams.front.staff"),
)  # fmt: skip

AT_DESKS_AND_IN_CHATS = (*AT_DESKS, *IN_CHATS)
