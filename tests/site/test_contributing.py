"""CONTRIBUTING is true: files and commands exist, both walks can be made."""

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from experiments.cli import COMMANDS
from tests.site.pages import ROOT

TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
PAGES = [
    ROOT / "CONTRIBUTING.md",
    ROOT / "SECURITY.md",
    ROOT / "docs" / "releasing.md",
    *sorted((ROOT / ".github").rglob("*.*")),
]
STEP = re.compile(r"^\|[^|]+\| `([\w/]+\.py)` \| `([\w.]+)` \|$", re.MULTILINE)


def walk(title: str) -> list[tuple[str, str]]:
    """Return file and function of each step of a walk."""
    table = TEXT.partition(f"**{title}")[2].partition("\n\n|")[2].partition("\n\n")[0]
    return STEP.findall("|" + table)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_and_command_named_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    paths = re.findall(
        r"(?<![\w/])((?:sim|analysis|experiments|tests|docs|scenarios|\.devcontainer)/[\w./-]*)", text
    )
    gone = [path for path in paths if not (ROOT / path.rstrip(".")).exists()]
    assert not gone
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"`make ([\w-]+)", text):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    for command in re.findall(r"`cogov (\w+)", text):
        assert command in COMMANDS, command
    for module in re.findall(r"python -m (tests[\w.]+)", text):
        assert importlib.util.find_spec(module), module


def test_forms_can_be_read() -> None:
    for form in (ROOT / ".github" / "ISSUE_TEMPLATE").glob("[0-9]*.yml"):
        found = yaml.safe_load(form.read_text(encoding="utf-8"))
        assert {"name", "description", "body"} <= set(found), form.name


@pytest.mark.parametrize(
    ("title", "name", "steps"), [("One need", "need", 20), ("One parameter", "parameter", 8)]
)
def test_a_walk_can_be_made(title: str, name: str, steps: int, tmp_path: Path) -> None:
    told = walk(title)
    assert len(told) >= steps
    environment = {**os.environ, "NUMBA_DISABLE_JIT": "1"}
    made = subprocess.run(
        [sys.executable, "-m", "tests.site.walks", name, str(tmp_path)],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr[-3000:]
    called = [tuple(line.split(" ", 1)) for line in made.stdout.splitlines()]
    assert not [step for step in told if step not in called], "never called"
    places = [called.index(step) for step in told]
    late = [told[i + 1] for i in range(len(places) - 1) if places[i] > places[i + 1]]
    assert not late, f"called before the step above it: {late}"
