"""Windows: commands that use files work under that system's rules (`rules`), and no source forgets them.

The rules are played on Linux; what is looked for is what would end a command there.
"""

import ast
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.windows.commands import SESSION
from tests.windows.rules import FUNCTIONS, MODULES, SIGNALS

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
linux = pytest.mark.skipif(sys.platform != "linux", reason="the rules are played with what Linux has")

#: Where something that Windows does not have is asked for, and only used if it is there.
ASKED_FOR_FIRST = {
    ("experiments/system/files.py", "fcntl"),
    ("experiments/output/abandoned_folders.py", "fcntl"),
    ("experiments/arguments/run_plan.py", "sched_getaffinity"),
    ("experiments/system/interrupts.py", "pthread_kill"),
    ("experiments/system/interrupts.py", "pthread_sigmask"),
    ("experiments/system/interrupts.py", "SIG_BLOCK"),
    ("experiments/system/interrupts.py", "SIG_SETMASK"),
    ("experiments/system/interrupts.py", "SIGHUP"),
    ("experiments/system/niceness.py", "nice"),
    ("experiments/system/pdf.py", "geteuid"),
    ("sim/engine/cache_folder.py", "geteuid"),
    ("sim/engine/cache_folder.py", "grp"),
    ("sim/engine/cache_folder.py", "pwd"),
    ("sim/engine/compile_cache.py", "fchmod"),
}


def variables() -> dict[str, str]:
    return {
        **os.environ,
        "COGOV_TEST_WINDOWS": "1",
        "PYTHONPATH": os.pathsep.join(map(str, (HERE / "hook", ROOT))),
        "PYTHONIOENCODING": "cp936",
        "PYTHONWARNDEFAULTENCODING": "1",
    }


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[dict[str, Any]]]:
    """The commands in one process under the rules: where they wrote, and what came of each."""
    base = tmp_path_factory.mktemp("windows")
    words = [sys.executable, "-m", "tests.windows.commands", str(base)]
    done = subprocess.run(words, env=variables(), cwd=ROOT, capture_output=True, check=False, timeout=900)
    assert done.returncode == 0, done.stderr.decode(errors="replace")[-3000:]
    return base, [json.loads(line) for line in done.stdout.decode("cp936").splitlines()]


@linux
def test_every_command_works(told: Any) -> None:
    base, commands = told
    refused = [command for command in commands if command["status"] != 0]
    # The one that tidies a store at which somebody is at work.
    assert [command["words"][:2] for command in refused] == [["store", "gc"]], refused
    assert "at work" in refused[0]["err"]
    assert {command["words"][0] for command in commands} == {
        "run", "compare", "sweep", "store", "staffing", "report",
    }  # fmt: skip
    # What a process left that was ended in the middle is gone.
    assert not (base / "store" / "sessions" / f"{SESSION}.claims").exists()
    assert not list((base / "store" / "parts").glob(".*"))


@linux
def test_a_sweep_goes_on_where_it_stopped(told: Any) -> None:
    _, commands = told
    outs = [command["out"] for command in commands if command["words"][0] == "sweep"]
    assert [re.findall(r"\d+ computed, \d+ already there", out)[0] for out in outs] == [
        "2 computed, 0 already there", "2 computed, 2 already there", "0 computed, 4 already there",
    ]  # fmt: skip
    # A part that somebody reads stays until the next time; its rows count once.
    tidied = [command["out"] for command in commands if command["words"][:2] == ["store", "gc"]]
    assert "became 2" in tidied[1]
    assert "1 rows removed; 2 parts" in tidied[2]
    assert "became 1" in tidied[2]


@linux
def test_tables_have_the_same_line_ends_everywhere(told: Any) -> None:
    base, _ = told
    tables = list(base.rglob("*.csv")) + list(base.rglob("*.json"))
    assert len(tables) > 6
    assert [path for path in tables if b"\r" in path.read_bytes()] == []


RULES = """
import codecs, os, signal, sys
from pathlib import Path
base = Path(sys.argv[1])

def refused(act):
    try:
        act()
    except OSError:
        return True
    return False

(base / "a").write_bytes(b"a")
(base / "b").write_bytes(b"b")
(base / "folder").mkdir()
file = (base / "a").open("rb")
reading = os.open(base / "b", os.O_RDONLY)
answers = [
    refused(lambda: (base / "a").unlink()),
    refused(lambda: os.replace(base / "b", base / "a")),
    refused(lambda: (base / "b").rename(base / "folder")),
    refused(lambda: os.fsync(reading)),
    refused(lambda: os.open(base, os.O_RDONLY)),
    refused(lambda: (base / "a:b").write_bytes(b"")),
    refused(lambda: (base / "nul.txt").write_bytes(b"")),
    not hasattr(os, "pwrite"),
    not hasattr(signal, "SIGHUP"),
    codecs.lookup(sys.stdout.encoding).name == "gbk",
]
os.close(reading)
file.close()
answers.append(not refused(lambda: os.replace(base / "b", base / "a")))
text = (base / "text")
text.write_text("line\\n", encoding="utf-8")
answers.append(text.read_bytes() == b"line\\r\\n")
print(answers)
"""


@linux
def test_the_rules_are_those_of_windows(tmp_path: Path) -> None:
    words = [sys.executable, "-c", RULES, str(tmp_path)]
    done = subprocess.run(words, env=variables(), capture_output=True, check=False, timeout=60)
    assert done.stdout.decode().split() == ("[" + ", ".join(["True"] * 12) + "]").split(), done.stderr


def sources() -> list[Path]:
    return [
        path for name in ("sim", "analysis", "experiments") for path in sorted((ROOT / name).rglob("*.py"))
    ]


def test_no_source_uses_what_windows_does_not_have() -> None:
    found = set()
    for path in sources():
        name = path.relative_to(ROOT).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Attribute(value=ast.Name(id="os"), attr=used) if used in FUNCTIONS:
                    found.add((name, used))
                case ast.Attribute(value=ast.Name(id="signal"), attr=used) if used in SIGNALS:
                    found.add((name, used))
                case ast.Import(names=names):
                    found.update((name, alias.name) for alias in names if alias.name in MODULES)
                case ast.ImportFrom(module=module) if module in MODULES:
                    found.add((name, str(module)))
    assert found <= ASKED_FOR_FIRST


def test_every_text_says_its_encoding() -> None:
    """The encoding of the system is GBK or Windows' own; texts written with it are not read elsewhere."""
    silent = []
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _opens_text(node) and not _encoding_given(node):
                silent.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert silent == []


def _opens_text(node: ast.Call) -> bool:
    function = node.func
    called = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    if called in ("run", "Popen"):
        return any(word.arg == "text" for word in node.keywords)
    if called in ("read_text", "write_text"):
        return isinstance(function, ast.Attribute) and not _of_the_files_module(function)
    if called not in ("open", "fdopen", "NamedTemporaryFile", "TextIOWrapper"):
        return False
    place = 1
    if isinstance(function, ast.Attribute) and called == "open":
        place = 0
        # Handles, pages, members of an archive: no texts.
        if isinstance(function.value, ast.Name) and function.value.id in ("os", "webbrowser", "packed"):
            return False
    modes = [word.value for word in node.keywords if word.arg == "mode"] + node.args[place : place + 1]
    return not any(isinstance(mode, ast.Constant) and "b" in str(mode.value) for mode in modes)


def _of_the_files_module(function: ast.Attribute) -> bool:
    return isinstance(function.value, ast.Name) and function.value.id in ("files", "documents")


def _encoding_given(node: ast.Call) -> bool:
    return any(word.arg in ("encoding", "errors", None) for word in node.keywords)
