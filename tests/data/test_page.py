"""What the page on data shows is what comes of it."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

from sim.data.forms import FORMS
from sim.data.headings import CALL_WORDS, INTERVAL_WORDS, ROSTER_WORDS

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "data.md"


def test_the_examples_of_the_page_run(tmp_path, monkeypatch):
    (tmp_path / "scenarios").symlink_to(ROOT / "scenarios")
    monkeypatch.chdir(tmp_path)
    found = doctest.testfile(
        str(PAGE), module_relative=False, encoding="utf-8", optionflags=doctest.NORMALIZE_WHITESPACE
    )
    assert found.attempted > 5
    assert found.failed == 0


def test_the_page_names_every_field_and_every_form():
    named = set(re.findall(r"`([a-z_]+)`", PAGE.read_text(encoding="utf-8")))
    fields = {*INTERVAL_WORDS, *CALL_WORDS, *ROSTER_WORDS}
    assert fields | set(FORMS) <= named
