"""Shipped worlds, mangled: each is a world or a list of mistakes, soon. `SIM_FUZZ=10000` mangles as many, by hand."""

from __future__ import annotations

import os
import random
import re
import time

import pytest

from sim.reading import WorldError, load, shipped
from sim.reading.shipped import shipped_file
from sim.world import World
from tests.reading.conftest import SMALL

MANY = int(os.environ.get("SIM_FUZZ", "200"))
SOON = 2.0
TEXTS = [SMALL, *(shipped_file(name).read_text(encoding="utf-8") for name in shipped())]
TOKEN = re.compile(r'"[^"\n]*"|[\w.-]+|[^\w\s]|\s+')
ODD = [
    *("0", "-1", "1e308", "-1e308", "nan", "inf", "-inf", "9" * 400, "0x7fffffffffffffff", "true", "[]", "{}"),
    *('""', "''", '"none"', '"80 %"', '"-5 %"', '"4:30"', '"mon-fri 22:00-06:00"', '"sat-mon 9-18"', "2005-05-24"),
    *('"9999999 months"', '"٣ min"', '"\\u0000"', '"\\u001b[2J"', '"\\u202e"', '"' + "x" * 5000 + '"'),
    *("[[[[[]]]]]", "[1, 'a', {}]", "\0", "\ufeff", '{ law = "empirical", values = [] }', "{ law = 3 }"),
    '{ law = "mixture", parts = [{ share = "50 %", of = "none" }] }',
    *("=", "[", "]", "{", "}", ",", ".", "#", "\n", "\r", '"', "'", '"""', "'''"),
    *("extends", "population", "teams", "law"),
]


def mangled(text: str, luck: random.Random) -> bytes:
    """Change bytes, tokens, values, lines or the nesting of a text in one to four places."""
    for _ in range(luck.randint(1, 4)):
        how = luck.randrange(6)
        parts = text.splitlines(keepends=True) if how in (0, 1) else TOKEN.findall(text)
        if not parts:
            break
        at, other = luck.randrange(len(parts)), luck.randrange(len(parts))
        if how == 0:
            parts[at], parts[other] = parts[other], parts[at]
        elif how == 1:
            parts[at:at] = parts[other : other + luck.randint(1, 5)] * luck.choice([1, 2, 50])
        elif how == 2:
            del parts[at : at + luck.randint(1, 8)]
        elif how == 3:
            parts[at] = luck.choice(ODD)
        elif how == 4:
            parts[at] = luck.choice("[{") * luck.choice([1, 3, 200]) + parts[at]
        else:
            values = [place for place, part in enumerate(parts) if re.fullmatch(r'"[^"]*"|[\d.]+', part)] or [at]
            parts[luck.choice(values)] = luck.choice(ODD)
        text = "".join(parts)
    raw = bytearray(text.encode("utf-8", "replace"))
    for _ in range(luck.choice([0, 0, 0, 1, 5])):
        at = luck.randrange(len(raw) + 1)
        del raw[at : at + luck.randint(0, 3)]
        raw.insert(luck.randrange(len(raw) + 1), luck.randrange(256))
    return bytes(raw)


def test_a_mangled_world_is_a_world_or_a_list_of_mistakes(tmp_path):
    path = tmp_path / "mangled.toml"
    worlds = 0
    for number in range(MANY):
        luck = random.Random(number)
        path.write_bytes(mangled(luck.choice(TEXTS), luck))
        began = time.process_time()
        try:
            worlds += isinstance(load(path), World)
        except WorldError as error:
            assert error.mistakes, number
            assert all(line.isprintable() for line in str(error).splitlines()), number
        except Exception as error:  # any other is what is looked for
            pytest.fail(f"number {number}: {error!r}")
        assert time.process_time() - began < SOON, number
    assert MANY < 100 or 0 < worlds < MANY  # both answers came
