"""What is wrong with a file of data, or odd: collected while it is read, told all at once with row and column."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from sim.quoting import printable, quoted
from sim.reading.mistakes import Mistake, listed

_SAID_OF_A_KIND = 3
"""Oddities of one kind that are written out; of the others it is said how many there are."""

UNREAD = "columns not read"
"""What columns are counted as whose headings mean no field."""


class DataError(ValueError):
    """A file of data that cannot be used; `mistakes` holds everything that is wrong with it."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__(self.mistakes)

    def __str__(self) -> str:
        """List the mistakes, one a line, and say how many more there are than anyone would read."""
        return listed(self.mistakes)


class Findings:
    """What has been found in one file so far: mistakes, oddities, and what was left out, by kind."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.left_out: Counter[str] = Counter()
        self._mistakes: list[Mistake] = []
        self._odd: defaultdict[str, list[Mistake]] = defaultdict(list)
        self._many: Counter[str] = Counter()

    def wrong(self, line: int | None, column: str, problem: str, suggestion: str = "") -> None:
        """Note what keeps the file from being used; `column` is the heading, empty for the row as a whole."""
        self._mistakes.append(self._mistake(line, column, problem, suggestion))

    def odd(self, kind: str, line: int | None, column: str, problem: str, suggestion: str = "") -> None:
        """Note what is taken over all the same; of one kind only the first few are written out."""
        self._many[kind] += 1
        if len(self._odd[kind]) < _SAID_OF_A_KIND:
            self._odd[kind].append(self._mistake(line, column, problem, suggestion))

    def leave_out(self, kind: str, many: int = 1) -> None:
        """Count what is not taken over."""
        self.left_out[kind] += many

    def _mistake(self, line: int | None, column: str, problem: str, suggestion: str) -> Mistake:
        return Mistake(self.file, f"column {quoted(column)}" if column else "", line, printable(problem), suggestion)

    def warnings(self) -> tuple[str, ...]:
        """Return the oddities, each a sentence, those of a kind together."""
        said: list[str] = []
        for kind, odd in self._odd.items():
            said += map(str, odd)
            more = self._many[kind] - len(odd)
            said += [f"{self.file}: {kind}: {more:,} more"] * (more > 0)
        return tuple(said)

    def check(self) -> None:
        """Refuse the file if anything in it is wrong.

        Raises
        ------
        DataError
            With every mistake noted, in the order of lines.
        """
        if self._mistakes:
            raise DataError(sorted(self._mistakes, key=lambda mistake: mistake.line or 0))
