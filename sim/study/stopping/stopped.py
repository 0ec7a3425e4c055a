"""What a study that stopped by itself comes to: a study as any other, and what the rule did."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Literal

from sim.study.comparing.comparison import Comparison
from sim.study.running.replications import Replications
from sim.study.stopping.precision import Precision
from sim.study.stopping.rule import Watched

if TYPE_CHECKING:
    # What inherited fields are of: whoever shows a signature looks for it in this file.
    from collections.abc import Mapping  # noqa: F401

    import pandas as pd

    from sim.measures import Drift  # noqa: F401
    from sim.study.comparing.comparison import Way  # noqa: F401
    from sim.study.running.parted import Intervals  # noqa: F401
    from sim.study.running.replications import Totals  # noqa: F401
    from sim.study.searching.equal import Equal  # noqa: F401
    from sim.world import World  # noqa: F401

Why = Literal["reached", "most", "seconds", "interrupted", "undefined", "failed"]


@dataclass(frozen=True)
class Budget:
    """What a pilot foretells.

    Attributes
    ----------
    pilot : int
        Replications that it was told from.
    replications : int or None
        In all, the look-ahead included; None where nothing can be told.
    seconds : float or None
        Still to come.
    measure, way : str
        What takes longest, and which way it is of.
    most : int
        Replications that are lived at most, whatever is foretold.
    """

    pilot: int
    replications: int | None
    seconds: float | None
    measure: str
    way: str
    most: int


@dataclass(frozen=True)
class Stopping:
    """What the rule did.

    Attributes
    ----------
    wished : tuple of Precision
    why : str
        ``reached``; or what ended it before: ``most`` replications, the ``seconds``, ``interrupted``, ``failed``; or
        ``undefined``, nothing that was wished being defined in any replication of the pilot.
    foretold : Budget or None
        After the pilot; None where it was not finished.
    replications : int
        That were lived and are counted.
    since : int or None
        Replications from which on everything was narrow enough: the others are the look-ahead.
    seconds : float
        That it took from the pilot's end on, beside those that were foretold.
    undefined : tuple of str
        Measures that were defined in no replication of the pilot, and were not waited for.
    watched : tuple of Watched
        Half-widths by number of replications.
    """

    wished: tuple[Precision, ...]
    why: Why
    confidence: float
    pilot: int
    look_ahead: int
    most: int
    foretold: Budget | None
    replications: int
    since: int | None
    seconds: float
    undefined: tuple[str, ...]
    watched: tuple[Watched, ...]

    @property
    def reached(self) -> bool:
        """Whether all that was wished was reached."""
        return self.why == "reached" and not self.undefined

    def half_widths(self) -> pd.DataFrame:
        """Return a row for each number of replications, way and measure: ``half_width``, ``wished``, ``reached``."""
        import pandas as pd

        rows: list[dict[str, Any]] = []
        for one in self.watched:
            for many in range(2, self.replications + 1):
                half, wish = one.half(many), one.wish(many)
                named = {"measure": one.precision.measure, "way": one.way, "replications": many}
                rows.append({**named, "half_width": half, "wished": wish, "reached": one.inside(many)})
        return pd.DataFrame(rows)


class StoppedComparison(Comparison):
    """A comparison with as many replications as it took; equal to `compare` with that many.

    Attributes
    ----------
    stopping : Stopping or None
        What the rule did; None in what is made of it, such as one of its ways alone.
    """

    stopping: Stopping | None = None

    @classmethod
    def of(cls, study: Comparison, stopping: Stopping) -> StoppedComparison:
        """Return a comparison with what the rule did."""
        made = cls(**{one.name: getattr(study, one.name) for one in fields(Comparison)})
        object.__setattr__(made, "stopping", stopping)
        return made


class StoppedReplications(Replications):
    """Replications of one world, as many as it took; equal to `replicate` with that many.

    Attributes
    ----------
    stopping : Stopping or None
        What the rule did; None in what is made of it.
    """

    stopping: Stopping | None = None

    @classmethod
    def of(cls, lived: Replications, stopping: Stopping) -> StoppedReplications:
        """Return replications with what the rule did."""
        made = cls(**{one.name: getattr(lived, one.name) for one in fields(Replications)})
        object.__setattr__(made, "stopping", stopping)
        return made

    def __add__(self, other: Replications) -> Replications:
        """Return the replications of both, which no rule has stopped; see `Replications`."""
        plain = Replications(**{one.name: getattr(self, one.name) for one in fields(Replications)})
        return plain + other
