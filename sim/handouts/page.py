"""A report as one HTML file: nothing is fetched, nothing is run; to be read on paper, a telephone, or aloud."""

from __future__ import annotations

import base64
import html
from collections.abc import Callable
from functools import singledispatch

from sim.handouts.cleaned import cleaned
from sim.handouts.drawn import drawn
from sim.handouts.parts import Document, Facts, Group, Listing, Notes, Picture, Row, Section, Table, Words
from sim.languages import Language, say

STYLE = """
:root { color-scheme: light dark; --ink: #1d1d1d; --paper: #fff; --soft: #55595c; --line: #c9ccd1; --tint: #f3f5f7;
  --better: #00664b; --worse: #8a2f6a; --warn: #8a4b00; --link: #0055a4; }
@media (prefers-color-scheme: dark) { :root { --ink: #ececec; --paper: #16181b; --soft: #b3b8bd; --line: #454a50;
  --tint: #22262b; --better: #5fd3ae; --worse: #f0a6d4; --warn: #f5b971; --link: #7db8ff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem clamp(1rem, 4vw, 3rem) 4rem; max-width: 78rem; background: var(--paper);
  color: var(--ink); font: 1rem/1.5 system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; overflow-wrap: anywhere; }
h1 { font-size: clamp(1.4rem, 4vw, 2rem); line-height: 1.2; margin: 1rem 0 .5rem; }
h2 { font-size: 1.3rem; line-height: 1.25; margin: 0; }
section { margin-top: 2.5rem; }
section > h2 { margin-bottom: .75rem; }
a { color: var(--link); }
.about, figcaption, .read { color: var(--soft); }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; padding: 0; list-style: none; }
.finding p { font-size: 1.1rem; border-left: .3rem solid var(--link); padding-left: 1rem; margin: 0 0 1rem; }
.warning { border: 1px solid var(--warn); border-left-width: .3rem; padding: .5rem 1rem; margin: 1rem 0; }
.warning p { margin: .25rem 0; }
.wide { overflow-x: auto; margin: 1rem 0 1.5rem; }
.wide:focus-visible, summary:focus-visible, a:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
caption { text-align: left; font-weight: 600; padding: .25rem 0 .5rem; }
caption span { display: inline-block; position: sticky; left: 0; max-width: calc(100vw - 3rem); }
th, td { padding: .3rem .6rem; border-bottom: 1px solid var(--line); text-align: right; vertical-align: top;
  font-variant-numeric: tabular-nums; unicode-bidi: isolate; white-space: nowrap; }
thead th { border-bottom: 2px solid var(--soft); vertical-align: bottom; white-space: normal; overflow-wrap: anywhere;
  min-width: 4.5rem; max-width: 16rem; }
th[scope=row] { font-weight: 400; overflow-wrap: anywhere; }
th.word, td.word { text-align: left; white-space: normal; overflow-wrap: anywhere; min-width: 5.5rem; }
th[scope=row] { min-width: 9rem; }
table.prose td.word { min-width: 9rem; max-width: 34rem; }
tr.family th { text-align: left; font-weight: 600; background: var(--tint); }
.better { color: var(--better); font-weight: 600; }
.worse { color: var(--worse); font-weight: 600; }
figure { margin: 1.5rem 0; }
figure img { display: block; width: 100%; min-width: 34rem; height: auto; background: #fff; padding: .5rem;
  border-radius: .25rem; }
dl { display: grid; grid-template-columns: minmax(8rem, max-content) 1fr; gap: .2rem 1.5rem; margin: 0 0 1rem; }
dt { color: var(--soft); }
dd { margin: 0; }
pre { background: var(--tint); padding: .75rem 1rem; overflow-x: auto; font-size: .85rem; line-height: 1.4;
  overflow-wrap: normal; tab-size: 4; }
summary { cursor: pointer; }
summary h2, summary h3 { display: inline; }
h3 { font-size: 1.05rem; margin: 1.25rem 0 .5rem; }
footer { margin-top: 3rem; border-top: 1px solid var(--line); color: var(--soft); }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: .5rem; }
  table { font-size: .85rem; } th, td { padding: .3rem .4rem; } th[scope=row] { min-width: 7rem; } }
@media print {
  :root { color-scheme: light; --ink: #000; --paper: #fff; --soft: #444; --line: #bbb; --tint: #f3f5f7;
    --better: #00664b; --worse: #8a2f6a; --warn: #8a4b00; --link: #000; }
  @page { size: A4; margin: 15mm 12mm; }
  body { max-width: none; padding: 0; font-size: 9.5pt; }
  nav, .only-screen { display: none; }
  .wide { overflow: visible; } table { font-size: 7.5pt; } th, td { min-width: 0 !important; padding: .2rem .3rem; }
  figure details { display: none; }
  figure img { min-width: 0; max-height: 240mm; object-fit: contain; }
  tr, figure { break-inside: avoid; } h2, caption { break-after: avoid; } thead { display: table-header-group; }
  details::details-content { content-visibility: visible; block-size: auto; }
  pre { white-space: pre-wrap; font-size: 7pt; overflow-wrap: anywhere; }
}
"""
_SAFE = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
"""What a browser may do with the page: show its own figures in its own style."""


