"""Whatever is done to a file, the answer is a list of mistakes with file and key, and never another exception."""

from __future__ import annotations

import copy
import json
import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.reading import WorldError, load
from sim.reading.layers import laid_over
from sim.reading.load import _world
from sim.reading.reading import Layer
from sim.world import World
from tests.reading.conftest import SMALL

TREE = tomllib.loads(SMALL)
WRONG = st.one_of(
    st.none().map(lambda _: {}),
    st.booleans(),
    st.integers(),
    st.sampled_from([10**400, -(10**30)]),
    st.floats(),
    st.text(max_size=12),
    st.sampled_from(["none", "20 minutes", "-1 min", "mon 08:10-09:00", "1e9 d", "9" * 400 + " d"]),
    st.just(date(2005, 5, 24)),
    st.lists(st.one_of(st.integers(), st.text(max_size=5)), max_size=3),
    st.dictionaries(st.text(max_size=8), st.one_of(st.integers(), st.text(max_size=5)), max_size=3),
    st.sampled_from([{"law": 3}, {"law": "mixture", "parts": 3}, {"law": "constant"}, [{"law": "gamma"}]]).map(
        copy.deepcopy
    ),
)


def places(tree, at=()):
    for key, value in tree.items():
        yield (*at, key)
        if isinstance(value, dict):
            yield from places(value, (*at, key))


def judged(tree) -> World | WorldError:
    """Answer as `load` does for a file that holds this tree."""
    layer = Layer("damaged.toml", tree, {})
    try:
        whole, in_vain = laid_over([layer])
        whole.setdefault("name", "damaged")
        return _world(whole, [layer], in_vain)
    except WorldError as error:
        return error


@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_wrong_values_at_random_places_give_mistakes_and_no_other_exception(data):
    tree = copy.deepcopy(TREE)
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.sampled_from(list(places(tree)) or [("about",)]))
        table = tree
        for part in place[:-1]:
            table = table[part]
        table[place[-1]] = data.draw(WRONG)
    answer = judged(tree)
    if isinstance(answer, WorldError):
        assert answer.mistakes
        for mistake in answer.mistakes:
            assert (mistake.file, bool(mistake.key), bool(mistake.problem)) == ("damaged.toml", True, True)
            assert str(mistake).isprintable()


@settings(deadline=None, max_examples=150)
@given(place=st.sampled_from(list(places(TREE))), key=st.text(min_size=1, max_size=10), value=WRONG)
def test_an_unknown_key_never_passes(place, key, value):
    """Where the names are the user's own, a new one is no mistake by itself; elsewhere it is named."""
    tree = copy.deepcopy(TREE)
    table = tree
    for part in place:
        table = table[part]
    if not isinstance(table, dict) or key in table:
        return
    table[key] = value
    answer = judged(tree)
    own = place[-1] in ("teams", "paths", "reasons", "segments", "solve", "staff", "difficulty", "levers")
    if not own and isinstance(answer, World):
        assert key in json.loads(answer.model_dump_json()).get(place[0], {}) or len(place) > 1
        pytest.fail(f"{place} took {key!r}")


@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    at=st.integers(0, len(SMALL)),
    what=st.one_of(st.text(max_size=6), st.sampled_from(['"', "[", "=", "\n", "'''"])),
    cut=st.integers(0, 40),
)
def test_a_file_damaged_in_the_text_gives_mistakes_with_its_name(tmp_path: Path, at, what, cut):
    path = tmp_path / "damaged.toml"
    path.write_text(SMALL[:at] + what + SMALL[at + cut :], encoding="utf-8", errors="replace", newline="")
    try:
        load(path)
    except WorldError as error:
        assert error.mistakes
        assert all(mistake.file == str(path) for mistake in error.mistakes)
        assert all(mistake.key or "TOML" in mistake.problem for mistake in error.mistakes)
