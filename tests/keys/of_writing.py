"""The keys of channels, cases, asking, promises and acting on behalf turned."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest

from sim import purposes
from sim.people import Customers
from tests.keys.of_judgement import NO_WEIGHTS
from tests.keys.of_people import CROWD, MANY, NEVER_SOLVED, reason, twice
from tests.keys.turns import DRAWN, Turn, luck, near, over

WRITES: dict[str, Any] = {
    "messages": {"mail": {"team": "office", "writing": "8 min", "reading": "2 min", "patience": "4 h"}},
    "contacts": {"first": {"mail": 1.0}},
    "teams": {"office": {"staff": 1, "talk": "10 min", "wage": 0, "solve": {"plain": 1.0}}},
}
"""Written by 8, worked on until 18, read by 20."""
POST: dict[str, Any] = {"messages": {"post": {"team": "office", "patience": "4 h"}}}
IN_VAIN = over(WRITES, twice(2), {"teams": {"office": {"solve": {"plain": 0.0}}}})
LIES = over(WRITES, twice(1), {"messages": {"mail": {"lies": "30 min"}}})
MANY_WRITE = over(CROWD, WRITES, twice(1), {"teams": {"office": {"staff": 2000}}})
CALLS_IN_VAIN = over(NEVER_SOLVED, WRITES, twice(2))
"""Of these the first contact is said by each turn."""
CALLS_IN_VAIN["contacts"] = {"first": {"phone": 1.0}}
IN_TWO_WAYS = over(IN_VAIN, NEVER_SOLVED, {
    "messages": {"post": {"team": "front", "writing": "1 min", "reading": "2 min", "patience": "2 h", "lies": "1 h"}},
    "contacts": {"switch": 1.0, "then": {"mail": {"post": 1.0}}},
    "population": {"again": {"after_unanswered": "15 min"}},
})  # fmt: skip
TO_PHONE = {"mail": {"phone": 1.0}}
MESSAGES = (
    Turn("messages.mail.team", ("office", "front"), {"worked_on@office": (1, 0), "worked_on@front": (0, 1)}, WRITES),
    Turn("teams.front.staff", (1, 2), {"mean taken_up": (4, 0)},
         over(WRITES, {"messages": {"mail": {"team": "front"}}}), (0, 2)),
    Turn("messages.mail.answered", (1, 0), {"replied": (1, 0), "when no_reply": (None, 248)}, over(WRITES, twice(1))),
    Turn("messages.mail.answered", (1, 0.25), {"solved_share": (1, near(0.25, MANY))}, MANY_WRITE, DRAWN),
    Turn("messages.mail.lies", ("0 min", "30 min"), {"when filed": (8, 38), "when replied": (18, 48)}, WRITES),
    Turn("messages.mail.acknowledged", (0, 1), {"acknowledged": (0, 1)}, WRITES),
    Turn("messages.mail.writing", ("8 min", "5 min"), {"when sent": (8, 5), "when solved": (20, 17)}, WRITES),
    Turn("messages.mail.reading", ("2 min", "5 min"), {"when read": (20, 23)}, WRITES),
    Turn("messages.mail.patience", ("4 h", "15 min", "none"), {"when no_reply": (None, 23, None)}, LIES),
    Turn("messages.mail.asks_back", (0, 1), {"asked_back": (0, 2), "wrote": (1, 2), "solved": (1, 0),
                                             "attempts_exhausted_share": (0, 1)}, over(WRITES, twice(2))),
    Turn("messages.mail.asks_back", (0, 1), {"wrote": (1, 2), "dialled": (1, 0)},
         over(IN_VAIN, {"contacts": {"switch": 1.0, "then": TO_PHONE}})),
    Turn("messages.mail.sends_on", ({}, {"phone": 1.0}), {"sent_on": (0, 1), "when dialled": (None, 30)}, IN_VAIN),
    Turn("messages.mail.sends_on", ({}, {"phone": 0.25}), {"solved_share": (0, near(0.25, MANY))},
         over(CROWD, IN_VAIN, {"teams": {"office": {"staff": 2000}}}), DRAWN),
    Turn("messages.mail.public", (False, True), {"posted": (0, 1)}, WRITES),
    Turn("messages.mail.within", ("9 min", "10 min", "none"), {"answered_within.mail": (0, 1, 1)}, WRITES),
    Turn("service_level.written", ("9 min", "10 min"), {"answered_within.mail": (0, 1)}, WRITES),
    Turn("service_level.written", ("9 min", "10 min"), {"taken_up_within.office": (0.5, 1)}, WRITES, (0, 0)),
    Turn("population.again.after_unanswered", ("15 min", "40 min"), {"last wrote": (263, 288)},
         over(IN_VAIN, {"messages": {"mail": {"answered": 0.0}}})),
    Turn("population.again.after_unanswered", ("40 min", "70 min"),
         {"when replied_late": (308, 308), "replied": (0, 0), "last no_reply": (536, 566)},
         over(IN_VAIN, {"messages": {"mail": {"lies": "290 min", "patience": "4 h"}}})),
    Turn("population.again.after_unanswered", ("40 min", "70 min"),
         {"when solved": (310, 310), "wrote": (2, 1), "replied_late": (1, 1)},
         over(WRITES, {"messages": {"mail": {"lies": "290 min", "patience": "4 h"}}})),
    Turn("messages.mail.lies", ("0 min", "5 h"),
         {"replied@office": (1, 0), "replied_late@office": (0, 1), "mean replied_late": (None, 310),
          "replied@front": (1, 1), "mean replied": (40, 70), "mean no_reply": (None, 1), "no_reply": (0, 1),
          "wrote": (2, 2), "last read": (153, 336)}, IN_TWO_WAYS),
)  # fmt: skip
"""An answer that comes at 308 is late for who would write at 318, and for who has sent again at 296 and waits on.

