"""The worlds that come with the program: beside the package in a checkout, inside it once installed."""

from __future__ import annotations

import os
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from sim.files import real_path

_VARIANTS = "variants"
"""The folder of the variants, in that of the shipped worlds."""


@cache
def folder() -> Path:
    """Return the folder of the shipped worlds."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "shipped"
    return installed if installed.is_dir() else package.parent / "scenarios"


def shipped() -> tuple[str, ...]:
    """Return the names of the shipped worlds, sorted.

    Returns
    -------
    tuple of str
    """
    return tuple(sorted(path.stem for path in folder().glob("*.toml")))


def variants() -> tuple[str, ...]:
    """Return the names of the shipped variants, sorted: each says in a few lines how it differs from a shipped world.

    Returns
    -------
    tuple of str
    """
    return tuple(sorted(path.stem for path in (folder() / _VARIANTS).glob("*.toml")))


def named() -> tuple[str, ...]:
    """Return all names by which a world is found: those of the shipped worlds, then those of their variants."""
    return (*shipped(), *variants())


def shipped_file(name: str) -> Path:
    """Return the file of a shipped world or variant, whether or not there is one of that name."""
    variant = folder() / _VARIANTS / f"{name}.toml"
    return variant if variant.is_file() else folder() / f"{name}.toml"


def profiles() -> dict[str, Path]:
    """Return the shipped counts of calls, by name, sorted."""
    return {path.stem: path for path in sorted((folder() / "profiles").glob("*.csv"))}


@cache
def regimes() -> dict[str, dict[str, Any]]:
    """Return the named tariff regimes: what their blocks hold, with ``about``, one line each.

    Returns
    -------
    dict of str to dict
        By name.
    """
    with (folder() / "tariffs" / "regimes.toml").open("rb") as file:
        return tomllib.load(file)


def spoken(path: Path) -> str:
    """Return a path as a user would name it: relative to the folder he works in, if it lies there."""
    try:
        return os.fspath(real_path(path).relative_to(Path.cwd()))
    except (ValueError, OSError):
        return os.fspath(path)
