"""What a customer lived, as a story: in one world, or in several side by side, in English or French."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass, field

from sim.asked import one_of
from sim.history.rows import History
from sim.languages import LANGUAGES, Language, say
from sim.measures.customers import WHICH, Which, interesting_customer
from sim.quoting import printable
from sim.report.lived.course import Course, course
from sim.report.lived.telling import Day, closing, short_course, told_contact, told_days
from sim.report.numbers import wrapped


@dataclass(frozen=True)
class Lived:
    """One world's part of a story.

    Attributes
    ----------
    course : Course
        What it tells, as numbers.
    world : str
        Its name.
    days : tuple of Day
        Day after day, in paragraphs.
    closing : str
        What it came to.
    """

    course: Course
    world: str
    days: tuple[Day, ...]
    closing: str


@dataclass(frozen=True)
class Story:
    """What one customer lived.

    Attributes
    ----------
    customer : int
        The place in `Customers`.
    lived : tuple of Lived
        In each world.
    side_by_side : tuple of str
        What it came to in each world, a line each, where there are several.
    """

    customer: int
    language: Language
    lived: tuple[Lived, ...]
    side_by_side: tuple[str, ...] = field(default=())

    def text(self) -> str:
        """Return the story as it is printed: 120 columns at most."""
        lines: list[str] = []
        for one in self.lived:
            lines += [*wrapped(self._title(one)), ""]
            for day in one.days:
                lines += [day.title, *(line for said in day.paragraphs for line in wrapped(f"  {said}")), ""]
            lines += [*wrapped(one.closing), ""]
        for said in self._compared():
            lines += wrapped(said)
        return "\n".join(lines).rstrip()

    def __str__(self) -> str:
        return self.text()

    def _title(self, one: Lived) -> str:
        return say("Customer {n} in {world}", self.language, n=self.customer, world=one.world)

    def _compared(self) -> list[str]:
        if not self.side_by_side:
            return []
        return [say("The same customer, the same problem, the same luck:", self.language), *self.side_by_side]

    def _repr_html_(self) -> str:
        """Return the story for a notebook."""
        parts: list[str] = []
        for one in self.lived:
            parts.append(f"<h4>{html.escape(self._title(one))}</h4>")
            for day in one.days:
                parts.append(f"<h5>{html.escape(day.title)}</h5>")
                parts += [f"<p>{html.escape(said)}</p>" for said in day.paragraphs]
            parts.append(f"<p><b>{html.escape(one.closing)}</b></p>")
        parts += [f"<p>{html.escape(said)}</p>" for said in self._compared()]
        return f'<div lang="{self.language}">{"".join(parts)}</div>'


def tell(
    histories: History | Sequence[History],
    customer: Which | int = "median",
    language: Language = "en",
    *,
    full: bool = False,
) -> Story:
    """Tell what one customer lived, in words: each attempt, day after day, and what it came to.

    Parameters
    ----------
    histories : History, or sequence of History
        One of each world, of the same customers.
    customer : int, "median", "worst" or "least"
        The place in `Customers`; or, of two worlds, whom `sim.figures.interesting_customer` chooses.
    language : "en" or "fr"
    full : bool
        Tell every contact whole; otherwise, of more than four, those between the first two and the last two are told
        together, day by day.

    Returns
    -------
    Story
        Printed it is the story; its parts are there for pages.

    Raises
    ------
    ValueError
        If there is no history, no such customer or language, the histories are not of the same customers, or a row
        holds what cannot be.

    Examples
    --------
    >>> import sim
    >>> world = sim.load("empowered")
    >>> history = sim.run(world, sim.populate(world, seed=1))
    >>> print(tell(history, 17).lived[0].days[0].title)
    Monday of week 1
    """
    several = _several(histories)
    one_of("language", language, LANGUAGES)
    number = _chosen(several, customer)
    lived = tuple(_lived(one, number, language, full=full) for one in several)
    beside = tuple(short_course(one.course, language) for one in lived) if len(lived) > 1 else ()
    return Story(number, language, lived, beside)


def _several(histories: History | Sequence[History]) -> list[History]:
    several = [histories] if isinstance(histories, History) else list(histories)
    if not several:
        raise ValueError("histories is empty: it has to be one history at least")
    for one in several:
        if not isinstance(one, History):
            raise ValueError(f"histories holds one of the kind {type(one).__name__}: each has to be a History")
    return several


def _chosen(histories: Sequence[History], customer: Which | int) -> int:
    """Return the place of the customer who is meant, of the first world or the first two."""
    if isinstance(customer, str):
        one_of("customer", customer, WHICH)
    for other in histories[1:]:
        interesting_customer(histories[0], other, 0)  # refuses others than the same customers
    if isinstance(customer, str):
        return interesting_customer(histories[0], histories[1] if len(histories) > 1 else None, customer)
    return histories[0].place_of(customer)


def _lived(history: History, customer: int, language: Language, *, full: bool) -> Lived:
    one = course(history, customer)
    return Lived(one, printable(history.world.name), told_days(one, language, full=full), closing(one, language))


def tell_call(history: History, customer: int, call: int, language: Language = "en") -> str:
    """Tell one call of a customer whole, and what followed it.

    Parameters
    ----------
    call : int
        From 1.

    Raises
    ------
    ValueError
        If there is no such customer, call or language.
    """
    from collections import Counter

    one_of("language", language, LANGUAGES)
    one = course(history, customer)
    if isinstance(call, bool) or not isinstance(call, int) or not 1 <= call <= len(one.calls):
        raise ValueError(f"call is {call!r:.40}: customer {customer} has {len(one.calls)} of them, counted from 1")
    asked = one.calls[call - 1]
    before = Counter(moment.event for earlier in one.contacts[: asked.number - 1] for moment in earlier.moments)
    return told_contact(one, asked, before, language)
