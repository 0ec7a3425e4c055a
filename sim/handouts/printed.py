"""A report as a PDF: pages of A4 with numbers, words that can be selected, figures with their words, no table cut."""

from __future__ import annotations

import datetime
import io
from functools import singledispatchmethod
from typing import Any

from fpdf import FPDF
from fpdf.enums import TableBordersLayout, WrapMode, XPos, YPos
from fpdf.fonts import FontFace

from sim.figures.fonts import font_file
from sim.handouts.cleaned import cleaned
from sim.handouts.drawn import drawn
from sim.handouts.parts import Document, Facts, Listing, Notes, Picture, Row, Section, Table, Tone, Words
from sim.quoting import short

_FONTS = {"": "DejaVuSans", "B": "DejaVuSans-Bold"}
_SANS, _MONO = "sans", "mono"
_INK, _SOFT, _LINE, _TINT = (29, 29, 29), (85, 89, 92), (170, 174, 178), (238, 241, 244)
_TONES: dict[Tone, tuple[int, int, int]] = {"": _INK, "better": (0, 102, 75), "worse": (138, 47, 106)}
_TEXT, _SMALL, _CODE = 9.0, 7.0, 6.5
"""Sizes of type (points)."""
_LEADING = 0.46
"""Height of a line (mm) for each point of its type."""
_MARGIN, _ROOM = 15.0, 40.0
"""Of the page, and what a heading or a caption needs under it (mm)."""
_DPI = 160
_SHRUNK = 0.75
"""Of its full size, a figure at least."""
_FEW = 15
"""Rows of a table that is not parted between pages."""


def printed(made: Document, date: datetime.date) -> bytes:
    """Return a document as a PDF."""
    return _Paper(made, date).written()


