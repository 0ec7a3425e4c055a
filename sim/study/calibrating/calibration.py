"""What a calibration is: a world beside the report it was fitted to, figure by figure and value by value."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import exp, log
from pathlib import Path
from typing import Any, Literal

from sim.quoting import short
from sim.reading import written
from sim.reading.trees import Tree
from sim.reading.writing import file_of, named_from, toml
from sim.study.calibrating.figures import Figures
from sim.study.calibrating.parameters import Parameter
from sim.study.calibrating.questions import Question
from sim.study.calibrating.told import Flat
from sim.study.running.estimate import Estimate
from sim.study.running.replications import Replications
from sim.study.running.reported import Reported
from sim.world import World

Verdict = Literal["inside", "too wide", "overlaps", "outside"]
_TELLS = 0.5
"""Half of a band over its figure, up to which a world's mean inside says something."""


@dataclass(frozen=True)
class Beside:
    """One figure: the report's, and the world's.

    Attributes
    ----------
    value, low, high : float
        Of the report, and the band in which it lies with 95 %: as it states, or by the chance of such a month and the
        digits that were rounded off. Of counts: calls a day.
    stated : bool
        Whether the report states the band.
    estimate : Estimate
        The fitted world's, with the 95 % interval of the simulation.
    sought : bool
        Whether values were fitted to it; False for what is shown alone.
    """

    question: Question
    value: float
    low: float
    high: float
    stated: bool
    estimate: Estimate
    sought: bool = True

    @property
    def verdict(self) -> Verdict:
        """Whether the mean lies in the band, or in one too wide to tell; or the interval reaches there; or neither."""
        mean, low, high = self.estimate
        if mean is None:
            return "outside"
        if self.low <= mean <= self.high:
            return "too wide" if self.is_wide else "inside"
        if low is None or high is None or low > self.high or high < self.low:
            return "outside"
        return "overlaps"

    @property
    def is_wide(self) -> bool:
        """Whether half of the band is more than half of the figure: nearly any world would lie in it."""
        return (self.high - self.low) / 2.0 > _TELLS * self.value > 0.0


@dataclass(frozen=True)
class Fitted:
    """One parameter: where it was, where it is, and how surely.

    Attributes
    ----------
    moved : float
        By the logarithm of its value, or of its odds.
    error : float or None
        Standard error of that; None where the search was interrupted before it was known.
    reach : float or None
        Half of its 95 % interval.
    values : tuple of (key, before, now)
        As a file of the world holds them.
    told : bool
        Whether the figures tell it at all: to less than a factor of two.
    """

    parameter: Parameter
    moved: float
    error: float | None
    reach: float | None
    values: tuple[tuple[str, Any, Any], ...]

    @property
    def told(self) -> bool:
        """Whether the figures tell it: to less than a doubling."""
        return self.reach is not None and self.reach < log(2.0)


@dataclass(frozen=True, repr=False)
class Calibration(Reported):
    """A world fitted to a report.

    Attributes
    ----------
    asked, world : World
        As it was given, and as it was fitted.
    figures : Figures
        The report.
    lines : tuple of Beside
        Figure by figure.
    fitted : tuple of Fitted
        Parameter by parameter.
    flat : tuple of Flat
        What the figures cannot tell apart.
    lived : Replications
        Of the fitted world.
    evaluations : int
        Worlds that were lived on the way.
    settled : bool
        Whether no step was left that mattered.
    notes : tuple of str
        What else has to be known.
    changes : dict
        What a file that extends the world as asked for says of the fitted one.
    """

    asked: World
    world: World
    figures: Figures
    lines: tuple[Beside, ...]
    fitted: tuple[Fitted, ...]
    flat: tuple[Flat, ...]
    lived: Replications
    evaluations: int
    seconds: float
    settled: bool
    interrupted: bool
    notes: tuple[str, ...]
    changes: Tree = field(hash=False)

    def __repr__(self) -> str:
        return f"<Calibration of {self.asked.name}: {self.having('inside')} of {len(self.lines)} figures inside>"

    def having(self, verdict: Verdict) -> int:
        """Return how many figures have a verdict."""
        return sum(line.verdict == verdict for line in self.lines)

    def to_toml(self, *, extends: str | Path | None = None, at: str | Path | None = None) -> str:
        """Return the fitted world as a file, the fit written beside each value.

        Parameters
        ----------
        extends : str or Path, optional
            The name of a shipped world, or the file, that it was read from: the file then says what differs from it,
            and all that stands there, comments included, is kept. Without it the world is written whole.
        at : str or Path, optional
            Where the file will lie, from where the other is named.
        """
        own = {
            "about": short(f"{self.asked.about or self.asked.name} Fitted to {self.figures.about or 'a report'}.", 300)
        }
        tree = written(self.world) if extends is None else {"extends": named_from(extends, at), **self.changes}
        return file_of(
            {**own, **{key: one for key, one in tree.items() if key != "about"}}, self._comments(), self._head()
        )

    def _comments(self) -> dict[tuple[str, ...], str]:
        beside = {}
        for one in self.fitted:
            reach = "not known: interrupted" if one.reach is None else _between(one)
            for key, before, _ in one.values:
                beside[tuple(key.split("."))] = f"fitted: {reach}; was {_in_short(before)}"
        return beside

    def _head(self) -> list[str]:
        many = len(self.lived.numbers)
        said = [
            f"Fitted to {self.figures.about or 'a report'}: {many} replications, seed {self.lived.seed}.",
            "Figure by figure:",
        ]
        for line in self.lines:
            mean = line.estimate.mean
            world = "undefined" if mean is None else f"{mean:.4g}"
            said.append(
                f"  {line.question.words}: {line.value:.4g} {line.question.unit} reported, {world} here, {line.verdict}"
            )
        return said


def _between(one: Fitted) -> str:
    """Say in words how surely a parameter is told."""
    assert one.reach is not None
    what = "odds" if one.parameter.is_share else "value"
    if one.parameter.against and len(one.values) > 1:
        what = f"odds of the {one.parameter.words}"
    if not one.told:
        return "these figures do not tell it"
    return f"{what} x {exp(one.moved):.3g}, {exp(one.moved - one.reach):.3g} to {exp(one.moved + one.reach):.3g} (95 %)"


def _in_short(value: Any) -> str:
    if isinstance(value, dict) and "law" not in value:
        return "by hours too"
    return f"{value:g}" if isinstance(value, float) else short(toml(value))
