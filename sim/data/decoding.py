"""From the bytes of a file to its text: whatever program wrote it, and whatever it is if it is no text."""

from __future__ import annotations

import codecs
from pathlib import Path

from sim.data.findings import Findings

LARGEST = 500_000_000
"""Bytes that are read at most."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""How a text begins that says its encoding; the longer ones first where one begins another."""
_NO_TEXT = (
    (b"PK\x03\x04", "an Excel workbook or another zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
    (b"%PDF", "a PDF"),
    (b"PAR1", "a Parquet file"),
    (b"\x1f\x8b", "a compressed file"),
)
_LOOKED_AT = 4096


def path_of(path: object) -> Path:
    """Return a path that was handed over.

    Raises
    ------
    ValueError
        If it is none.
    """
    if not isinstance(path, (str, Path)) or not str(path):
        raise ValueError(f"path is {path!r}: it has to be the path of a file")
    return Path(path)


def text_of(path: Path, findings: Findings) -> str:
    """Read a file's text, its lines ended by a line feed; what is no text at all is a mistake.

    Raises
    ------
    DataError
        If there is no such file, or it cannot be read, is empty, too large, or no text.
    """
    raw = _bytes(path, findings)
    findings.check()
    kind = next((what for begins, what in _NO_TEXT if raw.startswith(begins)), None)
    if kind is not None:
        findings.wrong(None, "", f"is {kind}, no text", "save it as CSV")
    text = "" if kind else _decoded(raw, findings)
    if not kind and not text.strip():
        findings.wrong(None, "", "is empty", "one row for each interval, call or shift is needed")
    elif text.count("\0"):
        findings.wrong(1 + text[: text.index("\0")].count("\n"), "", "holds bytes that no text has", "save it as CSV")
    findings.check()
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _bytes(path: Path, findings: Findings) -> bytes:
    try:
        if path.is_dir():
            findings.wrong(None, "", "is a folder", "name a file in it")
        elif path.exists() and not path.is_file():
            findings.wrong(None, "", "is not an ordinary file")
        elif path.stat().st_size > LARGEST:
            findings.wrong(None, "", f"is larger than {LARGEST // 10**6} MB", "part it by month or year")
        else:
            return path.read_bytes()
    except (OSError, ValueError) as error:
        findings.wrong(None, "", f"cannot be read: {(getattr(error, 'strerror', None) or str(error)).lower()}")
    return b""


def _decoded(raw: bytes, findings: Findings) -> str:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _strictly(raw, encoding, findings)
    unmarked = _unmarked(raw)
    if unmarked:
        return _strictly(raw, unmarked, findings)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return _western(raw)


def _strictly(raw: bytes, encoding: str, findings: Findings) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode(encoding, "replace")
        said = f"says that it is {encoding.upper().removesuffix('-SIG')}, and holds bytes that are none"
        findings.wrong(1 + before.count("\n"), "", said, "save it anew as UTF-8")
        return "?"


def _unmarked(raw: bytes) -> str | None:
    """Say whether every other byte is zero, as in UTF-16 that does not say so."""
    start = raw[:_LOOKED_AT]
    half = len(start) // 2
    if half and start[1::2].count(0) > 0.7 * half and start[::2].count(0) == 0:
        return "utf-16-le"
    if half and start[::2].count(0) > 0.7 * half and start[1::2].count(0) == 0:
        return "utf-16-be"
    return None


def _western(raw: bytes) -> str:
    """Read as Windows does in Western Europe, which is Latin-1 with the euro; else as Latin-1, which knows all."""
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError:
        return raw.decode("latin-1")
