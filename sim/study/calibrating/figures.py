"""The figures of a monthly report as a planner writes them down: each with its unit and its definition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, ValidationError, field_validator, model_validator

from sim.asked import nearest
from sim.data.headings import plain_words
from sim.measures import MEASURES
from sim.measures.rules.levels import DEFINITIONS
from sim.quoting import short
from sim.reading.lines import line_of
from sim.reading.mistakes import Mistake, Place, WorldError, key_of, shown
from sim.reading.reading import Layer, out_of_bounds, read_layer
from sim.study.calibrating.figure import Figure, Kind, figure
from sim.units import Minutes
from sim.world.frozen import Frozen

DAYS = 30.0
"""Days that a report covers where it does not say."""
_CALLED = "figures"


def _of(kind: Kind) -> BeforeValidator:
    return BeforeValidator(lambda written: figure(written, kind))


_Count = Annotated[Figure | None, _of("count")]
_Share = Annotated[Figure | None, _of("share")]
_Time = Annotated[Figure | None, _of("minutes")]
_Written = Annotated[dict[str, Any], Field(max_length=len(MEASURES))]


class Figures(Frozen):
    """What a report says of a month; every figure may be missing, and each may say how sure it is (``+-``)."""

    about: str = ""
    """A line on what report this is."""
    days: float | None = Field(default=None, gt=0, le=3660)
    """Calendar days over which calls were counted."""
    offered: _Count = None
    """Calls that reached the switch, repeats and redials included, those that found no free line left out."""
    answered: _Count = None
    """Calls that an agent took: how many, or their share of the calls offered."""
    abandoned: _Count = None
    """Calls whose caller hung up before an agent took them: how many, or their share of the calls offered."""
    blocked: _Count = None
    """Calls that found no free line: how many, or their share of all that were dialled."""
    service_level: _Share = None
    """Service level by `service_level_definition`, within `service_level_within`."""
    service_level_within: Minutes | None = None
    """Wait beyond the menu within which a call is answered in time."""
    service_level_definition: (
        Literal["sl1", "sl2", "arena", "served", "sl0", "slg", "queued", "short_out", "short_good"] | None
    ) = None
    """Which of the nine definitions of docs/calibrating.md it is; arena, the usual one: answered in time / offered."""
    service_level_short: Minutes | None = None
    """Wait within which an abandonment is a short one, for the definitions short_out and short_good."""
    speed_of_answer: _Time = None
    """Mean wait of the answered calls beyond the menu."""
    handling_time: _Time = None
    """Average handling time: agents' minutes per answered call, holds with them and after-call work included."""
    talk_time: _Time = None
    """From the first agent to the end of the call, holds and transfers included, per answered call."""
    occupancy: _Share = None
    """Share of the time at work in which agents are busy."""
    transfers: _Share = None
    """Transfers to another agent per answered call."""
    repeats: _Share = None
    """Share of the answered calls that another call of the same caller follows within 7 days."""
    first_contact_resolution: _Share = None
    """Share of the problems that were solved by the first call, as customers say when they are asked."""
    first_contact_resolution_logged: _Share = None
    """Share of the answered calls that no other call of the same caller follows within 7 days."""
    measures: Annotated[dict[str, Figure], BeforeValidator(lambda written: _measures(written))] = Field(default={})
    """Any other measure of the program by its id, in its unit."""

    @field_validator("about")
    @classmethod
    def _one_line(cls, about: str) -> str:
        if len(about) > 300 or (about and not about.isprintable()):
            raise ValueError("it is one line of at most 300 signs that can be printed")
        return about

    @model_validator(mode="before")
    @classmethod
    def _none_is_missing(cls, written: Any) -> Any:
        """Refuse a figure that is there and says nothing."""
        if isinstance(written, Mapping) and any(value is None for value in written.values()):
            raise ValueError("there is a figure of no value; leave out what is not known")
        return written

    def given(self) -> dict[str, Figure]:
        """Return the figures that are there, by name; other measures by their id."""
        named = {name: getattr(self, name) for name in NAMES}
        return {name: one for name, one in named.items() if one is not None} | dict(self.measures)

    def over(self) -> float:
        """Return the days over which the report counts; where it does not say, those of a month."""
        return DAYS if self.days is None else self.days


