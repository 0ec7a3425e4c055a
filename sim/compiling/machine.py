"""Machine code in memory: an object file as the compiler wrote it, loaded, and its function reached by an address."""

from __future__ import annotations

import threading
from functools import cache
from typing import Any

_loaded: list[Any] = []
"""The engines that hold what is loaded, for as long as the process lasts."""
_turn = threading.Lock()


def loaded(symbol: str, object_file: bytes) -> int:
    """Load an object file and return the address of one of its functions.

    numba itself would take half a second to import, only to do the same.

    Parameters
    ----------
    symbol : str
        The function's name in the object file.

    Raises
    ------
    ValueError
        If there is no such function.
    """
    import llvmlite.binding as llvm

    with _turn:
        machine = _target().create_target_machine(jit=True)
        engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), machine)
        engine.add_object_file(llvm.ObjectFileRef.from_data(object_file))
        engine.finalize_object()
        address: int = engine.get_function_address(symbol)
        if not address:
            raise ValueError(f"there is no {symbol} in this machine code")
        _loaded.append(engine)
        return address


@cache
def _target() -> Any:
    import llvmlite.binding as llvm

    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    return llvm.Target.from_default_triple()
