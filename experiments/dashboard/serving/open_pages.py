"""Which pages are open, and which end: closed ones at once, lost and idle ones after a while.

A page that is closed says so, and what it holds (its session, the file it read, its threads) is freed. One
that is lost without a word (a crash, a lid that was shut) ends after `LOST`; one that stays open and is not
touched ends after `IDLE_HOURS`, and has to be loaded again by whoever comes back.
"""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

LOST = "15m"
"""How long the server waits for a page that was cut off, as Solara reads it."""
IDLE_HOURS = 8.0
MOST = 100
"""Pages open at the same time."""
_LOOK_SECONDS = 30.0

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


@dataclass
class Connection:
    """An open connection of a page: when it was last heard of, and how it is ended."""

    heard: float
    send: Send


class Pages:
    """The pages that are connected."""

    def __init__(self, idle_seconds: float = 3600.0 * IDLE_HOURS) -> None:
        self.idle_seconds = idle_seconds
        self._open: dict[str, Connection] = {}

    def full(self, page: str) -> bool:
        """Return whether there is no room for a page; one that comes back has its own."""
        return page not in self._open and len(self._open) >= MOST

    def known(self, page: str, session: str) -> bool:
        """Return whether a page is here under the name by which it says that it closes."""
        from solara.server import kernel_context

        context = kernel_context.contexts.get(page)
        return context is not None and session in context.page_status

    @contextlib.asynccontextmanager
    async def connected(self, page: str, receive: Receive, send: Send) -> AsyncIterator[Receive]:
        """Keep a connection while it lasts; yields a `receive` that notes when the page was heard of."""
        connection = self._open[page] = Connection(time.monotonic(), send)

        async def heard() -> dict[str, Any]:
            message = await receive()
            connection.heard = time.monotonic()
            return message

        try:
            yield heard
        finally:
            if self._open.get(page) is connection:
                del self._open[page]

    async def tend(self) -> None:
        """End idle pages, again and again."""
        while True:
            await asyncio.sleep(min(_LOOK_SECONDS, self.idle_seconds))
            await self.end_idle()

    async def end_idle(self) -> list[str]:
        """End the pages that were not touched for long; return which."""
        late = time.monotonic() - self.idle_seconds
        idle = [page for page, connection in self._open.items() if connection.heard < late]
        for page in idle:
            connection = self._open.pop(page)
            # Cut off first: what is taken down after it is no longer the browser's business.
            with contextlib.suppress(Exception):
                await connection.send({"type": "websocket.close", "code": 1001})
            await asyncio.to_thread(_end, page)
        return idle


def _end(page: str) -> None:
    """Free what a page holds."""
    from solara.server import kernel_context

    context = kernel_context.contexts.get(page)
    if context is not None:
        context.close(reason="cull")
