"""Read the code blocks of a page, and carry them out as a reader would.

Marks stand in a comment right above a block, so that readers do not see them:

`<!-- not run: REASON -->`      the block is shown only; there may be few of them
`<!-- saved as NAME -->`        the block is a file that the text tells the reader to save
`<!-- printed by: COMMAND -->`  the block is what this command prints; `…` stands for what is left out

Blocks `sh` and `python` are run and blocks `diff` applied, in the order of the page and in one folder; others
are shown only. Commands of cogov run in this process as they stand, but for smaller sizes where the page sets
none. A city's file that is not part of this repository is stood in for by a few rows with its columns.
"""

import contextlib
import gzip
import io
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from experiments import cli

ROOT = Path(__file__).resolve().parents[2]
_BLOCK = re.compile(
    r"(?:^[ ]*<!-- (?P<mark>[^\n]*?) -->\n)?"
    r"^(?P<indent>[ ]*)```(?P<language>\w*)[^\n]*\n(?P<text>.*?)^(?P=indent)```[ ]*$",
    re.MULTILINE | re.DOTALL,
)

SHORT = {"warmup_days": "30", "horizon_days": "60", "followup_days": "30"}
#: What is added to a command so that it is quick: every size that a page does not set itself.
SMALLER = {
    "run": {"community.residents": "1500", "replications": "2"},
    "compare": {"community.residents": "1500", "replications": "3"},
    "sweep": {"community.residents": "800", "replications": "2", "executor": "serial"},
    "staffing": {
        "community.residents": "1500",
        "horizon_days": "120",
        "replications": "6",
        "staffing.around": "1",
        "executor": "serial",
    },
    "sensitivity": {
        "community.residents": "400",
        "size": "2",
        "replications": "1",
        "executor": "serial",
        **SHORT,
    },
    "attribute": {"community.residents": "400", "replications": "2", "executor": "serial", **SHORT},
    "discover": {
        "community.residents": "400",
        "size": "40",
        "replications": "1",
        "executor": "serial",
        **SHORT,
    },
    "validate": {"replications": "2"},
    "calibrate": {"draws": "20"},
    "backtest": {"backtest.rivals": "[kaplan_meier]"},
    "what-if": {"draws": "4"},
}
#: Sizes that a page states and that are too large for a test.
INSTEAD = {
    "community.residents=20000": "community.residents=1500",
    "replications=5": "replications=2",
    "replications=10": "replications=2",
    "replications=20": "replications=3",
}


@dataclass(frozen=True)
class Block:
    """One fenced block of a page."""

    page: str
    language: str
    mark: str
    text: str
    line: int

    @property
    def file(self) -> str:
        """Name under which the reader saves it, empty if it is no file."""
        return self.mark.removeprefix("saved as ") if self.mark.startswith("saved as ") else ""

    @property
    def command(self) -> str:
        """What prints it, empty if it is not printed."""
        return self.mark.removeprefix("printed by: ") if self.mark.startswith("printed by:") else ""

    @property
    def reason(self) -> str:
        """Why it is not run, empty if it is."""
        return self.mark.removeprefix("not run: ") if self.mark.startswith("not run:") else ""


def blocks(page: Path) -> list[Block]:
    """Return the fenced blocks of a page in their order."""
    text = page.read_text(encoding="utf-8")
    found = []
    for match in _BLOCK.finditer(text):
        indent = len(match["indent"])
        lines = [line[indent:] for line in match["text"].splitlines()]
        number = text.count("\n", 0, match.start("language")) + 1
        name = page.relative_to(ROOT).as_posix()
        found.append(Block(name, match["language"], match["mark"] or "", "\n".join(lines) + "\n", number))
    return found


def commands(text: str) -> Iterator[str]:
    """Yield the commands of a shell block: lines joined where they end in a backslash, comments left out."""
    for line in re.sub(r"\\\n\s*", "", text).splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            yield re.sub(r"\s+#\s.*$", "", line).strip()


#: What a contributor's copy needs.
SOURCES = ("cogov_start.py", "sim", "scenarios", "experiments", "analysis", "tests", "docs", "pyproject.toml")


def copy_sources(folder: Path) -> None:
    """Make a checkout to change, without its history."""
    for name in SOURCES:
        if (ROOT / name).is_dir():
            left = ("__pycache__", *(["figures"] if name == "docs" else []))
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns(*left))
        else:
            shutil.copy(ROOT / name, folder / name)
    # A folder of figures that pages show; their content does not matter here.
    (folder / "docs" / "figures").mkdir(exist_ok=True)


