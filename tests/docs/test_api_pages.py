"""The pages of the public words can be made from their docstrings, without a warning."""

from __future__ import annotations

import re
import warnings

import pytest

import sim

pdoc = pytest.importorskip("pdoc", reason="the pages need the extra docs")


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    folder = tmp_path_factory.mktemp("api")
    pdoc.render.configure(docformat="numpy")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        pdoc.pdoc("sim", output_directory=folder)
    return (folder / "sim.html").read_text(encoding="utf-8")


def test_every_public_word_has_its_section_and_no_other(page):
    """They are found although each is imported when it is first used."""
    assert re.findall(r'<section id="(\w+)">', page) == sim.__all__


def test_the_headings_of_numpy_become_headings(page):
    said = page[page.index('<section id="compare">') : page.index('<section id="difference">')]
    for heading in ("Parameters", "Returns", "Raises"):
        assert f">{heading}</h6>" in said
    assert "<strong>replications</strong> (int or iterable of int)" in re.sub(r"</?em>", "", said)
