"""Draw the house: every room of ``sim``, the rooms within it, and which imports lead from where to where.

Run it: ``python experiments/house.py``; it reads the sources and writes ``docs/pictures/house.svg``. What is drawn
stands in the picture's description too, line by line, so that a test finds out when the house has changed.
"""

from __future__ import annotations

import ast
import html
import math
import re
import textwrap
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "docs" / "pictures" / "house.svg"
INK, GREY, WALL, ROOM, LINE = "#222222", "#6E6E6E", "#EAF3F9", "#FFFFFF", "#0072B2"
LEFT, RIGHT, WITHIN = 4.6, 15.4, 10.1  # where the great rooms begin and end, and the rooms within them begin
WORDS = (
    "An arrow leads to the nearest room that is imported. What lies lower may be imported too, what lies higher never."
)
HIGH, LOW = 0.74, 0.46  # of a great room and of a small one; storeys are one apart
COLUMNS = 0.6, 2.1, 3.6  # of the small rooms, which stand beside the tower, each below the first that needs it
COLUMN = {"theory": 0, "asked": 0, "quoting": 1}
"""Those that do not stand in the last column: so no arrow crosses a room."""

Leads = dict[str, set[str]]
"""By its name, what a room leads to."""


# Read from the sources ------------------------------------------------------------------------------------------------


def modules(root: Path = ROOT) -> dict[str, Path]:
    """Return the files of ``sim`` by the names under which they are imported."""
    files = {file: file.relative_to(root).with_suffix("").parts for file in sorted((root / "sim").rglob("*.py"))}
    return {".".join(parts).removesuffix(".__init__"): file for file, parts in files.items()}


def sentence(room: str, files: Mapping[str, Path]) -> str:
    """Return what a room says of itself first."""
    said = ast.get_docstring(ast.parse(files[f"sim.{room}"].read_text(encoding="utf-8"))) or ""
    first = said.splitlines()[0].replace("`", "")
    short = first.removeprefix(f"{room.capitalize()}: ").removeprefix(f"A {room}: ")
    return first if short == first else short[:1].upper() + short[1:]


@cache
def imports(file: Path) -> tuple[tuple[str | None, tuple[str, ...]], ...]:
    """Return what stands in each import of a file: the module after ``from``, if there is one, and the names.

    Imports inside functions and for types alone count too. Each house asks for all files again, so they are read once.
    """
    nodes = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    found = (node for node in nodes if isinstance(node, (ast.Import, ast.ImportFrom)))
    return tuple((getattr(node, "module", None), tuple(alias.name for alias in node.names)) for node in found)


def imported(file: Path, known: Collection[str]) -> Iterator[str]:
    """Yield the known modules that a file imports."""
    for module, names in imports(file):
        inner = [name if module is None else f"{module}.{name}" for name in names]
        found = [name for name in inner if name in known]
        yield from found or ([module] if module in known else [])


def rooms(files: Mapping[str, Path], house: str = "sim") -> Leads:
    """Return the rooms of a house, each with the other ones that its files import."""
    depth = house.count(".") + 1
    leads: Leads = {}
    for name, file in files.items():
        if name.startswith(f"{house}.") and is_room(name, depth, files, house):
            others = (other.split(".") for other in imported(file, files) if other.startswith(f"{house}."))
            room = name.split(".")[depth]
            known = leads.setdefault(room, set())
            known |= {other[depth] for other in others if len(other) > depth and other[depth] != room}
    return {room: others & leads.keys() for room, others in leads.items()}


def is_room(name: str, depth: int, files: Mapping[str, Path], house: str) -> bool:
    """Say whether a file lies in a room: in the house itself each file is one, in a room each folder."""
    room = ".".join(name.split(".")[: depth + 1])
    return (house == "sim" and name != "sim") or files[room].name == "__init__.py"


def nearest(leads: Leads) -> Leads:
    """Leave out what a room reaches through another one anyway."""
    return {room: others - {far for other in others for far in beyond(other, leads)} for room, others in leads.items()}


