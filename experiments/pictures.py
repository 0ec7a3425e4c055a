"""Draw the pictures of the README from the shipped pair of worlds.

Run it: ``python experiments/pictures.py`` (a minute); it writes ``docs/pictures/*.png``.
"""

from pathlib import Path

import sim
from sim.figures import (
    cost_waterfall,
    effort_distribution,
    forest,
    interesting_customer,
    journey_strip,
    save,
)

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"
REPLICATIONS = 5


def main() -> None:
    double_peine, empowered = sim.load("double_peine"), sim.load("empowered")
    save(forest(sim.compare(double_peine, empowered)), FOLDER / "comparison.png")
    lives = []
    for replication in range(REPLICATIONS):
        customers = sim.populate(double_peine, seed=1, replication=replication)
        lives.append((sim.run(double_peine, customers), sim.run(empowered, customers)))
    save(journey_strip(lives[0], interesting_customer(*lives[0], which="median")), FOLDER / "journey.png")
    first, second = zip(*lives, strict=True)
    save(cost_waterfall(first, second), FOLDER / "costs.png")
    save(effort_distribution(first, second), FOLDER / "effort.png")


if __name__ == "__main__":
    main()