def page(made: Document) -> str:
    """Return a document as HTML."""
    sections = [(section.key, section) for section in made.sections]
    contents = "".join(f'<li><a href="#{name}">{_plain(section.heading)}</a></li>' for name, section in sections)
    about = "".join(f"<p>{_plain(said)}</p>" for said in made.about)
    body = "\n".join(_section(name, section, made.language) for name, section in sections)
    return (
        f'<!doctype html>\n<html lang="{made.language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_SAFE}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{_plain(made.title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        f'<header><h1>{_plain(made.title)}</h1>\n<div class="about">{about}</div>\n'
        f'<nav aria-label="{_plain(say("Contents", made.language))}"><ul>{contents}</ul></nav></header>\n'
        f"<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _plain(text: str) -> str:
    return html.escape(cleaned(text), quote=True)


def _section(name: str, section: Section, language: Language) -> str:
    inner = "\n".join(_part(part, language) for part in section.parts)
    heading = f'<h2 id="{name}">{_plain(section.heading)}</h2>'
    if section.folded:
        inner = f"<details><summary>{heading}</summary>\n{inner}</details>"
        return f'<section aria-labelledby="{name}">{inner}</section>'
    return f'<section aria-labelledby="{name}">{heading}\n{inner}</section>'


@singledispatch
def _part(part: object, language: Language) -> str:
    raise TypeError(f"{type(part).__name__} is no part of a report")


@_part.register
def _(part: Words, language: Language) -> str:
    said = "".join(f"<p>{_plain(one)}</p>" for one in part.said)
    kind = {"plain": "read"}.get(part.kind, part.kind)
    role = ' role="note"' if kind == "warning" else ""
    return f'<div class="{kind}"{role}>{said}</div>'


@_part.register
def _(part: Notes, language: Language) -> str:
    return "<ul>" + "".join(f"<li>{_plain(one)}</li>" for one in part.said) + "</ul>"


@_part.register
def _(part: Facts, language: Language) -> str:
    return "<dl>" + "".join(f"<dt>{_plain(name)}</dt><dd>{_plain(value)}</dd>" for name, value in part.pairs) + "</dl>"


@_part.register
def _(part: Listing, language: Language) -> str:
    name = _plain(part.name)
    return f'<h3>{name}</h3><pre tabindex="0" role="region" aria-label="{name}">{_plain(part.text)}</pre>'


@_part.register
def _(part: Picture, language: Language) -> str:
    data = base64.b64encode(drawn(part.figure, "svg")).decode("ascii")
    words = "".join(f"<li>{_plain(one)}</li>" for one in part.words)
    name = _plain(part.name)
    more = f"<details><summary>{_plain(say('The figure in words', language))}</summary><ul>{words}</ul></details>"
    return (
        f'<figure><div class="wide" tabindex="0" role="region" aria-label="{name}">'
        f'<img src="data:image/svg+xml;base64,{data}" alt="{_plain(part.alternative)}"></div>'
        f"<figcaption>{name}</figcaption>{more if words else ''}</figure>"
    )


@_part.register
def _(part: Table, language: Language) -> str:
    word: Callable[[int], str] = lambda at: ' class="word"' if at in part.words else ""  # noqa: E731
    head = "".join(f'<th scope="col"{word(at)}>{_plain(cell)}</th>' for at, cell in enumerate(part.heading))
    body = "".join(_group(group, part) for group in part.groups)
    caption = _plain(part.caption)
    prose = ' class="prose"' if len(part.words) == len(part.heading) else ""
    return (
        f'<div class="wide" tabindex="0" role="region" aria-label="{caption}"><table{prose}>'
        f"<caption><span>{caption}</span></caption><thead><tr>{head}</tr></thead>{body}</table></div>"
    )


def _group(group: Group, table: Table) -> str:
    over = ""
    if group.name:
        many = len(table.heading)
        over = f'<tr class="family"><th scope="rowgroup" colspan="{many}">{_plain(group.name)}</th></tr>'
    return f"<tbody>{over}{''.join(_row(row, table) for row in group.rows)}</tbody>"


def _row(row: Row, table: Table) -> str:
    first, *others = row.cells
    cells, last = [f'<th scope="row" class="word">{_plain(first)}</th>'], len(others)
    for at, cell in enumerate(others, 1):
        kinds = ["word"] * (at in table.words) + [row.tone] * bool(row.tone and at == last)
        cells.append(f'<td class="{" ".join(kinds)}">{_plain(cell)}</td>' if kinds else f"<td>{_plain(cell)}</td>")
    return f"<tr>{''.join(cells)}</tr>"
