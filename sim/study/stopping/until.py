"""`compare_until`, `replicate_until`: as many replications as it takes until measures are known precisely enough."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from sim.bars import Shown, given, shows_progress
from sim.engines import Engine
from sim.measures import MEASURES, chosen
from sim.reading import digest, world_of
from sim.reading.mistakes import shown
from sim.study.comparing.compare import Study, comparable
from sim.study.running.size import Size, ids_of, with_days
from sim.study.running.tasks import ReplicationError
from sim.study.searching.equal import LABELS, SCALED, SERVICE, Asked, Equality, EqualServiceError
from sim.study.searching.seeking import equal_service
from sim.study.stopping.precision import by_measure, precisions
from sim.study.stopping.pursuit import LOOK_AHEAD, MOST, PILOT, Foretold, Limits, Pursuit
from sim.study.stopping.stopped import StoppedComparison, StoppedReplications
from sim.world import World

S = TypeVar("S", StoppedComparison, StoppedReplications)


@shows_progress("compare")
def compare_until(
    first: World | str | Path,
    second: World | str | Path,
    half_width: Mapping[str, float | str],
    *,
    confidence: float = 0.95,
    pilot: int = PILOT,
    look_ahead: int = LOOK_AHEAD,
    most: int = MOST,
    seconds: float | None = None,
    seed: int = 1,
    days: float | None = None,
    engine: Engine = "auto",
    equal: Asked = "all",
    service_measure: str = SERVICE,
    workers: int | None = None,
    progress: Shown = None,
    foretold: Foretold | None = None,
    measures: Iterable[str] | None = None,
) -> StoppedComparison:
    """Compare two worlds on as many replications as it takes until differences are known precisely enough.

    A half-width is half of the interval of the paired difference, the usual word for how precise it is. Every way that
    is asked for has to reach it. After the pilot it has to hold for some replications more (the look-ahead of Hoad,
    Robinson and Davies, 2010), since a spread that happens to look small would stop the study too soon. The
    replications are the first of the seed, so the result is `compare` of that many, to the bit, for any number of
    workers; with ``seconds`` how many they are depends on the machine.

    With ``equal`` service the staff found on the pilot is kept while replications are added. When the rule is content,
    the staff is sought anew on all of them, as `compare` does; is it another, its own half-widths count, and the rule
    goes on where they are too wide.

    Parameters
    ----------
    first, second, days, engine, equal, service_measure, workers, progress, measures
        As of `compare`; progress is told the days that are foretold.
    half_width : mapping of float or str
        By measure: a number in its unit (``0.5``, ``"0.5 min"``), a share of the difference itself (``"2 %"``, the
        relative precision of the textbooks), or of the first world's value (``"2 % of first"``). A difference that
        may be nothing never reaches a share of itself; then one of the others is what is meant.
    confidence : float
        Of the half-widths; what is shown has 95 % whatever this is.
    pilot, look_ahead, most : int
        Replications at first, those for which it has to hold (beyond 100 replications in proportion), and in all.
    seconds : float, optional
        After which no replications are begun any more, the pilot and a last search of equal service excepted.
    foretold : optional
        Told the `Budget` after the pilot: how many replications in all, and how many seconds more.
    seed : int
        Of all luck: the same seed, the same customers and the same lives.

    Returns
    -------
    StoppedComparison
        A `Comparison` with ``stopping``: whether it was reached, or what ended it before, and half-widths by number of
        replications. Interrupted, it has what was finished.

    Raises
    ------
    ValueError
        With all that is wrong with the half-widths and limits; and as `compare`.
    ReplicationError
        As `compare`.
    KeyboardInterrupt
        If interrupted before two replications were finished.

    Examples
    --------
    >>> import sim
    >>> found = sim.compare_until("hotline_2005", "empowered", {"hold_minutes_per_call": "50 % of first"}, days=7,
    ...     pilot=4, equal="staff", measures=())
    >>> found.stopping.why, found.replications
    ('reached', 9)
    """
    began = time.perf_counter()
    limits = Limits(confidence, pilot, look_ahead, most, seconds)
    _check_told(foretold)
    first, second = world_of(first, "first"), world_of(second, "second")
    size = Size((), seed, engine, workers, given(progress))
    comparable(first, second, days)
    chosen(MEASURES, [service_measure])
    wished = precisions(half_width, (first, second))
    study = Study((first, second), equal, service_measure, began, among=SCALED)
    first, second = with_days(first, days), with_days(second, days)
    ids = ids_of((first, second), None if measures is None else [*measures, *by_measure(wished)])
    own = replace(size, ids=ids)
    known, needed = study.known(first, second), study.needed(own)
    ways = [way.label for way in known]
    pursuit = Pursuit((first, *(way.second for way in known)), needed, wished, limits, ways)
    pursuit.pilot()
    service = _Service(study, second, known, pursuit, needed) if "service" in study.hows else None
    sought = time.perf_counter()
    if service is not None and pursuit.why is None:
        service.sought()
    pursuit.foretell(foretold, time.perf_counter() - sought if service is not None else 0.0)
    pursuit.go_on()
    while service is not None and service.other_staff():
        pursuit.go_on()
    found = [*known, *([] if service is None or service.equality is None else [service.equality])]
    compared = study.compared(found, tuple(pursuit.lived), replace(own, numbers=pursuit.lived[0].numbers))
    return _ended(StoppedComparison.of(compared, pursuit.told()), pursuit)


class _Service:
    """The way whose staff has to be sought: on the pilot, and at the end on all replications."""

    def __init__(self, study: Study, second: World, known: list[Equality], pursuit: Pursuit, size: Size) -> None:
        self.study, self.second, self.known, self.pursuit, self.size = study, second, known, pursuit, size
        self.equality: Equality | None = None

    def sought(self) -> bool:
        """Seek the staff on the replications that there are; say whether it is another than before.

        Raises
        ------
        EqualServiceError
            If there is none, and no other way either.
        """
        pursuit, label = self.pursuit, LABELS["service"]
        size = replace(self.size, numbers=pursuit.lived[0].numbers)
        try:
            how = {"measure": self.study.measure, "others": pursuit.lived[1:]}
            found, lived = equal_service(pursuit.lived[0], self.second, size=size, **how)  # type: ignore[arg-type]
        except (EqualServiceError, KeyboardInterrupt, ReplicationError) as reason:
            self._left(reason)
            return False
        self.study.missing.pop("service", None)
        before, self.equality = self.equality, found
        same = before is not None and digest(before.second) == digest(found.second)
        if not same:
            pursuit.beside(found.second, lived, label)
        return not same

    def other_staff(self) -> bool:
        """Seek the staff on all replications, and say whether the rule has to go on with another."""
        ended = self.pursuit.why
        if ended in ("interrupted", "failed"):
            self._as_it_was()
            return False
        if not self.sought() or ended != "reached" or self.pursuit.holds():
            return False
        self.pursuit.anew()
        return self.pursuit.why is None

    def _as_it_was(self) -> None:
        """Keep the staff that was found on fewer replications, after an interruption."""
        if self.equality is not None:
            meaning = self.equality.meaning.replace("on these", "on the first")
            self.equality = replace(self.equality, meaning=meaning)
        elif "service" not in self.study.missing:
            self._left(EqualServiceError("interrupted before it was sought"))

    def _left(self, reason: BaseException) -> None:
        """Go on without the way, and say why."""
        pursuit, label = self.pursuit, LABELS["service"]
        if not self.known:
            raise reason
        self.study.missing["service"] = str(reason) or "interrupted while it was sought"
        if self.equality is not None:
            self.equality = None
            pursuit.watched = [one for one in pursuit.watched if one.way != label]
            pursuit.worlds, pursuit.lived = pursuit.worlds[:-1], pursuit.lived[:-1]
        if isinstance(reason, ReplicationError):
            pursuit.why, pursuit.failure = "failed", reason
        elif isinstance(reason, KeyboardInterrupt):
            pursuit.why = "interrupted"
            pursuit.lived = [replace(one, interrupted=True) for one in pursuit.lived]


@shows_progress("replicate")
def replicate_until(
    world: World | str | Path,
    half_width: Mapping[str, float | str],
    *,
    confidence: float = 0.95,
    pilot: int = PILOT,
    look_ahead: int = LOOK_AHEAD,
    most: int = MOST,
    seconds: float | None = None,
    seed: int = 1,
    days: float | None = None,
    engine: Engine = "auto",
    workers: int | None = None,
    progress: Shown = None,
    foretold: Foretold | None = None,
    measures: Iterable[str] | None = None,
) -> StoppedReplications:
    """Live through one world as often as it takes until measures are known precisely enough.

    Parameters
    ----------
    half_width : mapping of float or str
        By measure: a number in its unit, or a share of the value (``"2 %"``).
    world, confidence, pilot, look_ahead, most, seconds, seed, days, engine, workers, progress, foretold, measures
        As of `compare_until`.

    Returns
    -------
    StoppedReplications
        Equal to `replicate` of that many, with ``stopping``.

    Raises
    ------
    ValueError, ReplicationError, KeyboardInterrupt
        As `compare_until`.

    Examples
    --------
    >>> import sim
    >>> found = sim.replicate_until("empowered", {"calls_per_problem": "1 %"}, days=7, pilot=4, measures=())
    >>> found.stopping.reached
    True
    """
    limits = Limits(confidence, pilot, look_ahead, most, seconds)
    _check_told(foretold)
    asked = world_of(world)
    size = Size((), seed, engine, workers, given(progress))
    wished = precisions(half_width, (asked,))
    lived = with_days(asked, days)
    ids = ids_of((lived,), None if measures is None else [*measures, *by_measure(wished)])
    pursuit = Pursuit((lived,), replace(size, ids=ids), wished, limits, [""])
    pursuit.pilot()
    pursuit.foretell(foretold)
    pursuit.go_on()
    answer = replace(pursuit.lived[0], asked=asked)
    return _ended(StoppedReplications.of(answer, pursuit.told()), pursuit)


def _check_told(foretold: object) -> None:
    if foretold is not None and not callable(foretold):
        raise ValueError(f"foretold is {shown(foretold)}: a function of the budget is needed, or None")


def _ended(study: S, pursuit: Pursuit) -> S:
    """Return the study, or raise what ended it with what is finished of it."""
    if pursuit.failure is not None:
        pursuit.failure.finished = study
        raise pursuit.failure
    return study
