"""Few transfers and a low first-contact resolution: calls that are neither solved nor passed on.

Where a path leads on from whatever an agent cannot solve, a call that is not solved is one that is passed on, and few
transfers leave a high resolution. What parts the two is a share of customers who are sent elsewhere.
"""

from __future__ import annotations

from typing import NamedTuple

from sim.reading.trees import Tree
from sim.study.calibrating.contradictions import ends, parts_of_offered
from sim.study.calibrating.figures import Figures
from sim.world import World

_BEYOND = 0.03
"""By how much a resolution has to be lower than transfers leave it, for that to be no chance of a month."""
_MOST = 0.9
_SOUGHT = (
    "The share of calls that are neither solved nor passed on is sought too, as customers who are sent elsewhere: "
    "levers.access.sent_elsewhere."
)
_COULD_BE = "Nothing that is sought parts the two; levers.access.sent_elsewhere would."


class Unpassed(NamedTuple):
    """Figures that a world in which all that is not solved is passed on cannot have together.

    Attributes
    ----------
    transfers, resolution : float
        As reported.
    least : float
        The first-contact resolution that is left with so few transfers.
    """

    transfers: float
    resolution: float
    least: float

    def start(self) -> Tree:
        """Return what a world says that has both, about: where a search may begin."""
        share = min(1.0 - self.resolution / self.least, _MOST)
        return {"levers": {"access": {"sent_elsewhere": round(share, 2)}}}

    def said(self, *, sought: bool) -> str:
        """Say it, and whether what parts the two is sought."""
        problem = (
            f"Transfers of {self.transfers:.1%} leave a first-contact resolution of {self.least:.0%} at least, and the "
            f"report's is {self.resolution:.1%}: in this world agents pass on every call that they do not solve."
        )
        return " ".join([problem, _SOUGHT if sought else _COULD_BE])


def unpassed(figures: Figures, world: World) -> Unpassed | None:
    """Return what cannot be had together of these figures in a world; None where nothing of that kind is known."""
    transfers, resolution, of_calls = figures.transfers, figures.first_contact_resolution, parts_of_offered(figures)
    if transfers is None or resolution is None or not of_calls or not _passes_on_all(world):
        return None
    lost = of_calls["abandoned"][1] if "abandoned" in of_calls else 1.0 - of_calls["answered"][0]
    least = (1.0 - lost) * (1.0 - ends(transfers)[1])
    if ends(resolution)[1] + _BEYOND >= least:
        return None
    return Unpassed(transfers.value, resolution.value, least)


def _passes_on_all(world: World) -> bool:
    """Say whether all who answer a first call pass on, in the same call, whatever they cannot solve."""
    on = {team for path in world.paths.values() if path.when == "unsolved" and path.by == "live"
          for team in path.sources()}  # fmt: skip
    people, leads_to = world.population, world.line.leads_to
    queues = {leads_to(reason, segment) for reason in people.reasons for segment in people.segments}
    return {team for queue in queues for team in world.teams_asked(queue)} <= on
