"""Whatever is drawn is drawn with the luck of its own purpose: laws that give the luck itself, in minutes or euros."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sim import purposes
from sim.population import Customers
from tests.keys.of_levers import ASKS, GESTURE
from tests.keys.of_people import CROWD, NEVER_SOLVED, twice
from tests.keys.of_service import passing
from tests.keys.turns import DRAWN, Turn, luck, over

A_MINUTE = {"law": "uniform", "low": "0 min", "high": "1 min"}
A_EURO = {"law": "uniform", "low": 0, "high": 1}
GIVES_UP: dict[str, Any] = over(NEVER_SOLVED, {"population": {"again": {"most_attempts": 1, "repair_share": 1}}})
WRITTEN: dict[str, Any] = over(CROWD, passing(by="ticket", delay="2 h"), {"time": {"follow_up": "1 d"}}, twice(1))


def after(minutes: float, purpose: int, leg: int = 0) -> Callable[[Customers], float]:
    """Return what adds the only customer's luck for a purpose."""
    return lambda who: minutes + float(luck(who, purpose, leg=leg)[0])


def lucky(share: float, purpose: int, leg: int = 0) -> Callable[[Customers], int]:
    """Return what counts the customers whose luck lies below a share."""
    return lambda who: int((luck(who, purpose, leg=leg) < share).sum())


def not_lucky(share: float, purpose: int) -> Callable[[Customers], int]:
    """Return what counts all the others."""
    return lambda who: len(who) - lucky(share, purpose)(who)


LUCK = (
    Turn("line.menu", ("2 min", A_MINUTE), {"when queued": (2, after(0, purposes.MENU))}),
    Turn("levers.memory.identification", ("1 min", A_MINUTE),
         {"when explaining": (1, after(0, purposes.IDENTIFICATION))}),
    Turn("levers.memory.explanation", ("2 min", A_MINUTE), {"when talking": (3, after(1, purposes.EXPLANATION))}),
    Turn("levers.authority.approval", ("4 min", A_MINUTE), {"when granted": (17, after(13, purposes.APPROVAL))}, ASKS,
         GESTURE),
    Turn("teams.front.after_call", ("0 s", A_MINUTE), {"mean left_agent": (0, after(0, purposes.AFTER_CALL))}),
    Turn("paths.up.briefing", ("0 s", A_MINUTE), {"last talking": (8, after(8, purposes.BRIEFING, leg=1))},
         passing(how="warm")),
    Turn("paths.up.delay", ("2 h", A_MINUTE), {"when solved": (128, after(8, purposes.TICKET, leg=1))},
         passing(by="ticket")),
    Turn("teams.back.solve", ({"plain": 0.5}, {"plain": 0.25}),
         {"solved": (lucky(0.5, purposes.SOLVE, leg=1), lucky(0.25, purposes.SOLVE, leg=1))}, WRITTEN, DRAWN),
    Turn("levers.follow_through.known_now", (1, 0.5), {"believed": (0, not_lucky(0.5, purposes.KNOWN_NOW))},
         over(CROWD, NEVER_SOLVED, twice(1)), DRAWN),
    Turn("population.again.after_unsolved", ("60 min", A_MINUTE), {"last dialled": (73, after(13, purposes.AWAY))},
         over(NEVER_SOLVED, twice(2))),
    Turn("population.again.repair", (80, A_EURO), {"mean repaired": (80, after(0, purposes.REPAIR_COST))}, GIVES_UP),
)  # fmt: skip
"""The second leg is the one at the back; the answer to a ticket is drawn as one more."""
