"""Laws drawn as widgets: which one, and its parameters; a mixture part by part."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from sim.reading.mistakes import Place
from sim.ui.editing import draft
from sim.ui.editing.ground import Ground, key_at, placed
from sim.ui.editing.places import ABSENT
from sim.ui.editing.sections import said_of
from sim.ui.editing.values import law_of
from sim.ui.parts import widgets
from sim.ui.parts.shapes import MEAN, NEVER, Shape, of_law, parameters
from sim.ui.state.speech import later, say, told
from sim.world.facts import NameOf

Leaf = Callable[..., None]
LAWS = {
    MEAN: later("a mean, spread as usual"),
    "constant": later("always the same"),
    "exponential": later("exponential"),
    "lognormal": later("lognormal"),
    "weibull": later("Weibull"),
    "gamma": later("gamma"),
    "erlang": later("Erlang"),
    "uniform": later("uniform"),
    "triangular": later("triangular"),
    "empirical": later("measured values"),
    "mixture": later("a mixture"),
    NEVER: later("it never ends"),
}
PARAMETERS = {
    "value": later("Value"),
    "mean": later("Mean"),
    "cv": later("Coefficient of variation"),
    "scale": later("Scale"),
    "shape": later("Shape"),
    "stages": later("Stages"),
    "low": later("Low"),
    "mode": later("Mode"),
    "high": later("High"),
    "values": later("Values"),
    "levels": later("Levels, from 0 to 1"),
}
_NONE = ""
_SIZES = ("mean", "value", "scale", "mode", "high")
"""What of a law says how large it is, as far as one parameter does."""


def law(ground: Ground, place: Place, shape: Shape, called: str, leaf: Leaf) -> None:
    """Draw which law stands at a place, and its parameters.

    Parameters
    ----------
    leaf : function
        That draws one value.
    """
    value = ground.value(place)
    word = _NONE if value is ABSENT else law_of(shape, value)
    if word is None:
        leaf(ground, place, shape, called)
        return
    options = [*([_NONE] if shape.optional or value is ABSENT else []), *shape.law_names()]
    if len(options) > 1:
        key = placed(key_at(place, "law"), word)
        more: dict[str, Any] = {"on_change": _turned, "args": (ground.begun, place, shape)}
        st.selectbox(
            called,
            options,
            format_func=widgets.called(options, _called),
            key=key,
            help=told(said_of(place)) or None,
            **more,
        )
    if word == MEAN:
        leaf(ground, place, shape.inner[0], say(PARAMETERS["mean"]), help_too=False)
    elif word not in (_NONE, NEVER):
        _parameters(ground, place, shape, word, leaf)


def _called(word: str) -> str:
    return say("none") if word == _NONE else say(LAWS[word])


def _parameters(ground: Ground, place: Place, shape: Shape, word: str, leaf: Leaf) -> None:
    own = [(name, one) for name, one in parameters(shape.law(word)) if name != "parts"]
    if own:
        for column, (name, one) in zip(st.columns(len(own)), own, strict=True):
            with column:
                leaf(ground, (*place, name), one, say(PARAMETERS.get(name, name)), help_too=False)
    for name, one in parameters(shape.law(word)):
        if name == "parts":
            _parts(ground, (*place, name), one.inner[0], leaf)


def _parts(ground: Ground, place: Place, shape: Shape, leaf: Leaf) -> None:
    """Draw the parts of a mixture."""
    parts = ground.value(place)
    inner = dict(parameters(shape.model)) if shape.model else {}
    many = len(parts) if isinstance(parts, list) else 0
    for at in range(many):
        with st.container(border=True):
            leaf(ground, (*place, at, "share"), inner["share"], say("Share of part {n}", n=at + 1), help_too=False)
            law(ground, (*place, at, "of"), inner["of"], say("Law of part {n}", n=at + 1), leaf)
            if many > 1:
                words, out = say("Take out part {n}", n=at + 1), (ground.begun, (*place, at), ABSENT)
                st.button(words, key=key_at((*place, at), "out"), on_click=draft.edit, args=out)
    st.button(say("One more part"), key=key_at(place, "part"), on_click=_one_more, args=(ground.begun, place))


def _one_more(begun: str, place: Place) -> None:
    """Add a part to a mixture: like the last, with half of its share, so that they still make a whole."""
    parts = list(Ground(draft.opened(begun)).value(place))
    last = parts[-1]
    half = round(last["share"] / 2, 12) if isinstance(last.get("share"), float) else 0.5
    rest = round(last["share"] - half, 12) if isinstance(last.get("share"), float) else 0.5
    draft.edit(begun, place, [*parts[:-1], {**last, "share": rest}, {**last, "share": half}])


def _turned(begun: str, place: Place, shape: Shape) -> None:
    word = st.session_state[key_at(place, "law")]
    its = Ground(draft.opened(begun))
    draft.edit(begun, place, ABSENT if word == _NONE else as_law(shape, word, its.value(place), its.names))


def as_law(shape: Shape, word: str, now: Any, names: dict[NameOf, list[str]]) -> Any:
    """Return another law in the place of one, its parameters taken over where both have them, its size too."""
    size = next((now[name] for name in _SIZES if name in now), None) if isinstance(now, dict) else now
    size = None if size is ABSENT or size == NEVER else size
    if word == MEAN:
        return "10 min" if size is None else size
    made = of_law(shape.law(word), names)
    if not isinstance(made, dict):
        return made
    taken = {name: now[name] for name in made if isinstance(now, dict) and name in now and name != "law"}
    sized = {name: size for name in _SIZES if name in made and size is not None}
    return {**made, **sized, **taken, **_rising(word, made, size)}


def _rising(word: str, made: dict[str, Any], size: Any) -> dict[str, Any]:
    """Return bounds that rise, and the values of what has several."""
    nothing = "0 min" if isinstance(size, str) else 0.0
    if word in ("uniform", "triangular") and size is not None:
        return {"low": nothing, "high": size}
    if word == "empirical" and size is not None:
        return {"values": [size]}
    if word == "mixture" and size is not None:
        return {"parts": [{"share": 1.0, "of": {"law": "constant", "value": size}}]}
    return {}
