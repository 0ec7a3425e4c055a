"""A visitor of the app without a browser: what Streamlit's own page sends and is sent, so that a crowd costs little."""

from __future__ import annotations

import asyncio
import time
from types import TracebackType
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect

Figures = tuple[tuple[str, str, str], ...]
"""Of every figure on the page: its label, its value, and what stands under it."""


class Visitor:
    """One who has the page Compare open at an address, as its server sees him.

    Attributes
    ----------
    query : str
        What the address says by now.
    wrong : list of str
        Exceptions that the page showed, and lines that broke.
    """

    def __init__(self, server: str, query: str) -> None:
        self.query, self.wrong = query, list[str]()
        self._stream = f"{server.replace('http', 'ws', 1)}/_stcore/stream"
        self._shown: dict[tuple[int, ...], tuple[str, Any]] = {}
        self._run = ""
        self._sliders: dict[str, Any] = {}
        self._turned: dict[str, float] = {}
        self._looks: dict[str, asyncio.Task[None]] = {}
        self._news = asyncio.Condition()

    async def __aenter__(self) -> Visitor:
        self._line = await connect(self._stream, max_size=None)
        self._heard = asyncio.create_task(self._hear())
        await self._ask()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        for task in (self._heard, *self._looks.values()):
            task.cancel()
        await self._line.close()

    @property
    def figures(self) -> Figures:
        """Return the figures that the page shows, from top to bottom."""
        found = [(path, one.metric) for path, (_, one) in self._shown.items() if one.WhichOneof("type") == "metric"]
        return tuple((one.label, one.body, one.delta) for _, one in sorted(found, key=lambda pair: pair[0]))

    @property
    def settled(self) -> bool:
        """Whether the page shows figures and nothing more is expected of it."""
        return bool(self.figures) and not self._looks and not self._run

    async def until(self, so: Any, seconds: float = 30.0) -> None:
        """Wait until something is so of him.

        Raises
        ------
        TimeoutError
            If it does not come to be so in time.
        """
        async with self._news, asyncio.timeout(seconds):
            await self._news.wait_for(lambda: so(self))

    async def turn(self, label: str, value: float) -> float:
        """Turn a slider to a value, and return how long it takes until a figure is another (s).

        Raises
        ------
        KeyError
            If there is no such slider on the page.
        TimeoutError
            If no figure has changed after 30 s.
        """
        before = dict(self.figures_by_label())
        self._turned[self._sliders[label].id] = value
        began = time.perf_counter()
        await self._ask()
        await self.until(lambda me: any(before.get(one) != said for one, said in me.figures_by_label()))
        return time.perf_counter() - began

    def figures_by_label(self) -> list[tuple[str, tuple[str, str]]]:
        """Return of every figure its label, and its value with what stands under it."""
        return [(label, (value, under)) for label, value, under in self.figures]

    def at(self, label: str) -> float:
        """Return where a slider stands.

        Raises
        ------
        KeyError
            If there is no such slider on the page.
        """
        slider = self._sliders[label]
        return self._turned.get(slider.id, slider.value[0] if slider.set_value else slider.default[0])

    async def _ask(self, fragment: str = "") -> None:
        said = BackMsg()
        rerun = said.rerun_script
        rerun.query_string, rerun.fragment_id, rerun.is_auto_rerun = self.query, fragment, bool(fragment)
        for widget, value in self._turned.items():
            rerun.widget_states.widgets.add(id=widget).double_array_value.data.append(value)
        await self._line.send(said.SerializeToString())

    async def _hear(self) -> None:
        try:
            async for said in self._line:
                self._take(ForwardMsg.FromString(said if isinstance(said, bytes) else said.encode()))
                async with self._news:
                    self._news.notify_all()
        except Exception as error:
            self.wrong.append(repr(error))

    def _take(self, said: ForwardMsg) -> None:
        match said.WhichOneof("type"):
            case "new_session":
                self._run = said.metadata.run.script_run_id
                if not said.metadata.run.fragment_ids:
                    self._stop(*self._looks)
            case "delta":
                self._draw(tuple(said.metadata.delta_path), said.delta)
            case "auto_rerun":
                self._look_again(said.auto_rerun.fragment_id, said.auto_rerun.interval)
            case "stop_auto_rerun":
                self._stop(*said.stop_auto_rerun.fragment_ids)
            case "page_info_changed":
                self.query = said.page_info_changed.query_string
            case "script_finished":
                if said.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                    self._shown = {path: one for path, one in self._shown.items() if one[0] == self._run}
                self._run = ""

    def _draw(self, path: tuple[int, ...], delta: Any) -> None:
        if delta.WhichOneof("type") != "new_element":
            return
        one = delta.new_element
        self._shown[path] = self._run, one
        if one.WhichOneof("type") == "slider":
            self._sliders[one.slider.label] = one.slider
        elif one.WhichOneof("type") == "exception":
            self.wrong.append(one.exception.message)

    def _look_again(self, fragment: str, every: float) -> None:
        async def look() -> None:
            while True:
                await asyncio.sleep(every)
                await self._ask(fragment)

        self._stop(fragment)
        self._looks[fragment] = asyncio.create_task(look())

    def _stop(self, *fragments: str) -> None:
        for one in fragments:
            if one in self._looks:
                self._looks.pop(one).cancel()
