"""Make a folder that installs cogov without internet, make or bash: wheels, scripts, checksums.

Usage: .venv/bin/python scripts/bundle.py PLATFORM [PYTHON_VERSION]

Every package is the one that requirements.lock pins, by its hash. What comes as source only, and cogov
itself, is built here into wheels that fit every platform.
"""

import email
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.tags import Tag, compatible_tags, cpython_tags
from packaging.utils import canonicalize_name, parse_wheel_filename

ROOT = Path(__file__).resolve().parents[1]
PARTS = ROOT / "scripts" / "bundle_parts"
#: With the page in the browser and the studies of many assumptions: all that an office uses.
EXTRAS = ("dashboard", "studies")
#: Built here: no wheel is published.
SOURCE_ONLY = ("antlr4-python3-runtime", "solara-assets")
PLATFORMS = {
    "win_amd64": ("win32", "Windows", "nt", "AMD64"),
    "manylinux_2_28_x86_64": ("linux", "Linux", "posix", "x86_64"),
    "manylinux_2_28_aarch64": ("linux", "Linux", "posix", "aarch64"),
}


class BundleError(Exception):
    """The bundle cannot be made, or is not whole; one line."""


@dataclass(frozen=True)
class Target:
    """Where the bundle is to be installed."""

    platform: str
    python: str

    def __post_init__(self) -> None:
        if self.platform not in PLATFORMS:
            raise BundleError(f"PLATFORM={self.platform} is not one of {', '.join(PLATFORMS)}")
        if not re.fullmatch(r"3\.1[2-9]", self.python):
            raise BundleError(f"PYTHON_VERSION={self.python} is not 3.12 or newer, such as 3.13")

    @property
    def environment(self) -> dict[str, str]:
        """What markers are evaluated with."""
        system, name, kind, machine = PLATFORMS[self.platform]
        return {
            "sys_platform": system, "platform_system": name, "os_name": kind, "platform_machine": machine,
            "python_version": self.python, "python_full_version": f"{self.python}.9",
            "implementation_name": "cpython", "implementation_version": f"{self.python}.9",
            "platform_python_implementation": "CPython", "platform_release": "", "platform_version": "",
        }  # fmt: skip

    @property
    def platforms(self) -> list[str]:
        """The platform's tags, newest first: what was built for an older system fits as well."""
        found = re.fullmatch(r"manylinux_2_(\d+)_(\w+)", self.platform)
        if found is None:
            return [self.platform]
        newest, machine = int(found[1]), found[2]
        tags = []
        for number in range(newest, 4, -1):
            tags.append(f"manylinux_2_{number}_{machine}")
            if number == 17:
                tags.append(f"manylinux2014_{machine}")
            if machine == "x86_64" and number in (12, 5):
                tags.append(f"manylinux{'2010' if number == 12 else '1'}_{machine}")
        return tags

    @property
    def tags(self) -> set[Tag]:
        """The tags of wheels that fit."""
        major, minor = map(int, self.python.split("."))
        interpreter = f"cp{major}{minor}"
        found = cpython_tags((major, minor), [interpreter], self.platforms)
        return {*found, *compatible_tags((major, minor), interpreter, self.platforms)}


@dataclass
class Pin:
    """A package of the lock."""

    name: str
    version: str
    marker: str
    block: str
    hashes: set[str] = field(default_factory=set)
    via: set[str] = field(default_factory=set)


def pins(lock: str) -> list[Pin]:
    """Return the packages of a lock file, each with the packages that ask for it."""
    found = []
    for block in re.split(r"(?m)^(?=[A-Za-z0-9][A-Za-z0-9._-]*==)", lock)[1:]:
        first = re.match(r"(\S+?)==([^\s;\\]+)\s*(?:;\s*([^\\\n]*?))?\s*\\?\n", block)
        if first is None:
            raise BundleError(f"requirements.lock: cannot read {block.splitlines()[0]!r}")
        said = " ".join(line.strip(" #") for line in block.splitlines() if line.strip().startswith("#"))
        via = {canonicalize_name(name) for name in said.removeprefix("via").split() if name[0] != "("}
        hashes = set(re.findall(r"--hash=sha256:([0-9a-f]{64})", block))
        found.append(Pin(canonicalize_name(first[1]), first[2], first[3] or "", block, hashes, via))
    return found


def roots(project: Mapping[str, object], extras: Iterable[str] = EXTRAS) -> list[Requirement]:
    """Return what cogov and its extras ask for."""
    asked = list(project["dependencies"])  # type: ignore[call-overload]
    for extra in extras:
        asked += project["optional-dependencies"][extra]  # type: ignore[index]
    return [Requirement(text) for text in asked]


