"""Long tables in pages, each with an address of its own: a table grows without moving, and shrinks anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from sim.machine.compiling import inlined
from sim.machine.kernel.memory import CODE, Array, address_of, code_at

_BITS: Final = 10
IN_A_PAGE: Final = 1 << _BITS
"""Records of a page."""
NOWHERE: Final = 0
"""The address of a page that was given back."""
_SPARE: dict[np.dtype[Any], list[Array]] = {}
"""Pages that were given back, all zero, by their type: memory that is new to a process takes longer than all else."""
_SPARE_AT_MOST = 64
_AT_ONCE = 32
"""Pages that are taken from memory at once where many are needed: some megabytes."""


@inlined
def number_of_page(number: int) -> int:
    """Return the number of the page that a record stands in."""
    return number >> _BITS


@inlined
def page_with(pages: int, number: int) -> int:
    """Return the address of the page that a record stands in, from that of the table of pages."""
    address: int = code_at(pages, number_of_page(number)).value
    return address


@inlined
def place_in_page(number: int) -> int:
    """Return the place of a record in its page."""
    return number & (IN_A_PAGE - 1)


def pages_for(records: int) -> int:
    """Return how many pages so many records take."""
    return -(-records // IN_A_PAGE)


class Pages:
    """A table in pages.

    Parameters
    ----------
    dtype : numpy.dtype
        Of the records.
    most : int
        Records that the table may come to.

    Attributes
    ----------
    addresses : array of `sim.machine.kernel.memory.CODE`
        Where each page stands; it never moves.
    begun : int
        Pages that there have been.
    """

    def __init__(self, dtype: np.dtype[Any], most: int) -> None:
        self.dtype, self.begun, self._own = dtype, 0, True
        self.addresses = np.zeros(max(1, pages_for(most)), CODE)
        self._pages: dict[int, Array] = {}
        self._spare = _SPARE.setdefault(dtype, [])

    @classmethod
    def of(cls, records: Array) -> Pages:
        """Return the pages of a table that stands in one piece."""
        pages = cls(records.dtype, len(records))
        pages._own = False
        for first in range(0, len(records), IN_A_PAGE):
            pages._begin(records[first : first + IN_A_PAGE])
        return pages

    def begin(self) -> Array:
        """Begin the next page and return it, all zero."""
        try:
            page = self._spare.pop()
        except IndexError:  # another thread may take the last one
            page, *more = self._new()
            self._spare += more
        self._begin(page)
        return page

    def _new(self) -> list[Array]:
        """Take memory for as many pages again, within reason: the system keeps track of it in larger parts then."""
        many = min(max(1, len(self._pages)), _AT_ONCE)
        return np.split(np.zeros(many * IN_A_PAGE, self.dtype), many)

    def _begin(self, page: Array) -> None:
        self._pages[self.begun] = page
        self.addresses[self.begun] = (address_of(page),)
        self.begun += 1

    def give_back(self, number: int) -> None:
        """Forget a page: its memory is that of a later one, unless it is part of somebody else's table."""
        page = self._pages.pop(number)
        self.addresses[number] = (NOWHERE,)
        if self._own and len(self._spare) < _SPARE_AT_MOST:
            page.view(np.uint8)[:] = 0
            self._spare.append(page)

    def holds(self, number: int) -> bool:
        """Say whether a record is there: its page was begun and not given back."""
        return number_of_page(number) in self._pages

    def record(self, number: int) -> Any:
        """Return a record, to read and to write."""
        return self._pages[number_of_page(number)][place_in_page(number)]

    def held(self) -> Iterator[tuple[int, Array]]:
        """Yield the pages that were not given back: the number of each one's first record, and its records."""
        for number, page in self._pages.items():
            yield number * IN_A_PAGE, page
