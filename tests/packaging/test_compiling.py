"""Machine code: kept between runs, never stale, never in the way. Tiny packages with the same name stand for ours."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.engines.loop import live
from sim.machine.compiling import Table, cache_folder, kept, step_into
from sim.machine.compiling.contents import UnknownContentError, contents_of
from sim.machine.compiling.folder import PACKAGE, compiler
from sim.machine.compiling.pieces import PIECES
from sim.measures.accounts.following.rows import follow
from sim.measures.ready import ready
from sim.mechanisms.dispatch import STEPS
from sim.reading import load

NUMBERS = """
from sim.machine.compiling import rule
CUT = {cut}

@rule
def paid(minutes):
    return {rate} * minutes
"""
KERNEL = """
from sim.machine.compiling import piece
from sim.numbers import CUT, paid

@piece
def bill(minutes: float) -> float:
    return CUT * 1000 + paid(minutes)
"""
ASK = """
from sim.kernel import bill
print(bill(10.0), bill.compiled_here)
"""
READ, COMPILED = "4020.0 False", "4020.0 True"


def tiny(place: Path, cut: int = 4, rate: float = 2.0) -> Path:
    """Write a package of one piece, one rule and one constant, in three files, with our compiling; return where."""
    inner = Path("sim") / "machine" / "compiling"
    shutil.copytree(PACKAGE.parent / inner, place / inner, ignore=shutil.ignore_patterns("__pycache__"))
    for package in (place / "sim", place / "sim" / "machine"):
        (package / "__init__.py").write_text("")
    (place / "sim" / "kernel.py").write_text(KERNEL)
    priced(place, cut, rate)
    return place


def priced(place: Path, cut: int, rate: float) -> None:
    (place / "sim" / "numbers.py").write_text(NUMBERS.format(cut=cut, rate=rate))


def started(place: Path, code: str, **environment: str) -> subprocess.Popen[str]:
    """Start Python in a place, with nothing set for numba."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("NUMBA_", "PYTHON"))}
    return subprocess.Popen(
        [sys.executable, "-B", "-c", code],
        cwd=place,
        env=clean | environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def said(process: subprocess.Popen[str]) -> str:
    """Return what a process printed, once it ended well."""
    out, err = process.communicate(timeout=100)
    assert process.returncode == 0, err
    return out.strip()


def asked(place: Path, code: str, **environment: str) -> str:
    return said(started(place, code, **environment))


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """One tiny package whose code is compiled, for tests that leave it as it was."""
    place = tiny(tmp_path_factory.mktemp("tiny"))
    assert asked(place, ASK) == COMPILED
    return place


# What the machine code depends on


SOURCE = """
import numpy as np
from sim import purposes
from sim.machine.compiling import Table, compiled_as, inlined, rule
FACTOR = 2.0
row_at = Table(np.dtype([("time", np.float64)]))

def fee(of):
    return of["fee"]

@compiled_as(fee)
def _fee(of):
    return 7.0 + of

@rule
def deeper(minutes, extra=0.5):
    return minutes * FACTOR + purposes.MENU + extra

@rule
def bill(rows, minutes):
    \"\"\"Say what it costs.\"\"\"
    if minutes > 3:
        return row_at(rows, 0).time
    return deeper(minutes) + fee(minutes)

@rule
def another(minutes):
    return minutes
"""
EDITS = {
    "a constant": ("FACTOR = 2.0", "FACTOR = 3.0"),
    "a number in it": ("minutes > 3", "minutes > 4"),
    "another kind of number": ("minutes > 3", "minutes > 3.0"),
    "what a rule does": ("minutes * FACTOR", "minutes / FACTOR"),
    "a default": ("extra=0.5", "extra=0.25"),
    "a constant of another module": ("purposes.MENU", "purposes.HANGUP"),
    "a field": ('("time", np.float64)', '("time", np.float32)'),
    "the mark of a rule": ("@rule\ndef deeper", "@inlined\ndef deeper"),
    "what is compiled for a name": ("7.0 + of", "8.0 + of"),
    "the mark of what is compiled for it": ("compiled_as(fee)", "compiled_as(fee, inlined=True)"),
}
OF_NO_MATTER = {
    "a comment": ("    return deeper", "    # as everywhere\n    return deeper"),
    "what it says of itself": ("Say what it costs.", "Return the price."),
    "what Python does under a name that is compiled otherwise": ('of["fee"]', 'of["price"]'),
    "a function beside it": ("return minutes\n", "return -minutes\n"),
}


def contents(source: str) -> str:
    """Return what a made-up module's piece is made of."""
    module: dict[str, Any] = {"__name__": "sim.made_up"}
    exec(source, module)
    return contents_of(module["bill"])


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_what_matters_to_the_machine_code_changes_its_name(edit):
    assert contents(SOURCE) != contents(SOURCE.replace(*edit))


@pytest.mark.parametrize("edit", OF_NO_MATTER.values(), ids=OF_NO_MATTER)
def test_what_does_not_matter_leaves_it(edit):
    assert SOURCE.replace(*edit) != SOURCE
    assert contents(SOURCE) == contents(SOURCE.replace(*edit))


def test_of_what_encloses_a_value_or_names_something_strange_nothing_is_known():
    for strange in ("FACTOR = object.__new__(type('Strange', (), {'__module__': 'sim.made_up'}))", "FACTOR = {}"):
        with pytest.raises(UnknownContentError, match="FACTOR"):
            contents(SOURCE.replace("FACTOR = 2.0", strange))


def test_of_every_piece_of_the_program_it_can_be_said_whether_it_has_changed():
    """And each can be loaded without the compiler: it is kept, and found again."""

    from sim.measures.rules.loops import bill_each, judge_each

    ready(load("double_peine"))
    ours = [piece for piece in PIECES.values() if piece.home.startswith("sim.")]
    assert {bill_each, judge_each, follow, live, *STEPS.values()} < set(ours)
    assert all(piece.address() for piece in ours)
    assert [piece.name for piece in ours if piece.file is None or not piece.file.exists()] == []


def test_another_compiler_setting_or_processor_has_another_folder_and_the_number_of_threads_has_not(monkeypatch):
    now = compiler()
    monkeypatch.setenv("NUMBA_NUM_THREADS", "1")
    assert compiler() == now
    with monkeypatch.context() as other:
        other.setenv("NUMBA_BOUNDSCHECK", "1")
        checked = compiler()
    with monkeypatch.context() as other:
        other.setattr("sim.machine.compiling.folder.version", lambda package: "0.0")
        older = compiler()
    monkeypatch.setattr("llvmlite.binding.get_host_cpu_name", lambda: "z80")
    assert len({now, checked, older, compiler()}) == 4


def test_an_edit_of_a_constant_or_a_rule_in_another_file_is_seen(tmp_path):
    """numba's own cache still says 4020 after both edits: it looks at the file of the function alone."""
    place = tiny(tmp_path, cut=4, rate=2.0)
    assert asked(place, ASK) == COMPILED
    priced(place, cut=7, rate=2.0)
    assert asked(place, ASK) == "7020.0 True"
    priced(place, cut=7, rate=3.0)
    assert asked(place, ASK) == "7030.0 True"
    priced(place, cut=4, rate=2.0)
    assert asked(place, ASK) == READ  # the first code is still there


def test_a_piece_defined_anew_in_the_same_process_sees_the_edit(shared, tmp_path):
    code = f"""
{ASK}
import importlib, pathlib, sim.kernel, sim.numbers
numbers = pathlib.Path("sim/numbers.py")
numbers.write_text(numbers.read_text().replace("CUT = 4", "CUT = 7000"))
importlib.reload(sim.numbers)
importlib.reload(sim.kernel)
print(sim.kernel.bill(10.0))
"""
    copy = shutil.copytree(shared, tmp_path / "copy")
    assert asked(copy, code).splitlines() == [READ, "7000020.0"]


def test_an_edit_between_import_and_first_call_leaves_no_stale_code_behind(tmp_path):
    """What is compiled is what was imported, and is kept as that; the edited source is compiled by the next run."""
    place = tiny(tmp_path)
    code = """
import pathlib
from sim.kernel import bill
numbers = pathlib.Path("sim/numbers.py")
numbers.write_text(numbers.read_text().replace("CUT = 4", "CUT = 9"))
print(bill(10.0))
"""
    assert asked(place, code) == "4020.0"
    assert asked(place, ASK) == "9020.0 True"


# Which folder


def test_the_folder_that_the_user_chose_comes_first(tmp_path, monkeypatch):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    assert cache_folder.__wrapped__() == tmp_path / "double-peine" / compiler()


def test_without_a_choice_it_is_the_package_s_own_folder(shared):
    code = "from sim.machine.compiling import cache_folder; print(cache_folder())"
    folder = Path(asked(shared, code))
    assert folder.parent == shared / "sim" / "__pycache__" / "compiled"
    assert [file.suffix for file in folder.iterdir()] == [".code"]


def versions(folder: Path, ages: dict[str, float]) -> None:
    """Leave versions of a piece that were used so many days ago."""
    for name, days in ages.items():
        file = folder / name
        file.write_bytes(b"")
        made = file.stat().st_mtime
        os.utime(file, (made - days * 24 * 3600, made - days * 24 * 3600))


def test_only_versions_of_the_same_piece_unused_for_30_days_are_removed(tmp_path):
    versions(tmp_path, {"sim.a.bill-11.code": 31, "sim.a.bill-22.code": 29, "sim.a.bills-33.code": 31, "notes": 31})
    kept.write(tmp_path / "sim.a.bill-44.code", "bill", b"code")
    left = sorted(file.name for file in tmp_path.iterdir())
    assert left == ["notes", "sim.a.bill-22.code", "sim.a.bill-44.code", "sim.a.bills-33.code"]


def test_of_many_versions_the_20_used_last_stay(tmp_path):
    versions(tmp_path, {f"sim.a.bill-{age:02}.code": age for age in range(1, 26)})
    kept.write(tmp_path / "sim.a.bill-new.code", "bill", b"code")
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        *(f"sim.a.bill-{age:02}.code" for age in range(1, 20)),
        "sim.a.bill-new.code",
    ]


