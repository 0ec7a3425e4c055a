"""Machine code: kept between runs, never stale, never in the way. Tiny packages with the same name stand for ours."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from sim.compiling import digest_of_sources
from sim.compiling.folder import PACKAGE, cache_folder

NUMBERS = """
from sim.compiling import rule
CUT = {cut}

@rule
def paid(minutes):
    return {rate} * minutes
"""
KERNEL = """
from sim.compiling import entry
from sim.numbers import CUT, paid

@entry
def bill(minutes):
    return CUT, paid(minutes)
"""
ASK = """
from sim.kernel import bill
known = bill(10.0)
stats = bill.stats
print(*known, sum(stats.cache_hits.values()), sum(stats.cache_misses.values()))
"""


def tiny(place: Path, cut: int = 4, rate: float = 2.0) -> Path:
    """Write a package of one entry, one rule and one constant, in three files, with our compiling; return where."""
    shutil.copytree(PACKAGE / "compiling", place / "sim" / "compiling", ignore=shutil.ignore_patterns("__pycache__"))
    (place / "sim" / "__init__.py").write_text("")
    (place / "sim" / "kernel.py").write_text(KERNEL)
    priced(place, cut, rate)
    return place


def priced(place: Path, cut: int, rate: float | str) -> None:
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
    assert asked(place, ASK) == "4 20.0 0 1"
    return place


# What the machine code depends on


def test_an_edit_of_any_source_file_changes_the_digest(tmp_path):
    copy = tmp_path / "sim"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    seen = {digest_of_sources(copy)}
    assert seen == {digest_of_sources(PACKAGE)}  # wherever it is installed
    files = sorted(copy.rglob("*.py"))
    for file in files:
        content = file.read_bytes()
        file.write_bytes(content + b"#")
        seen.add(digest_of_sources(copy))
        file.write_bytes(content)
    assert len(seen) == 1 + len(files)
    files[0].rename(files[0].with_name("elsewhere.py"))
    assert digest_of_sources(copy) not in seen


def test_another_compiler_or_setting_changes_the_digest_and_the_number_of_threads_does_not(monkeypatch):
    now = digest_of_sources()
    monkeypatch.setenv("NUMBA_NUM_THREADS", "1")
    assert digest_of_sources() == now
    with monkeypatch.context() as other:
        other.setenv("NUMBA_BOUNDSCHECK", "1")
        checked = digest_of_sources()
    monkeypatch.setattr("numba.__version__", "0.0")
    assert len({now, checked, digest_of_sources()}) == 3


def test_an_edit_of_a_constant_or_a_rule_in_another_file_is_seen(tmp_path):
    """numba's own cache still says 4 and 20 after both edits: it looks at the entry's file only."""
    place = tiny(tmp_path, cut=4, rate=2.0)
    assert asked(place, ASK) == "4 20.0 0 1"
    priced(place, cut=7, rate=2.0)
    assert asked(place, ASK) == "7 20.0 0 1"
    priced(place, cut=7, rate=3.0)
    assert asked(place, ASK) == "7 30.0 0 1"
    priced(place, cut=4, rate=2.0)
    assert asked(place, ASK) == "4 20.0 1 0"  # the first code is still there


def test_an_entry_defined_anew_in_the_same_process_sees_the_edit(shared, tmp_path):
    code = f"""
{ASK}
import importlib, pathlib, sim.kernel, sim.numbers
numbers = pathlib.Path("sim/numbers.py")
numbers.write_text(numbers.read_text().replace("CUT = 4", "CUT = 7000"))
importlib.reload(sim.numbers)
importlib.reload(sim.kernel)
print(*sim.kernel.bill(10.0))
"""
    copy = shutil.copytree(shared, tmp_path / "copy")
    assert asked(copy, code).splitlines() == ["4 20.0 1 0", "7000 20.0"]


# Which folder


def test_the_folder_that_the_user_chose_comes_first(tmp_path, monkeypatch):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    assert cache_folder.__wrapped__() == tmp_path / "double-peine" / digest_of_sources()


def test_without_a_choice_it_is_the_package_s_own_folder(shared):
    code = "from sim.compiling import cache_folder; print(cache_folder())"
    folder = Path(asked(shared, code))
    assert folder.parent == shared / "sim" / "__pycache__" / "compiled"
    assert [file.suffix for file in folder.iterdir()] == [".code"]


def test_only_folders_of_other_sources_unused_for_30_days_are_removed(tmp_path, monkeypatch):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    root, day = tmp_path / "double-peine", 24 * 3600
    ages = {"a" * 24: 31, "b" * 24: 29, "somebody's": 31}
    for name, days in ages.items():
        (root / name / "inner").mkdir(parents=True)
        made = (root / name).stat().st_mtime
        os.utime(root / name, (made - days * day, made - days * day))
    folder = cache_folder.__wrapped__()
    assert sorted(folder.parent.iterdir()) == sorted([root / ("b" * 24), root / "somebody's", folder])


def test_of_many_folders_the_20_used_last_stay(tmp_path, monkeypatch):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    root, hour = tmp_path / "double-peine", 3600
    for age in range(1, 26):
        folder = root / f"{age:024x}"
        folder.mkdir(parents=True)
        made = folder.stat().st_mtime
        os.utime(folder, (made - age * hour, made - age * hour))
    new = cache_folder.__wrapped__()
    assert sorted(root.iterdir()) == sorted([new, *(root / f"{age:024x}" for age in range(1, 20))])


def test_asking_for_the_folder_dates_its_last_use(tmp_path, monkeypatch):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    folder = cache_folder.__wrapped__()
    os.utime(folder, (0, 0))
    assert cache_folder.__wrapped__() == folder
    assert folder.stat().st_mtime > 0


NOBODY = 65534
AS_NOBODY = f"""
import os, tempfile, numba, sim.compiling
tempfile.tempdir = os.environ["TMPDIR"]  # and no other
numba.njit(lambda x: x / 2)(1.0)  # all that compiling imports, while it may be read
if os.getuid() == 0:
    os.setgroups([]); os.setgid({NOBODY}); os.setuid({NOBODY})
