"""Tables of a world as rows of a spreadsheet: made of it, and written back into it, every wrong cell told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from sim.asked import nearest
from sim.quoting import quoted
from sim.reading.trees import Tree, table
from sim.ui.editing.pasted import Column, Row, Wrong, missing
from sim.ui.editing.places import ABSENT, set_at
from sim.ui.editing.sections import names_in
from sim.ui.editing.values import percent
from sim.ui.state.speech import later
from sim.units import DAYS, week_hours
from sim.world.arrivals import volume_of
from sim.world.facts import CLASS

OPEN = "open"
"""Written for the days of a staff that is there whenever the line is open."""
LENGTHS = ("60", "30", "15")
"""Minutes of an interval that arrivals may be written by."""


class Grid(NamedTuple):
    """A table of a world.

    Attributes
    ----------
    title, help : str
        In English.
    rows : function
        Of a tree: the rows that it has by now.
    write : function
        Of rows and a tree: the tree with them, and what is wrong with the rows; then the tree is as it was.
    fixed : bool
        Whether its rows are those it has, neither more nor fewer.
    """

    title: str
    help: str
    columns: tuple[Column, ...]
    rows: Callable[[Tree], list[Row]]
    write: Callable[[Sequence[Row], Tree], tuple[Tree, list[Wrong]]]
    fixed: bool = False


def staff_rows(tree: Tree) -> list[Row]:
    """Return who is at work when, a row for each stretch of hours; none for teams that work in shifts."""
    found: list[Row] = []
    for team, its in table(tree, "teams").items():
        staff = its.get("staff", 0) if isinstance(its, dict) else 0
        if isinstance(staff, dict):
            for hours, agents in staff.items():
                days, _, times = str(hours).partition(" ")
                start, _, end = times.partition("-")
                found.append({"team": team, "days": days, "from": start, "to": end, "agents": agents})
        elif staff or not table(its, "shifts"):
            found.append({"team": team, "days": OPEN, "from": None, "to": None, "agents": staff})
    return found


def write_staff(rows: Sequence[Row], tree: Tree) -> tuple[Tree, list[Wrong]]:
    """Write who is at work when; a team of which no row speaks has nobody at work by hours."""
    teams = list(table(tree, "teams"))
    wrong, said = list[Wrong](), dict[str, Any]()
    for at, row in enumerate(rows, 1):
        its = [*missing(at, row, STAFF), *_unknown(at, row, "team", teams)]
        hours, problem = _hours(row)
        if problem:
            its.append(Wrong(at, "days", *problem))
        agents = row.get("agents")
        if isinstance(agents, str) or not 0 <= (agents or 0) <= 100_000 or not float(agents or 0).is_integer():
            its.append(Wrong(at, "agents", "has to be a whole number from 0 to 100,000"))
        if not its:
            its += _added(at, said, str(row["team"]), hours, int(row["agents"]))
        wrong += its
    if wrong:
        return tree, wrong
    for team in teams:
        tree = set_at(tree, ("teams", team, "staff"), said.get(team, 0))
    return tree, []


def _hours(row: Row) -> tuple[str | None, tuple[str, str] | None]:
    """Return the hours of the week of a row; None for whenever the line is open."""
    days, start, end = (str(row.get(name) or "").strip() for name in ("days", "from", "to"))
    if days.casefold() in (OPEN, "ouvert") and not start and not end:
        return None, None
    try:
        return week_hours(f"{days} {start}-{end}"), None
    except ValueError as why:
        problem, _, right = str(why).partition("; ")
        return None, (problem, right or f'write days such as mon-fri, or "{OPEN}" for whenever the line is open')


def _added(at: int, said: dict[str, Any], team: str, hours: str | None, agents: int) -> list[Wrong]:
    known = said.get(team)
    if hours is None and known is None:
        said[team] = agents
    elif hours is None or isinstance(known, int):
        return [Wrong(at, "days", "this team is there whenever the line is open already: no other hours can be given")]
    elif hours in (known or {}):
        return [Wrong(at, "days", "these hours stand twice", "write them once, with all agents")]
    else:
        said[team] = {**(known or {}), hours: agents}
    return []


def shift_rows(tree: Tree) -> list[Row]:
    """Return the shifts of all teams."""
    found: list[Row] = []
    for team, its in table(tree, "teams").items():
        for name, shift in table(its, "shifts").items():
            row = {"team": team, "shift": name, "agents": table(its, "shifts", name).get("agents")}
            row |= {key: ", ".join(map(str, shift.get(key) or ())) or None for key in ("hours", "breaks", "lunches")}
            found.append(row)
    return found


def write_shifts(rows: Sequence[Row], tree: Tree) -> tuple[Tree, list[Wrong]]:
    """Write the shifts of all teams; a team that has some by now has nobody beside them."""
    teams = list(table(tree, "teams"))
    wrong, said = list[Wrong](), {team: dict[str, Any]() for team in teams}
    for at, row in enumerate(rows, 1):
        its = [*missing(at, row, SHIFTS), *_unknown(at, row, "team", teams)]
        if not its and str(row["shift"]) in said[str(row["team"])]:
            its.append(Wrong(at, "shift", "stands twice", "give one of them another name"))
        if not its:
            lists = {key: _parted(row.get(key)) for key in ("hours", "breaks", "lunches")}
            said[str(row["team"])][str(row["shift"])] = {"agents": _whole(row["agents"]), **lists}
        wrong += its
    if wrong:
        return tree, wrong
    for team in teams:
        tree = set_at(tree, ("teams", team, "shifts"), said[team])
        if said[team]:
            tree = set_at(tree, ("teams", team, "staff"), 0)
    return tree, []


def _whole(agents: Any) -> Any:
    return int(agents) if isinstance(agents, float) and agents.is_integer() else agents


def _parted(said: Any) -> list[str]:
    return [part.strip() for part in str(said or "").replace(";", ",").split(",") if part.strip()]


def _unknown(at: int, row: Row, column: str, names: list[str]) -> list[Wrong]:
    name = row.get(column)
    if name in (None, "") or str(name) in names:
        return []
    seen = quoted(str(name))
    return [Wrong(at, column, f"is {seen}: there is none of that name", nearest(str(name), names))]


def arrival_rows(tree: Tree, length: int = 60) -> list[Row]:
    """Return the problems of a usual week, a row for each interval of the day, a column for each day."""
    profile, day = table(tree, "population", "profile"), table(tree, "population").get("problems_per_day", 0)
    weights = profile.get("days") or [1.0] * 7
    many = 1440 // length
    found: list[Row] = [{"from": f"{at * length // 60:02d}:{at * length % 60:02d}"} for at in range(many)]
    for name, weight in zip(DAYS, weights, strict=False):
        shape = profile.get(name) or profile.get("intervals") or [1.0]
        total = 7.0 * day * weight / (sum(weights) or 1.0)
        for row, part in zip(found, _by(shape, many), strict=True):
            row[name] = total * part / (sum(shape) or 1.0)
    return found


def _by(shape: Sequence[float], many: int) -> list[float]:
    """Spread the weights of equal intervals over others, as if each were even within."""
    fine = [weight / many for weight in shape for _ in range(many)]
    return [sum(fine[at * len(shape) : (at + 1) * len(shape)]) for at in range(many)]


def write_arrivals(rows: Sequence[Row], tree: Tree) -> tuple[Tree, list[Wrong]]:
    """Write the problems of a usual week: their volume, and when they appear."""
    wrong: list[Wrong] = []
    for at, row in enumerate(rows, 1):
        for name in DAYS:
            value = row.get(name) or 0
            if not isinstance(value, (int, float)) or not 0 <= value <= 1e7:
                wrong.append(Wrong(at, name, "is no number of problems", "write a number from 0 to 10,000,000"))
    if not rows or 1440 % len(rows):
        wrong.append(Wrong(0, "", "its rows do not divide the day", "24, 48 or 96 rows are usual"))
    if len(rows) > 96:
        wrong.append(Wrong(0, "", "has more than 96 rows", "a row for each quarter of an hour is the most"))
    if not wrong and not any(row.get(name) for row in rows for name in DAYS):
        wrong.append(Wrong(0, "", "is nothing but zeros: nobody would ever have a problem"))
    if wrong:
        return tree, wrong
    if list(rows) == arrival_rows(tree, 1440 // len(rows)):
        return tree, []
    counts = {name: [float(row.get(name) or 0) for row in rows] for name in DAYS}
    made = volume_of(counts)
    profile = {key: list(value) for key, value in made["profile"].items() if value != "none"}
    tree = set_at(tree, ("population", "problems_per_day"), made["problems_per_week"] / 7)
    return set_at(tree, ("population", "profile"), profile), []


def solving_rows(tree: Tree) -> list[Row]:
    """Return the chances of solving, by team and class: the team's, and those of the lever in their place."""
    found: list[Row] = []
    for team, its in table(tree, "teams").items():
        own, lever = table(its, "solve"), table(tree, "levers", "knowledge", "solve", team)
        for level in dict.fromkeys([*own, *lever]):
            both = {"chance": own.get(level), "with the lever": lever.get(level)}
            row = {"team": team, "class": level}
            found.append({**row, **{name: None if one is None else percent(one) for name, one in both.items()}})
    return found


