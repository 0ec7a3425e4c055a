"""The open loop: a world lived with waits that are not its own."""

import numpy as np
import pytest

from sim.engines.open_loop import waits_of
from sim.engines.simpy_engine import tell
from sim.people import populate
from tests.theory.asked import holds
from tests.worlds import MEMORYLESS, tiny_world

BUSY = {
    "population": {"problems_per_day": 1200, "handling": MEMORYLESS},
    "teams": {"front": {"staff": 5, "talk": "5 min"}},
    "time": {"warm_up": "0 d", "horizon": "2 d", "follow_up": "0 d"},
}


def test_a_world_lived_with_its_own_waits_lives_the_same():
    """Nobody hangs up, so every caller is the latest to have queued by then and meets his own wait."""
    world = tiny_world(**BUSY)
    customers = populate(world, seed=3)
    lived = tell(world, customers)
    closed, opened = holds(lived), holds(tell(world, customers, waits=waits_of(lived)))
    served = closed.served  # who still holds when the run ends has told nobody how long
    of_customer = dict(zip(opened.customer.tolist(), opened.wait.tolist(), strict=True))
    again = [of_customer[customer] for customer in closed.customer[served].tolist()]
    assert closed.wait.max() > 5
    np.testing.assert_allclose(again, closed.wait[served], rtol=0, atol=1e-9)


def test_more_work_makes_nobody_wait_longer_in_the_open_loop():
    """Talks of twice the length: the closed loop's hold explodes, the open loop's is the reference's."""
    world = tiny_world(**BUSY)
    slower = tiny_world(**{**BUSY, "teams": {"front": {"staff": 5, "talk": "10 min"}}})
    customers = populate(world, seed=3)
    reference = tell(world, customers)
    opened = holds(tell(slower, customers, waits=waits_of(reference))).wait.mean()
    assert opened == pytest.approx(holds(reference).wait.mean(), rel=0.02)  # the last callers of the run end later
    assert holds(tell(slower, customers)).wait.mean() > 10 * opened
