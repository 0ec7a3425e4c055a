"""What a planner chooses of a table that he brings, as the page calls it: columns' fields, and how cells are read.

What is wrong with a table points to the same choices by the same names.
"""

from __future__ import annotations

from sim.data.spelling import Page
from sim.ui.state.speech import later

FIELDS = {
    "": later("not read"),
    "date": later("date"),
    "time": later("time of day, or from and to"),
    "starts": later("dated start of the interval"),
    "ends": later("end of the interval"),
    "day": later("day, as a date or of the week"),
    "queue": later("queue of the calls"),
    "minutes": later("length of the interval"),
    "offered": "calls offered",
    "answered": "calls answered",
    "abandoned": "calls abandoned",
    "blocked": "calls blocked",
    "within": later("calls answered in time"),
    "service_level": "service level",
    "speed_of_answer": "speed of answer",
    "handle_time": "handling time",
    "talk_time": "talk time",
    "after_call": "after-call work",
    "agents": later("agents at work"),
    "agent": later("agent's name"),
    "number": later("number of agents"),
    "team": later("team of the shift"),
    "start": later("start of the shift"),
    "end": later("end of the shift"),
    "shift": later("shift, from and to"),
    "breaks": later("breaks of the shift"),
}
"""What the fields of tables are called."""
MAPPED = later("Which column is which")
"""Above the choices of what each column is."""
LABELS = {
    "dates": later("Dates"),
    "decimal": later("Decimal sign"),
    "unit": later("Durations without a unit are"),
    "level_of": later("A service level is a share of"),
    "threshold": later("Answered in time is within"),
}
"""What is asked of how cells are read, by the argument that it is."""
CHOICES = {
    "dates": {
        "auto": later("as the column tells"),
        "day first": later("day, then month (31/12/2024)"),
        "month first": later("month, then day (12/31/2024)"),
    },
    "decimal": {"auto": later("as the numbers tell"), ",": later("comma"), ".": "point"},
    "unit": {"s": "seconds", "ms": later("milliseconds"), "min": "minutes", "h": "hours"},
    "level_of": {"offered": later("the calls offered"), "answered": later("the calls answered")},
}
"""What may be answered, where it is not typed."""
PAGE = Page(MAPPED, FIELDS, LABELS, CHOICES)
"""How what the library says of a table names these choices."""
