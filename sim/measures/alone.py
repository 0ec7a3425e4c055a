"""One customer taken out of a history, with all that he lived, whenever his problem appeared."""

from __future__ import annotations

from dataclasses import replace

from sim.history.rows import History
from sim.machine.kernel.latest import latest
from sim.measures.accounts.tables import Tables, tables
from sim.world import World


def alone(history: History, customer: int) -> History:
    """Return the history of one customer, who is then customer 0 of it, in a world whose whole run is measured.

    The horizon of that world is the whole run: its tables hold his journey though his problem appeared in the warm-up
    or the follow-up, and the run ends when it ended.

    Raises
    ------
    ValueError
        If there is no such customer.
    """
    customer = history.place_of(customer)
    rows = history.rows[history.rows["customer"] == customer].copy()
    rows["customer"] = 0
    person = replace(history.customers, rows=history.customers.rows[customer : customer + 1].copy())
    return replace(history, world=_measured_whole(history.world), customers=person, rows=rows)


def tables_alone(history: History, customer: int) -> Tables:
    """Return the tables of one customer, as of `alone`: his calls, and one journey.

    Raises
    ------
    ValueError
        If there is no such customer, or a row of his cannot be.
    """
    return tables(alone(history, customer))


@latest
def _measured_whole(world: World) -> World:
    """Return the world with the whole of its run as horizon."""
    time = world.time
    whole = time.warm_up + time.horizon + time.follow_up
    measured = time.model_copy(update={"warm_up": 0.0, "horizon": whole, "follow_up": 0.0})
    return world.model_copy(update={"time": measured})
