"""What a roster says of a world's teams: their shifts, in place of the staff that the world's file has."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.data.reading_rosters import roster as read_roster
from sim.data.roster import ALL, Roster
from sim.data.roster_shifts import shifts_of
from sim.quoting import short
from sim.reading.mistakes import shown
from sim.reading.trees import Tree
from sim.study.calibrating.intervals import told_of
from sim.units import DAYS, SLOTS_A_DAY, slots_of_all
from sim.world import World

Shifts = Mapping[str, Mapping[str, Any]]


def read_shifts(source: Any, world: World) -> tuple[Tree, tuple[str, ...]]:
    """Return what a world's file says so that a roster's agents are at work, and what is to be known of it.

    They go to the teams that are called like those of the roster, in small letters or capitals; those of a roster
    without a column of teams to the team of the line, where it is one that serves its queue. Of several weeks the first
    is taken.

    Raises
    ------
    DataError
        If the file is no good roster; with every mistake.
    ValueError
        If it is neither a roster nor a path, or its teams are not the world's; all of them at once.
    """
    if callable(source):
        source = source()
    if not isinstance(source, (Roster, str, Path)):
        raise ValueError(f"roster is {shown(source)}: it has to be the path of a roster, or what sim.roster reads")
    roster = source if isinstance(source, Roster) else read_roster(source)
    teams = _teams(roster, world)
    made = {team: shifts_of(roster, theirs) for theirs, team in teams.items()}
    tree = {"teams": {team: _instead(world, team, shifts) for team, shifts in made.items()}}
    several = f"The roster goes over {roster.weeks} weeks: its first was taken." if roster.weeks > 1 else ""
    others = [team for team in world.teams if team not in made]
    without = f"The roster has nobody of {', '.join(others)}: their staff is that of the world." if others else ""
    return tree, tuple(note for note in (*told_of(roster, "roster"), several, without, _days_off(made, world)) if note)


def _days_off(made: Mapping[str, Shifts], world: World) -> str:
    """Say on which days the line is open, and nobody of the roster is there."""
    hours = [written for shifts in made.values() for shift in shifts.values() for written in shift["hours"]]
    there = {slot // SLOTS_A_DAY for slot in slots_of_all(hours)}
    opened = {slot // SLOTS_A_DAY for slot, is_open in enumerate(world.line.open_slots()) if is_open}
    off = [DAYS[day] for day in sorted(opened - there)]
    return f"The roster has nobody on {', '.join(off)}, though the line is open then." if off else ""


def _teams(roster: Roster, world: World) -> dict[str, str]:
    """Return the world's team for each of the roster's."""
    called = {team.casefold(): team for team in world.teams}
    if roster.teams == (ALL,) and ALL not in called:
        asked = world.teams_asked(world.line.team)
        if len(asked) == 1:
            return {roster.teams[0]: asked[0]}
    unknown = [team for team in roster.teams if team.casefold() not in called]
    if unknown:
        said = ", ".join(shown(short(team)) for team in unknown)
        raise ValueError(f"the roster's teams {said} are none of the world's, {', '.join(world.teams)}")
    return {team: called[team.casefold()] for team in roster.teams}


def _instead(world: World, team: str, shifts: Shifts) -> Tree:
    """Return what takes the place of a team's staff and shifts."""
    gone = {name: "none" for name in world.teams[team].shifts if name not in shifts}
    return {"staff": 0, "shifts": {**gone, **shifts}}