def test_reading_dates_the_last_use(tmp_path):
    file = tmp_path / "sim.a.bill-11.code"
    kept.write(file, "bill", b"code")
    os.utime(file, (0, 0))
    assert kept.read(file) == ("bill", b"code")
    assert file.stat().st_mtime > 0


NOBODY = 65534
AS_NOBODY = f"""
import os, tempfile, numba, sim.machine.compiling
tempfile.tempdir = os.environ["TMPDIR"]  # and no other
numba.njit(lambda x: x / 2)(1.0)  # all that compiling imports, while it may be read
import sim.machine.compiling.numbas
sim.machine.compiling.folder.compiler()
if os.getuid() == 0:
    os.setgroups([]); os.setgid({NOBODY}); os.setuid({NOBODY})
from sim.kernel import bill
print(bill(10.0), bill.compiled_here)
print(sim.machine.compiling.cache_folder())
"""


@pytest.fixture
def installed():
    """A package that only its owner could write, and folders of a user who is not root: home, temporary."""
    if os.name == "nt":
        pytest.skip("folders on Windows cannot be made read-only by their mode")
    base = Path(tempfile.mkdtemp())  # pytest's own temporary folders are closed to other users
    base.chmod(0o755)
    place = tiny(base / "installed")
    for name in ("home", "temporary"):
        (base / name).mkdir()
        if os.getuid() == 0:
            os.chown(base / name, NOBODY, NOBODY)
    (place / "sim").chmod(0o555)
    yield place
    for folder in (place / "sim", base / "home", base / "temporary"):
        folder.chmod(0o755)
    shutil.rmtree(base)


