"""The server of the page: where it listens, what it refuses, and that nothing goes out.

Solara would fetch what it lacks from a content delivery network and count its users at an analytics service.
Both are switched off here: what the page needs comes with the extra, and an address that nobody answers
stands where the network's would. A request under another name than this machine's is refused, so that a page
from elsewhere cannot reach the dashboard through the browser.
"""

import logging
import os
import sys
import tempfile
import threading
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from experiments.dashboard.arms import View
from experiments.dashboard.style import FONT_ADDRESS, font_folder
from experiments.dashboard.workers import Workers

#: Nobody answers here: what is missing locally is then missing, and not fetched from elsewhere.
NOWHERE = "http://127.0.0.1:9/"
PAGE = "experiments.dashboard.page"


@dataclass(frozen=True)
class Start:
    """What the page starts with."""

    view: View
    language: str
    host: str
    port: int
    jobs: int
    out: Path


class Served:
    """What all pages share: the workers, and what to start with. Set once, before the first page opens."""

    start: Start
    workers: Workers


def serve(start: Start) -> None:
    """Serve until Ctrl-C."""
    quiet_settings()
    import uvicorn

    Served.start = start
    Served.workers = Workers(start.jobs)
    threading.Thread(target=_warm, daemon=True).start()
    host = f"[{start.host}]" if ":" in start.host else start.host
    address = f"http://{host}:{start.port}/"

    class Announced(uvicorn.Server):
        """Says where the page is once it is there."""

        async def startup(self, *arguments: Any, **named: Any) -> None:
            await super().startup(*arguments, **named)
            if self.started:
                print(f"Dashboard: {address}  (Ctrl-C ends it)", flush=True)

    config = uvicorn.Config(
        application(start.host), host=start.host, port=start.port, log_level="warning", access_log=False
    )
    server = Announced(config)
    if not is_loopback(start.host):
        print(f"cogov: whoever reaches {start.host} can use the page; there is no password", file=sys.stderr)
    try:
        server.run()
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
        SOLARA_KERNEL_CULL_TIMEOUT="1h",
        SOLARA_SESSION_HTTP_ONLY="True",
        SOLARA_THEME_LOADER="plain",
        SOLARA_THEME_SHOW_BANNER="False",
    )
    # Else it writes a file with the number of a user into the home folder.
    os.environ.setdefault("SOLARA_HOME", tempfile.mkdtemp(prefix="cogov-solara-"))


def application(host: str) -> Any:
    """Return the ASGI application of the page."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import solara.server.starlette as served_by
        from solara.server import app as apps
        from starlette.routing import Mount
        from starlette.staticfiles import StaticFiles

    warnings.filterwarnings("ignore", message="Cookies with samesite")
    apps.apps["__default__"] = apps.AppScript(PAGE)
    if font_folder().is_dir():
        fonts = Mount(FONT_ADDRESS, app=StaticFiles(directory=font_folder()))
        served_by.app.router.routes.insert(0, fonts)
    return only_from_here(served_by.app, host)


def is_loopback(host: str) -> bool:
    """Return whether only this machine reaches an address."""
    return host in ("::1", "localhost") or host.startswith("127.")


def only_from_here(inner: Callable[..., Any], host: str) -> Callable[..., Any]:
    """Return the application that refuses other names than its own, and requests made by other pages.

    Served on an address that others may reach, any name is let through: which ones it has is not known here.
    """
    names = {host, "127.0.0.1", "localhost", "::1"} if is_loopback(host) else None

    async def guarded(scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] in ("http", "websocket"):
            headers = {
                key.decode("latin1").lower(): value.decode("latin1") for key, value in scope["headers"]
            }
            if not allowed(headers, names):
                await _refuse(scope, send)
                return
        await inner(scope, receive, send)

    return guarded


def allowed(headers: dict[str, str], names: set[str] | None) -> bool:
    """Return whether a request is for this server and made by its own page."""
    asked = urlsplit(f"//{headers.get('host', '')}")
    if names is not None and asked.hostname not in names:
        return False
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == asked.netloc


async def _refuse(scope: dict[str, Any], send: Any) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    await send({"type": "http.response.start", "status": 403, "headers": [(b"content-type", b"text/plain")]})
    await send(
        {"type": "http.response.body", "body": b"refused: made for another address or by another page"}
    )
