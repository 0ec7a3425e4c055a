"""The sheets of a workbook that hold words: what was found, where the worlds differ, how to repeat it."""

from __future__ import annotations

import io
from collections.abc import Iterable

from sim.handouts.book.measures import DIFFERENCE, FIRST, HIGH, LOW, SECOND, VERDICT, Places
from sim.handouts.book.reckoned import cell
from sim.handouts.book.sheet import Sheet, shown, signed
from sim.handouts.cells import unit_of, verdict
from sim.handouts.drawn import drawn
from sim.handouts.parts import Document, Facts, Listing, Notes, Part, Picture, Section, Table, Words
from sim.languages import Language, say, told
from sim.quoting import short
from sim.report.headlines import GUESSED, label_of, of_comparison
from sim.study.comparing.comparison import Comparison, Line

_DPI = 110
_COLUMNS = 12
"""Of the sheet of figures, as wide as the widest: one wide column would be cut where it is printed."""


def write_summary(sheet: Sheet, made: Document, comparison: Comparison, places: Places, labels: list[str]) -> None:
    """Write what was found, and the figures that matter, each a formula that names the sheet of all measures."""
    sheet.title(0, made.title, 16)
    row = 1
    for said in made.about:
        sheet.text(row, 0, said, font_color="#55595C")
        row += 1
    row = _sentences(sheet, made, row + 1)
    for at, _ in enumerate(comparison.ways):
        row = _headlines(sheet, comparison, at, places, labels[at], made.language, row) + 2
    section = next((one for one in made.sections if one.key == "headlines"), None)
    for part in section.parts if section else ():
        if isinstance(part, Words):
            for said in part.said:
                sheet.text(row, 0, said, font_color="#55595C")
                row += 1
    sheet.widths(30, 9, *[15] * 5, 18)
    sheet.printed()


def _sentences(sheet: Sheet, made: Document, row: int) -> int:
    found = next((one for one in made.sections if one.key == "found"), None)
    for part in found.parts if found else ():
        for said in part.said if isinstance(part, Words) else ():
            sheet.spread(row, said, 8, 135, border=1, border_color="#C9CCD1")
            row += 1
    return row + 1


def _headlines(
    sheet: Sheet, comparison: Comparison, at: int, places: Places, label: str, language: Language, row: int
) -> int:
    """Write the figures that matter of one way; return the row of the last."""
    sheet.title(row, label, 12)
    named = [say(word, language) for word in ("measure", "unit")]
    worlds = [say("world {world}", language, world=world) for world in ("1", "2")]
    ends = [say(word, language) for word in ("difference", "from", "to", "verdict")]
    sheet.heading(row + 1, [*named, *worlds, *ends], last=1)
    lines = {line.measure.id: line for line in comparison.ways[at].lines}
    ids = of_comparison(comparison)
    for place, name in enumerate(ids, row + 2):
        sheet.text(place, 0, told(label_of(name).strip(), language) + GUESSED * lines[name].measure.guessed)
        sheet.text(place, 1, unit_of(lines[name].measure, language))
        _headline(sheet, place, lines[name], places, (at, name), language)
    return row + 1 + len(ids)


def _headline(sheet: Sheet, row: int, line: Line, places: Places, key: tuple[int, str], language: Language) -> None:
    form = shown(line.measure, *line.worlds, line.difference)
    values = [one.mean for one in line.worlds] + list(line.difference)
    forms = form, form, *[signed(form)] * 3
    sources = FIRST, SECOND, DIFFERENCE, LOW, HIGH
    for column, (source, value, shape) in enumerate(zip(sources, values, forms, strict=True), 2):
        if value is not None:
            sheet.formula(row, column, cell(places.sheet, places.rows[key], source), value, shape)
    said = verdict(line, language)
    if said:
        sheet.formula(row, 7, cell(places.sheet, places.rows[key], VERDICT), said, indent=1)


def write_figures(sheet: Sheet, pictures: Iterable[Picture]) -> None:
    """Put the figures under one another, each with its words."""
    row, begins = 0, []
    for picture in pictures:
        begins.append(row)
        data = drawn(picture.figure, "png", dpi=_DPI)
        high = _height(data)
        sheet.title(row, picture.name, 12)
        options = {
            "image_data": io.BytesIO(data),
            "description": short(picture.alternative, 2000),
            "object_position": 2,
        }
        sheet.sheet.insert_image(row + 1, 0, "figure.png", options)
        row += 4 + int(high * 96 / _DPI / 20)
    sheet.widths(*[15.0] * _COLUMNS)
    sheet.printed(landscape=False)
    sheet.sheet.print_area(0, 0, row, _COLUMNS - 1)
    sheet.sheet.set_h_pagebreaks(begins[1:])


def _height(png: bytes) -> int:
    """Return how many pixels a PNG is high: they stand in its header."""
    return int.from_bytes(png[20:24], "big")


def write_parts(sheet: Sheet, sections: Iterable[Section]) -> None:
    """Write sections of words, notes, facts, tables and listings under one another."""
    row = 0
    for section in sections:
        sheet.title(row, section.heading)
        row += 2
        for part in section.parts:
            row = _part(sheet, part, row) + 1
    sheet.widths(48, 48, 40, 60)
    sheet.printed()


def _part(sheet: Sheet, part: Part, row: int) -> int:
    if isinstance(part, Table):
        return _table(sheet, part, row)
    if isinstance(part, Facts):
        for at, (name, value) in enumerate(part.pairs, row):
            sheet.text(at, 0, name)
            sheet.text(at, 1, value)
        return row + len(part.pairs)
    if isinstance(part, Listing):
        sheet.text(row, 0, part.name, bold=True)
        lines = part.text.split("\n")
        for at, line in enumerate(lines, row + 1):
            sheet.text(at, 0, line, font_name="Consolas")
        return row + 1 + len(lines)
    said = part.said if isinstance(part, (Words, Notes)) else ()
    for at, one in enumerate(said, row):
        sheet.spread(at, one, 4, 190)
    return row + len(said)


def _table(sheet: Sheet, table: Table, row: int) -> int:
    sheet.text(row, 0, table.caption, bold=True)
    sheet.heading(row + 1, list(table.heading), words=len(table.heading))
    row += 2
    for group in table.groups:
        for one in group.rows:
            for column, said in enumerate(one.cells):
                sheet.text(row, column, said, text_wrap=True)
            row += 1
    return row


def write_listing(sheet: Sheet, listing: Listing) -> None:
    """Write a text, a line in each row."""
    for row, line in enumerate(listing.text.split("\n")):
        sheet.text(row, 0, line, font_name="Consolas")
    sheet.widths(140)
    sheet.printed(landscape=False)