def as_nobody(place: Path) -> tuple[str, Path]:
    homes = {"HOME": str(place.parent / "home"), "TMPDIR": str(place.parent / "temporary"), "XDG_CACHE_HOME": ""}
    known, folder = asked(place, AS_NOBODY, **homes).splitlines()
    return known, Path(folder)


def test_a_read_only_installation_keeps_its_code_with_the_user(installed):
    known, folder = as_nobody(installed)
    assert known == COMPILED
    assert folder.parent == installed.parent / "home" / ".cache" / "double-peine"
    assert as_nobody(installed) == (READ, folder)


def test_a_user_without_a_home_keeps_it_in_a_private_temporary_folder(installed):
    (installed.parent / "home").chmod(0o555)
    known, folder = as_nobody(installed)
    private = folder.parent
    assert known == COMPILED
    assert private.parent == installed.parent / "temporary"
    assert private.stat().st_mode & 0o777 == 0o700
    assert as_nobody(installed) == (READ, folder)


@pytest.mark.parametrize("trap", ["open to all", "a link", "nothing can be written"])
def test_where_nothing_is_safe_to_write_it_compiles_and_keeps_nothing(installed, trap):
    home, temporary = installed.parent / "home", installed.parent / "temporary"
    home.chmod(0o555)
    uid = NOBODY if os.getuid() == 0 else os.getuid()
    private = temporary / f"double-peine-{uid}"
    if trap == "open to all":
        private.mkdir()
        private.chmod(0o777)
    elif trap == "a link":
        (temporary / "elsewhere").mkdir()
        (temporary / "elsewhere").chmod(0o777)
        private.symlink_to(temporary / "elsewhere")
    else:
        temporary.chmod(0o555)
    if private.is_dir() and os.getuid() == 0:
        os.chown(private, NOBODY, NOBODY, follow_symlinks=False)
    assert as_nobody(installed) == (COMPILED, Path("None"))
    assert [file for file in installed.parent.rglob("*") if file.suffix == ".code"] == []