Of mail and post, the post is sent at 81, or at 264 when nobody has answered the mail; it lies an hour and is answered
after 70 min, by the front.
"""

CHANNELS = (
    Turn("contacts.first", ({"mail": 1.0}, {"phone": 1.0}), {"wrote": (1, 0), "dialled": (0, 1), "switched": (0, 0)},
         WRITES),
    Turn("contacts.first", ({"mail": 1.0}, {"phone": 0.25, "mail": 0.5, "post": 0.25}),
         {"unanswered_messages_per_problem": (0, near(0.25, MANY))},
         over(MANY_WRITE, POST, {"messages": {"post": {"answered": 0.0}}}), DRAWN),
    Turn("contacts.first", ({"phone": 1.0}, {"mail": 0.25, "phone": 0.75}),
         {"messages_per_problem": (0, near(0.25, MANY))}, MANY_WRITE, DRAWN),
    Turn("contacts.first_for", ({}, {"any": {"phone": 1.0}}), {"wrote": (1, 0), "dialled": (0, 1)}, WRITES),
    Turn("contacts.switch", (0, 1), {"switched": (0, 1), "wrote": (2, 1), "dialled": (0, 1)},
         over(IN_VAIN, {"contacts": {"then": TO_PHONE}})),
    Turn("contacts.then", (TO_PHONE, {"mail": {"post": 1.0}}, {}), {"dialled": (1, 0, 0), "wrote": (1, 2, 2),
                                                                   "switched": (1, 1, 0)},
         over(IN_VAIN, POST, {"contacts": {"switch": 1.0}})),
    Turn("contacts.sent_on", ("3 min", "7 min"), {"when dialled": (23, 27)},
         over(IN_VAIN, {"messages": {"mail": {"sends_on": {"phone": 1.0}}}})),
    Turn("contacts.sent_on_to", ({}, {"phone": "7 min"}), {"when dialled": (30, 27)},
         over(IN_VAIN, {"messages": {"mail": {"sends_on": {"phone": 1.0}}}})),
    Turn("line.sends_on", ({}, {"mail": 1.0}), {"sent_on": (0, 1), "when wrote": (None, 23), "dialled": (2, 1)},
         CALLS_IN_VAIN),
)  # fmt: skip

CASED: dict[str, Any] = over(
    NEVER_SOLVED,
    {
        "teams": {"experts": {"staff": 1, "talk": "20 min", "wage": 0, "solve": {"plain": 1.0}}},
        "paths": {"up": {"from": "front", "to": "experts", "when": "unsolved", "by": "ticket", "case": "repair"}},
    },
)


def with_steps(**steps: Any) -> dict[str, Any]:
    """Return the world in which a case of these steps is opened at 13."""
    return over(CASED, {"cases": {"repair": {"steps": steps}}})


LOOKED_AT = with_steps(look={"team": "experts"})
LIES_FIRST = with_steps(third={"takes": "1 h"}, look={"team": "experts"})
HOURS_OF_ALL = "mon-sun 00:00-24:00"
VISITED = over(with_steps(visit={"visit": {"appointment": "2 h", "hours": HOURS_OF_ALL}, "solves": 1.0}),
               {"population": {"moved": "30 min"}})  # fmt: skip
LOST_CASE = over(with_steps(third={"takes": "5 d"}), twice(2))
"""A third party has it for five days; he asks once, and no more."""
EVERY_HOUR = dict.fromkeys(("without_date", "before_date", "after_broken", "informed"), 24)
ASKED = over(LOST_CASE, {"population": {"chasing": EVERY_HOUR}})
ASKS_AND_ASKS = over(LOST_CASE, {name: WRITES[name] for name in ("messages", "teams")}, twice(4), {
    "population": {"chasing": dict.fromkeys(EVERY_HOUR, 1440.0)},
    "contacts": {"asking_by": {"mail": 1.0}},
    "messages": {"mail": {"lies": "1 h"}},
})  # fmt: skip
_STEPS = "cases.repair.steps"


def asks_at(an_hour: float, since: float = 13.0, later: float = 0.0) -> Callable[[Customers], float]:
    """Return when he asks at so many contacts an hour from then on: by his luck, which is exponential."""
    return lambda who: since + later - 60 / an_hour * math.log1p(-luck(who, purposes.CHASE)[0])


def first_contact(mean: float) -> Callable[[Customers], float]:
    """Return when he turns to the firm, by his luck."""
    return lambda who: -mean * math.log1p(-luck(who, purposes.FIRST_CONTACT)[0])


CASES = (
    Turn("paths.up.case", ("repair", "other"), {"when case_closed": (33, 73)},
         over(LOOKED_AT, {"cases": {"other": {"steps": {"third": {"takes": "1 h", "solves": 1.0}}}}})),
    Turn(f"{_STEPS}.third.share", (1, 0), {"when case_closed": (93, 33)}, LIES_FIRST),
    Turn(f"{_STEPS}.third.share", (0, 0.25), {"mean step_begun": (0, near(0.25, MANY, 60))},
         over(CROWD, twice(1), with_steps(third={"takes": "1 h", "solves": 1.0}, other={"share": 1.0, "solves": 1.0})),
         DRAWN),
    Turn(f"{_STEPS}.third.takes", ("1 h", "30 min"), {"when filed": (73, 43)}, LIES_FIRST),
    Turn(f"{_STEPS}.third.takes_for", ({}, {"all": "2 h"}), {"when filed": (73, 133)}, LIES_FIRST),
    Turn(f"{_STEPS}.look.until_ready", (False, True), {"when filed": (13, 120)},
         over(LOOKED_AT, reason(ready="2 h"))),
    Turn(f"{_STEPS}.look.team", ("experts", "masters"), {"worked_on@experts": (1, 0), "worked_on@masters": (0, 1),
                                                            "filed@experts": (1, 0), "filed@masters": (0, 1)},
         over(LOOKED_AT, {"teams": {"masters": {"staff": 1, "talk": "20 min", "wage": 0}}})),
    Turn(f"{_STEPS}.look.solves", (None, 0.0, {"plain": 0.0}, {"any.plain": 0.0}), {"solved": (1, 0, 0, 0)},
         over(LOOKED_AT, twice(1))),
    Turn(f"{_STEPS}.look.solves", ({"plain": 1.0, "hard": 0.0}, {"plain": 0.0, "hard": 1.0}), {"solved": (0, 1)},
         over(LOOKED_AT, twice(1), reason(difficulty={"plain": 0.5, "hard": 0.5}),
              {"teams": {"front": {"solve": {"hard": 0.0}}}}), ({"appeared": 0, "difficulty": 1},)),
    Turn(f"{_STEPS}.third.solves", (None, 1.0), {"when case_closed": (73, 73), "solved": (0, 1),
                                                 "mean case_closed": (0, 1)},
         over(with_steps(third={"takes": "1 h"}), twice(1))),
    Turn("cases.repair.rounds", (1, 2), {"step_begun": (1, 2), "when case_closed": (73, 133)},
         over(with_steps(third={"takes": "1 h"}), twice(1))),
    Turn("cases.repair.rounds", (1, 2), {"solved_share": (near(0.25, MANY), near(1 - 0.75**2, MANY))},
         over(CROWD, twice(1), with_steps(third={"takes": "1 h", "solves": 0.25})), DRAWN),
    Turn("population.again.most_attempts", (1, 2), {"solved_share": (near(0.25, MANY), near(1 - 0.75**2, MANY))},
         over(CROWD, with_steps(third={"takes": "1 h", "solves": 0.25})), DRAWN),
    Turn("cases.repair.registered", (1, 0), {"case_opened": (1, 0), "case_forgotten": (0, 1), "solved": (1, 0)},
         LOOKED_AT),
    Turn("cases.repair.patience", ("none", "2 h"), {"when gave_up": (None, 133)}, LOST_CASE),
    Turn("cases.repair.asking", ("2 min", "5 min"),
         {"last left_agent": (asks_at(1, later=5.0), asks_at(1, later=8.0))}, ASKED),
    Turn("contacts.asking_by", ({"phone": 1.0}, {"mail": 1.0}), {"dialled": (2, 1), "wrote": (0, 1), "chased": (1, 1)},
         over(ASKED, {name: WRITES[name] for name in ("messages", "teams")})),
    Turn("messages.mail.lies", ("0 min", "30 min"), {"replied": (1, 0), "replied_late": (0, 1)},
         over(ASKED, {name: WRITES[name] for name in ("messages", "teams")},
              {"contacts": {"asking_by": {"mail": 1.0}}, "messages": {"mail": {"patience": "20 min"}}})),
    Turn("messages.mail.sees_cases", (True, False), {"case_opened": (1, 0), "case_forgotten": (1, 1)},
         over(ASKED, {name: WRITES[name] for name in ("messages", "teams")},
              {"contacts": {"asking_by": {"mail": 1.0}}, "cases": {"repair": {"registered": 0.0}}})),
    Turn("messages.mail.reading", ("2 min", "1 h"),
         {"wrote": (3, 3), "replied": (3, 3), "replied_late": (0, 0), "no_reply": (0, 0),
          "mean replied": (62, pytest.approx(114, abs=8))},
         ASKS_AND_ASKS),
    Turn("messages.mail.answered", (1, 0),
         {"replied": (3, 0), "no_reply": (0, 3), "when no_reply": (None, asks_at(60, later=248.0))}, ASKS_AND_ASKS),
)  # fmt: skip
"""Who asks and asks again, once a minute, has soon sent three mails; each is looked up in 2 min, after an hour.

