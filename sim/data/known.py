"""The headings that are known, as a chapter of docs/data.md; ``python -m sim.data.known`` writes it there."""

from __future__ import annotations

import textwrap
from pathlib import Path

from sim.data.headings import CALL_WORDS, INTERVAL_WORDS, ROSTER_WORDS, known_words
from sim.files import written_whole

PAGE = Path(__file__).resolve().parents[2] / "docs" / "data.md"
_TITLE = "## Headings that are known\n"
_ABOUT = """\
By field, without capitals, accents and signs (`Appels Présentés` is "appels presentes"). A unit or a threshold in a
heading is read beside it (`DMT (min)`, `Traités dans le seuil < 20 s`), and a percent sign makes a service level of
what could be a count. A number that was dialled is the queue only where no other column is. What stands nowhere here
is not read, and said so, until `columns` (`--columns FIELD=COLUMN`) names it. `python -m sim.data.known` writes this
chapter.
"""
_APART = "\n\n"
_TABLES = {"Interval reports": INTERVAL_WORDS, "Call logs": CALL_WORDS, "Rosters": ROSTER_WORDS}


def chapter() -> str:
    """Return the chapter, from its title to the next."""
    parts = [_TITLE, _ABOUT]
    for title, words in _TABLES.items():
        by_field: dict[str, list[str]] = {}
        for name, fields in known_words(words).items():
            for field in fields:
                by_field.setdefault(field, []).append(name)
        parts.append(f"### {title}\n")
        parts.append("\n".join(_line(field, by_field[field]) for field in words) + "\n")
    return "\n".join(parts)


def _line(field: str, names: list[str]) -> str:
    return textwrap.fill(f"* `{field}`: {', '.join(names)}", 130, subsequent_indent="  ", break_long_words=False)


def write() -> None:
    """Put the chapter into the page, in the place of the one that stands there."""
    text = PAGE.read_text(encoding="utf-8")
    before, found, after = text.partition(_TITLE)
    rest = after.partition("\n## ")
    kept = f"\n## {rest[2]}" if rest[1] else ""
    with written_whole(PAGE) as unfinished:
        unfinished.write_text(f"{before if found else before.rstrip() + _APART}{chapter()}{kept}", encoding="utf-8")


if __name__ == "__main__":
    write()
