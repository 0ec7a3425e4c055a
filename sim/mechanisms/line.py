"""The firm's lines: a caller takes one, if one is free, and leaves it when the call is over."""

from __future__ import annotations

from sim.compiling import rule
from sim.mechanisms.life import Life
from sim.mechanisms.state import at_birth
from sim.mechanisms.verbs import office_of


class OnLine(Life):
    """Whether a line is taken."""

    on_line: bool = at_birth(False)


@rule
def take_line(me: OnLine) -> bool:
    """Take one of the firm's lines, if one is free."""
    office = office_of(me)
    if office.plan.lines >= 0 and office.lines_taken >= office.plan.lines:
        return False
    office.lines_taken += 1
    me.on_line = True
    return True


@rule
def leave_line(me: OnLine) -> None:
    """Free the line, unless it has been freed already."""
    if me.on_line:
        office_of(me).lines_taken -= 1
        me.on_line = False