An answer that takes him an hour to read is still being read when the other two come.
"""

VISITS = (
    Turn(f"{_STEPS}.visit.visit.appointment", ("2 h", "3 h"), {"when visited": (133, 193)}, VISITED),
    Turn(f"{_STEPS}.visit.visit.appointment_for", ({}, {"all": "3 h"}), {"when visited": (133, 193)}, VISITED),
    Turn(f"{_STEPS}.visit.visit.hours", (HOURS_OF_ALL, "mon-sun 05:00-24:00", ["mon 05:00-06:00", "mon 04:00-05:00"]),
         {"when visited": (133, 330, 270)}, VISITED),
    Turn(f"{_STEPS}.visit.visit.missed", (0, 1), {"visited": (1, 0), "solved": (1, 0)}, VISITED),
    Turn(f"{_STEPS}.visit.visit.at_home", ("60 min", "20 min"), {"when case_closed": (193, 153)}, VISITED),
    Turn(f"{_STEPS}.visit.visit.again", (0, 1), {"case_closed": (1, 0), "solved": (1, 0)}, VISITED),
    Turn(f"{_STEPS}.visit.visit.cost", (0, 80), {"visits_eur_per_problem": (0, 80)}, VISITED),
)  # fmt: skip

PROMISED = over(ASKED, {"levers": {"follow_through": {"promise": {"within": "10 min"}}}})
"""By 23."""
CHASING = (
    Turn("population.chasing.without_date", (24, 48), {"when chased": (asks_at(1), asks_at(2))}, ASKED),
    Turn("population.chasing.before_date", (24, 48), {"when chased": (asks_at(1), asks_at(2))},
         over(ASKED, {"levers": {"follow_through": {"promise": {"within": "3 d"}}}})),
    Turn("population.chasing.after_broken", (24, 48), {"when chased": (asks_at(1, 23), asks_at(2, 23))},
         over(PROMISED, {"population": {"chasing": {"before_date": 0}}})),
    Turn("population.chasing.informed", (24, 48), {"when chased": (asks_at(1), asks_at(2))},
         over(ASKED, {"levers": {"follow_through": {"news": {}}}})),
    Turn("population.chasing.after", ("0 min", "1 h"), {"when chased": (asks_at(1), asks_at(1, 73))}, ASKED),
    Turn("levers.follow_through.promise.within", ("1 h", "2 h"), {"when promise_broken": (73, 133)},
         over(LOST_CASE, {"levers": {"follow_through": {"promise": {}}}})),
    Turn("levers.follow_through.promise.renewed", (1, 0), {"promise_reset": (1, 0), "promise_broken": (2, 1)},
         over(PROMISED, {"population": {"chasing": {"before_date": 0}}})),
    Turn("levers.follow_through.news.cost", (0, 0.5), {"news_eur_per_problem": (0, 1)},
         over(LIES_FIRST, {"levers": {"follow_through": {"news": {}}}})),
)  # fmt: skip

ACTS = over(LOOKED_AT, {
    "teams": {"front": {"solve": {"plain": 1.0}}},
    "paths": {"up": {"when": "on_behalf"}},
    "levers": {"access": {"on_behalf": 1.0, "sent_elsewhere": 1.0}},
}, twice(1))  # fmt: skip
ON_BEHALF = (
    Turn("levers.access.on_behalf", (0, 1), {"acted_for": (0, 1), "sent_elsewhere": (1, 0), "solved": (0, 1)}, ACTS),
    Turn("levers.access.acting", ("3 min", "7 min"), {"when case_opened": (16, 20), "when solved": (36, 40)}, ACTS),
    Turn("paths.up.when", ("unsolved", "on_behalf"), {"acted_for": (0, 1), "sent_elsewhere": (1, 0)}, ACTS),
    Turn("population.reasons.any.first_contact", (None, "2 h"), {"when dialled": (0, 120)}, twice(1)),
    Turn("population.reasons.any.first_contact", tuple({"law": "exponential", "mean": mean} for mean in ("1 h", "2 h")),
         {"when dialled": (first_contact(60), first_contact(120))}, twice(1)),
    Turn("population.reasons.any.ready", (None, "18 min", "19 min"), {"solved": (1, 1, 0)}, over(WRITES, twice(1))),
    Turn("population.reasons.any.ready", (None, "13 min", "14 min"), {"not_ready": (0, 0, 1), "solved": (1, 1, 0)},
         twice(1)),
)  # fmt: skip

WEIGHED = over({"effort": {**NO_WEIGHTS, "switched": 0, "unanswered": 0, "promise_broken": 0}})
EFFORT = (
    Turn("effort.switched", (0, 1), {"effort_index": (23 / 30, 23 / 30 + 1)},
         over(IN_VAIN, WEIGHED, {"messages": {"mail": {"sends_on": {"phone": 1.0}}}})),
    Turn("effort.unanswered", (0, 1), {"effort_index": (8 / 30, 8 / 30 + 1)},
         over(WRITES, WEIGHED, twice(1), {"messages": {"mail": {"answered": 0.0}}})),
    Turn("effort.promise_broken", (0, 1), {"effort_index": (13 / 30, 13 / 30 + 1)},
         over(with_steps(third={"takes": "90 min", "solves": 1.0}), WEIGHED,
              {"levers": {"follow_through": {"promise": {"within": "1 h"}}}})),
)  # fmt: skip
"""Writing 8 min, reading 2, a call of 13."""

OFFICE_TOO = over(IN_VAIN, LOOKED_AT, twice(1), {
    "paths": {"office": {"from": "office", "to": "experts", "when": "unsolved", "by": "ticket", "case": "repair"}},
    "cases": {"other": {"steps": {"third": {"takes": "1 h", "solves": 1.0}}}},
})  # fmt: skip
"""The office, which does not solve it by 18, opens a case of its own when its answer has been read at 20."""
OCCASIONS = (
    Turn("paths.office.case", ("repair", "other"), {"when case_closed": (40, 80)}, OFFICE_TOO),
)  # fmt: skip

WRITING = (*MESSAGES, *CHANNELS, *CASES, *VISITS, *CHASING, *ON_BEHALF, *EFFORT, *OCCASIONS)
