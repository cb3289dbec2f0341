"""What stands before the page: who is answered, what every answer says of itself, and what a fault shows.

A page from elsewhere must not reach this server through the browser of whoever has it open: neither under
another name that was made to point here (DNS rebinding), nor by a request or connection of its own. What is
malformed is refused like what is foreign. Headers of proxies are taken off: nobody is in between.
"""

import ipaddress
import logging
import os
import re
import socket
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

Headers = Iterable[tuple[bytes, bytes]]

_HOST = re.compile(r"(?P<name>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::(?P<port>[0-9]{1,5}))?")
_ORIGIN = re.compile(r"http://(?P<host>[^/?#@\s]+)")
_KERNEL = re.compile(r"/jupyter/api/kernels/([^/]+)/channels")
_CLOSE = re.compile(r"/_solara/api/close/([A-Za-z0-9-]{1,64})")
_SESSION = re.compile(r"(?:^|&)session_id=([A-Za-z0-9-]{1,64})(?:&|$)")
_ID = re.compile(r"[A-Za-z0-9-]{1,64}")
#: Solara would believe them, whoever sends them.
_PROXY = (b"x-forwarded-", b"forwarded", b"script-name", b"x-script-name")
#: What else Solara answers tells of the machine, or is for its own developers.
_HIDDEN = ("/readyz", "/resourcez", "/_solara/api/evict")

#: Where a page asks whether the server still answers.
ALIVE = "/alive"

LOG = logging.getLogger("cogov.dashboard")

REFUSED = "refused: made for another address or by another page"
FULL = "too many pages are open; close one  打开的页面过多，请先关闭一个"
FAULT = "a fault of the server; the terminal in which it was started says more  服务器出错，详见启动它的终端"