def write_solving(rows: Sequence[Row], tree: Tree) -> tuple[Tree, list[Wrong]]:
    """Write the chances of solving; an empty cell says nothing, and a class without a chance is always solved."""
    teams, classes = list(table(tree, "teams")), names_in(tree)[CLASS]
    wrong: list[Wrong] = []
    said: dict[str, tuple[dict[str, float], dict[str, float]]] = {team: ({}, {}) for team in teams}
    for at, row in enumerate(rows, 1):
        its = [*missing(at, row, SOLVING), *_unknown(at, row, "team", teams), *_unknown(at, row, "class", classes)]
        its += [one for name in ("chance", "with the lever") for one in _no_percent(at, row, name)]
        if not its:
            for name, chances in zip(("chance", "with the lever"), said[row["team"]], strict=True):
                if row["class"] in chances:
                    its.append(Wrong(at, "class", "stands twice"))
                if row.get(name) is not None:
                    chances[str(row["class"])] = _share(row[name])
        wrong += its
    if wrong:
        return tree, wrong
    for team, (own, lever) in said.items():
        tree = set_at(tree, ("teams", team, "solve"), own)
        place = ("levers", "knowledge", "solve", team)
        tree = set_at(tree, place, lever) if lever or team in table(tree, *place[:-1]) else tree
        if not lever:
            tree = set_at(tree, place, ABSENT)
    return tree, []


