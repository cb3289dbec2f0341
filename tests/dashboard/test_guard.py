"""Who the server answers, what every answer says of itself, which pages end, and how large a file may be."""

import asyncio
from typing import Any

import pytest

from experiments.dashboard.serving import guard, open_pages
from experiments.dashboard.serving.guard import FAULT, allowed, guarded, is_loopback
from experiments.dashboard.serving.open_pages import Pages
from tests.each import each

OWN = "127.0.0.1:8765"
CHANNELS = "/jupyter/api/kernels/0a1b-2c/channels"
SESSION = b"session_id=9f-8e"


def asked(
    headers: list[tuple[str, str]],
    path: str = "/",
    method: str = "GET",
    kind: str = "http",
    query: bytes = b"",
    host: str = "127.0.0.1",
    inner: Any = None,
) -> tuple[int, dict[str, str], str]:
    """Ask an application behind the guard: status (403: a connection refused), headers, text."""
    said: list[dict[str, Any]] = []

    async def plain(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.accept"})
            return
        await send({"type": "http.response.start", "status": 200, "headers": [(b"server", b"x 1.0")]})
        await send({"type": "http.response.body", "body": repr(sorted(scope["headers"])).encode()})

    async def send(message: dict[str, Any]) -> None:
        said.append(message)

    async def receive() -> dict[str, Any]:
        return {"type": "websocket.disconnect"}

    scope = {
        "type": kind,
        "method": method,
        "path": path,
        "query_string": query,
        "headers": [(key.lower().encode(), value.encode("latin1")) for key, value in headers],
    }
    asyncio.run(guarded(inner or plain, host, Pages())(scope, receive, send))
    if kind == "websocket":
        return (200 if said[0]["type"] == "websocket.accept" else 403), {}, ""
    told = {key.decode(): value.decode() for key, value in said[0]["headers"]}
    return said[0]["status"], told, said[1]["body"].decode()


@each(
    "host",
    ["", "[", "[::1", "]", "127.0.0.1:x", "127.0.0.1:99999", "127.0.0.1:8765:1", "a b", "evil@127.0.0.1",
     "127.0.0.1/x", "127.0.0.1#", "http://127.0.0.1", "ü", "[::1]x", "127.0.0.1:", "\x00"],
)  # fmt: skip
def test_a_host_that_is_none_is_refused_and_no_error(host: str) -> None:
    status, _, text = asked([("Host", host)])
    assert status == 400
    assert "Traceback" not in text
    assert asked([])[0] == 400


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8765", "127.0.0.1.evil.example", "localhost.", "10.0.0.5"]
)
def test_another_name_that_points_here_is_refused(host: str) -> None:
    assert asked([("Host", host)])[0] == 403


@each(
    "origin",
    ["null", "", "http://", "http://[", "http://evil.example", "https://127.0.0.1:8765", "http://127.0.0.1:9999",
     "http://127.0.0.1:8765/x", "http://127.0.0.1:x", "file://", "http://user@127.0.0.1:8765", "http://127.0.0.1"],
)  # fmt: skip
@each("kind", ["http", "websocket"])
def test_another_or_malformed_origin_is_refused(origin: str, kind: str) -> None:
    headers = [("Host", OWN), ("Origin", origin)]
    assert asked(headers, CHANNELS if kind == "websocket" else "/", kind=kind, query=SESSION)[0] == 403


def test_its_own_page_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Pages, "known", lambda _, page, session: (page, session) == ("0a1b", "9f-8e"))
    own = [("Host", OWN), ("Origin", f"http://{OWN}")]
    for name in ("localhost:8765", "LOCALHOST:8765", "[::1]:8765", "127.0.0.1", "localhost:9000"):
        assert asked([("Host", name)])[0] == 200
    assert asked(own)[0] == 200
    assert asked(own, CHANNELS, kind="websocket", query=SESSION)[0] == 200
    assert asked(own, "/_solara/api/close/0a1b", "POST", query=SESSION)[0] == 200
    assert asked(own, "/_solara/api/close/0a1c", "POST", query=SESSION)[0] == 404


