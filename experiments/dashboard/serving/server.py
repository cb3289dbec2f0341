"""The server of the page: where it listens, what it refuses, and that nothing goes out.

Solara would fetch what it lacks from a content delivery network and count its users at an analytics service.
Both are switched off here: what the page needs comes with the extra, and an address that nobody answers
stands where the network's would. Who is answered at all: `guard`; which pages end, and when: `open_pages`.
"""

import asyncio
import atexit
import contextlib
import logging
import os
import shutil
import socket
import sys
import tempfile
import threading
import traceback
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from experiments.dashboard.serving.guard import FAULT, LOG, allowed, guarded, is_loopback
from experiments.dashboard.serving.open_pages import LOST, Pages
from experiments.dashboard.serving.style import FONT_ADDRESS, font_folder
from experiments.dashboard.state.scenario_pair import View
from experiments.dashboard.work.worker_pool import WorkerPool
from experiments.system.interrupts import answered_by

#: Nobody answers here: what is missing locally is then missing, and not fetched from elsewhere.
NOWHERE = "http://127.0.0.1:9/"
#: Bytes of one message of a page: a piece of a file is one megabyte.
LARGEST_MESSAGE = 4 << 20

__all__ = ["NOWHERE", "Served", "Start", "allowed", "application", "is_loopback", "quiet_settings", "serve"]


@dataclass(frozen=True)
class Start:
    """What the page starts with."""

    view: View
    language: str
    host: str
    listening: socket.socket
    jobs: int
    out: Path
    #: The module that draws the page.
    page: str


class Served:
    """What all pages share: the workers, and what to start with. Set once, before the first page opens."""

    start: Start
    workers: WorkerPool


def serve(start: Start) -> None:
    """Serve until Ctrl-C."""
    quiet_settings()
    import uvicorn

    Served.start = start
    Served.workers = WorkerPool(start.jobs)
    threading.Thread(target=_warm, daemon=True).start()
    host = f"[{start.host}]" if ":" in start.host else start.host
    address = f"http://{host}:{start.listening.getsockname()[1]}/"
    pages = Pages()

    class Announced(uvicorn.Server):
        """Says where the page is once it is there; the end of the terminal ends it as Ctrl-C does."""

        @contextlib.contextmanager
        def capture_signals(self) -> Iterator[None]:
            with super().capture_signals(), answered_by(self.handle_exit):
                yield

        async def startup(self, *arguments: Any, **named: Any) -> None:
            await super().startup(*arguments, **named)
            if self.started:
                self.tending = asyncio.create_task(pages.tend())
                print(f"Dashboard: {address}  (Ctrl-C ends it)", flush=True)

    config = uvicorn.Config(
        application(start, pages), log_level="warning", access_log=False, proxy_headers=False,
        server_header=False, ws_max_size=LARGEST_MESSAGE,
    )  # fmt: skip
    server = Announced(config)
    if not is_loopback(start.host):
        print(f"cogov: whoever reaches {start.host} can use the page; there is no password", file=sys.stderr)
    try:
        server.run(sockets=[start.listening])
    finally:
        Served.workers.close()


def _warm() -> None:
    try:
        Served.workers.warm()
    except Exception as error:
        # The server may be on its way out; else the first comparison fails in the same way, and says so.
        logging.getLogger(__name__).debug("workers could not be started: %s", error)
        Served.workers.ready.set()


def quiet_settings() -> None:
    """Set what Solara reads from the environment when it is imported."""
    os.environ.update(
        SOLARA_TELEMETRY_MIXPANEL_ENABLE="False",
        SOLARA_ASSETS_CDN=NOWHERE,
        SOLARA_ASSETS_PROXY="True",
        SOLARA_MODE="production",
        SOLARA_CHECK_HOOKS="off",
        SOLARA_KERNEL_CULL_TIMEOUT=LOST,
        SOLARA_SESSION_HTTP_ONLY="True",
        SOLARA_THEME_LOADER="plain",
        SOLARA_THEME_SHOW_BANNER="False",
    )
    # What did not change is not walked through when something else on the page does; 0 walks through it.
    os.environ.setdefault("REACTON_FAST", "1")
    # Else it writes a file with the number of a user into the home folder.
    if "SOLARA_HOME" not in os.environ:
        os.environ["SOLARA_HOME"] = folder = tempfile.mkdtemp(prefix="cogov-solara-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)


def application(start: Start, pages: Pages) -> Any:
    """Return the ASGI application of the page, behind its guard."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import solara.server.starlette as served_by
        from solara.server import app as apps
        from starlette.routing import Mount
        from starlette.staticfiles import StaticFiles

    warnings.filterwarnings("ignore", message="Cookies with samesite")
    apps.apps["__default__"] = apps.AppScript(start.page)
    if font_folder().is_dir():
        fonts = Mount(FONT_ADDRESS, app=StaticFiles(directory=font_folder()))
        served_by.app.router.routes.insert(0, fonts)
    no_tracebacks()
    return guarded(served_by.app, start.host, pages)


def no_tracebacks() -> None:
    """Let a fault say on the page that it is one; where it happened is for the terminal."""
    import reacton.core
    from solara.server import app, patch

    def told(*error: Any, **_: Any) -> list[str]:
        if os.environ.get("COGOV_DEBUG") == "1":
            traceback.print_exception(*error)
        else:
            kind = getattr(error[0], "__name__", None) or type(error[-1] or error[0]).__name__
            LOG.error("a fault on the page: %s (COGOV_DEBUG=1 shows where)", kind)
        return [FAULT]

    quiet = SimpleNamespace(**{**vars(traceback), "format_exception": told})
    modules: tuple[Any, ...] = (app, patch, reacton.core)
    for module in modules:
        module.traceback = quiet