def selected(lock: list[Pin], asked: list[Requirement], target: Target) -> list[Pin]:
    """Return the packages that an installation there needs, and those they ask for in turn."""
    fits = [pin for pin in lock if not pin.marker or Marker(pin.marker).evaluate(target.environment)]
    chosen = {
        canonicalize_name(one.name)
        for one in asked
        if not one.marker or one.marker.evaluate(target.environment)
    }
    if missing := chosen - {pin.name for pin in fits}:
        raise BundleError(f"requirements.lock lacks {', '.join(sorted(missing))}: run make lock")
    while more := {pin.name for pin in fits if pin.via & chosen} - chosen:
        chosen |= more
    return [pin for pin in fits if pin.name in chosen]


def check(folder: Path, chosen: list[Pin], asked: list[Requirement], target: Target) -> list[str]:
    """Return what is wrong with a folder of wheels, a line each."""
    wrong = []
    wanted = {pin.name: pin for pin in chosen}
    wheels: dict[str, Path] = {}
    for path in sorted(folder.iterdir()):
        if path.suffix != ".whl":
            wrong.append(f"{path.name} is no wheel")
            continue
        name, version, _, tags = parse_wheel_filename(path.name)
        if name in wheels:
            wrong.append(f"{path.name}: there is also {wheels[name].name}")
        wheels[name] = path
        if not tags & target.tags:
            wrong.append(f"{path.name} does not fit {target.platform} with Python {target.python}")
        if name == "cogov":
            continue
        if name not in wanted or str(version) != wanted[name].version:
            wrong.append(f"{path.name} is not what the lock pins")
        elif name in SOURCE_ONLY:
            if not path.name.endswith("-none-any.whl"):
                wrong.append(f"{path.name} was built for this machine alone")
        elif sha256(path) not in wanted[name].hashes:
            wrong.append(f"{path.name} has a hash that the lock does not know")
    wrong += [f"{name} is missing" for name in sorted({*wanted, "cogov"} - set(wheels))]
    return wrong + _unmet(wheels, asked, target)


def _unmet(wheels: Mapping[str, Path], asked: list[Requirement], target: Target) -> list[str]:
    """Return what the wheels ask for, by their own words, that is not there."""
    wrong, seen, todo = [], set(), [("cogov", one, "") for one in asked]
    while todo:
        by, one, extra = todo.pop()
        if one.marker and not one.marker.evaluate({**target.environment, "extra": extra}):
            continue
        name = canonicalize_name(one.name)
        if name not in wheels:
            wrong.append(f"{by} asks for {one}, which is not there")
            continue
        if not one.specifier.contains(parse_wheel_filename(wheels[name].name)[1], prereleases=True):
            wrong.append(f"{by} asks for {one}, there is {wheels[name].name}")
        for further in ("", *one.extras):
            if (name, further) not in seen:
                seen.add((name, further))
                todo += [(name, Requirement(text), further) for text in _requires(wheels[name])]
    return sorted(set(wrong))