def _no_percent(at: int, row: Row, name: str) -> list[Wrong]:
    value = row.get(name)
    if value is None or (isinstance(value, (int, float)) and 0 <= value <= 100):
        return []
    return [Wrong(at, name, "has to be a share between 0 and 100 %")]


def _share(value: float) -> float:
    return round(value / 100.0, 12)


def _percent(value: Any) -> Any:
    return percent(value) if isinstance(value, (int, float)) else value


def _share_grid(place: tuple[str, ...], word: str, columns: tuple[str, ...]) -> tuple[Any, Any, tuple[Column, ...]]:
    """Return how entries of a table are shown with some of their shares, and written back."""
    cells = (Column(word), *(Column(name, "percent") for name in columns))

    def rows(tree: Tree) -> list[Row]:
        return [
            {word: name, **{key: _percent(its.get(key)) for key in columns}}
            for name, its in table(tree, *place).items()
        ]

    def write(given: Sequence[Row], tree: Tree) -> tuple[Tree, list[Wrong]]:
        names = list(table(tree, *place))
        wrong: list[Wrong] = []
        for at, row in enumerate(given, 1):
            wrong += [*missing(at, row, cells), *_unknown(at, row, word, names)]
            wrong += [one for name in columns for one in _no_percent(at, row, name)]
        told = [str(row.get(word)) for row in given]
        wrong += [
            Wrong(0, word, f"lacks {seen}")
            for name, seen in zip(names, map(quoted, names), strict=True)
            if name not in told
        ]
        wrong += [Wrong(at, word, "stands twice") for at, name in enumerate(told, 1) if name in told[: at - 1]]
        if wrong:
            return tree, wrong
        for row in given:
            for key in columns:
                now = table(tree, *place, str(row[word])).get(key)
                if not (isinstance(now, float) and percent(now) == row[key]):
                    tree = set_at(tree, (*place, str(row[word]), key), _share(row[key]))
        return tree, []

    return rows, write, cells


