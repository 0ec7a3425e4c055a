"""The spreadsheet's case for first-contact resolution: calls are problems times repeats, and euros go by the call."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sim.asked import AMOUNT, LARGEST, NOT_NONE, SHARE, Kind, numbers, settle

_SOLVED = Kind("a share from 1e-12 to 1", lambda x: 1.0 / LARGEST <= x <= 1.0)


@dataclass(frozen=True)
class Repeats:
    """Problems that are called about until they are solved or given up, every call answered, every call as good.

    The planners' formula: a call solves with the chance ``resolution``, and who is not helped calls again with the
    chance ``persistence``; calls per problem are then a geometric sum, ``1 / (1 - persistence (1 - resolution))``. It
    knows no queue: nobody finds a busy line, hangs up or is cut, and no call makes another one wait.

    Parameters
    ----------
    problems : float
        In whatever time the answers are to be for: a day, a month.
    resolution : float
        Share of calls that solve their problem, the first as well as all others: the first-contact resolution.
    eur_per_call : float
        What a call costs (EUR), as `eur_of_a_call` gives it.
    persistence : float
        Share of the callers who were not helped who call again; in most spreadsheets all of them.

    Raises
    ------
    ValueError
        If a number cannot be.

    Examples
    --------
    SQM's rule of thumb, 1.2 calls at .80 and 1.5 at .67:

    >>> [round(Repeats(100, share).calls_per_problem, 2) for share in (0.80, 0.67)]
    [1.25, 1.49]
    >>> month = Repeats(10_000, 0.45, eur_per_call=5)
    >>> round(month.calls), round(month.saved(0.75))
    (22222, 44444)
    """

    problems: float
    resolution: float
    eur_per_call: float = 0.0
    persistence: float = 1.0

    def __post_init__(self) -> None:
        settle(self, problems=AMOUNT, resolution=_SOLVED, eur_per_call=AMOUNT, persistence=SHARE)

    @classmethod
    def of_calls(cls, calls: float, resolution: float, eur_per_call: float = 0.0, persistence: float = 1.0) -> Repeats:
        """Return the problems behind so many calls: what a planner knows are calls, repeats included.

        Examples
        --------
        >>> round(Repeats.of_calls(22_222, 0.45).problems)
        10000
        """
        (calls,) = numbers(calls=(calls, AMOUNT))
        one = cls(1.0, resolution, eur_per_call, persistence)
        return replace(one, problems=calls / one.calls_per_problem)

    @property
    def calls_per_problem(self) -> float:
        """Mean calls of a problem, whether it is solved or given up."""
        return 1.0 / (self.resolution + (1.0 - self.resolution) * (1.0 - self.persistence))

    @property
    def repeat_rate(self) -> float:
        """Share of the calls that another one follows: also the share of calls that are repeats."""
        return self.persistence * (1.0 - self.resolution)

    @property
    def calls(self) -> float:
        """Calls in all."""
        return self.problems * self.calls_per_problem

    @property
    def solved_share(self) -> float:
        """Share of the problems that are solved in the end; the others are given up."""
        return self.resolution * self.calls_per_problem

    @property
    def eur(self) -> float:
        """What the calls cost (EUR)."""
        return self.calls * self.eur_per_call

    @property
    def eur_per_solved_problem(self) -> float:
        """What a solution costs (EUR), the calls in vain of all problems included."""
        return self.eur_per_call / self.resolution

    def raised(self, resolution: float) -> Repeats:
        """Return the same problems with another first-contact resolution."""
        return replace(self, resolution=resolution)

    def saved(self, resolution: float) -> float:
        """Return what another first-contact resolution saves (EUR); it costs more where it is lower."""
        return self.eur - self.raised(resolution).eur


def eur_of_a_call(handling: float, wage: float, occupancy: float = 1.0) -> float:
    """Return what a call costs (EUR): its handling, and the idle time that is paid along with it.

    Parameters
    ----------
    handling : float
        Minutes that agents spend on a call, after-call work included.
    wage : float
        What an hour of an agent costs (EUR).
    occupancy : float
        Share of the paid time in which agents are busy.

    Examples
    --------
    >>> eur_of_a_call(10, 24, occupancy=0.8)
    5.0
    """
    handling, wage, occupancy = numbers(
        handling=(handling, AMOUNT), wage=(wage, AMOUNT), occupancy=(occupancy, NOT_NONE)
    )
    return float(handling / 60.0 * wage / occupancy)
