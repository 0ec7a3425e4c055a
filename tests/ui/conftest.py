"""A shelf of its own for every test of the app."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def shelf(tmp_path, monkeypatch):
    """Let the shelf stand in a folder of the test's own."""
    monkeypatch.setenv("DOUBLE_PEINE_SHELF", str(tmp_path / "shelf"))
    return tmp_path / "shelf"