class _Paper(FPDF):
    """The pages of a document, one part after the other."""

    def __init__(self, made: Document, date: datetime.date) -> None:
        super().__init__(format="A4")
        self.made = made
        for style, name in _FONTS.items():
            self.add_font(_SANS, style, font_file(name))
        self.add_font(_MONO, "", font_file("DejaVuSansMono"))
        self.known = {*self.fonts[_SANS].cmap} & {*self.fonts[_MONO].cmap}  # type: ignore[union-attr]
        self.set_margin(_MARGIN)
        self.set_auto_page_break(True, 18.0)
        self.set_lang(made.language)
        self.set_title(self._plain(made.title))
        self.set_creator("double-peine")
        self.set_creation_date(datetime.datetime.combine(date, datetime.time(), datetime.UTC))
        self.set_text_color(*_INK)
        self.set_draw_color(*_LINE)

    def written(self) -> bytes:
        """Write all sections, and return the file."""
        self.add_page()
        self._type("B", 17)
        self._paragraph(self.made.title, 17)
        self.ln(1)
        self.set_text_color(*_SOFT)
        for said in self.made.about:
            self._type("", _TEXT)
            self._paragraph(said, _TEXT)
        self.set_text_color(*_INK)
        for section in self.made.sections:
            self._section(section)
        return bytes(self.output())

    def footer(self) -> None:
        """Write the title and the page's number under each page."""
        self.set_y(-12)
        self._type("", _SMALL)
        self.set_text_color(*_SOFT)
        self.cell(self.epw - 30, 4, self._plain(short(self.made.title, 90)))
        self.cell(30, 4, f"{self.page_no()} / {{nb}}", align="R")
        self.set_text_color(*_INK)

    def _plain(self, text: str) -> str:
        """Return words as the fonts have them: a sign stands for what neither has."""
        shown = cleaned(text).replace("\N{VARIATION SELECTOR-16}", "")
        return "".join(one if one == "\n" or ord(one) in self.known else "\N{REPLACEMENT CHARACTER}" for one in shown)

    def _type(self, style: str, size: float, family: str = _SANS) -> None:
        self.set_font(family, style, size)

    def _paragraph(self, text: str, size: float, **how: Any) -> None:
        self.multi_cell(0, _LEADING * size, self._plain(text), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT, **how)

    def _room_for(self, needed: float) -> None:
        """Go on with the next page where less is left on this one (mm)."""
        if self.get_y() + needed > self.h - self.b_margin:
            self.add_page()

    def _section(self, section: Section) -> None:
        self.ln(6)
        first = next(iter(section.parts), None)
        self._room_for(self.h if isinstance(first, Picture) else _ROOM + 15.0)
        self.start_section(self._plain(section.heading))
        self._type("B", 13)
        self._paragraph(section.heading, 13)
        self.ln(1.5)
        for part in section.parts:
            self._part(part)
            self.ln(2.5)

    @singledispatchmethod
    def _part(self, part: object) -> None:
        raise TypeError(f"{type(part).__name__} is no part of a report")

    @_part.register
    def _(self, part: Words) -> None:
        size = _TEXT + (part.kind == "finding")
        if part.kind == "plain":
            self.set_text_color(*_SOFT)
        self._type("", size)
        warned = {"border": 1, "padding": 1.5} if part.kind == "warning" else {}
        for said in part.said:
            self._paragraph(said, size, **warned)
            self.ln(1.5)
        self.set_text_color(*_INK)

    @_part.register
    def _(self, part: Notes) -> None:
        self._type("", _TEXT)
        for said in part.said:
            self._room_for(_LEADING * _TEXT)
            self.cell(4, _LEADING * _TEXT, "•")
            self.multi_cell(
                self.epw - 4, _LEADING * _TEXT, self._plain(said), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT
            )
            self.ln(0.8)

    @_part.register
    def _(self, part: Facts) -> None:
        self._type("", _TEXT)
        with self.table(
            first_row_as_headings=False,
            borders_layout=TableBordersLayout.NONE,
            col_widths=(1, 2),
            text_align="LEFT",
            line_height=_LEADING * _TEXT,
        ) as table:
            for pair in part.pairs:
                row = table.row()
                for cell in pair:
                    row.cell(self._plain(cell))

    @_part.register
    def _(self, part: Listing) -> None:
        self._room_for(_ROOM)
        self._type("B", _TEXT)
        self._paragraph(part.name, _TEXT)
        self.ln(0.5)
        self._type("", _CODE, _MONO)
        for line in part.text.split("\n"):
            self._paragraph(line or " ", _CODE, wrapmode=WrapMode.CHAR)

    @_part.register
    def _(self, part: Picture) -> None:
        from PIL import Image

        image = Image.open(io.BytesIO(drawn(part.figure, "png", dpi=_DPI))).convert("RGB")
        wide = self._as_wide_as_fits(image.width / image.height)
        self._type("B", _TEXT)
        self._paragraph(part.name, _TEXT)
        self.ln(1)
        name, words = self._plain(part.name), self._plain(part.alternative)
        self.image(image, x=self.l_margin, w=wide, title=name, alt_text=words)

    def _as_wide_as_fits(self, shape: float) -> float:
        """Return how wide a figure is drawn (mm): smaller where that spares a page, on the next page where not."""
        high, over = self.epw / shape, 12.0
        left = self.h - self.b_margin - self.get_y() - over
        if left < _SHRUNK * high:
            self.add_page()
            left = self.h - self.b_margin - self.get_y() - over
        return float(min(self.epw, left * shape))

    @_part.register
    def _(self, part: Table) -> None:
        rows = sum(len(group.rows) for group in part.groups)
        self._room_for(_ROOM if rows > _FEW else 12.0 + 6.0 * rows)
        self._type("B", _TEXT)
        self._paragraph(part.caption, _TEXT)
        self.ln(0.8)
        self._type("", _SMALL)
        sides = tuple("LEFT" if at in part.words else "RIGHT" for at in range(len(part.heading)))
        with self.table(
            borders_layout=TableBordersLayout.HORIZONTAL_LINES,
            col_widths=part.widths,
            text_align=sides,
            v_align="TOP",
            line_height=_LEADING * _SMALL,
            padding=(0.5, 0.8),
            headings_style=FontFace(emphasis="BOLD", fill_color=_TINT),
        ) as table:
            table.row([self._plain(cell) for cell in part.heading])
            for group in part.groups:
                if group.name:
                    table.row().cell(
                        self._plain(group.name), colspan=len(part.heading), style=FontFace(emphasis="BOLD")
                    )
                for row in group.rows:
                    self._row(table, row)

    def _row(self, table: Any, row: Row) -> None:
        cells = table.row()
        for at, cell in enumerate(row.cells):
            toned = row.tone and at == len(row.cells) - 1
            style = FontFace(color=_TONES[row.tone], emphasis="BOLD") if toned else None
            cells.cell(self._plain(cell), style=style)