from sim.kernel import bill
print(*bill(10.0), sum(bill.stats.cache_misses.values()))
print(bill.stats.cache_path)
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
    assert known == "4 20.0 1"
    assert folder.parent == installed.parent / "home" / ".cache" / "double-peine"
    assert as_nobody(installed) == ("4 20.0 0", folder)


def test_a_user_without_a_home_keeps_it_in_a_private_temporary_folder(installed):
    (installed.parent / "home").chmod(0o555)
    known, folder = as_nobody(installed)
    private = folder.parent
    assert known == "4 20.0 1"
    assert private.parent == installed.parent / "temporary"
    assert private.stat().st_mode & 0o777 == 0o700
    assert as_nobody(installed) == ("4 20.0 0", folder)


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
    assert as_nobody(installed) == ("4 20.0 1", Path("None"))
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
    assert [said(process)[:6] for process in both] == ["4 20.0"] * 2
    assert asked(place, ASK) == "4 20.0 1 0"


def test_a_broken_file_is_compiled_anew_and_replaced(shared):
    code = """
import hashlib, importlib, pathlib
import sim.kernel
from sim.compiling import cache_folder
[file] = cache_folder().glob("*.code")
whole = file.read_bytes()
junk = b"junk"
middle = len(whole) // 2  # in the machine code itself: it could be loaded and run
flipped = whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :]
for broken in (b"", whole[:20], whole[:-1], flipped, hashlib.sha256(junk).digest() + junk, whole):
    file.write_bytes(broken)
    importlib.reload(sim.kernel)
    known = sim.kernel.bill(10.0)
    print(*known, sum(sim.kernel.bill.stats.cache_hits.values()), file.stat().st_size > 1000)
"""
    assert asked(shared, code).splitlines() == ["4 20.0 0 True"] * 5 + ["4 20.0 1 True"]