# Several at once, and what breaks


def test_two_processes_that_are_first_together_both_answer_and_leave_good_code(tmp_path):
    place = tiny(tmp_path)
    both = [started(place, "import numba; print('here', flush=True); input()" + ASK) for _ in range(2)]
    for process in both:
        assert process.stdout.readline() == "here\n"
    for process in both:
        process.stdin.write("go\n")
        process.stdin.flush()
    assert [said(process)[:6] for process in both] == ["4020.0"] * 2
    assert asked(place, ASK) == READ


def test_a_broken_file_is_compiled_anew_and_replaced(shared):
    code = """
import hashlib, importlib, pathlib
import sim.kernel
from sim.machine.compiling import cache_folder
[file] = cache_folder().glob("*.code")
whole = file.read_bytes()
junk = b"junk"
middle = len(whole) // 2  # in the machine code itself: it could be loaded and run
flipped = whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :]
for broken in (b"", whole[:20], whole[:-1], flipped, hashlib.sha256(junk).digest() + junk, whole):
    file.write_bytes(broken)
    importlib.reload(sim.kernel)
    print(sim.kernel.bill(10.0), sim.kernel.bill.compiled_here, file.stat().st_size > 500)
"""
    assert asked(shared, code).splitlines() == [f"{COMPILED} True"] * 5 + [f"{READ} True"]


def test_a_folder_that_goes_away_costs_only_the_next_compiling(tmp_path):
    code = """
import shutil
from sim.kernel import bill
from sim.machine.compiling import cache_folder
shutil.rmtree(cache_folder())
print(bill(10.0))
"""
    assert asked(tiny(tmp_path), code) == "4020.0"


def test_the_user_s_own_functions_keep_their_own_cache(shared, tmp_path):
    (tmp_path / "own.py").write_text("from numba import njit\n@njit(cache=True)\ndef twice(x):\n    return 2 * x\n")
    code = f"""
import sys
sys.path.append({str(tmp_path)!r})
import sim.kernel, own, numba
print(own.twice(4), own.twice.stats.cache_path, [numba.config.CACHE_DIR])
"""
    assert asked(shared, code) == f"8 {tmp_path / '__pycache__'} ['']"


def test_a_piece_around_a_value_is_compiled_and_not_kept(tmp_path):
    """Nobody could say whether the value has changed."""
    place = tiny(tmp_path)
    around = KERNEL.replace("@piece", "def around(rate):\n  @piece").replace("\ndef bill", "\n  def bill")
    around = around.replace("    return CUT * 1000 + paid(minutes)", "      return CUT + rate * minutes\n  return bill")
    (place / "sim" / "around.py").write_text(around)
    code = """
import sim.around
for bill in (sim.around.around(2.0), sim.around.around(3.0)):
    print(bill(10.0), bill.file)
"""
    assert asked(place, code).splitlines() == ["24.0 None", "34.0 None"]


# The marks


def test_compiled_rules_divide_as_numpy_does_and_stay_functions_of_python(tmp_path):
    place = tiny(tmp_path)
    numbers = place / "sim" / "numbers.py"
    numbers.write_text(numbers.read_text().replace("2.0 * minutes", "1.0 / minutes"))
    code = """
from sim.kernel import bill
from sim.numbers import paid
print(bill(0.0), paid(4.0), type(paid).__name__)
"""
    assert asked(place, code) == "inf 0.25 function"


