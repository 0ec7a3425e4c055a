"""`--report`: what is taken to a meeting, as a page, a PDF or a workbook."""

from __future__ import annotations

from argparse import Namespace
from functools import partial
from pathlib import Path

from sim.cli.outputs import File
from sim.study.comparing.comparison import Comparison


def asked_for(options: Namespace) -> list[tuple[str, str]]:
    """Return the option with each file that it asks for."""
    return [("--report", name) for name in options.report]


def reports(options: Namespace, comparison: Comparison) -> list[File]:
    """Return the files of a comparison's report that were asked for, and what writes each."""
    return [(name, partial(_write, comparison, options)) for name in options.report]


def _write(comparison: Comparison, options: Namespace, path: Path) -> None:
    from sim.handouts import write_report

    write_report(comparison, path, language=options.language, command=options.command_line)