_TEAM = Column("team", also=("équipe", "equipe", "group", "skill"))
STAFF = (
    _TEAM,
    Column("days", also=("jours", "day", "jour")),
    Column("from", also=("de", "début", "start", "begin"), needed=False),
    Column("to", also=("à", "a", "fin", "end", "until"), needed=False),
    Column("agents", "whole", also=("effectif", "staff", "conseillers", "fte")),
)
SHIFTS = (
    _TEAM,
    Column("shift", also=("vacation", "name", "nom")),
    Column("agents", "whole", also=("effectif", "staff", "conseillers")),
    Column("hours", also=("heures", "horaires")),
    Column("breaks", also=("pauses", "pauses payées"), needed=False),
    Column("lunches", also=("déjeuners", "repas", "pauses non payées", "lunch"), needed=False),
)
_FRENCH_DAYS = ("lun", "mar", "mer", "jeu", "ven", "sam", "dim")
_LONG = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_LONG_FRENCH = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
ARRIVALS = (
    Column("from", also=("de", "start", "time", "heure", "interval", "intervalle"), needed=False),
    *(
        Column(day, "number", also=tuple(more), needed=False)
        for day, *more in zip(DAYS, _FRENCH_DAYS, _LONG, _LONG_FRENCH, strict=True)
    ),
)
SOLVING = (
    _TEAM,
    Column("class", also=("classe", "difficulty", "difficulté")),
    Column("chance", "percent", also=("probabilité", "solve", "chance de résoudre"), needed=False),
    Column("with the lever", "percent", also=("avec le levier", "lever", "levier"), needed=False),
)
_REASONS = _share_grid(("population", "reasons"), "reason", ("share", "gesture_share", "recurrence", "severity"))
_SEGMENTS = _share_grid(("population", "segments"), "segment", ("share", "other_network", "autonomy"))
GRIDS = {
    "staff": Grid(
        later("Staff by team"),
        later("Who is at work when. Days such as mon-fri, hours on the quarter; 'open' is whenever the line is open."),
        STAFF, staff_rows, write_staff,
    ),
    "shifts": Grid(
        later("Shifts"),
        later("In place of staff by hours: agents who come and go together, their paid breaks, their unpaid lunches."),
        SHIFTS, shift_rows, write_shifts,
    ),
    "arrivals": Grid(
        later("Arrivals"),
        later("Problems of a usual week, by interval and day. They set the volume and the profile."),
        ARRIVALS, arrival_rows, write_arrivals, fixed=True,
    ),
    "solving": Grid(
        later("Chances of solving"),
        later("By team and difficulty class, in percent; with the lever knowledge others may stand in their place."),
        SOLVING, solving_rows, write_solving,
    ),
    "reasons": Grid(
        later("Shares of the reasons"),
        later("In percent. The shares of all problems add up to 100."),
        _REASONS[2], _REASONS[0], _REASONS[1], fixed=True,
    ),
    "segments": Grid(
        later("Shares of the segments"),
        later("In percent. The shares of all customers add up to 100."),
        _SEGMENTS[2], _SEGMENTS[0], _SEGMENTS[1], fixed=True,
    ),
}  # fmt: skip
"""All tables, in their order."""
