"""What separates two worlds, key by key."""

from __future__ import annotations

import streamlit as st

from sim.reading import World, difference
from sim.reading.meaning import meaning
from sim.ui.charts.looks import names_of
from sim.ui.parts.cells import headed
from sim.ui.parts.markdown import escaped
from sim.ui.state.speech import say, told


def introduced(first: World, second: World) -> None:
    """Say what either world is, in the words of its file."""
    said = zip(names_of((first, second)), (first.about, second.about), strict=True)
    st.caption("  \n".join(f"**{escaped(name)}**: {escaped(told(about))}" for name, about in said if about))


def apart(first: World, second: World) -> None:
    """Show the values on which two worlds differ, with what each means."""
    changes = difference(first, second)
    if not changes:
        st.warning(say("Both are the same world: nothing separates them but chance, and that is the same too."))
        return
    names = names_of((first, second))
    rows = [(change.key, told(change.first), told(change.second), told(meaning(change.key))) for change in changes]
    st.dataframe(
        headed((say("key"), *names, say("meaning")), rows),
        hide_index=True,
        alt=say("The {n} values on which {first} and {second} differ.", n=len(rows), first=names[0], second=names[1]),
    )