def test_a_folder_that_goes_away_costs_only_the_next_compiling(tmp_path):
    code = """
import shutil
from sim.kernel import bill
from sim.compiling import cache_folder
shutil.rmtree(cache_folder())
print(*bill(10.0))
"""
    assert asked(tiny(tmp_path), code) == "4 20.0"


def test_the_user_s_own_functions_keep_their_own_cache(shared, tmp_path):
    (tmp_path / "own.py").write_text("from numba import njit\n@njit(cache=True)\ndef twice(x):\n    return 2 * x\n")
    code = f"""
import sys
sys.path.append({str(tmp_path)!r})
import sim.kernel, own, numba
print(own.twice(4), own.twice.stats.cache_path, [numba.config.CACHE_DIR])
"""
    assert asked(shared, code) == f"8 {tmp_path / '__pycache__'} ['']"


def test_an_entry_outside_the_package_or_around_a_value_is_compiled_and_not_kept(tmp_path):
    """The digest says nothing of these."""
    place = tiny(tmp_path)
    (place / "outside.py").write_text(KERNEL)
    around = KERNEL.replace("@entry", "def around(rate):\n  @entry").replace("\ndef bill", "\n  def bill")
    around = around.replace("    return CUT, paid(minutes)", "      return CUT, rate * minutes\n  return bill")
    (place / "sim" / "around.py").write_text(around)
    code = """
import outside, sim.around
for bill in (outside.bill, sim.around.around(2.0), sim.around.around(3.0)):
    print(*bill(10.0), bill.stats.cache_path)
"""
    assert asked(place, code).splitlines() == ["4 20.0 None", "4 20.0 None", "4 30.0 None"]


# The marks


def test_compiled_rules_divide_as_numpy_does_and_stay_functions_of_python(tmp_path):
    place = tiny(tmp_path)
    numbers = place / "sim" / "numbers.py"
    numbers.write_text(numbers.read_text().replace("2.0 * minutes", "1.0 / minutes"))
    code = """
from sim.kernel import bill
from sim.numbers import paid
print(*bill(0.0), paid(4.0), type(paid).__name__)
"""
    assert asked(place, code) == "4 inf 0.25 function"


def test_a_name_may_stand_for_one_body_in_python_and_another_one_compiled(tmp_path):
    """What is written in such a name is told once: `paid` asks for the rate in both, and finds each its own."""
    place = tiny(tmp_path)
    numbers = place / "sim" / "numbers.py"
    told_twice = """
def rate(of):
    return of["rate"]

@compiled_as(rate{inlined})
def _rate(of):
    return of

@rule"""
    for inlined in ("", ", inlined=True"):
        priced(place, cut=4, rate="rate(minutes)")
        text = numbers.read_text().replace("import rule", "import compiled_as, rule")
        numbers.write_text(text.replace("@rule", told_twice.format(inlined=inlined)).replace(" * minutes", ""))
        code = "from sim.kernel import bill; from sim.numbers import paid; print(*bill(3.0), paid({'rate': 5.0}))"
        assert asked(place, code) == "4 3.0 5.0"


def test_with_numba_switched_off_it_is_said_in_a_sentence(shared):
    process = started(shared, "from sim.kernel import bill", NUMBA_DISABLE_JIT="1")
    assert "ValueError: compiling is switched off by NUMBA_DISABLE_JIT" in process.communicate(timeout=100)[1]


def test_the_marks_cost_no_import_of_the_compiler(shared):
    code = (
        "import sys, sim.compiling, sim.numbers; print([m for m in ('numba', 'llvmlite', 'numpy') if m in sys.modules])"
    )
    assert asked(shared, code) == "[]"


def test_an_interruption_anywhere_in_compiling_leaves_no_broken_state(tmp_path):
    """Interrupted at the start of one step of the compiler after the other, the same process goes on and is right."""
    code = """
import importlib, sim.kernel
from numba.core import event
from sim.compiling import cache_folder

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
            assert sim.kernel.bill(10.0) == (4, 20.0)
            for file in cache_folder().iterdir():
                file.unlink()
print(interrupted > 20)
"""
    assert asked(tiny(tmp_path), code) == "True"