def test_a_connection_must_say_where_it_comes_from_and_which_page_it_is() -> None:
    own = [("Host", OWN), ("Origin", f"http://{OWN}")]
    assert asked([("Host", OWN)], CHANNELS, kind="websocket", query=SESSION)[0] == 403
    assert asked(own, CHANNELS, kind="websocket")[0] == 403
    assert asked(own, "/jupyter/api/kernels/../channels", kind="websocket", query=SESSION)[0] == 403
    assert asked(own, "/elsewhere", kind="websocket", query=SESSION)[0] == 403
    assert asked([("Host", OWN)], "/_solara/api/close/0a1b", "POST", query=SESSION)[0] == 403
    for path, method in (("/", "POST"), ("/_solara/api/close/0a1b", "POST"), ("/", "DELETE"), ("/", "TRACE")):
        assert asked(own, path, method)[0] == 405


def test_two_hosts_or_origins_are_refused() -> None:
    assert asked([("Host", OWN), ("Host", "evil.example")])[0] == 400
    assert asked([("Host", OWN), ("Origin", f"http://{OWN}"), ("Origin", "http://evil.example")])[0] == 400


def test_another_page_may_not_load_parts_of_this_one() -> None:
    foreign = [("Host", OWN), ("Sec-Fetch-Site", "cross-site")]
    assert asked([*foreign, ("Sec-Fetch-Mode", "no-cors")], "/static/main.js")[0] == 403
    assert asked([*foreign, ("Sec-Fetch-Mode", "navigate")])[0] == 200


def test_every_answer_says_what_it_may_load_and_be_loaded_into() -> None:
    for headers in ([("Host", OWN)], [("Host", "evil.example")], [("Host", "[")]):
        _, told, _ = asked(headers)
        assert told["x-frame-options"] == "DENY"
        assert told["x-content-type-options"] == "nosniff"
        assert told["referrer-policy"] == "no-referrer"
        assert "frame-ancestors 'none'" in told["content-security-policy"]
        assert "default-src 'self'" in told["content-security-policy"]
        assert "evil" not in told["content-security-policy"]
        assert "server" not in told


def test_what_only_a_proxy_may_say_is_not_believed() -> None:
    _, _, text = asked([("Host", OWN), ("X-Forwarded-Host", "evil.example"), ("Script-Name", "/evil")])
    assert "evil" not in text


def test_what_tells_of_the_machine_is_not_there() -> None:
    for path in ("/resourcez", "/readyz", "/_solara/api/evict/1"):
        assert asked([("Host", OWN)], path)[0] == 404


def test_a_fault_shows_neither_where_nor_what() -> None:
    async def broken(scope: Any, receive: Any, send: Any) -> None:
        raise RuntimeError(f"secret in {__file__}")

    status, _, text = asked([("Host", OWN)], inner=broken)
    assert (status, text) == (500, FAULT)


def test_where_others_may_reach_it_addresses_are_answered_and_strange_names_are_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(guard, "machine_names", lambda: frozenset(("localhost", "office-7")))
    assert allowed({"host": "10.0.0.5:8765"}, None)
    assert allowed({"host": "office-7:8765"}, None)
    assert not allowed({"host": "evil.example:8765"}, None)
    assert is_loopback("127.0.0.2")
    assert not is_loopback("127.evil.example")


# --- pages ------------------------------------------------------------------------------------------------


def test_an_idle_page_ends_and_a_busy_one_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[str] = []
    monkeypatch.setattr(open_pages, "_end", ended.append)
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    async def receive() -> dict[str, Any]:
        return {"type": "websocket.receive", "text": "x"}

    async def story() -> list[str]:
        held = Pages(idle_seconds=0.05)
        async with held.connected("quiet", receive, send), held.connected("busy", receive, send) as heard:
            await asyncio.sleep(0.1)
            await heard()
            return await held.end_idle()

    assert asyncio.run(story()) == ["quiet"]
    assert ended == ["quiet"]
    assert sent == [{"type": "websocket.close", "code": 1001}]