def beyond(room: str, leads: Leads) -> set[str]:
    """Return all that can be reached from a room."""
    return leads[room] | {far for other in leads[room] for far in beyond(other, leads)}


def storey(room: str, leads: Leads) -> int:
    """Return how many rooms lie below at most."""
    return 1 + max((storey(other, leads) for other in leads[room]), default=-1)


def described(files: Mapping[str, Path]) -> list[str]:
    """Write the house down: a line for each room and what it leads to, from the bottom up."""
    return [*lines("sim", files), *(line for room in sorted(rooms(files)) for line in lines(f"sim.{room}", files))]


def lines(house: str, files: Mapping[str, Path]) -> Iterator[str]:
    """Yield a line for each room of a house."""
    leads = rooms(files, house)
    for room in sorted(leads, key=lambda room: (storey(room, leads), room)):
        yield f"{house}.{room}: {', '.join(sorted(leads[room])) or 'nothing'}"


def drawn(picture: Path = PICTURE) -> list[str]:
    """Return what a picture says that it shows."""
    found = re.search(r"<dc:description>(.*?)</dc:description>", picture.read_text(encoding="utf-8"), re.DOTALL)
    return html.unescape(found[1]).splitlines() if found else []


# Drawn ----------------------------------------------------------------------------------------------------------------


class House:
    """Where everything stands: the tower of great rooms from the bottom up, and the small ones beside it."""

    def __init__(self, files: Mapping[str, Path]) -> None:
        self.files, self.leads = files, nearest(rooms(files))
        small = {room for room in self.leads if files[f"sim.{room}"].parent.name == "sim"} - {"__main__"} | {"theory"}
        great = {room: others - small for room, others in self.leads.items() if room not in small}
        self.floors: dict[int, list[str]] = {}
        for room in sorted(great):
            self.floors.setdefault(storey(room, great), []).append(room)
        self.boxes = {room: box for floor, there in self.floors.items() for room, box in boxes_of(floor, there)}
        for room in sorted(small, key=lambda room: (-storey(room, self.leads), room)):
            above = min(self.boxes[other][1] for other, led in self.leads.items() if room in led)
            centre = COLUMNS[COLUMN.get(room, 2)]
            self.boxes[room] = (centre, float(math.ceil(above) - 0.5 - (above % 1 > 0)), 1.3, LOW)
        self.small = small


Box = tuple[float, float, float, float]
"""The middle of a room, across and up, its width and its height."""


def boxes_of(floor: int, there: list[str]) -> Iterator[tuple[str, Box]]:
    """Yield where the great rooms of a floor stand, side by side; a room that is one file is half as wide."""
    many = max(len(there), 2 if there == ["__main__"] else 1)
    wide = (RIGHT - LEFT - 0.3 * (many - 1)) / many
    for place, room in enumerate(there):
        yield room, (LEFT + wide / 2 + place * (wide + 0.3), float(floor), wide, HIGH)


def draw(files: Mapping[str, Path]) -> Figure:
    """Draw the house."""
    from matplotlib.figure import Figure

    house = House(files)
    figure = Figure(figsize=(11, 0.72 * (len(house.floors) + 0.6)))
    ax = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    ax.set(xlim=(-0.3, RIGHT + 0.2), ylim=(-0.75, len(house.floors) - 0.15))
    ax.axis("off")
    for room in house.boxes:
        draw_room(ax, house, room)
    for room, others in house.leads.items():
        for other in sorted(others):  # the same house is the same file
            draw_way(ax, house, room, other)
    ax.text(LEFT, -0.62, WORDS, fontsize=7.5, color=GREY)
    return figure


