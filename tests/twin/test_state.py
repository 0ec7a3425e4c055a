"""A customer's state is said once: the object and the record have the same fields, and start and begin anew alike."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.machine.compiling import Table, piece
from sim.machine.kernel.memory import Array, address_of
from sim.mechanisms.state.blocks import (
    Block,
    Place,
    Short,
    at_birth,
    at_each_contact,
    begun_anew,
    born,
    endowed,
    given,
    record_of,
    row_of_given,
    slots_of,
)
from sim.mechanisms.whole_life import LIFE, WholeLife


class Calling(metaclass=Block):
    leg: Short = at_each_contact(3)
    contact: Place = at_birth(-1)
    ends: float = at_birth(math.inf)
    diary: bytearray


class Paying(Calling):
    paid: bool = at_each_contact(True)
    bill: float = given("amount")
    reason: Short = given()


class Person(Paying):
    __slots__ = slots_of(Paying)


PERSON, WHO = np.dtype(record_of(Paying)), np.dtype([("reason", np.int64), ("amount", np.float64)])
person_at, who_at = Table(PERSON), Table(WHO)
_be_born, _begin_anew, _take_from = born(Paying), begun_anew(Paying), endowed(Paying)


@piece
def live(person: int, who: int) -> None:
    me = person_at(person, 0)
    _be_born(me)
    _take_from(me, who_at(who, 0))
    me.leg, me.contact, me.paid = 9, 9, False
    _begin_anew(me)


def test_an_object_starts_and_begins_anew():
    """The leg and the payment do with every contact; the contact itself goes on."""
    me = Person()
    _be_born(me)
    _take_from(me, row_of_given(Paying)(7.5, 2))
    assert (me.leg, me.contact, me.ends, me.paid, me.bill, me.reason) == (3, -1, math.inf, True, 7.5, 2)
    me.leg, me.contact, me.paid = 9, 9, False
    _begin_anew(me)
    assert (me.leg, me.contact, me.paid) == (3, 9, True)


def test_a_record_does_the_same():
    people, who = np.zeros(1, PERSON), np.array([(2, 7.5)], WHO)
    live(address_of(people), address_of(who))
    assert people[0].tolist() == (3, 9, math.inf, True, 7.5, 2)


def test_a_field_without_a_start_is_the_object_s_alone():
    assert set(Person.__slots__) - set(PERSON.names) == {"diary"}


def test_a_field_that_no_block_has_is_refused():
    me = Person()
    with pytest.raises(AttributeError):
        setattr(me, "lag", 3)  # noqa: B010  (written plainly, the types refuse it too)


def test_all_that_happens_to_a_life_happens_to_its_record():
    """Every field of the object with a start is one of the record, and so is its customer."""
    starts = {name for name, _ in record_of(WholeLife)}
    assert starts < set(WholeLife.__slots__)
    assert starts | {"customer"} < set(names_of(LIFE))
    assert len(names_of(LIFE)) == len(set(names_of(LIFE)))


def names_of(dtype: np.dtype) -> tuple[str, ...]:
    return dtype.names or ()


def test_rows_of_what_is_given_have_the_names_of_customers():
    assert row_of_given(Paying)._fields == ("amount", "reason")


def test_what_numbers_a_field_can_hold():
    array: Array = np.zeros(1, PERSON)
    assert [array.dtype[name] for name in ("leg", "contact", "ends", "paid")] == [np.int16, np.int32, float, bool]
