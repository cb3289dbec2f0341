"""cogov dashboard: two ways of governing side by side in the browser.

Usage:   cogov dashboard [scenarios=[A,B]] [key=value ...]
Example: cogov dashboard scenarios=[administration_led,fuchun_zhilian] community.residents=20000

scenarios=[A,B]              the two to start with, names or files (administration_led and co_governance)
seed=INT                     other luck (1)
replications=INT             pairs of twin runs behind every curve (20)
language=en|zh               of the page to start with; a switch on the page changes it (en)
dashboard.port=INT           where the page is served (8765); 0: any free port
dashboard.host=ADDRESS       who can reach it (127.0.0.1: this machine only)
jobs=INT                     worker processes (all processors)
out=FOLDER                   where scenarios and requests that you save go (out/dashboard)
any parameter=value          override, applied to both scenarios

Open the address it prints. Sliders, map, the lives of cases and people, your hotline's own CSV: see
docs/guides/dashboard.md. Works without internet; nothing leaves this machine. Ctrl-C ends it.
"""

import importlib.util
import ipaddress
import socket
from collections.abc import Sequence
from pathlib import Path

from experiments.arguments import (
    LARGEST_SEED,
    check_paired,
    name_list,
    processors,
    split_words,
    whole_number,
)
from experiments.dashboard.arms import LARGEST_PAIRS, View, arms
from experiments.dashboard.words import LANGUAGES
from sim.errors import InputError

DEFAULT = "[administration_led,co_governance]"
PORT = 8765
OWN_KEYS = (
    "scenarios",
    "scenario",
    "seed",
    "replications",
    "language",
    "dashboard.host",
    "dashboard.port",
    "jobs",
    "out",
)


class NotInstalledError(Exception):
    """The packages of the page are missing."""

    status = 2


def main(words: Sequence[str], simulate: object = None) -> None:
    """Carry out the command: serve the page until Ctrl-C."""
    own, overrides = split_words(words, OWN_KEYS)
    view = read_view(own, overrides)
    language = own.get("language", "en")
    if language not in LANGUAGES:
        raise InputError("language", language, f"one of {', '.join(LANGUAGES)}")
    host = read_host(own.get("dashboard.host", "127.0.0.1"))
    port = whole_number("dashboard.port", own.get("dashboard.port"), PORT, 0, 65535)
    jobs = whole_number("jobs", own.get("jobs"), processors(), 1, 1024)
    out = Path(own.get("out", "out/dashboard")).expanduser()
    if importlib.util.find_spec("solara") is None:
        raise NotInstalledError("the dashboard needs further packages: pip install 'cogov[dashboard]'")
    from experiments.dashboard.server import Start, serve

    serve(Start(view, language, host, free_port(host, port), jobs, out))


def read_view(own: dict[str, str], overrides: Sequence[str]) -> View:
    """Return what to show first, checked; the two may be the same scenario, to be changed on the page."""
    if "scenario" in own:
        raise InputError("scenario", own["scenario"], "scenarios=[A,B] here")
    names = name_list(own.get("scenarios", DEFAULT))
    if len(names) != 2:
        raise InputError("scenarios", own.get("scenarios", DEFAULT), "two scenarios, [A,B]")
    view = View(
        names=(names[0], names[1]),
        words=tuple(overrides),
        seed=whole_number("seed", own.get("seed"), 1, 0, LARGEST_SEED),
        pairs=whole_number("replications", own.get("replications"), 20, 1, LARGEST_PAIRS),
    )
    first, second = arms(view)
    check_paired(first, second)
    return view


def read_host(text: str) -> str:
    """Return the address to serve on."""
    if text == "localhost":
        return "127.0.0.1"
    try:
        ipaddress.ip_address(text)
    except ValueError:
        raise InputError("dashboard.host", text, "an address of this machine, such as 127.0.0.1") from None
    return text


def free_port(host: str, port: int) -> int:
    """Return a port that can be served on: the one asked for, or any free one for 0."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            key, value = ("dashboard.port", port) if error.errno in (98, 48, 13) else ("dashboard.host", host)
            hint = "dashboard.port=0 takes any free port" if key == "dashboard.port" else ""
            reason = (error.strerror or "it cannot be used").lower()
            raise InputError(key, value, f"one that can be served on ({reason})", hint=hint) from None
        return int(probe.getsockname()[1])