def policy(host: str) -> str:
    """Return what the page may load and be loaded into: itself alone, and no frame.

    Vue makes its templates into functions, and loads the scripts of its parts, in the browser itself, which
    `unsafe-eval` and `blob:` allow; Solara's page has scripts and styles of its own inside.
    """
    return (
        "default-src 'self'; script-src 'self' blob: 'unsafe-inline' 'unsafe-eval'; "
        "style-src 'self' 'unsafe-inline'; "
        f"img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' blob: ws://{host}; "
        "worker-src 'self' blob:; frame-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    )


def guarded(inner: Callable[..., Any], host: str, pages: Any) -> Callable[..., Any]:
    """Return an application behind the guard.

    Parameters
    ----------
    host
        The address it is served on.
    pages
        Told of every connection and every message of a page:
        `experiments.dashboard.serving.open_pages.Pages`.
    """
    names = own_names(host)

    async def answer(scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] not in ("http", "websocket"):
            await inner(scope, receive, send)
            return
        started = False

        async def sent(message: dict[str, Any]) -> None:
            nonlocal started
            started = True
            if message["type"] == "http.response.start":
                told = [(key, value) for key, value in message.get("headers", []) if key.lower() != b"server"]
                message = {**message, "headers": [*told, *_safe(scope["headers"], names)]}
            await send(message)

        status, text = judged(scope, names, pages)
        if status:
            await answered(scope, sent, status, text)
            return
        if scope["path"] == ALIVE:
            # Not asked of Solara: pages ask every other second.
            await answered(scope, sent, 200, "here")
            return
        kept = [(key, value) for key, value in scope["headers"] if not key.lower().startswith(_PROXY)]
        scope = {**scope, "headers": kept}
        try:
            if scope["type"] == "websocket":
                async with pages.connected(_page(scope["path"]), receive, sent) as heard:
                    await inner(scope, heard, sent)
            else:
                await inner(scope, receive, sent)
        except Exception:
            debugging = os.environ.get("COGOV_DEBUG") == "1"
            where = "" if debugging else " (COGOV_DEBUG=1 shows where)"
            LOG.error("a request failed%s", where, exc_info=debugging)
            if not started:
                await answered(scope, sent, 500, FAULT)

    return answer


def judged(scope: dict[str, Any], names: frozenset[str] | None, pages: Any) -> tuple[int, str]:
    """Return with which status and words a request is refused; 0 if it is not."""
    headers = [(key.decode("latin1").lower(), value.decode("latin1")) for key, value in scope["headers"]]
    for name in ("host", "origin"):
        if sum(key == name for key, _ in headers) > 1:
            return 400, f"refused: more than one {name}"
    told = dict(headers)
    if _parts(told.get("host", "")) is None:
        return 400, "refused: no host, or none that is one"
    talks = scope["type"] == "websocket" or scope.get("method") not in ("GET", "HEAD")
    if not allowed(told, names) or (talks and "origin" not in told):
        return 403, REFUSED
    if told.get("sec-fetch-site") in ("cross-site", "same-site") and told.get("sec-fetch-mode") != "navigate":
        return 403, REFUSED
    path = scope["path"]
    session = _SESSION.search(scope["query_string"].decode("latin1"))
    if scope["type"] == "websocket":
        if not (_ID.fullmatch(_page(path)) and session):
            return 400, "refused: not a page of this server"
        return (503, FULL) if pages.full(_page(path)) else (0, "")
    if talks:
        # The one thing a page says without its connection is that it closes.
        closed = _CLOSE.fullmatch(path) if scope["method"] == "POST" else None
        if closed is None or session is None:
            return 405, "refused: this server takes no such request"
        return (0, "") if pages.known(closed[1], session[1]) else (404, "no such page")
    if path.startswith(_HIDDEN):
        return 404, "nothing here"
    return (503, FULL) if path == "/" and pages.full("") else (0, "")


def allowed(headers: dict[str, str], names: Iterable[str] | None) -> bool:
    """Return whether a request is for this server and made by its own page.

    Parameters
    ----------
    headers
        Names in small letters to values.
    names
        Names that this server answers to; None: any address, but no name that is not this machine's.
    """
    asked = _parts(headers.get("host", ""))
    if asked is None or not _known(asked[0], names):
        return False
    origin = headers.get("origin")
    if origin is None:
        return True
    came = _ORIGIN.fullmatch(origin)
    return came is not None and _parts(came["host"]) == asked


def _known(name: str, names: Iterable[str] | None) -> bool:
    if names is not None:
        return name in names
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return name in machine_names()
    return True


def _parts(host: str) -> tuple[str, int] | None:
    """Return name and port of a host; None for what is none."""
    found = _HOST.fullmatch(host)
    if found is None or int(found["port"] or 80) > 65535:
        return None
    return found["name"].lower().strip("[]"), int(found["port"] or 80)


def is_loopback(host: str) -> bool:
    """Return whether only this machine reaches an address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def own_names(host: str) -> frozenset[str] | None:
    """Return the names that a server answers to; None where others may reach it by an address of theirs."""
    return frozenset((host, "127.0.0.1", "localhost", "::1")) if is_loopback(host) else None


@cache
def machine_names() -> frozenset[str]:
    """Return the names of this machine."""
    short = socket.gethostname().lower()
    return frozenset(("localhost", short, socket.getfqdn().lower(), f"{short}.local"))


def _page(path: str) -> str:
    """Return which page a connection belongs to; empty for a path that is no connection of a page."""
    found = _KERNEL.fullmatch(path)
    return found[1] if found else ""


def _safe(asked: Headers, names: Iterable[str] | None) -> list[tuple[bytes, bytes]]:
    host = next((value.decode("latin1") for key, value in asked if key.lower() == b"host"), "")
    told = {
        "content-security-policy": policy(host if allowed({"host": host}, names) else "127.0.0.1"),
        "x-frame-options": "DENY",
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
    }
    return [(key.encode(), value.encode("latin1")) for key, value in told.items()]


async def answered(scope: dict[str, Any], send: Any, status: int, text: str) -> None:
    """Answer with a status and one line; a connection is refused before it begins, and sees a 403."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text.encode()})
