"""A comparison as a document: what is found, the figures that matter, and all it takes to believe them."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from sim.handouts.assumed import differences_tables, guesses_table
from sim.handouts.drawn import pictures
from sim.handouts.measured import definitions_table, headline_table, measures_table
from sim.handouts.parts import Document, Notes, Part, Section, Words
from sim.handouts.repeated import date_said, how_to_repeat, world_files
from sim.languages import Language, say, told
from sim.quoting import short
from sim.report.finding import findings
from sim.report.headlines import GUESSED
from sim.report.names import names
from sim.report.words import comparison_head, notes, warnings_of
from sim.study.comparing.comparison import Comparison

if TYPE_CHECKING:
    from sim.handouts.drawn import Lived

_NAME = 60


def document(
    comparison: Comparison,
    *,
    language: Language = "en",
    command: str | None = None,
    date: datetime.date | None = None,
    lived: tuple[Lived, Lived] | None = None,
    customer: int | None = None,
) -> Document:
    """Return the whole report of a comparison in a language; `sim.write_report` says what it is given."""
    day = date or datetime.date.today()
    ways, said = range(len(comparison.ways)), language
    sections = [
        Section("found", say("What was found", said), _found(comparison, said)),
        Section("headlines", say("The figures that matter", said), _figures(comparison, said)),
        Section("figures", say("Figures", said), pictures(comparison, said, lived, customer)),
        Section("measures", say("All measures", said), [measures_table(comparison, at, said) for at in ways]),
        Section("meanings", say("What the measures mean", said), [_definitions(comparison, said)], folded=True),
        Section("differences", say("What separates the worlds", said), list(differences_tables(comparison, said))),
        Section("rests-on", say("What it rests on", said), [Notes(_told(rest(comparison), said))]),
        Section("guesses", say("Values that are guesses", said), _guesses(comparison, said), folded=True),
        Section("repeat", say("How to repeat it", said), how_to_repeat(comparison, day, command, said)),
        Section("files", say("The worlds as files", said), list(world_files(comparison, said)), folded=True),
    ]
    about = date_said(day, said), *_told(comparison_head(comparison)[:1], said)
    return Document(title(comparison, said), language, about, [section for section in sections if section.parts])


def title(comparison: Comparison, language: Language) -> str:
    """Say what is compared."""
    first, *others = (short(name, _NAME) for name in names(comparison))
    joined = f" {say('and', language)} ".join(dict.fromkeys(others))
    return say("{first} or {others}: the same customers in each", language, first=first, others=joined)


def rest(comparison: Comparison) -> list[str]:
    """Return what a reader has to know and is not warned of."""
    warned = {str(one) for one in warnings_of(comparison) if one.warns}
    return [said for said in notes(comparison) if said not in warned]


def warned_of(comparison: Comparison) -> list[str]:
    """Return what a reader is warned of."""
    return [str(one) for one in warnings_of(comparison) if one.warns]


def guess_marked(comparison: Comparison, language: Language) -> tuple[str, ...]:
    """Say what the mark of a guessed measure means, where one bears it."""
    if not any(line.measure.guessed for line in comparison.lines):
        return ()
    said = "{mark} holds the margin of customers lost, which rests on guesses; the line without them leaves it out."
    return (say(said, language, mark=GUESSED),)


def how_to_read(comparison: Comparison, language: Language) -> str:
    """Say what a difference is, and its interval."""
    first, *others = names(comparison)
    other = others[0] if len(set(others)) == 1 else say("another world", language)
    return say(
        "A difference is {other} minus {first}, replication by replication on the same customers, ± half of its 95 % "
        "interval. Where the interval holds 0 the data do not tell the worlds apart. A post is 35 agent hours a week.",
        language,
        other=other,
        first=first,
    )


def _found(comparison: Comparison, language: Language) -> list[Part]:
    parts: list[Part] = [Words(_told(findings(comparison), language), "finding")]
    warned = warned_of(comparison)
    return [*parts, Words(_told(warned, language), "warning")] if warned else parts


def _figures(comparison: Comparison, language: Language) -> list[Part]:
    tables: list[Part] = [headline_table(comparison, at, language) for at in range(len(comparison.ways))]
    return [*tables, Words((*guess_marked(comparison, language), how_to_read(comparison, language)))]


def _definitions(comparison: Comparison, language: Language) -> Part:
    return definitions_table([line.measure for line in comparison.lines], language)


def _guesses(comparison: Comparison, language: Language) -> list[Part]:
    said = (
        "These values are those of the worlds that come with the program, whose files call them guesses. Where a value "
        "matters to what was found, put your own in its place, and compare again."
    )
    return [Words((say(said, language),)), guesses_table(comparison, language)]


def _told(said: list[str], language: Language) -> tuple[str, ...]:
    return tuple(told(one, language) for one in said)
