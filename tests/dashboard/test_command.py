"""The command itself: what it refuses, what it needs, and whom the server answers."""

import importlib.util
import socket
from typing import Any

import pytest

from experiments.cli import main
from experiments.command_line import dashboard
from experiments.dashboard.serving.server import NOWHERE, allowed, is_loopback, quiet_settings


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["language=fr"], "language"),
        (["dashboard.port=70000"], "dashboard.port"),
        (["dashboard.host=example.org"], "dashboard.host"),
        (["scenarios=[a,b,c]"], "two scenarios"),
        (["scenario=co_governance"], "scenarios"),
        (["scenarios=[administration_led,nowhere]"], "nowhere"),
        (["staff.per_10k=lots"], "staff.per_10k"),
        (["dashbord.port=1"], "dashbord.port"),
        (["replications=0"], "replications"),
    ],
)
def test_bad_input_is_one_line(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["dashboard", *words]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert len(error.splitlines()) == 1


def test_without_the_extra_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, *rest: None if name == "solara" else found(name, *rest)
    )
    assert main(["dashboard", "dashboard.port=0"]) == 2
    error = capsys.readouterr().err
    assert "pip install 'cogov[dashboard]'" in error
    assert len(error.splitlines()) == 1


def test_a_port_in_use_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["dashboard", f"dashboard.port={port}"]) == 2
    assert f"dashboard.port = {port}" in capsys.readouterr().err


def test_the_help_is_light(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["dashboard", "--help"]) == 0
    text = capsys.readouterr().out
    for key in dashboard.OWN_KEYS:
        assert key == "scenario" or f"{key}=" in text


def test_only_its_own_page_is_answered() -> None:
    names = {"127.0.0.1", "localhost"}
    assert allowed({"host": "127.0.0.1:8765"}, names)
    assert allowed({"host": "localhost:8765", "origin": "http://localhost:8765"}, names)
    assert not allowed({"host": "evil.example:8765"}, names)
    assert not allowed({"host": "127.0.0.1:8765", "origin": "http://evil.example"}, names)
    assert not allowed({"host": "127.0.0.1:8765", "origin": "http://127.0.0.1:9999"}, names)
    assert not allowed({}, names)
    assert allowed({"host": "10.0.0.5:8765"}, None)


def test_this_machine_is_the_default() -> None:
    assert is_loopback(dashboard.read_host("localhost"))
    assert is_loopback("127.0.0.1")
    assert is_loopback("::1")
    assert not is_loopback("0.0.0.0")


def test_nothing_is_fetched_or_counted_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    environment: dict[str, Any] = {}
    monkeypatch.setattr("os.environ", environment)
    quiet_settings()
    assert environment["SOLARA_TELEMETRY_MIXPANEL_ENABLE"] == "False"
    assert environment["SOLARA_ASSETS_CDN"] == NOWHERE
    assert NOWHERE.startswith("http://127.0.0.1")
