"""A shelf of its own for every test of the app, and what is installed looked through once."""

from __future__ import annotations

import functools
from contextlib import suppress

import pytest


@pytest.fixture(autouse=True)
def shelf(tmp_path, monkeypatch):
    """Let the shelf stand in a folder of the test's own."""
    monkeypatch.setenv("DOUBLE_PEINE_SHELF", str(tmp_path / "shelf"))
    return tmp_path / "shelf"


@pytest.fixture(scope="session", autouse=True)
def _looked_through_once():
    """Keep which components the installed packages bring: AppTest reads of all packages for every app that it opens.

    That is Streamlit's own room; where another version has it elsewhere, the tests take longer and show the same.
    """
    with pytest.MonkeyPatch.context() as patched:
        with suppress(ImportError, AttributeError):
            from streamlit.components.v2 import manifest_scanner as looking

            patched.setattr(looking, "scan_component_manifests", functools.cache(looking.scan_component_manifests))
        yield