def run_page(page: Path, folder: Path, own_sources: bool = False) -> int:
    """Carry out a page in an empty folder; return how many commands were run.

    With `own_sources` the folder holds a copy of the sources, which the page's blocks `diff` change.
    """
    (folder / ".venv").symlink_to(ROOT / ".venv")
    done, names = 0, {"__name__": "a_page"}
    if own_sources:
        copy_sources(folder)
    before = Path.cwd()
    os.chdir(folder)
    try:
        for block in blocks(page):
            where = f"{block.page}, line {block.line}"
            if block.file:
                Path(block.file).write_text(block.text, encoding="utf-8")
            elif block.reason:
                continue
            elif block.language == "sh":
                for command in commands(block.text):
                    run_command(command, where, folder if own_sources else None)
                    done += 1
            elif block.language == "diff":
                Path("step.diff").write_text(block.text, encoding="utf-8")
                run_command("git apply step.diff && rm step.diff", where, folder)
                done += 1
            elif block.language == "python":
                source = block.text
                for large, small in INSTEAD.items():
                    source = source.replace(large, small)
                exec(compile(source, where, "exec"), names)
                done += 1
    finally:
        os.chdir(before)
    return done


def stand_in(words: list[str]) -> None:
    """Write a few rows of Boston's file where a command names it and it is not there."""
    keys = dict(word.split("=", 1) for word in words if "=" in word)
    path = Path(keys.get("demand.stream", ""))
    if keys.get("demand.mapping") != "boston_311" or path.exists():
        return
    lines = ["case_enquiry_id,open_dt,closed_dt,type,reason,department,source,neighborhood"]
    lines += [
        f"{n},2011-07-{n + 1:02} 09:00:00,,Street Light Outages,Street Lights,PWDx,Constituent Call,{place}"
        for n, place in enumerate(["Roxbury", "Mattapan", "Dorchester", "Roslindale"] * 5)
    ]
    data = "\n".join(lines).encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)


def run_command(command: str, where: str, sources: Path | None = None) -> None:
    """Run one command; what it said is shown if it fails. With `sources`, on those instead of these."""
    program, _, rest = command.partition(" ")
    if sources is None and program in ("cogov", ".venv/bin/cogov"):
        words = smaller(shlex.split(rest))
        stand_in(words)
        said = io.StringIO()
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            status = cli.main(words)
        output = said.getvalue()
    else:
        path = f"{ROOT / '.venv/bin'}{os.pathsep}{os.environ.get('PATH', '')}"
        environment = {**os.environ, "PATH": path, "PYTHONPATH": str(sources or ROOT)}
        ended = subprocess.run(
            ["bash", "-c", command], env=environment, capture_output=True, text=True, check=False, timeout=120
        )
        status, output = ended.returncode, ended.stdout + ended.stderr
    assert status == 0, f"{where}: {command}\nstatus {status}\n{output[-3000:]}"


def is_printed(block: Block, output: str) -> str:
    """Return the first part of a block that its command does not print in this order, or nothing.

    Spaces and line ends do not count: a page wraps a long sentence, and editors cut spaces at a line's end.
    """
    rest = " ".join(output.split())
    for piece in filter(str.strip, block.text.split("…")):
        words = " ".join(piece.split())
        if words not in rest:
            return words
        rest = rest.partition(words)[2]
    return ""


def smaller(words: list[str]) -> list[str]:
    """Return the words of a command of cogov with small sizes where it names none."""
    words = [INSTEAD.get(word, word) for word in words]
    sizes = SMALLER.get(words[0], {}) if words and "--help" not in words else {}
    if words[:1] == ["staffing"] and any(word.startswith("calibrated=") for word in words):
        sizes = {"draws": "4"}
    if any(word.startswith("demand.stream=") for word in words):
        own = ("community.residents", *SHORT)
        sizes = {key: size for key, size in sizes.items() if key not in own}
    if any(word.startswith("precision=") for word in words):
        sizes = {**sizes, "replications": "5", "most": "8"}
    named = {word.partition("=")[0] for word in words}
    return words + [f"{key}={size}" for key, size in sizes.items() if key not in named]