def test_there_is_room_for_so_many_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(open_pages, "MOST", 1)

    async def nothing(*_: Any) -> dict[str, Any]:
        return {}

    async def story() -> None:
        held = Pages()
        assert not held.full("a")
        async with held.connected("a", nothing, nothing):
            assert held.full("b")
            assert not held.full("a")  # it comes back
        assert not held.full("b")

    asyncio.run(story())


def test_a_later_page_never_gets_the_place_of_one_that_is_open() -> None:
    pytest.importorskip("solara")
    from experiments.dashboard.work.worker_pool import PLACES, WorkerPool

    workers = WorkerPool(1)
    try:
        first = workers.new_place()
        workers.ask(first, 7)
        # As many loads of a page as there are places, each closed again.
        for number in range(PLACES + 5):
            place = workers.new_place()
            assert place != first
            workers.ask(place, number)
            workers.free_place(place)
        assert workers._asked[first] == 7
    finally:
        workers.close()


# --- files ------------------------------------------------------------------------------------------------


@pytest.fixture
def upload() -> Any:
    pytest.importorskip("solara")
    from experiments.dashboard.serving.upload import Upload

    return Upload()


def piece(upload: Any, content: bytes, number: int = 0, whole: int = 1, kind: str = "csv") -> None:
    upload.piece({"kind": kind, "name": "f.csv", "piece": number, "pieces": whole}, [content])


def test_a_file_in_pieces_is_one(upload: Any) -> None:
    piece(upload, b"opened,category\n2023-07-03 09:05,lamp\n", 0, 2)
    assert upload.arriving.value == ("f.csv", 1, 2)
    piece(upload, b"2023-07-04 09:05,lamp\n", 1, 2)
    assert upload.name.value == "f.csv"
    assert list(upload.columns.value) == ["opened", "category"]


def test_a_file_that_is_too_large_is_refused_at_its_first_piece(upload: Any) -> None:
    piece(upload, b"", 0, 257)
    assert upload.refused.value == ("f.csv", 256)
    assert upload._pieces == {"csv": []}
    # What comes after it, or says another number of pieces, is not kept either.
    piece(upload, b"x" * 100, 1, 2)
    assert upload._pieces == {"csv": []}
    piece(upload, b"x", 0, 2, "mapping")
    assert upload.refused.value == ("f.csv", 1)
    piece(upload, b"x" * ((1 << 20) + 1), 0, 2)
    assert upload.refused.value == ("f.csv", 256)
    assert upload._pieces["csv"] == []
    piece(upload, b"opened,category\n")
    assert upload.refused.value is None


@pytest.mark.parametrize(
    ("number", "whole", "kind"), [(2, 3, "csv"), (0, 0, "csv"), (0, -1, "csv"), (0, 1, "exe")]
)
def test_pieces_that_cannot_be_are_refused(upload: Any, number: int, whole: int, kind: str) -> None:
    piece(upload, b"a", 0, 3)
    piece(upload, b"a", number, whole, kind)
    assert upload.error.value
    assert upload.name.value == ""


def test_the_limits_are_stated_in_both_languages() -> None:
    pytest.importorskip("solara")
    from experiments.dashboard.serving.upload import LARGEST
    from experiments.dashboard.words.hotline_words import said

    for language in ("en", "zh"):
        for limit in LARGEST.values():
            assert f"{limit} MB" in said("note", language)


def test_a_page_asks_whether_the_server_answers_and_nobody_else_is_told() -> None:
    async def asleep(*_: Any) -> None:
        raise AssertionError("this is not for Solara")

    status, told, _ = asked([("Host", OWN)], guard.ALIVE, inner=asleep)
    assert (status, told["x-content-type-options"]) == (200, "nosniff")
    for host, status in (("evil.example", 403), ("", 400)):
        assert asked([("Host", host)], guard.ALIVE, inner=asleep)[0] == status
    assert asked([("Host", OWN), ("Origin", f"http://{OWN}")], guard.ALIVE, "POST", inner=asleep)[0] == 405
