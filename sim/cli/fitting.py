"""`fit`: a world made of a log of calls."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from sim.bars import bar
from sim.cli.codes import DONE, MISTAKE
from sim.cli.outputs import File, Refused, complain, say, text_file, writable, written
from sim.cli.tables import HOW, columns_of, given, spelled
from sim.data.call_log import CallLog
from sim.data.moments import checked_zone
from sim.files import is_file
from sim.fitting.fit import fit as fitted_to
from sim.fitting.fitted import Fitted
from sim.fitting.lines import OURS
from sim.quoting import printable
from sim.units import minutes

_MARK = "|"
_FIRST = 65_536
"""Bytes that are looked at to tell the form of a log."""


def fit(options: Namespace) -> int:
    """Fit a log, write the world and the figure asked for, print the values."""
    durations = _looked_at(options)
    log = _read(options)
    shown: Any = nullcontext(None) if options.quiet else bar("fit", unit="steps")
    with shown as progress:
        found = fitted_to(log, queues=options.queue, interval=options.interval, progress=progress, **durations)
    name = printable(Path(options.log).name)
    files: list[File] = [
        (options.out, lambda path: text_file(found.to_toml(of=name, about=f"Fitted to {name}."[:300]))(path)),
        (options.csv, lambda path: text_file(found.table().to_csv(index=False))(path)),
    ]
    good = written(files, quiet=options.quiet)
    good = say(found.text(every=options.all)) and good
    good = written([(options.figure, _drawn(found))], quiet=options.quiet) and good
    return DONE if good and _loads(options.out) else MISTAKE


def _looked_at(options: Namespace) -> dict[str, float]:
    """Return the durations that are asked for; all that is wrong with the options is told together."""
    wrong: list[str] = []
    for look in (_check, _check_world, _check_columns, lambda asked: checked_zone(asked.zone)):
        try:
            with spelled():
                look(options)
        except ValueError as mistake:
            wrong.append(str(mistake))
    found = {}
    for name, written_ in _durations(options).items():
        try:
            found[name] = _minutes(name, written_)
        except Refused as mistake:
            wrong.append(str(mistake))
    if wrong:
        raise Refused("\n".join(dict.fromkeys(wrong)))
    return found


def _check_columns(options: Namespace) -> None:
    columns_of("--columns", options.columns)


def _durations(options: Namespace) -> dict[str, str]:
    return {"short_service": options.short_service, "same_problem": options.same_problem}


def _minutes(name: str, said: str) -> float:
    try:
        return minutes(said)
    except ValueError as error:
        raise Refused(f"--{name.replace('_', '-')} {error}") from None


def _check(options: Namespace) -> None:
    """Refuse files that could not be written."""
    writable(
        (("--out", options.out), ("--csv", options.csv), ("--figure", options.figure)), read=[("the log", options.log)]
    )


def _check_world(options: Namespace) -> None:
    """Refuse a world's file that would not end as one, or that somebody has written by hand."""
    if options.out is None:
        return
    path = Path(options.out)
    if path.suffix.lower() != ".toml":
        raise Refused(f"--out {options.out} has to end in .toml, as the files of worlds do")
    if is_file(path) and not path.read_text(encoding="utf-8", errors="replace").startswith(OURS):
        raise Refused(f"--out {options.out} is there already, and was not written by fit: name another file")


def _read(options: Namespace) -> CallLog:
    import sim

    form = _form(Path(options.log)) if options.form == "auto" else options.form
    columns = columns_of("--columns", options.columns)
    if form == "queue_log":
        if columns:
            raise Refused("--columns: a queue_log has its columns in a fixed order; they are for --form csv")
        with spelled():
            return sim.queue_log(options.log, **given(options, "zone"))
    with spelled():
        return sim.call_log(options.log, columns, **given(options, *HOW))


def _form(path: Path) -> str:
    """Tell a queue_log, whose lines are time|call|queue|agent|event|..., from a table."""
    try:
        with path.open("rb") as file:
            head = file.read(_FIRST)
    except (OSError, ValueError):
        return "csv"  # its reader says what is wrong
    first = next((line for line in head.decode("latin-1").splitlines() if line.strip()), "")
    parts = first.split(_MARK)
    return "queue_log" if len(parts) >= 5 and parts[0].strip().replace(".", "", 1).isdigit() else "csv"


def _drawn(found: Fitted) -> Callable[[Path], object]:
    def drawn(path: Path) -> None:
        from sim.figures import fit_figure, save

        save(fit_figure(found), path)

    return drawn


def _loads(out: str | None) -> bool:
    """Read the world that was written, as whoever uses it will."""
    if out is None or not is_file(Path(out)):
        return True
    from sim.reading import WorldError, load, warnings_of

    try:
        for warning in warnings_of(load(Path(out))):
            complain(f"warning: {warning}")
    except WorldError as error:
        complain(f"{out} was written, and is no good world:\n{error}")
        return False
    return True
