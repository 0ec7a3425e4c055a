"""What the models refuse, told in plain sentences."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any, get_args, get_origin

from pydantic import ValidationError

from sim.asked import nearest
from sim.quoting import LONGEST, quoted
from sim.reading.fields import declared, key_at, kinds_at, known_keys, law_name, matches, tables
from sim.reading.mistakes import Finding, Place, shown
from sim.reading.recasting import called, recast
from sim.reading.trees import Tree, holds, table
from sim.units import duration
from sim.world.facts import CLASS, HowToWrite

_EXAMPLE_OF_A_LAW = 'write for example { law = "exponential", mean = "5 min" } (laws of money and numbers: no unit)'
_HYPER = re.compile(r"hyper[-_ ]?exp|h[2-9]$", re.IGNORECASE)
_HYPEREXPONENTIAL = (
    'it is a mixture of exponential ones: write { law = "mixture", parts = [{ share = 0.4, '
    'of = { law = "exponential", mean = ... } }, { share = 0.6, of = { ... } }] }'
)
_ENDLESS = ("inf", "infinite", "infinity", "never", "forever", "for ever", "endless", "unlimited")
_LIMITS = (("line", "lines"), ("queues", "*", "places"), ("levers", "time", "cut_after"), ("tariff", "cap"))
_MOST_WORDED = 1000
_BOUNDS = {
    "greater_than": ("gt", "must be more than"),
    "greater_than_equal": ("ge", "must be at least"),
    "less_than": ("lt", "must be less than"),
    "less_than_equal": ("le", "must be at most"),
}
_NEEDED = {
    "float_type": "a number is needed",
    "float_parsing": "a number is needed",
    "int_type": "a whole number is needed",
    "int_from_float": "a whole number is needed",
    "int_parsing": "a whole number is needed",
    "int_parsing_size": "a smaller number is needed",
    "bool_type": "true or false is needed",
    "bool_parsing": "true or false is needed",
    "string_type": 'a text in "quotes" is needed',
    "tuple_type": "a list in [brackets] is needed",
    "dict_type": "a table is needed",
    "model_type": "a table is needed",
    "finite_number": "it must be finite",
}


def findings_of(error: ValidationError, tree: Tree) -> Iterator[Finding]:
    """Yield what is wrong, in plain sentences; what is a mere consequence of another mistake is left out."""
    errors = error.errors(include_url=False)
    found = [_finding(dict(one), tree) for one in errors[:_MOST_WORDED]]
    beyond = [one for one in errors[_MOST_WORDED:] if not _a_consequence(one["type"], one["input"], one.get("ctx", {}))]
    found += [Finding(place_of(one["loc"], tree, missing=False)[0], "is not right") for one in beyond]
    told = dict.fromkeys(finding for finding in found if finding is not None)
    if not told:  # nothing refused may pass in silence
        told = {Finding(place_of(error.errors()[0]["loc"], tree, missing=False)[0], "is not right"): None}
    yield from told


def _finding(error: Mapping[str, Any], tree: Tree) -> Finding | None:
    kind, value, ctx = error["type"], error["input"], error.get("ctx", {})
    place, branch = place_of(error["loc"], tree, missing=kind == "missing")
    forms = {get_origin(form) for form in kinds_at(place, tree)} if branch else set()
    if _of_another_branch(branch, value, forms) or _a_consequence(kind, value, ctx):
        return None
    if kind in ("missing", "extra_forbidden") and (meant := recast(table(tree, *place[:-1]))):
        return Finding(place[:-1], "is a law by other parameters than are read here", f"write {meant}")
    if kind == "missing":
        return Finding(place, "is missing", _how_to_write(place))
    if kind == "extra_forbidden":
        return _unknown(place, tree)
    if kind.startswith("union_tag") or kind == "model_attributes_type":
        return _law_unknown(place, value, ctx.get("expected_tags", "").replace("'", "").split(", "))
    seen = f"is {shown(value)}"
    if _is_endless(value) and _may_have_no_end(place):
        return Finding(place, f"{seen}: what has no end, or no limit, has a word of its own", 'write "none"')
    if kind == "value_error":
        said, _, suggestion = str(ctx["error"]).partition("; ")
        said = said.removeprefix(f"{shown(value)}: ")
        if isinstance(value, str) and said.startswith(f"{shown(value)} "):
            return Finding(place, f"{seen}, which {said.removeprefix(shown(value) + ' ')}", suggestion)
        if isinstance(value, dict) and "law" in value and said.startswith("a duration"):
            return Finding(place, "is a law: one duration is needed", _of_one_duration(place))
        if said.startswith("the shares add up") and "share" in known_keys((*place, "*"), {}):
            return Finding(place, f"is not right: {said}", "", tuple((*place, name, "share") for name in value))
        seen = seen if not isinstance(value, (dict, list, tuple)) else "is not right"
        return Finding(place, f"{seen}: {said}", suggestion)
    if kind == "literal_error":
        return Finding(
            place,
            f"{seen}, which is not one of its words",
            f"use {ctx['expected'].replace(chr(39), chr(34))}",
        )
    if kind in _BOUNDS:
        name, words = _BOUNDS[kind]
        lasts = isinstance(value, str) and not value.rstrip().endswith("%")
        bound = duration(ctx[name]) if lasts else f"{ctx[name]:g}"
        return Finding(place, f"{seen}: it {words} {bound}", _of_shares(value, ctx))
    if kind in ("too_short", "too_long"):
        return Finding(place, _length(ctx, value))
    suggestion = (
        _quoted(place) if isinstance(value, dict) and kind.startswith(("float", "int")) else _plainer(kind, value)
    )
    needed = _NEEDED.get(kind, "that is not understood here")
    return Finding(place, f"{seen}: {needed}{_or_else(forms)}", suggestion)


def _is_endless(value: object) -> bool:
    return value == math.inf or (isinstance(value, str) and value.strip().lower() in _ENDLESS)


def _may_have_no_end(place: Place) -> bool:
    """Say whether "none" stands at a place for what never ends, or what is without a limit."""
    never = any(law_name(kind) == "none" for kind in kinds_at(place, {}))
    return never or matches(tuple(map(str, place)), _LIMITS)


def _plainer(kind: str, value: object) -> str:
    """Suggest the number without its unit, or the list that a text names."""
    if not isinstance(value, str) or len(value) > LONGEST:
        return ""
    if kind.startswith(("float", "int")) and (number := re.match(r"\s*([0-9]+(?:\.[0-9]+)?)\s*\D*$", value, re.ASCII)):
        return f"write {number[1]}, without quotes and unit"
    if kind == "tuple_type":
        items = ", ".join(quoted(part.strip()) for part in value.split(","))
        return f"write [{items}]"
    return ""


def _or_else(forms: set[Any]) -> str:
    """Name the other form of a value that may be written in two ways."""
    return ", or a table" if dict in forms else ", or a list of them" if tuple in forms else ""


def place_of(loc: tuple[str | int, ...], tree: Tree, *, missing: bool) -> tuple[Place, str]:
    """Tell the keys of the file from the branches that the models tried; the last part may be such a branch."""
    place: list[str | int] = []
    branch = ""
    for at, part in enumerate(loc):
        if holds(tree, (*place, part)) or (missing and at == len(loc) - 1):
            place.append(part)
            branch = ""
        else:
            branch = str(part)
    return tuple(place), branch


def _of_another_branch(branch: str, value: object, forms: set[Any]) -> bool:
    """Say whether the error is about a form (scalar, list or table) that the user did not mean."""
    if branch.removeprefix("constrained-") not in ("int", "str") and not branch.startswith(("dict[", "tuple[")):
        return False
    if isinstance(value, dict) and dict in forms:
        return not branch.startswith("dict[")
    if isinstance(value, (list, tuple)) and tuple in forms:
        return not branch.startswith("tuple[")
    return branch.startswith(("dict[", "tuple["))


def _a_consequence(kind: str, value: object, ctx: Mapping[str, Any]) -> bool:
    """Say whether a list only seems too short because some of its items were refused."""
    return kind == "too_short" and isinstance(value, (tuple, dict)) and len(value) >= ctx["min_length"]


def _unknown(place: Place, tree: Tree) -> Finding:
    inside, last = place[:-1], str(place[-1])
    taken = next((key.written for kind in kinds_at(inside, tree) for key in declared(kind) if key.name == last), last)
    known = [*known_keys(inside, tree), *([] if inside else ["extends"])]
    return Finding(place, "is not known", nearest(taken, known, "known here are"))


def _law_unknown(place: Place, value: object, laws: list[str]) -> Finding:
    law = value.get("law") if isinstance(value, dict) else None
    if isinstance(law, str):
        right = _HYPEREXPONENTIAL if _HYPER.match(law) else nearest(called(law), laws, "the laws are")
        return Finding((*place, "law"), f"is {shown(law)}: no such law", right)
    if isinstance(value, dict):
        return Finding(place, "is a table without its law", _EXAMPLE_OF_A_LAW)
    return Finding(place, f"is {shown(value)}: a law is needed", _EXAMPLE_OF_A_LAW)


def _how_to_write(place: Place) -> str:
    said = _said_of(place)
    return said or (f"write a table [{place[0]}]" if len(place) == 1 else f"write {place[-1]} = ...")


def _of_one_duration(place: Place) -> str:
    return _said_of(place) or 'write for example "20 min"'


def _said_of(place: Place) -> str:
    key = key_at(place, {})
    how = key.fact(HowToWrite) if key is not None else None
    return how.said if how is not None else ""


def _of_shares(value: object, ctx: Mapping[str, Any]) -> str:
    if ctx.get("le") == 1 and isinstance(value, (int, float)) and 2 <= value <= 100:
        return f'a share is a part of one: {value / 100:g} for {value:g} %, or write "{value:g} %"'
    return ""


def _length(ctx: Mapping[str, Any], value: object) -> str:
    many = len(value) if isinstance(value, (dict, list, tuple)) else ctx["actual_length"]
    if many == 0:
        return "is empty"
    bound = (
        f"at least {ctx['min_length']} are needed"
        if "min_length" in ctx
        else f"at most {ctx['max_length']} are possible"
    )
    return f"has {many} items: {bound}"


def _quoted(place: Place) -> str:
    by_class = any(CLASS in get_args(named) for kind in kinds_at(place[:-1], {}) for _, named in tables(kind))
    return f'a key with a dot is written in quotes: "{place[-1]}.class"' if by_class else ""
