"""Workers on other machines: those of a scheduler of dask.distributed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sim.files import is_file
from sim.quoting import short

_PATIENCE = 20.0
"""Seconds in which a scheduler has to answer."""
_GOODBYE = 2.0


@contextmanager
def cluster(address: str) -> Iterator[Any]:
    """Give the workers that a scheduler has, as an executor of `sim.sweep`.

    Parameters
    ----------
    address : str
        As the scheduler tells it, such as ``"tcp://10.0.0.7:8786"``; or the path of its scheduler file, which ends in
        ``.json``.

    Raises
    ------
    ValueError
        If nobody answers there, or the package is not installed (extra ``cluster``).
    """
    try:
        from distributed import Client
    except ImportError:
        raise ValueError('a cluster needs the package distributed, which comes with the extra "cluster"') from None
    if address.endswith(".json") and not is_file(Path(address)):  # whoever asks would wait for it for ever
        raise ValueError(f"cluster is {short(address)}: no scheduler answers there (there is no such file)")
    how = {"scheduler_file": address} if address.endswith(".json") else {"address": address}
    try:
        client: Any = Client(**how, timeout=_PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TypeError) as wrong:
        raise ValueError(
            f"cluster is {short(address)}: no scheduler answers there ({short(str(wrong), 200)})"
        ) from None
    try:
        yield client
    finally:
        with suppress(Exception):  # it may be gone, and there is nothing more to be said to it
            client.close(timeout=_GOODBYE)
