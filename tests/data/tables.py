"""Files for the readers, written as programs write them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sim.data.findings import DataError


def written(folder: Path, text: str, encoding: str = "utf-8", name: str = "table.csv") -> Path:
    """Write a text as a file of these bytes."""
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def said_of(read: Callable[[], object]) -> list[str]:
    """Return the mistakes that reading ends with, each as ``line column: problem``."""
    with pytest.raises(DataError) as caught:
        read()
    return [f"{one.line} {one.key.removeprefix('column ')}: {one.problem}" for one in caught.value.mistakes]