def _requires(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as content:
        name = next(name for name in content.namelist() if name.endswith(".dist-info/METADATA"))
        return email.message_from_bytes(content.read(name)).get_all("Requires-Dist") or []


def sha256(path: Path) -> str:
    """Return the hash of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write_parts(folder: Path, target: Target, version: str) -> None:
    """Write what stands beside the wheels: scripts, facts, lock, licence, read-me, checksums."""
    for path in sorted(PARTS.iterdir()):
        text = path.read_text(encoding="utf-8")
        for key, value in {"VERSION": version, "PLATFORM": target.platform, "PYTHON": target.python}.items():
            text = text.replace(f"@{key}@", value)
        # Windows reads a command file line by line, each ended its own way.
        ends = "\r\n" if path.suffix == ".cmd" else "\n"
        (folder / path.name).write_text(text, encoding="utf-8", newline=ends)
    (folder / "install.sh").chmod(0o755)
    for name in ("requirements.lock", "LICENSE", "README.zh.md"):
        shutil.copy(ROOT / name, folder / ("README-cogov.zh.md" if name == "README.zh.md" else name))
    shutil.copytree(ROOT / "analysis" / "fonts", folder / "fonts", dirs_exist_ok=True)
    wheels = sorted((folder / "wheels").glob("*.whl"))
    lines = []
    for path in wheels:
        name, release, *_ = parse_wheel_filename(path.name)
        lines.append(f"{name}=={release} --hash=sha256:{sha256(path)}\n")
    (folder / "requirements.txt").write_text("".join(lines), encoding="utf-8", newline="\n")
    system, _, _, machine = PLATFORMS[target.platform]
    facts = {"version": version, "platform": target.platform, "python": target.python, "system": system,
             "machine": machine, "glibc": "2.28" if system == "linux" else ""}  # fmt: skip
    (folder / "bundle.json").write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8", newline="\n")
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "SHA256SUMS")
    sums = "".join(f"{sha256(path)}  {path.relative_to(folder).as_posix()}\n" for path in files)
    (folder / "SHA256SUMS").write_text(sums, encoding="utf-8", newline="\n")


def make(target: Target, out: Path) -> Path:
    """Make the folder and its zip file; return the folder."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lock = pins((ROOT / "requirements.lock").read_text(encoding="utf-8"))
    asked = roots(project)
    chosen = selected(lock, asked, target)
    folder = out / f"cogov-{project['version']}-{target.platform}-py{target.python.replace('.', '')}"
    with tempfile.TemporaryDirectory(prefix="cogov-bundle-") as scratch:
        made = Path(scratch) / folder.name
        wheels = made / "wheels"
        wheels.mkdir(parents=True)
        download(chosen, lock, target, wheels, Path(scratch))
        if wrong := check(wheels, chosen, asked, target):
            raise BundleError("; ".join(wrong))
        write_parts(made, target, project["version"])
        archive = Path(shutil.make_archive(str(Path(scratch) / "bundle"), "zip", scratch, folder.name))
        out.mkdir(parents=True, exist_ok=True)
        if folder.exists():
            if not (folder / "bundle.json").is_file():
                raise BundleError(f"{folder} is there and is no bundle: move it away")
            shutil.rmtree(folder)
        shutil.move(made, folder)
        shutil.move(archive, folder.with_name(f"{folder.name}.zip"))
    return folder


def download(chosen: list[Pin], lock: list[Pin], target: Target, wheels: Path, scratch: Path) -> None:
    """Fetch the wheels by their hashes; build what has none."""
    ready = [pin for pin in chosen if pin.name not in SOURCE_ONLY]
    minor = target.python.split(".")[1]
    where = [word for tag in target.platforms for word in ("--platform", tag)]
    abis = ["--abi", f"cp3{minor}", "--abi", "abi3", "--abi", "none"]
    fit = ["--implementation", "cp", "--python-version", target.python, *abis, *where]
    pip = [*_pip(scratch), "--no-input", "--disable-pip-version-check"]
    _run([*pip, "download", "--quiet", "--no-deps", "--only-binary", ":all:", "--require-hashes", *fit,
          "--dest", str(wheels), "-r", str(_requirements(ready, scratch / "wheels.txt"))])  # fmt: skip
    source = [pin for pin in chosen if pin.name in SOURCE_ONLY]
    builders = [pin for pin in lock if pin.name in ("setuptools", "wheel")]
    constraint = str(_requirements(builders, scratch / "builders.txt", hashes=False))
    if source:
        build = [
            "wheel",
            "--quiet",
            "--no-deps",
            "--no-binary",
            ":all:",
            "--require-hashes",
            "--no-cache-dir",
        ]
        build += ["--wheel-dir", str(wheels), "-r", str(_requirements(source, scratch / "source.txt"))]
        _run([*pip, *build], PIP_CONSTRAINT=constraint, PIP_BUILD_CONSTRAINT=constraint)
    code = "import sys, hatchling.build; hatchling.build.build_wheel(sys.argv[1])"
    _run([sys.executable, "-c", code, str(wheels)])


def _requirements(chosen: Iterable[Pin], path: Path, hashes: bool = True) -> Path:
    """Write packages without their markers: they have been evaluated for another machine than this one."""
    lines = []
    for pin in chosen:
        words = [
            f"{pin.name}=={pin.version}",
            *(f"--hash=sha256:{one}" for one in sorted(pin.hashes) if hashes),
        ]
        lines.append(" ".join(words))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _pip(scratch: Path) -> list[str]:
    """Return a command that runs pip; an environment made by uv has none."""
    for python in (sys.executable, str(ROOT / ".tools" / "bin" / "python")):
        words = [python, "-m", "pip"]
        if (
            os.path.exists(python)
            and not subprocess.run([*words, "--version"], capture_output=True).returncode
        ):
            return words
    _run([sys.executable, "-m", "venv", str(scratch / "pip")])
    place = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
    return [str(scratch.joinpath("pip", *place)), "-m", "pip"]


def _run(command: list[str], **variables: str) -> None:
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **variables}, capture_output=True, text=True)
    if done.returncode:
        said = [line for line in (done.stderr or done.stdout).splitlines() if line.strip()]
        errors = [line for line in said if line.startswith("ERROR")] or said[-1:]
        raise BundleError("; ".join(errors)[:900] or f"{command[0]} ended with status {done.returncode}")


def main(words: list[str]) -> int:
    """Make the bundle for the platform named on the command line."""
    try:
        if not 1 <= len(words) <= 2 or not words[0]:
            raise BundleError(f"name the platform: make bundle PLATFORM={'|'.join(PLATFORMS)}")
        folder = make(Target(words[0], words[1] if len(words) == 2 and words[1] else "3.12"), ROOT / "out")
    except (BundleError, OSError) as error:
        print(f"bundle: {' '.join(str(error).split())}", file=sys.stderr)
        return 2 if isinstance(error, BundleError) else 1
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    print(f"bundle: {folder.relative_to(ROOT)} and its .zip, {size / 1e6:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
