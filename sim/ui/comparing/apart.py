"""What separates two worlds, key by key."""

from __future__ import annotations

import streamlit as st

from sim.reading import World, difference
from sim.reading.meaning import meaning
from sim.ui.parts.markdown import escaped
from sim.ui.state.speech import say, told


def apart(first: World, second: World) -> None:
    """Show the values on which two worlds differ, with what each means."""
    for world in (first, second):
        st.markdown(f"**{escaped(world.name)}**: {escaped(told(world.about))}")
    changes = difference(first, second)
    if not changes:
        st.warning(say("Both are the same world: nothing separates them but chance, and that is the same too."))
        return
    names = (first.name, second.name) if first.name != second.name else (f"{first.name} (1)", f"{second.name} (2)")
    rows = [
        {
            say("key"): change.key,
            names[0]: told(change.first),
            names[1]: told(change.second),
            say("meaning"): told(meaning(change.key)),
        }
        for change in changes
    ]
    st.dataframe(
        rows,
        hide_index=True,
        alt=say("The {n} values on which {first} and {second} differ.", n=len(rows), first=names[0], second=names[1]),
    )
