"""The documents that come with the app, as the page Method shows them: validation results, the model, how to cite."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).resolve().parents[3]
"""Where the app was checked out: the documents stand beside the package, and are not in it when it is installed."""
_LINK = re.compile(r"\[([^\]]+)\]\((?!https?:)[^)]*\)")


class Held(NamedTuple):
    """One figure of a published case, beside ours."""

    case: str
    figure: str
    published: str
    expected: str
    tolerance: str
    ours: str
    errors: str
    within: str


def read(name: str) -> str | None:
    """Return a document, links to other files left out; None where it did not come along."""
    try:
        said = (FOLDER / name).read_text(encoding="utf-8")
    except OSError:
        return None
    return _LINK.sub(r"\1", said)


@cache
def validation() -> tuple[Held, ...]:
    """Return the figures of the published cases in `docs/validation.md`."""
    said = read("docs/validation.md") or ""
    part = said.partition("<!-- published: begin -->")[2].partition("<!-- published: end -->")[0]
    case, rows = "", list[Held]()
    for line in part.splitlines():
        if line.startswith("### "):
            case = line[4:]
        elif line.startswith("|") and case and not line.startswith(("| figure", "|---")):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if len(cells) == len(Held._fields) - 1:
                rows.append(Held(case, *cells))
    return tuple(rows)


@cache
def cited() -> dict[str, str]:
    """Return what `CITATION.cff` says, by its plain keys, and its first author's name."""
    said = read("CITATION.cff") or ""
    return {
        key: value.strip().strip('"') for key, value in re.findall(r"^(?:  - )?([a-z-]+): (\S.*)$", said, re.MULTILINE)
    }