def draw_room(ax: Axes, house: House, room: str) -> None:
    """Draw a room with its name and what it says of itself, and the rooms within it."""
    across, up, wide, _ = house.boxes[room]
    draw_box(ax, house.boxes[room], ROOM if room in house.small else WALL)
    if room in house.small:
        ax.text(across, up, room, ha="center", va="center", fontsize=9, fontweight="bold", color=INK)
        return
    inner = rooms(house.files, f"sim.{room}")
    space = (WITHIN - LEFT if inner else wide) - 0.3
    left = across - wide / 2 + 0.18
    said = textwrap.wrap(sentence(room, house.files), int(space * 12.5))[:2]
    top = up + 0.05 + 0.07 * len(said)
    ax.text(left, top, room, va="center", fontsize=11, fontweight="bold", color=INK)
    ax.text(left, top - 0.13, "\n".join(said), va="top", fontsize=7.5, color=GREY, linespacing=1.15)
    draw_within(ax, inner, up)


def draw_within(ax: Axes, inner: Leads, up: float) -> None:
    """Draw the rooms within a room from left to right, each to the right of those that it leads to."""
    near = nearest(inner)
    steps: dict[int, list[str]] = {}
    for room in sorted(inner):
        steps.setdefault(storey(room, inner), []).append(room)
    wide = (RIGHT - WITHIN - 0.15) / max(len(steps), 3)
    at: dict[str, Box] = {}
    for step, there in steps.items():
        for place, room in enumerate(there):
            height = up + (0.17 * (len(there) - 1) - 0.34 * place)
            at[room] = (WITHIN + (step + 0.5) * wide, height, wide - 0.28, 0.27)
            draw_box(ax, at[room], ROOM)
            ax.text(at[room][0], height, room, ha="center", va="center", fontsize=7.5, color=INK)
    for room, others in near.items():
        for other in sorted(others):
            begins, ends = at[room], at[other]
            draw_arrow(ax, [(begins[0] - begins[2] / 2, begins[1]), (ends[0] + ends[2] / 2, ends[1])])


def draw_box(ax: Axes, box: Box, colour: str) -> None:
    """Draw the walls of a room."""
    from matplotlib.patches import FancyBboxPatch

    across, up, wide, high = box
    style = "round,pad=0,rounding_size=0.07"
    corner = (across - wide / 2, up - high / 2)
    ax.add_patch(FancyBboxPatch(corner, wide, high, boxstyle=style, facecolor=colour, edgecolor=LINE, linewidth=0.9))


def draw_way(ax: Axes, house: House, room: str, other: str) -> None:
    """Draw the way from a room down to another: straight in the tower, along a floor and then down beside it."""
    begins, ends = house.boxes[room], house.boxes[other]
    top = ends[1] + ends[3] / 2
    if room not in house.small and other not in house.small:
        across = begins[0] if begins[2] <= ends[2] else ends[0]
        draw_arrow(ax, [(across, begins[1] - begins[3] / 2), (across, top)])
    elif room not in house.small:
        draw_arrow(ax, [(begins[0] - begins[2] / 2, begins[1]), (ends[0] + 0.2, begins[1]), (ends[0] + 0.2, top)])
    elif begins[0] == ends[0]:
        draw_arrow(ax, [(begins[0] - 0.2, begins[1] - begins[3] / 2), (ends[0] - 0.2, top)])
    else:
        side = ends[0] + math.copysign(ends[2] / 2, begins[0] - ends[0])
        draw_arrow(ax, [(begins[0], begins[1] - begins[3] / 2), (begins[0], ends[1]), (side, ends[1])])


def draw_arrow(ax: Axes, points: list[tuple[float, float]]) -> None:
    """Draw an arrow along points."""
    from matplotlib.patches import FancyArrowPatch
    from matplotlib.path import Path as Line

    ax.add_patch(
        FancyArrowPatch(
            path=Line(points), arrowstyle="-|>", mutation_scale=9, color=LINE, linewidth=1.0, shrinkA=0, shrinkB=0
        )
    )


def main() -> None:
    """Draw the house as it is now."""
    import matplotlib

    files = modules()
    with matplotlib.rc_context({"svg.hashsalt": "house"}):
        draw(files).savefig(PICTURE, metadata={"Date": None, "Description": "\n".join(described(files))})
    print(f"{PICTURE.relative_to(ROOT)}: {len(rooms(files))} rooms")


if __name__ == "__main__":
    main()
