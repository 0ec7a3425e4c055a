"""Pages against one long array: whatever is begun, written and given back, each record is where it belongs."""

from __future__ import annotations

import random

import numpy as np
import pytest

from sim.machine.compiling import Table, piece
from sim.machine.kernel.memory import address_of
from sim.machine.kernel.pages import IN_A_PAGE, Pages, page_with, pages_for, place_in_page

RECORD = np.dtype([("number", np.int64), ("value", np.float64)])

record_at = Table(RECORD)


@piece
def write_to(pages: int, number: int, value: float) -> None:
    record = record_at(page_with(pages, number), place_in_page(number))
    record.number, record.value = number, value


@pytest.fixture(autouse=True)
def nothing_spare(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.machine.kernel.pages._SPARE", {})


@pytest.mark.parametrize(("records", "pages"), [(0, 0), (1, 1), (1023, 1), (1024, 1), (1025, 2), (2048, 2), (2049, 3)])
def test_as_many_pages_as_it_takes(records, pages):
    assert pages_for(records) == pages
    assert Pages.of(np.zeros(records, RECORD)).begun == pages


def test_compiled_code_writes_where_python_reads():
    whole = np.zeros(3000, RECORD)
    pages = Pages.of(whole)
    for number in random.Random(1).sample(range(3000), 500):
        write_to(address_of(pages.addresses), number, number / 2)
        assert whole[number].item() == pages.record(number).item() == (number, number / 2)
    assert np.count_nonzero(whole["value"]) in (499, 500)  # number 0 writes a zero
    assert [first for first, _ in pages.held()] == [0, 1024, 2048]


def test_a_page_that_is_given_back_is_begun_again_all_zero():
    pages = Pages(RECORD, 10 * IN_A_PAGE)
    first = pages.begin()
    pages.begin()
    for number in (0, 1023, 1024, 2047):
        write_to(address_of(pages.addresses), number, 1.0)
    pages.give_back(0)
    third = pages.begin()
    assert address_of(third) == address_of(first)
    assert not third.view(np.uint8).any()
    write_to(address_of(pages.addresses), 2048, 3.0)
    assert third[0]["value"] == 3.0
    assert [(at, page["value"].tolist().count(1.0)) for at, page in pages.held()] == [(1024, 2), (2048, 0)]
    assert pages.record(2048)["value"] == 3.0


def test_another_table_of_the_same_type_takes_what_one_gave_back_and_one_of_another_type_does_not():
    pages, other = Pages(RECORD, 1), Pages(np.dtype([("else", np.float64, (2,))]), 1)
    page = pages.begin()
    pages.give_back(0)
    assert address_of(other.begin()) != address_of(page)
    assert address_of(Pages(RECORD, 1).begin()) == address_of(page)


def test_pages_of_somebody_elses_table_are_left_as_they_are():
    whole = np.ones(2000, RECORD)
    pages = Pages.of(whole)
    pages.give_back(0)
    assert whole["value"].sum() == 2000
    assert not any(np.shares_memory(whole, Pages(RECORD, 1).begin()) for _ in range(3))
