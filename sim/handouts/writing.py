"""Reports as files: what may be asked for, and how each is written, whole or not at all."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from sim.asked import Mistakes, nearest, one_of, place
from sim.files import written_whole
from sim.languages import LANGUAGES, Language
from sim.quoting import short
from sim.study.comparing.comparison import Comparison

if TYPE_CHECKING:
    from sim.handouts.drawn import Lived

Form = Literal["html", "pdf", "xlsx"]
FORMS: tuple[Form, ...] = get_args(Form)
"""What a report is written as; a file ends in the same letters."""
ENDINGS = " or ".join(filter(None, [", ".join(f".{form}" for form in FORMS[:-1]), f".{FORMS[-1]}"]))


def write_report(
    comparison: Comparison,
    path: str | Path,
    *,
    language: Language = "en",
    command: str | None = None,
    date: datetime.date | None = None,
    lived: tuple[Lived, Lived] | None = None,
    customer: int | None = None,
) -> Path:
    r"""Write the report of a comparison, as a page, a PDF or a workbook by what its name ends in.

    Parameters
    ----------
    comparison : Comparison
        As `compare` returns it, or as `read` does.
    path : str or Path
        Of the file: it ends in .html, .pdf or .xlsx. It is written whole, over whatever was there.
    language : {"en", "fr"}
        Of all words and numbers in it.
    command : str, optional
        What to type to make it again; by default the lines of Python that do.
    date : datetime.date, optional
        On which it is written; today by default.
    lived : pair of History or Tables, or of sequences of them, optional
        What was lived in the first world and in the first way's (`run`, `tables`): how effort is spread is drawn too.
    customer : int, optional
        With ``lived`` histories: the customer, by place in `Customers`, whose life in both worlds is drawn.

    Returns
    -------
    Path
        Of the file.

    Raises
    ------
    ValueError
        If the name ends otherwise, the language is not known, or no comparison is given.
    OSError
        If the file cannot be written.

    Examples
    --------
    >>> import sim, tempfile, pathlib
    >>> compared = sim.compare("double_peine", "empowered", equal="staff", replications=2, days=1)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     page = sim.write_report(compared, pathlib.Path(folder) / "meeting.html", language="fr")
    ...     page.read_text(encoding="utf-8")[:32]
    '<!doctype html>\n<html lang="fr">'
    """
    wrong = Mistakes()
    with wrong.noted():
        form = form_of(path)
    with wrong.noted():
        _asked(comparison, language, command, date, lived, customer)
    wrong.tell()
    made = report_bytes(comparison, form, language=language, command=command, date=date, lived=lived, customer=customer)
    with written_whole(Path(path)) as unfinished:
        unfinished.write_bytes(made)
    return Path(path)


def report_bytes(
    comparison: Comparison,
    form: Form,
    *,
    language: Language = "en",
    command: str | None = None,
    date: datetime.date | None = None,
    lived: tuple[Lived, Lived] | None = None,
    customer: int | None = None,
) -> bytes:
    """Return the report of a comparison as the bytes of a file, for whoever sends it on.

    Parameters
    ----------
    form : {"html", "pdf", "xlsx"}
    comparison, language, command, date, lived, customer
        As of `write_report`.

    Returns
    -------
    bytes

    Raises
    ------
    ValueError
        If the form or the language is not known, or no comparison is given.
    """
    wrong = Mistakes()
    with wrong.noted():
        one_of("form", form, FORMS)
    with wrong.noted():
        _asked(comparison, language, command, date, lived, customer)
    wrong.tell()
    from sim.handouts.document import document

    day = date or datetime.date.today()
    made = document(comparison, language=language, command=command, date=day, lived=lived, customer=customer)
    if form == "xlsx":
        from sim.handouts.book.workbook import workbook

        return workbook(made, comparison, day)
    if form == "pdf":
        from sim.handouts.printed import printed

        return printed(made, day)
    from sim.handouts.page import page

    return page(made).encode("utf-8")


_LIBRARIES: dict[Form, tuple[str, str]] = {"pdf": ("fpdf", "fpdf2"), "xlsx": ("xlsxwriter", "XlsxWriter")}
"""What writes a form: the package that is imported, and what it is called where packages are found."""


def lacking(form: Form) -> str:
    """Say which library is not there that writes a form; empty where it is."""
    from importlib.util import find_spec

    package, called = _LIBRARIES.get(form, ("", ""))
    if not package or find_spec(package) is not None:
        return ""
    return f"needs {called}, which is not installed: python -m pip install {called}"


def form_of(path: str | Path) -> Form:
    """Return what a file is to be, by the letters that its name ends in.

    Raises
    ------
    ValueError
        If it ends otherwise.

    Examples
    --------
    >>> form_of("out/meeting.PDF")
    'pdf'
    """
    if not isinstance(path, (str, Path)):
        raise ValueError(f"path is {path!r}: the path of a file is needed")
    ending = Path(path).suffix.lower().removeprefix(".")
    found = next((form for form in FORMS if form == ending), None)
    if found is None:
        told = nearest(ending, FORMS) if ending else ""
        raise ValueError(f'"{path}": a report ends in {ENDINGS}{f"; {told}" if told else ""}')
    return found


def _asked(
    comparison: object, language: object, command: object, date: object, lived: object, customer: object
) -> None:
    """Refuse what is no comparison, a language that nobody knows, and what cannot be drawn."""
    wrong = Mistakes()
    if command is not None and not isinstance(command, str):
        wrong.said.append(f"command is {short(repr(command))}: it has to be text")
    if date is not None and not isinstance(date, datetime.date):
        wrong.said.append(f"date is {short(repr(date))}: it has to be a datetime.date")
    with wrong.noted():
        _drawable(lived, customer)
    if not isinstance(comparison, Comparison):
        wrong.said.append(
            f"comparison is of {type(comparison).__name__}: a comparison is needed, as compare returns it"
        )
    with wrong.noted():
        one_of("language", language, LANGUAGES)
    wrong.tell()


def _drawable(lived: object, customer: object) -> None:
    """Refuse histories that are not of two worlds, and a customer whom none of them holds."""
    from sim.history.rows import History
    from sim.measures.accounts.tables import Tables

    if lived is None:
        if customer is not None:
            raise ValueError(f"customer is {customer!r}: lived, histories of both worlds, is needed beside it")
        return
    if not isinstance(lived, (tuple, list)) or len(lived) != 2:
        raise ValueError("lived has to be a pair: what was lived in the first world, and in the first way's")
    both = [list(one) if isinstance(one, (tuple, list)) else [one] for one in lived]
    if not all(one and all(isinstance(each, (History, Tables)) for each in one) for one in both):
        raise ValueError("lived has to hold histories, as run returns them, or tables of them")
    if len(both[0]) != len(both[1]):
        raise ValueError(f"lived has {len(both[0])} replications of one world and {len(both[1])} of the other")
    if customer is None:
        return
    if not all(isinstance(one[0], History) for one in both):
        raise ValueError(f"customer is {customer!r}: a life is drawn of histories, as run returns them")
    place("customer", customer, min(len(one[0].customers) for one in both), "customer")
