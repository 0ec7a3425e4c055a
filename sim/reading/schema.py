"""The JSON Schema of a world's TOML file, for editors; ``python -m sim.reading.schema`` writes it anew."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from sim.reading.fields import declared
from sim.reading.meaning import docstrings
from sim.reading.shipped import folder
from sim.world import World
from sim.world.facts import Fact
from sim.world.frozen import Frozen

FILE = "scenario.schema.json"
_EXTENDS = "The shipped world, or the file beside this one, from which this one differs."
_NONE = {"const": "none", "description": 'Takes away what the extended world says, or means "not at all".'}

_OF_NO_FILE = ("required", "title", "default", "unit", "facts")
_PERCENTAGE = {"type": "string", "pattern": r"^\s*[0-9]+(\.[0-9]+)?\s*%\s*$", "examples": ["80 %"]}


def json_schema() -> dict[str, Any]:
    """Return the schema: no key is required, since a world may be a difference from another."""
    schema = World.model_json_schema(by_alias=True)
    definitions = schema.pop("$defs")
    del definitions["Never"]  # it is written "none"
    for name, definition in definitions.items():
        _document(definition, name)
    _document(schema, "World")
    whole: dict[str, Any] = _rewritten(schema)
    shapes = {name: _rewritten(definition) for name, definition in definitions.items()}
    whole["$defs"] = {**shapes, **_laws(list(shapes)), "Percentage": dict(_PERCENTAGE)}
    whole["properties"] = {"extends": {"type": "string", "description": _EXTENDS}, **whole["properties"]}
    return {"$schema": "http://json-schema.org/draft-07/schema#", **whole, "title": "A world"}


def _laws(shapes: list[str]) -> dict[str, Any]:
    """Return what stands where a law may: any of the laws, or a bare value that is always the same."""
    laws: dict[str, Any] = {}
    for what in ("Durations", "Money", "Numbers"):
        mine = [name for name in shapes if name.endswith(f"Of{what}") and not name.startswith("Part")]
        value = f"#/$defs/ConstantOf{what}/properties/value"
        for title, parts in (("Law", mine), ("SimpleLaw", [name for name in mine if "Mixture" not in name])):
            laws[f"{title}Of{what}"] = {
                "anyOf": [{"$ref": part} for part in (value, *(f"#/$defs/{name}" for name in parts))]
            }
    return laws


def as_text() -> str:
    """Return the schema as the checked-in file holds it."""
    return json.dumps(json_schema(), indent=1, ensure_ascii=False) + "\n"


def rewrite(path: Path | None = None) -> Path:
    """Write the schema into its file."""
    from sim.files import written_whole

    path = folder() / FILE if path is None else path
    with written_whole(path) as unfinished:
        unfinished.write_text(as_text(), encoding="utf-8")
    return path


def _document(definition: dict[str, Any], name: str) -> None:
    """Write beside the keys of a model what they mean, and the facts that decide where a file may say "none"."""
    model, shapes = _models()[name], definition.get("properties", {})
    for key, said in docstrings(model).items():
        shapes[key]["description"] = said.replace("``", "").replace("`", "")
    for known in declared(model):
        facts = [fact for fact in (Fact.WHOLE, Fact.SWITCHED) if known.has(fact)]
        shapes.get(known.written, {}).update({"facts": facts} if facts else {})


def _models() -> dict[str, type[BaseModel]]:
    found: dict[str, type[BaseModel]] = {}
    waiting: list[type[BaseModel]] = [Frozen]
    while waiting:
        model = waiting.pop()
        waiting += model.__subclasses__()
        found[model.__name__] = model
    return found


def _rewritten(shape: Any, *, whole: bool = False) -> Any:
    """Leave out what a file need not say, and let in what it may: short forms of laws, "none" for nothing."""
    if isinstance(shape, list):
        return [_rewritten(one, whole=whole) for one in shape]
    if not isinstance(shape, dict):
        return shape
    if shape.get("type") == "null":
        return dict(_NONE)
    facts = shape.get("facts", ())
    if Fact.SWITCHED in facts:
        return {"anyOf": [_rewritten({**shape, "facts": ()}), dict(_NONE)]}
    whole = whole or Fact.WHOLE in facts
    kept = {key: value for key, value in shape.items() if key not in _OF_NO_FILE}
    if "oneOf" in kept and "discriminator" not in kept:  # a mean or a law, and a law may be written as a mean
        kept |= next(one for one in kept.pop("oneOf") if "discriminator" in one)
    if "oneOf" in kept:
        mapping = kept.pop("discriminator")["mapping"]
        title = "Law" if "mixture" in mapping else "SimpleLaw"
        law = f"#/$defs/{title}Of{mapping['constant'].rsplit('Of', 1)[1]}"
        del kept["oneOf"]
        if "none" in mapping:
            return {**kept, "anyOf": [{"$ref": law}, dict(_NONE)]}
        kept["$ref"] = law
    if shape.get("unit") == "share":
        number = {key: kept.pop(key) for key in ("type", "minimum", "maximum", "exclusiveMinimum") if key in kept}
        kept["anyOf"] = [number, {"$ref": "#/$defs/Percentage"}]
    if "$ref" in kept and len(kept) > 1:  # beside a $ref nothing else counts in this draft
        kept["allOf"] = [{"$ref": kept.pop("$ref")}]
    if isinstance(kept.get("additionalProperties"), dict):
        entry = _rewritten(kept["additionalProperties"])
        kept["additionalProperties"] = entry if whole else {"anyOf": [entry, dict(_NONE)]}
    if "properties" in kept:
        kept["properties"] = {key: _rewritten(value) for key, value in kept["properties"].items()}
    return {key: _rewritten(value, whole=whole) if key in ("anyOf", "items") else value for key, value in kept.items()}


if __name__ == "__main__":
    print(rewrite())
