"""The checked-in JSON Schema is what the models say, and accepts what `load` accepts."""

from __future__ import annotations

import json
import tomllib

import pytest

from sim.reading import named
from sim.reading.fields import known_keys
from sim.reading.meaning import meaning
from sim.reading.schema import FILE, json_schema, rewrite
from sim.reading.shipped import folder, shipped_file

jsonschema = pytest.importorskip("jsonschema")


@pytest.fixture(scope="module")
def schema():
    found = jsonschema.Draft7Validator(json_schema())
    found.check_schema(found.schema)
    return found


def test_the_checked_in_schema_is_current():
    """If not: python -m sim.reading.schema."""
    assert json.loads((folder() / FILE).read_text(encoding="utf-8")) == json_schema()


def test_the_schema_can_be_written_anew(tmp_path):
    path = rewrite(tmp_path / "new.json")
    assert json.loads(path.read_text(encoding="utf-8")) == json_schema()
    assert [one.name for one in tmp_path.iterdir()] == ["new.json"]


@pytest.mark.parametrize("name", named())
def test_every_shipped_world_satisfies_the_schema(schema, name):
    schema.validate(tomllib.loads(shipped_file(name).read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "difference",
    [
        {"extends": "base"},
        {"teams": {"second": "none"}, "levers": {"time": "none", "memory": {"explanation": "2 min"}}},
        {"levers": {"time": {"cut_after": "none"}}, "line": {"lines": "none"}},
        {"population": {"patience": {"law": "mixture", "parts": [{"share": 1, "of": "5 min"}]}, "work": 1}},
        {"population": {"patience": "none", "again": {"persistence": "85 %"}}, "teams": {"front": {"talk": "0:08:36"}}},
        {"paths": {"up": {"from": ["a", "b"], "to": {"c": 1}}}, "teams": {"a": {"staff": {"mon 08:00-09:00": 1}}}},
    ],
)
def test_a_world_may_say_only_its_difference(schema, difference):
    schema.validate(difference)


@pytest.mark.parametrize(
    "wrong",
    [
        {"extend": "base"},
        {"levers": {"time": {"cut_afer": "20 min"}}},
        {"levers": {"time": {"cut_after": 20}}},
        {"levers": {"time": {"hangup": 2}}},
        {"population": {"patience": {"law": "exponentail", "mean": "5 min"}}},
        {"teams": {"front": {"staff": {"mon-fri 08:00-20:00": "none"}}}},  # replaced whole: hours are left out instead
    ],
)
def test_an_editor_sees_the_plainest_mistakes(schema, wrong):
    assert not schema.is_valid(wrong)


def test_every_field_is_explained_in_the_schema_from_the_models_docstrings():
    said = json_schema()["$defs"]["TimePressure"]["properties"]["cut_after"]["description"]
    assert said == 'The call is broken off after this long; absent (or "none"): never.'
    assert meaning("population.again.persistence").startswith("Probability to try again")
    assert meaning("levers.price.cost_per_hour").startswith("Its own cost")
    assert meaning("nothing.of.that.kind") == ""


def test_the_keys_a_table_may_hold_are_known_from_the_models():
    tree = {"population": {"patience": {"law": "weibull"}}}
    assert known_keys(("population", "patience"), tree) == ("law", "scale", "shape")
    assert "from" in known_keys(("paths", "up"), {})
    assert "offered_above" in known_keys(("levers", "follow_through", "call_back"), {})
    assert known_keys(("teams",), {}) == ()
