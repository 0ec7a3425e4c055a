"""Worlds made up by chance to set the tellings at odds: more of everything, and whole minutes for exact ties."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import strategies as st

from tests.property.in_writing import in_writing
from tests.property.worlds_at_large import CLASSES, duration_laws, handed_on, rare, shares, worlds
from tests.worlds import merged

NESTED: dict[str, Any] = {
    "law": "mixture",
    "parts": [
        {"share": 0.2, "of": "3 min"},
        {"share": 0.5, "of": {"law": "empirical", "values": ["1 min", "2 min", "9 min"], "levels": [0, 0.4, 1]}},
        {"share": 0.3, "of": {"law": "gamma", "mean": "4 min", "shape": 0.4}},
    ],
}
"""Parts of other kinds, one of them measured."""


@st.composite
def hard_worlds(draw: st.DrawFn) -> dict[str, Any]:
    """Give a world in which more may happen at once, as it would be written."""
    written = draw(worlds(call_back=draw(st.booleans())))
    names = list(written["teams"])
    known = list(dict.fromkeys([*names, *written["queues"]]))
    changes = {
        "population": {"problems_per_day": draw(st.sampled_from([30, 150, 400]))},
        "line": {"routes": {"any": draw(st.sampled_from(known))}, "menu": draw(st.just("0 s") | laws())},
        "levers": draw(strange_levers(names)),
    }
    written = merged(written, changes)
    written["population"]["again"]["most_attempts"] = draw(st.sampled_from([1, 2, 5, 30]))
    out_of_queues = {name: path for name, path in written["paths"].items() if path["when"] in ("full", "waited")}
    written["paths"] = draw(ways(names, known)) | out_of_queues
    for team in written["teams"].values():
        shifts = team.get("shifts")
        team |= draw(at_work()) | ({"staff": 0} if shifts else {})
    if draw(st.booleans()):
        written = draw(in_writing(written))
    return in_whole_minutes(written) if draw(st.booleans()) else written


def laws() -> st.SearchStrategy[Any]:
    """Give a law of short durations."""
    return st.just(NESTED) | duration_laws(0, 4)


@st.composite
def at_work(draw: st.DrawFn) -> dict[str, Any]:
    """Give a team's staff, which may change with every half-hour and be nobody for hours."""
    often = {f"mon-sun {hour:02}:00-{hour + 1:02}:00": draw(st.integers(0, 3)) for hour in range(7, 22)}
    half_hours = {"mon-sun 07:30-08:30": 2, "mon-sun 08:30-09:00": draw(st.integers(0, 5)), "mon-sun 09:00-20:30": 3}
    staff = draw(st.sampled_from([often, half_hours, 1, 2, 40]))
    return {"staff": staff, "after_call": draw(laws()), "talk": draw(st.sampled_from(["0 min", "2 min", "8 min"]))}


@st.composite
def strange_levers(draw: st.DrawFn, names: list[str]) -> dict[str, Any]:
    """Give what a lever may say of one team alone, and a cut that comes at once."""
    return {
        "knowledge": {
            "competent": {names[-1]: draw(shares())},
            "solve": {names[0]: {level: draw(shares()) for level in CLASSES}},
        },
        "authority": {"limits": {names[-1]: draw(st.sampled_from([0, 20, 30]))}},
        "access": {"sent_elsewhere": draw(rare())},
        "time": {"cut_after": draw(st.sampled_from(["none", "1 min", "5 min", "20 min"]))},
    }


@st.composite
def ways(draw: st.DrawFn, names: list[str], known: list[str]) -> dict[str, Any]:
    """Give each team paths of its own, taken often."""
    found = {}
    for name in names:
        for when in draw(st.sets(st.sampled_from(["wrong_person", "above_limit", "unsolved"]))):
            found[f"{when}_of_{name}"] = {
                "from": name,
                "to": draw(st.sampled_from([known[0], known[-1], {queue: 1 / len(known) for queue in known}])),
                "when": when,
                **draw(handed_on()),
                "tries": draw(st.sampled_from([1, 2, 30])),
                "briefing": draw(laws()),
                "delay": draw(st.just("0 min") | laws()),
            }
    return found


def in_whole_minutes(written: Any) -> Any:
    """Make every law of durations a constant of whole minutes: much will then happen at the same instant."""
    if isinstance(written, list):
        return [in_whole_minutes(value) for value in written]
    if isinstance(written, dict):
        of_minutes = re.search(r"\d min", str(written)) and "law" in written
        return _some_minutes(written) if of_minutes else {key: in_whole_minutes(one) for key, one in written.items()}
    if isinstance(written, str) and re.fullmatch(r"[\d.]+ min", written):
        return f"{max(1, round(float(written.split()[0])))} min" if float(written.split()[0]) > 0.4 else "0 min"
    return written


def _some_minutes(law: dict[str, Any]) -> str:
    """Give the first duration of a law that is one."""
    found = [float(number) for number in re.findall(r"([\d.]+) min", str(law))]
    return f"{round(max(found))} min"
