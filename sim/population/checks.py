"""Customers at the border: whoever hands them to an engine or to the measures is told which one cannot be, and why."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from sim.chance import check_luck
from sim.population.customers import CUSTOMER, REASONS_AT_MOST, Customers, difficulty_names
from sim.scenario import World
from sim.scenario.border import check_world
from sim.scenario.world.population import Population

MOST = 1e50
"""The most that any amount of a customer may be: far beyond every draw, and safe to multiply with all else."""
NUMBERS = 2**32
"""Numbers that luck tells apart."""

_TOO_LATE = "appears at {appeared} min, the one in front at {before} min (then by number): use customers.sorted()"
_CODES = ("reason", "difficulty", "segment")
_AMOUNTS = tuple(name for name in CUSTOMER.names or () if CUSTOMER[name] == np.float64 and name != "appeared")
_BEFORE = CUSTOMER.itemsize - 8 * len(_AMOUNTS)
_ALL_AMOUNTS = np.dtype([("before", np.uint8, (_BEFORE,)), ("all", np.float64, (len(_AMOUNTS),))])
"""The amounts of a customer, which stand side by side at the end, as one field."""
_FACTS = tuple(name for name in CUSTOMER.names or () if CUSTOMER[name] == np.bool_)

Array = npt.NDArray[np.void]
Mask = npt.NDArray[np.bool_]


def check_customers(world: World, customers: Customers) -> None:
    """Refuse customers who cannot live in a world, before compiled code reads them unseen.

    Problems that appear after the end of a run are no mistake: nothing happens to them.

    Raises
    ------
    ValueError
        If the world cannot be, these are no customers, or of another population; or of the customer who comes first:
        the place, the number, and what cannot be.
    """
    check_world(world)
    check_kind(customers)
    if customers.population is not world.population and customers.population != world.population:
        raise ValueError(f"these customers were made from another population than that of {world.name}")
    check_luck(customers.seed, customers.replication)
    check_people(customers.rows, world)
    late = _comes_too_late(customers.rows["number"], customers.rows["appeared"])
    if late.any():
        raise ValueError(_told(customers.rows, int(late.argmax()), _TOO_LATE))


def check_kind(customers: object) -> None:
    """Refuse what are no customers at all."""
    if not isinstance(customers, Customers):
        kind = type(customers).__name__
        raise ValueError(f"customers is of the kind {kind}: it has to be Customers, such as sim.populate gives")


def check_people(rows: Array, world: World) -> None:
    """Refuse rows of customers who cannot be, as `check_customers` does, in whatever order they stand."""
    check_type(rows, CUSTOMER, "customers", "sim.population.CUSTOMER")
    rows = np.require(rows, CUSTOMER)
    found = [(int(wrong.argmax()), said) for wrong, said in _faults(rows, world) if wrong.any()]
    if found:
        raise ValueError(_told(rows, *min(found, key=lambda fault: fault[0])))


def _told(rows: Array, place: int, said: str) -> str:
    values = {name: rows[name][place].item() for name in CUSTOMER.names or ()}
    return f"customer {place} (number {values['number']}) " + said.format(before=rows["appeared"][place - 1], **values)


def check_type(rows: object, dtype: np.dtype[np.void], what: str, named: str) -> None:
    """Refuse what is not one row after the other of a type, however its fields are laid out."""
    if not isinstance(rows, np.ndarray) or rows.ndim != 1:
        raise ValueError(f"the rows of {what} are one array of {named}, one row after the other")
    if not np.can_cast(rows.dtype, dtype, "equiv") or rows.dtype.names != dtype.names:
        missing = [name for name in dtype.names or () if name not in (rows.dtype.names or ())]
        said = f"; {', '.join(missing)} missing" if missing else ", field by field"
        raise ValueError(f"the rows of {what} are of another type than {named}{said}")


def _faults(rows: Array, world: World) -> Iterator[tuple[Mask, str]]:
    """Yield who cannot be, as a mask and a sentence to be filled in."""
    population, number, appeared = world.population, rows["number"], rows["appeared"]
    for name, many in zip(_CODES, _codes(population), strict=True):
        codes = rows[name]
        said = f"has a {name} that {world.name} does not have: {{{name}}}; codes are 0 to {many - 1}"
        yield (codes < 0) | (codes >= many), said
    yield (number < 0) | (number >= NUMBERS), f"has a number that luck does not know: 0 to {NUMBERS - 1}"
    yield number % REASONS_AT_MOST != rows["reason"], "has the number of another reason, not of reason {reason}"
    yield _is_repeated(number), "has the number of an earlier one: both would have the same luck"
    yield ~np.isfinite(appeared), "has a problem that appears at no time: `appeared` has to be finite (min)"
    yield appeared < 0.0, "has a problem that appears before the run begins, at {appeared} min"
    for name in _FACTS:
        yield rows[name].view(np.uint8) > 1, f"is neither true nor false on {name}"
    amounts = rows.view(_ALL_AMOUNTS)["all"]
    if amounts.size and amounts.min() >= 0.0 and amounts.max() <= MOST:
        return
    for name in _AMOUNTS:
        amounts = rows[name]
        yield ~((amounts >= 0.0) & (amounts <= MOST)), f"has a {name} of {{{name}}}: it goes from 0 to {MOST:g}"


def _codes(population: Population) -> tuple[int, int, int]:
    return len(population.reasons), len(difficulty_names(population)), len(population.segments)


def _is_repeated(number: npt.NDArray[np.int64]) -> Mask:
    """Say of each number whether it stands further in front too."""
    repeated = np.zeros(len(number), np.bool_)
    ordered = np.sort(number)
    if (ordered[1:] == ordered[:-1]).any():
        repeated[:] = True
        repeated[np.unique(number, return_index=True)[1]] = False
    return repeated


def _comes_too_late(number: npt.NDArray[np.int64], appeared: npt.NDArray[np.float64]) -> Mask:
    """Say of each customer whether he belongs before the one in front of him."""
    late = np.zeros(len(number), np.bool_)
    later, earlier = appeared[1:], appeared[:-1]
    late[1:] = (later < earlier) | ((later == earlier) & (number[1:] < number[:-1]))
    return late
