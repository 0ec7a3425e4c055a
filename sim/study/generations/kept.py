"""Years kept on disk: a folder with what the study is, and a file for each year that is finished.

A file is written whole or not at all, so a study that was ended at any moment goes on where it was, and comes to the
same, to the bit: all that follows from the years lived is reckoned anew.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sim.files import written_whole
from sim.quoting import short
from sim.study.generations.lived import Lived

MANIFEST = "generations.json"
VERSION = 2
"""Of what a year is lived with: years kept by another one are no part of the same study."""


class Kept:
    """A folder with the years of a study.

    Raises
    ------
    ValueError
        If the folder holds another study, or cannot be read or written.
    """

    def __init__(self, folder: Path, study: dict[str, Any]) -> None:
        self.folder, there = folder, folder / MANIFEST
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if there.exists():
                self._check(json.loads(there.read_text(encoding="utf-8")), study)
            else:
                _write(there, study)
        except (OSError, UnicodeError, json.JSONDecodeError) as wrong:
            raise ValueError(f"out is {_called(folder)}: {getattr(wrong, 'strerror', None) or wrong}") from wrong

    def _check(self, there: Any, study: dict[str, Any]) -> None:
        other = [key for key in study if not isinstance(there, dict) or there.get(key) != study[key]]
        if other:
            raise ValueError(
                f"out is {_called(self.folder)}, which holds another study: {', '.join(other)} "
                f"{'differs' if len(other) == 1 else 'differ'}; name another folder"
            )

    def read(self, year: int, replications: int, worlds: int) -> list[list[Lived]] | None:
        """Return a year, from 1, or None where it is not there.

        Raises
        ------
        ValueError
            If the file is no year of this study.
        """
        file = self._file(year)
        if not file.exists():
            return None
        try:
            tree = json.loads(file.read_text(encoding="utf-8"))
            found = [[Lived.of_tree(one) for one in each] for each in tree]
            if [len(each) for each in found] != [worlds] * replications:
                raise ValueError("replications or worlds are missing")
        except (OSError, UnicodeError, ValueError, TypeError, KeyError, AttributeError) as wrong:
            raise ValueError(
                f"{_called(file)} is no year of this study ({getattr(wrong, 'strerror', None) or wrong}): take it "
                "away, and the year is lived again"
            ) from wrong
        return found

    def keep(self, year: int, lived: Sequence[Sequence[Lived]]) -> None:
        """Write a year.

        Raises
        ------
        ValueError
            If it cannot be written.
        """
        try:
            _write(self._file(year), [[one.tree() for one in each] for each in lived])
        except OSError as wrong:
            raise ValueError(f"out is {_called(self.folder)}: {wrong.strerror or wrong}") from wrong

    def _file(self, year: int) -> Path:
        return self.folder / f"year_{year:03d}.json"


def _write(file: Path, tree: Any) -> None:
    with written_whole(file) as unfinished:
        unfinished.write_text(json.dumps(tree) + "\n", encoding="utf-8")


def _called(path: Path) -> str:
    return short(str(path))
