"""A report as a workbook: real numbers, and formulas where a planner would want them, their values beside them."""

from __future__ import annotations

import datetime
import io

from sim.handouts.book.case import Written, reckoned
from sim.handouts.book.measures import confidence_named, placed, write_measures
from sim.handouts.book.sheet import Book
from sim.handouts.book.totals import write_totals
from sim.handouts.book.words import write_figures, write_listing, write_parts, write_summary
from sim.handouts.cleaned import cleaned
from sim.handouts.measured import called
from sim.handouts.parts import Document, Listing, Picture
from sim.languages import say, told
from sim.study.comparing.comparison import Comparison

_LONGEST_NAME = 31


def workbook(made: Document, comparison: Comparison, date: datetime.date) -> bytes:
    """Return a document, and the comparison that it tells, as a workbook."""
    from xlsxwriter import Workbook

    inner = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(inner, {"in_memory": True, "use_future_functions": True, **plain}) as written:
        written.set_properties(
            {
                "title": cleaned(made.title)[:200],
                "comments": "double-peine",
                "created": datetime.datetime.combine(date, datetime.time()),
            }
        )
        _Sheets(Book(written), made, comparison).write()
    return inner.getvalue()


class _Sheets:
    """The sheets, in the order in which they are read."""

    def __init__(self, book: Book, made: Document, comparison: Comparison) -> None:
        self.book, self.made, self.comparison, self.language = book, made, comparison, made.language
        self.labels = [self._label(at) for at in range(len(comparison.ways))]
        self.names = {name: say(name, self.language) for name in ("Measures", "Replications")}
        self.places = placed(comparison, self.names["Measures"], self.names["Replications"])

    def _label(self, at: int) -> str:
        first, second = called(self.comparison, at)
        words = "{second} (world 2) instead of {first} (world 1), {label}"
        label = told(self.comparison.ways[at].equality.label, self.language)
        return say(words, self.language, first=first, second=second, label=label)

    def write(self) -> None:
        """Write all of them."""
        summary = self.book.sheet(say("Summary", self.language))
        self._cases()
        measures = self.book.sheet(self.names["Measures"])
        self._words()
        totals = self.book.sheet(self.names["Replications"])
        write_summary(summary, self.made, self.comparison, self.places, self.labels)
        write_measures(measures, self.comparison, self.places, self.labels, self.language)
        write_totals(totals, self.comparison, self.places.blocks, self.labels, self.language)
        self.book.workbook.define_name(*confidence_named(measures))

    def _cases(self) -> None:
        for at, label in enumerate(self.labels):
            case = reckoned(self.comparison, at)
            if case is None:
                continue
            name = say("Business case", self.language) + (f" {at + 1}" if len(self.labels) > 1 else "")
            pair = called(self.comparison, at)
            sheet = self.book.sheet(name[:_LONGEST_NAME])
            written = Written(sheet, case, at, self.places, pair, self.language)
            written.write(self.comparison, label)
            for defined, where in written.names():
                place = where.removeprefix("=").rpartition("!")[0]
                self.book.workbook.define_name(f"{place}!{defined}", where)

    def _words(self) -> None:
        pictures = [part for one in self.made.sections for part in one.parts if isinstance(part, Picture)]
        if pictures:
            write_figures(self.book.sheet(say("Figures", self.language)), pictures)
        for keys in (("differences",), ("rests-on", "guesses"), ("repeat",)):
            sections = [one for one in self.made.sections if one.key in keys]
            if sections:
                write_parts(self.book.sheet(say(NAMES[keys[0]], self.language)), sections)
        files = [part for one in self.made.sections if one.key == "files" for part in one.parts]
        for at, part in enumerate(files, 1):
            assert isinstance(part, Listing)
            write_listing(self.book.sheet(say("World {number}", self.language, number=at)), part)


NAMES = {"differences": "Differences", "rests-on": "Rests on", "repeat": "Repeat"}
"""What the sheets of words are called."""