@pytest.mark.parametrize("inlined", ["", ", inlined=True"])
def test_a_name_may_stand_for_one_body_in_python_and_another_one_compiled(tmp_path, inlined):
    """What is written in such a name is told once: `paid` asks for the rate in both, and finds each its own."""
    place = tiny(tmp_path)
    told_twice = f"""
from sim.machine.compiling import compiled_as

def rate(of):
    return of["rate"]

@compiled_as(rate{inlined})
def _rate(of):
    return 2.0 * of

@rule
def paid(minutes):
    return rate(minutes)
"""
    numbers = place / "sim" / "numbers.py"
    numbers.write_text(numbers.read_text() + told_twice)
    code = "from sim.kernel import bill; from sim.numbers import paid; print(bill(3.0), paid({'rate': 5.0}))"
    assert asked(place, code) == "4006.0 5.0"


def test_with_numba_switched_off_it_is_said_in_a_sentence(tmp_path):
    process = started(tiny(tmp_path), ASK, NUMBA_DISABLE_JIT="1")
    assert "ValueError: compiling is switched off by NUMBA_DISABLE_JIT" in process.communicate(timeout=100)[1]


def test_the_marks_cost_no_import_of_the_compiler(shared):
    code = """
import sys, sim.machine.compiling, sim.numbers
print([module for module in ('numba', 'llvmlite', 'numpy') if module in sys.modules])
"""
    assert asked(shared, code) == "[]"


def test_what_is_kept_is_called_without_the_compiler(shared):
    code = f"import sys\n{ASK}\nprint('numba' in sys.modules)"
    assert asked(shared, code).splitlines() == [READ, "False"]


def test_tables_and_steps_say_that_only_compiled_code_reaches_them():
    for reach in (lambda: Table(np.dtype([("time", float)]))(0, 0), lambda: step_into(0, 0, None, None)):
        with pytest.raises(TypeError, match="in compiled code alone"):
            reach()


def test_an_interruption_anywhere_in_compiling_leaves_no_broken_state(tmp_path):
    """Interrupted at the start of one step of the compiler after the other, the same process goes on and is right."""
    code = """
import importlib, sim.kernel
from numba.core import event
from sim.machine.compiling import cache_folder

class Interruption(event.Listener):
    def __init__(self, after):
        self.left = after

    def on_start(self, step):
        self.left -= 1
        if self.left == 0:
            raise KeyboardInterrupt

    def on_end(self, step):
        pass

interrupted, after = 0, 0
while interrupted == after:
    after += 1
    importlib.reload(sim.kernel)
    with event.install_listener("numba:run_pass", Interruption(after)):
        try:
            sim.kernel.bill(10.0)
        except KeyboardInterrupt:
            interrupted += 1
            assert list(cache_folder().iterdir()) == []
            assert sim.kernel.bill(10.0) == 4020.0
            for file in cache_folder().iterdir():
                file.unlink()
print(interrupted >= 10)
"""
    assert asked(tiny(tmp_path), code) == "True"


BYTES = """
import hashlib
from sim.machine.compiling import numbas
from sim.people.drawing import expect
{spared}
print(hashlib.sha256(numbas.machine_code(expect.function, expect.kinds, expect.answer).object_file).hexdigest())
"""


def test_the_passes_that_are_left_out_would_not_change_a_byte():
    spared, whole = (
        started(PACKAGE.parent, BYTES.format(spared=spared)) for spared in ("", "numbas._IN_VAIN = frozenset()")
    )
    assert said(spared) == said(whole)


def test_a_rule_is_compiled_once_whatever_whole_numbers_stand_in_its_calls(tmp_path):
    place = tiny(tmp_path)
    (place / "sim" / "kernel.py").write_text(
        KERNEL.replace("paid(minutes)", "paid(minutes) + counted(1) + counted(2) + counted(way=True)").replace(
            "@piece",
            "from sim.machine.compiling import rule\n@rule\ndef counted(way):\n    return 1.0 if way else 0.0\n@piece",
        )
    )
    asks = ASK + "from sim.machine.compiling import numbas, marks\nimport sim.kernel\n"
    asks += "print([str(kinds) for kinds in numbas._told[sim.kernel.counted].overloads])"
    assert asked(place, asks).splitlines() == ["4023.0 True", "['(int64,)', '(bool,)']"]
