"""cogov dashboard: two ways of governing side by side in the browser.

Usage:   cogov dashboard [scenarios=[A,B]] [key=value ...]
Example: cogov dashboard scenarios=[administration_led,fuchun_zhilian] community.residents=20000

scenarios=[A,B]              the two to start with, names or files (administration_led and co_governance)
seed=INT                     other luck (1)
replications=INT             pairs of twin runs behind every curve (20)
language=en|zh               of the page to start with (the system's); a switch on it changes it
dashboard.port=INT           where the page is served (8765); 0: any free port
dashboard.host=ADDRESS       who can reach it (127.0.0.1: this machine only)
jobs=INT                     worker processes (all processors)
out=FOLDER                   where scenarios and requests that you save go (out/dashboard)
any parameter=value          override, applied to both scenarios

Open the address it prints. Sliders, map, the lives of cases and people, your hotline's own CSV: see
docs/guides/dashboard.md. Works without internet; nothing leaves this machine. Ctrl-C ends it. A page that
is closed is freed at once, one that was cut off after 15 minutes, one that nobody touched after 8 hours.
"""

import errno
import importlib.util
import ipaddress
import socket
import sys
from collections.abc import Sequence
from pathlib import Path

from experiments.arguments.key_values import language_of, name_list, split_words, whole_number
from experiments.arguments.run_plan import processors
from experiments.arguments.scenarios import check_paired
from experiments.dashboard.state.scenario_pair import LARGEST_PAIRS, View, arms
from sim.errors import InputError
from sim.scenario.seeds import LARGEST_SEED

DEFAULT = "[administration_led,co_governance]"
PORT = 8765
PAGE = "experiments.dashboard.page"
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
    language = language_of(own)
    host = read_host(own.get("dashboard.host", "127.0.0.1"))
    port = whole_number("dashboard.port", own.get("dashboard.port"), PORT, 0, 65535)
    jobs = whole_number("jobs", own.get("jobs"), processors(), 1, 1024)
    out = Path(own.get("out", "out/dashboard")).expanduser()
    if importlib.util.find_spec("solara") is None:
        raise NotInstalledError("the dashboard needs further packages: pip install 'cogov[dashboard]'")
    from experiments.dashboard.serving.server import Start, serve
    from experiments.output.output_folder import OutputFolder

    # What is saved must have a place before anybody works on it.
    with OutputFolder(out):
        pass
    with listening(host, port) as taken:
        serve(Start(view, language, host, taken, jobs, out, PAGE))


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


def listening(host: str, port: int) -> socket.socket:
    """Return a socket on the port asked for, or on any free one for 0; it is ours from here on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    taken = socket.socket(family)
    if sys.platform != "win32":
        # There it would let two programs have one port.
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((host, port))
        taken.listen(100)
    except OSError as error:
        taken.close()
        busy = error.errno in (errno.EADDRINUSE, errno.EACCES)
        key, value = ("dashboard.port", port) if busy else ("dashboard.host", host)
        hint = "dashboard.port=0 takes any free port" if busy else ""
        reason = (error.strerror or "it cannot be used").lower()
        raise InputError(key, value, f"one that can be served on ({reason})", hint=hint) from None
    return taken
