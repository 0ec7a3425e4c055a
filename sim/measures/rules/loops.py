"""Rules asked of every row of a table of calls, compiled: tables come and go by their addresses."""

from __future__ import annotations

from sim.machine.compiling import Table, piece
from sim.machine.kernel.memory import number_at
from sim.measures.rules.calls import CALL
from sim.measures.rules.levels import in_service
from sim.measures.rules.meter import TARIFF, bill_call

_call_at, _tariff_at = Table(CALL), Table(TARIFF)


@piece
def bill_each(calls: int, many: int, tariff: int, of_hold: int, of_rest: int, per_call: int) -> None:
    """Bill each call."""
    for place in range(many):
        billed = bill_call(_call_at(calls, place), _tariff_at(tariff, 0))
        number_at(of_hold, place).value, number_at(of_rest, place).value, number_at(per_call, place).value = billed


@piece
def judge_each(calls: int, many: int, definition: int, within: float, short: float, above: int, below: int) -> None:
    """Say of each call whether it counts for the service level."""
    for place in range(many):
        good, served = in_service(_call_at(calls, place), definition, within, short)
        number_at(above, place).value, number_at(below, place).value = good, served
