"""The keys of kinds of customers turned: by reason and by segment, by how an attempt has ended, from call to call."""

from __future__ import annotations

import math
from typing import Any

import pytest

from sim import purposes
from sim.luck.keys import LEGS
from sim.people import Customers
from tests.keys.of_people import CROWD, NEVER_SOLVED, WAITING, twice
from tests.keys.turns import DRAWN, Turn, luck, over

IMPATIENT = over(WAITING, {"population": {"patience": "5 min"}})
UNSERVED = {"population": {"patience": "5 min", "again": {"most_attempts": 4}}, "teams": {"front": {"staff": 0}}}
"""Nobody ever works: whoever is stopped by nothing else dials four times."""
NO_VALUE = {"value_of_time": 0, "outage_value": 0, "hours_of_use": 0}


def of_two(first: object, second: object, key: str = "patience") -> dict[str, Any]:
    """Give two reasons their own, or none."""
    return {
        name: {"share": 0.5} | ({} if own is None else {key: own}) for name, own in (("any", first), ("other", second))
    }


def segments(first: object, second: object, key: str = "patience") -> dict[str, Any]:
    """Give two segments their own, or none."""
    return {name: {**one, **NO_VALUE} for name, one in of_two(first, second, key).items()}


FOUR = tuple({"appeared": 0, "reason": reason, "segment": segment} for reason in (0, 1) for segment in (0, 1))
"""One of each kind, two reasons with two segments."""
NOBODY = over({"teams": {"front": {"staff": 0}}, "population": {"patience": "9 min"}}, twice(1))
SEGMENTS = {"population": {"segments": segments(None, "7 min")}}
REASONS = {"population": {"reasons": of_two(None, "5 min")}}

PATIENCE = (
    Turn("population.reasons.any.patience", (None, "5 min", "6 min"),
         {"when abandoned": (None, 5, 6), "when answered": (30, 35, 36)}, WAITING),
    Turn("population.reasons.any.patience", ("5 min", "none"), {"when abandoned": (5, None)},
         over(NOBODY, {"population": {"segments": {"all": {"share": 1, "patience": "3 min", **NO_VALUE}}}})),
    Turn("population.reasons.*.patience", (of_two(None, "5 min"), of_two("5 min", None)),
         {"when abandoned": (5, 5), "last abandoned": (9, 7)}, over(NOBODY, SEGMENTS),
         (*FOUR[:2], FOUR[3]), at="population.reasons"),
    Turn("population.reasons.any.patience", ("none", "10 min"), {"when abandoned": (None, 10 * math.exp(-0.34))},
         over(NOBODY, {"population": {"patience": "none", "price_aversion": 1}, "tariff": {"price_per_minute": 0.34}})),
    Turn("population.segments.all.patience", (None, "5 min"), {"when abandoned": (None, 5)}, WAITING),
    Turn("population.segments.*.patience", (segments(None, "7 min"), segments("7 min", "8 min")),
         {"when abandoned": (5, 5), "last abandoned": (9, 8)}, over(NOBODY, REASONS), FOUR,
         at="population.segments"),
)  # fmt: skip
"""The third: of any both segments, of other the second. Where other has 5 minutes of its own they hold 9, 7 and 5;
where any has them 5, 5 and 7. The last: of any 9 and 7, or 7 and 8; of other 5."""

PERSISTENCE = (
    Turn("population.reasons.any.persistence", (None, 0, 1), {"dialled": (2, 1, 2)}, IMPATIENT),
    Turn("population.reasons.any.persistence", (0, 1), {"dialled": (1, 2)},
         over(IMPATIENT, {"population": {"segments": {"all": {"share": 1, "persistence": 0.5, **NO_VALUE}}}})),
    Turn("population.segments.all.persistence", (None, 0, 1), {"dialled": (1, 1, 2)},
         over(IMPATIENT, {"population": {"again": {"persistence": 0}}})),
    Turn("population.reasons.any.persistence", (0, 0.25), {"calls_per_problem": (1, pytest.approx(1.25, abs=0.0613))},
         over(CROWD, NEVER_SOLVED, twice(2)), DRAWN),
    Turn("population.again.persistence_later", (None, 0, 1), {"dialled": (4, 2, 4)}, UNSERVED),
    Turn("population.again.persistence_after", ({}, {"abandoned": 0}, {"cut": 0}), {"dialled": (4, 1, 4)}, UNSERVED),
    Turn("population.again.persistence_after", ({}, {"abandoned": 1}, {"unsolved": 1}), {"dialled": (2, 4, 2)},
         over(UNSERVED, {"population": {"again": {"persistence_later": 0}}})),
    Turn("population.again.persistence_after", ({}, {"blocked": 0}, {"abandoned": 0}), {"dialled": (2, 1, 2)},
         over({"line": {"lines": 0}}, twice(2))),
    Turn("population.again.persistence_after", ({}, {"cut": 0}, {"dismissed": 0}), {"dialled": (2, 1, 2)},
         over({"levers": {"time": {"cut_after": "5 min"}}}, twice(2))),
    Turn("population.again.persistence_after", ({}, {"dismissed": 0}, {"blocked": 0}), {"dialled": (2, 1, 2)},
         over({"line": {"open": ["mon 00:00-00:30", "mon 02:00-03:00"]}, "teams": {"front": {"staff": 0}}}, twice(2))),
    Turn("population.again.persistence_after", ({}, {"unsolved": 0}, {"cut": 0}), {"dialled": (2, 1, 2)},
         over(NEVER_SOLVED, twice(2))),
)  # fmt: skip

UP_TO_40 = over({"population": {"patience": {"law": "uniform", "low": "0 min", "high": "40 min"}}},
                {"teams": {"front": {"staff": 0}}}, twice(2))  # fmt: skip


def _first(who: Customers) -> float:
    return float(40 * luck(who, purposes.PATIENCE)[0])


def _second(who: Customers) -> float:
    return float(40 * luck(who, purposes.PATIENCE, leg=LEGS)[0])


AGAIN = (
    Turn("population.patience_again", ("anew", "same", "left"), {"when answered": (60, 60, 80)},
         {"population": {"patience": "20 min"}, "teams": {"front": {"staff": {"mon 01:00-24:00": 1}}}}),
    Turn("population.patience_again", ("anew", "same", "left"),
         {"last abandoned": (lambda who: _first(who) + 30 + _second(who), lambda who: 2 * _first(who) + 30,
                             lambda who: _first(who) + 30)}, UP_TO_40),
    Turn("population.patience_again", ("same", "left"), {"last abandoned": (108, 93)},
         over({"population": {"patience": "20 min"}, "teams": {"front": {"staff": {"mon 00:15-00:30": 1}}}},
              NEVER_SOLVED, twice(2))),
)  # fmt: skip
"""Twenty minutes from 0 on, nobody before 60, 30 minutes before the next call: whose patience is used up hangs up at 50
at once, and is answered at 80. In the last he is answered at 15, in vain, and dials again at 28 + 60: an answer gives
nothing back of the fifteen minutes."""

KINDS = (*PATIENCE, *PERSISTENCE, *AGAIN)
