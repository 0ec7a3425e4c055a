"""Sentences of a few words, in place of the catalogues."""

from __future__ import annotations

import pytest

from sim.languages import saying, search, telling


@pytest.fixture
def catalogue_of(monkeypatch):
    """Return a function that puts other sentences in the place of the catalogues."""
    kept = (saying._in, telling._line, search.exact, search._exact_and_labels, search._index)

    def put(sentences):
        for module in (saying, search):
            monkeypatch.setattr(module, "sentences", lambda language: sentences)
        for one in kept:
            one.cache_clear()

    yield put
    monkeypatch.undo()
    for one in kept:
        one.cache_clear()