NAMES = (
    "offered",
    "answered",
    "abandoned",
    "blocked",
    "service_level",
    "speed_of_answer",
    "handling_time",
    "talk_time",
    "occupancy",
    "transfers",
    "repeats",
    "first_contact_resolution",
    "first_contact_resolution_logged",
)
"""What a report may have, by the names in its file; other measures stand under their ids."""
COUNTS = ("offered", "answered", "abandoned", "blocked")
CHOOSE = 'write service_level_definition = "arena", or another of these'
"""What is said where a definition of the service level has to be chosen; the list follows."""
_USUAL = "   <- the usual one"
_CALLED_SO = {
    "offered": "calls|call|volume|calls offered|offered calls|total calls|received|calls received|presented|"
    "calls presented|incoming|inbound|nco|contacts",
    "answered": "handled|calls answered|answered calls|calls handled|handled calls|taken|acd calls|nch|answer rate|"
    "accepted|served",
    "abandoned": "abandon|abandons|abandonment|aban|abn|lost|lost calls|abandon rate|abandonment rate|abandoned calls|"
    "calls abandoned|abandoned rate|abandoned share|abandonrate",
    "blocked": "busy|blocking|blocked calls|busies|rejected",
    "service_level": "sl|sla|tsf|service|grade of service|gos|service factor|telephone service factor|svl",
    "service_level_within": "threshold|sl threshold|within|awt|acceptable waiting time|service level threshold|"
    "sl within|target time|answer within",
    "service_level_definition": "definition|sl definition|service definition",
    "speed_of_answer": "asa|average speed of answer|avg speed of answer|wait|waiting time|average wait|mean wait|"
    "average speed to answer|time to answer|hold time|queue time",
    "handling_time": "aht|average handling time|average handle time|handle time|acht|mean handling time|handling|"
    "avg handle time",
    "talk_time": "att|talk|average talk time|avg talk time|acd time",
    "occupancy": "occ|utilisation|utilization|agent occupancy",
    "transfers": "transfer|transfer rate|transferred|transfers per call",
    "repeats": "repeat|repeat rate|repeat calls|repeat call rate|callbacks|recalls|repeated calls",
    "first_contact_resolution": "fcr|first call resolution|first contact resolution rate|resolution|"
    "one call resolution",
    "first_contact_resolution_logged": "fcr logged|logged fcr",
    "days": "calendar days|period|number of days",
    "about": "title|name|report|description",
}
_MEANT = {word: name for name, words in _CALLED_SO.items() for word in words.split("|")}
"""Which figure is meant by what everybody calls it."""


def _measures(written: Any) -> dict[str, Figure]:
    if not isinstance(written, Mapping):
        raise ValueError("a table [measures] is needed: the id of a measure and its figure")
    wrong = [
        f'"{short(str(id))}" is no measure; {nearest(id, MEASURES, "some are")}' for id in written if id not in MEASURES
    ]
    if wrong:
        raise ValueError(" and ".join(wrong[:5]))
    found, wrong = {}, []
    for id, value in written.items():
        try:
            found[id] = value if isinstance(value, Figure) else figure(value, kind_of(id))
        except ValueError as refused:
            wrong.append(f"{id} is {shown(value)}: {refused}")
    if wrong:
        raise ValueError(" and ".join(wrong[:5]))
    return found


def kind_of(id: str) -> Kind:
    """Return of which kind a measure's figure is."""
    kinds: dict[str, Kind] = {"share": "share", "min": "minutes"}
    return kinds.get(MEASURES[id].unit, "number")


class FigureError(WorldError):
    """Figures that cannot be used; `mistakes` holds everything that is wrong with them."""

    def __str__(self) -> str:
        """List the mistakes, one a line; below them the definitions of the service level, where one is to be chosen."""
        said = super().__str__()
        chosen = any(one.suggestion == CHOOSE for one in self.mistakes)
        return f"{said}\n{definitions_listed()}" if chosen else said


def definitions_listed() -> str:
    """Return the definitions of the service level, one a line, the usual one marked; T is its threshold."""
    wide, lines = max(map(len, DEFINITIONS)), []
    for name, what in DEFINITIONS.items():
        said = what.replace("within it", "within T").replace("than it", "than T")
        lines.append(f'  "{name}"{" " * (wide - len(name))}  {said}{_USUAL * (name == "arena")}')
    return "\n".join(lines)


