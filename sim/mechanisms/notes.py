"""The codes of the rows as plain numbers: to name a member of an enumeration takes four times as long."""

from sim.dictionary import Event

globals().update({event.name: int(event) for event in Event})


def __getattr__(name: str) -> int:
    """Say that no event has this name; to whoever checks types, that those which there are have numbers."""
    raise AttributeError(f"no event is called {name}")
