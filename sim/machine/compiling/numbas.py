"""The compiler's side: numba is told the rules, the tables and the steps, and makes machine code of a piece."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numba
from numba import from_dtype, njit, types
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import CompilerBase, DefaultPassBuilder
from numba.core.compiler_machinery import FunctionPass, register_pass
from numba.core.registry import cpu_target
from numba.core.untyped_passes import IRProcessing
from numba.extending import intrinsic, models, register_model

from sim.machine.compiling.marks import RULES
from sim.machine.compiling.tables import TABLES, Table, step_into

_turn = threading.RLock()
_told: dict[Any, Any] = {}
"""What each name means in compiled code; numba itself holds it weakly."""
_OF_THE_C_LIBRARY = frozenset(dir(math))  # what Python has of it under the same names
_INNER: dict[str, Any] = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True, "error_model": "numpy"}
_IN_VAIN = frozenset(
    (
        "WithLifting",
        "InlineClosureLikes",
        "RewriteSemanticConstants",
        "DeadBranchPrune",
        "GenericRewrites",
        "RewriteDynamicRaises",
        "MakeFunctionToJitFunction",
        "InlineInlinables",
        "FindLiterallyCalls",
        "LiteralUnroll",
        "LiteralPropagationSubPipelinePass",
        "InlineOverloads",
        "NopythonRewrites",
        "AnnotateTypes",
        "DumpParforDiagnostics",
    )
)
"""Passes for closures, arrays, literals and reports: rules have none, and their machine code is the same to the byte.

Without these, compiling takes a sixth less.
"""
_PLAIN = {"int": types.int64, "float": types.float64, "bool": types.boolean, "None": types.none}


class _Linked(JITCodeLibrary):
    """A rule's code, which becomes part of the pieces that lead to it: by itself it is neither optimised nor loaded."""

    def finalize(self) -> None:
        """Link what the rule leads to."""
        for library in dict.fromkeys(self._linking_libraries):
            self._final_module.link_in(library._get_module_for_linking(), preserve=True)
        self._finalized = True

    @property
    def codegen(self) -> Any:
        """The compiler, but for what it tells functions that are loaded."""
        return _Untold(self._codegen)


class _Untold:
    def __init__(self, codegen: Any) -> None:
        self._codegen = codegen

    def __getattr__(self, name: str) -> Any:
        return getattr(self._codegen, name)

    def set_env(self, *_: Any) -> None:
        """Leave a function that is not loaded without its environment."""


@register_pass(mutates_CFG=False, analysis_only=True)
class _LinksOnly(FunctionPass):
    _name = "links_only"

    def __init__(self) -> None:
        super().__init__()

    def run_pass(self, state: Any) -> bool:
        """Have the function's code kept as that of a rule."""
        codegen = state.targetctx.codegen()
        state.library = _Linked(codegen, state.func_id.func_qualname)
        return False


class _PieceCompiler(CompilerBase):
    def define_pipelines(self) -> list[Any]:
        """Do as numba does for any function, but for what it looks for in vain in numbers and records."""
        passes = DefaultPassBuilder.define_nopython_pipeline(self.state)
        passes.passes = [step for step in passes.passes if step[0].__name__ not in _IN_VAIN]
        passes.finalize()
        return [passes]


class _RuleCompiler(_PieceCompiler):
    def define_pipelines(self) -> list[Any]:
        """Do as for a piece, and link it only."""
        (passes,) = super().define_pipelines()
        passes.add_pass_after(_LinksOnly, IRProcessing)
        passes.finalize()
        return [passes]


class _Called(types.Dispatcher):
    """A rule as its callers know it: compiled once for whole numbers, and not anew for each that stands in a call."""

    def get_call_type(self, context: Any, args: Any, kws: Any) -> Any:
        """Return what a call with arguments of these types gives."""
        plain = {name: types.unliteral(kind) for name, kind in dict(kws).items()}
        return super().get_call_type(context, tuple(map(types.unliteral, args)), plain)


register_model(_Called)(models.OpaqueModel)


class Code(NamedTuple):
    """Machine code as it is kept.

    Attributes
    ----------
    symbol : str
        The function's name in the object file.
    object_file : bytes
    alone : bool
        It needs nothing but the C library, and can be loaded without numba.
    """

    symbol: str
    object_file: bytes
    alone: bool


def machine_code(function: Callable[..., Any], kinds: Sequence[Any], answer: Any) -> Code:
    """Compile a function with all the rules that it leads to, for arguments of these kinds (`Piece`).

    Raises
    ------
    ValueError
        If compiling is switched off.
    """
    if numba.config.DISABLE_JIT:  # type: ignore[attr-defined]
        raise ValueError("compiling is switched off by NUMBA_DISABLE_JIT, and nothing runs without it: unset it")
    with _turn:
        _tell_numba()
        arguments = tuple(map(_type_of, kinds))
        compiled: Any = njit(_type_of(answer)(*arguments), pipeline_class=_PieceCompiler, **_INNER)(function)
        made = compiled.overloads[arguments]
        library = made.library
        _, _, (object_file, _) = library.serialize_using_object_code()
        named = {name.name for name in library._final_module.functions if name.is_declaration}
    alone = all(name.startswith("llvm.") or name in _OF_THE_C_LIBRARY for name in named)
    return Code(made.fndesc.llvm_func_name, object_file, alone)


def _type_of(kind: Any) -> Any:
    """Return numba's type: a record is handed over by its address."""
    return _PLAIN[kind] if isinstance(kind, str) else from_dtype(kind)


def _tell_numba() -> None:
    """Let compiled code that names a rule, a table or a step find what is meant there.

    For rules, `numba.extending.register_jitable` would do it with public words alone, but compiles a rule anew for
    every set of options of those who call it: half as long again in all.
    """
    meant: dict[Any, Any] = {table: _reached(table) for table in TABLES if table not in _told}
    if step_into not in _told:
        meant[step_into] = _stepped()
    cpu_target.typing_context.refresh()
    for function, (body, into_caller) in list(RULES.items()):
        if function not in _told:
            meant[function] = njit(body, forceinline=into_caller, pipeline_class=_RuleCompiler, **_INNER)
    for named, meaning in meant.items():
        context = cpu_target.typing_context
        called = _Called(meaning) if named in RULES else context.resolve_value_type(meaning)
        context.insert_global(named, called)
        _told[named] = meaning


def _reached(table: Table) -> Any:
    """Return what reaches a record of a table: its place in memory, worked out."""
    record, size = from_dtype(table.dtype), table.dtype.itemsize

    def at(typing_context: Any, address: Any, index: Any) -> Any:
        def pointer(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            start, place = arguments
            offset = builder.mul(place, context.get_constant(types.int64, size))
            return builder.inttoptr(builder.add(start, offset), context.get_value_type(record))

        return record(types.int64, types.int64), pointer

    return intrinsic(at)


def _stepped() -> Any:
    """Return what calls a piece at its address, by numba's own convention: that of the piece's function itself."""

    def step(typing_context: Any, piece: Any, stage: Any, me: Any, world: Any) -> Any:
        def called(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            kinds = signature.args[1:]
            function = context.call_conv.get_function_type(types.int64, kinds)
            callee = builder.inttoptr(arguments[0], function.as_pointer())
            _, answer = context.call_conv.call_function(builder, callee, types.int64, kinds, arguments[1:])
            return answer

        return types.int64(types.int64, types.int64, me, world), called

    return intrinsic(step)