def read_figures(source: Figures | Mapping[str, Any] | str | Path) -> tuple[Figures, Layer]:
    """Read the figures of a report.

    Parameters
    ----------
    source : path of a TOML file, or a mapping as such a file would hold it

    Returns
    -------
    Figures, Layer
        The layer says on which line each of them stands.

    Raises
    ------
    FigureError
        With every mistake, its line, and what would be right.
    ValueError
        If it is neither figures, nor a mapping, nor a path.
    """
    found, layer, wrong = figures_of(source)
    if wrong:
        raise FigureError(wrong)
    return found, layer


def figures_of(source: Figures | Mapping[str, Any] | str | Path) -> tuple[Figures, Layer, tuple[Mistake, ...]]:
    """Read the figures of a report as `read_figures` does, and what is wrong with some of them beside the others.

    Raises
    ------
    FigureError
        If none of it can be read.
    ValueError
        If it is neither figures, nor a mapping, nor a path.
    """
    if isinstance(source, Figures):
        return source, Layer(_CALLED, {}, {}), ()
    if isinstance(source, Mapping):
        beyond = [Mistake(_CALLED, key_of(one.place), None, one.problem) for one in out_of_bounds(source)]
        if beyond:
            raise FigureError(beyond)
        layer = Layer(_CALLED, dict(source), {})
    elif isinstance(source, (str, Path)):
        layer = _layer(Path(source))
    else:
        raise ValueError(f"figures is {shown(source)}: it has to be the path of a TOML file, or a mapping")
    try:
        return Figures.model_validate(layer.tree), layer, ()
    except ValidationError as error:
        told = tuple(sorted(dict.fromkeys(_mistakes(error, layer)), key=lambda one: one.line or 0))
        wrong = {one["loc"][0] for one in error.errors(include_url=False) if one["loc"]}
    return _the_good_ones(layer, wrong), layer, told


def _the_good_ones(layer: Layer, wrong: Set[object]) -> Figures:
    try:
        good = {key: one for key, one in layer.tree.items() if key not in wrong and one is not None}
        return Figures.model_validate(good)
    except ValidationError:  # what is wrong is not of one figure
        return Figures()


def _layer(path: Path) -> Layer:
    try:
        return read_layer(path)
    except WorldError as error:
        right = "save the figures as a TOML file: offered = 18240"
        told = (
            Mistake(one.file, one.key, one.line, _of_figures(one.problem), one.suggestion or right)
            for one in error.mistakes
        )
        raise FigureError(told) from None


def _of_figures(problem: str) -> str:
    return problem.replace("for a world", "for figures").replace("is not a world", "holds no figures")


def _mistakes(error: ValidationError, layer: Layer) -> Iterator[Mistake]:
    for one in error.errors(include_url=False):
        place: Place = one["loc"][:1]
        kind, value, ctx = one["type"], one["input"], one.get("ctx", {})
        problem, right = f"is {shown(value)}: it cannot be that", ""
        if kind == "extra_forbidden":
            problem, right = "is not known", _where_it_belongs(str(place[0]))
        elif kind == "value_error":
            said, _, right = str(ctx["error"]).partition("; ")
            problem = f"is {shown(value)}: {said}" if place and place != ("measures",) else said
        elif kind == "literal_error":
            problem, right = f"is {shown(value)}, which is no definition", CHOOSE
        elif kind in ("greater_than", "less_than_equal", "float_type", "float_parsing", "finite_number"):
            problem, right = f"is {shown(value)}: a number of days above 0 is needed, 3660 at most", "write days = 31"
        elif kind == "string_type":
            problem, right = f"is {shown(value)}: a text is needed", ""
        yield mistake(layer, place, problem, right)


def _where_it_belongs(name: str) -> str:
    known = [*Figures.model_fields]
    meant = _MEANT.get(plain_words(name))
    if meant is not None:
        return f"did you mean {meant}?"
    if name in MEASURES:
        return f"write it under [measures]: {name} = ..."
    return nearest(name, known, "known are")


def mistake(layer: Layer, place: Place, problem: str, right: str = "") -> Mistake:
    """Say what is wrong at a place of a file of figures, with its line."""
    return Mistake(layer.file, key_of(place), line_of(layer.lines, place), problem, right)
