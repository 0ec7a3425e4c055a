"""A key of a world, turned on a page: drawn by its form, its value in the address where it is not the world's own."""

from __future__ import annotations

from typing import Any

from sim.ui.parts import widgets
from sim.ui.parts.forms import NEVER, Choice, Range, Steps, Switch, form_of, label_of
from sim.ui.state.speech import say, told
from sim.world import World


def turned(world: World, path: str, key: str, *, disabled: bool = False) -> str | None:
    """Draw what turns a key of a world; return the change as ``PATH=VALUE``, None where it stands as the world has it.

    Parameters
    ----------
    key : str
        Under which the address keeps it.

    Raises
    ------
    KeyError
        If the world has no such key, or it cannot be turned.
    """
    form = form_of(world, path)
    more: dict[str, Any] = {"disabled": disabled, "help": told(form.help)}
    label = told(form.label).capitalize()
    value = _drawn(form, label, key, more)
    if disabled or value == form.own:
        return None
    return f"{path}={'none' if isinstance(form, Steps) and value == NEVER else _as_toml(value)}"


def _drawn(form: Range | Steps | Choice | Switch, label: str, key: str, more: dict[str, Any]) -> float | str | bool:
    if isinstance(form, Switch):
        return widgets.switch(label, key, form.own, **more)
    if isinstance(form, Steps):
        return widgets.steps(label, key, form.options, form.own, names=duration_told, **more)
    if isinstance(form, Choice):
        return widgets.choice(label, key, form.options, form.own, names=word_told, **more)
    if form.unit == "share":
        percent = 100 * form.own
        now = widgets.slider(f"{label} (%)", key, 0, 100, round(percent, 6), 1 if percent.is_integer() else 0.1, **more)
        return form.own if now == round(percent, 6) else now / 100
    label = f"{label} ({form.unit})" if form.unit else label
    return widgets.slider(label, key, form.low, form.high, form.own, form.step, **more)


def duration_told(said: str) -> str:
    """Return a duration of a form in the reader's language."""
    return say("never") if said == NEVER else told(said)


def word_told(word: str) -> str:
    """Return one of the words of a key in the reader's language."""
    return told(label_of(word)).capitalize()


def _as_toml(value: float | str | bool) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(value) if isinstance(value, float) else str(value)
