"""Install cogov from the wheels beside this file, without internet.

    python install.py [FOLDER]       FOLDER: the environment to make (default: cogov beside this file)

Written so that any Python can read it and say what is missing.
"""

import json
import os
import platform
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))


def facts():
    with open(os.path.join(HERE, "bundle.json")) as file:
        return json.load(file)


def version(text):
    return tuple(int(part) for part in text.split(".")[:2])


def what_does_not_fit(bundle):
    """Return in a line why this Python cannot use the bundle, or nothing."""
    ours = "%d.%d" % sys.version_info[:2]
    if ours != bundle["python"] or platform.python_implementation() != "CPython":
        other = ", or make the bundle with PYTHON_VERSION=%s" % ours if sys.version_info[:2] >= (3, 12) else ""
        return "needs CPython %s, found %s %s (%s): install it%s" % (
            bundle["python"], platform.python_implementation(), ours, sys.executable, other)
    system = "linux" if sys.platform.startswith("linux") else sys.platform
    machine = {"x86_64": "x86_64", "amd64": "x86_64", "arm64": "aarch64", "aarch64": "aarch64"}.get(
        platform.machine().lower(), platform.machine())
    wanted = bundle["machine"].lower().replace("amd64", "x86_64")
    if system != bundle["system"] or machine != wanted:
        return "this bundle is for %s, this machine is %s %s: take the bundle for it" % (
            bundle["platform"], system, machine)
    if sys.maxsize < 2**32:
        return "needs a 64-bit Python, %s has 32" % sys.executable
    if bundle["glibc"]:
        name, found = platform.libc_ver()
        if name != "glibc" or version(found) < version(bundle["glibc"]):
            return "needs a Linux with glibc %s or newer, this one has %s %s" % (
                bundle["glibc"], name or "another C library", found)
    return ""


def run(words, hint):
    """Carry out a command; end with a line where it fails."""
    done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True)
    if done.returncode:
        said = [line.strip() for line in done.stdout.splitlines() if line.strip()]
        errors = [line for line in said if line.startswith("ERROR")] or said[-1:] or ["no message"]
        fail("%s (%s)" % (hint, errors[0][:600]))


def fail(text):
    sys.stderr.write("install: %s\n" % " ".join(text.split()))
    sys.exit(1)


def main(words):
    if words == ["--fits"]:
        sys.exit(1 if what_does_not_fit(facts()) else 0)
    if len(words) > 1 or words[:1] in (["-h"], ["--help"]):
        fail("give at most one word, the folder of the environment to make")
    reason = what_does_not_fit(facts())
    if reason:
        fail(reason)
    folder = os.path.abspath(words[0] if words else os.path.join(HERE, "cogov"))
    if os.path.exists(folder) and not os.path.exists(os.path.join(folder, "pyvenv.cfg")):
        if not os.path.isdir(folder) or os.listdir(folder):
            fail("%s is there and is no environment of Python: name another folder" % folder)
    print("install: making %s (a minute or two)" % folder)
    sys.stdout.flush()
    place = ("Scripts", ".exe") if os.name == "nt" else ("bin", "")
    python = os.path.join(folder, place[0], "python" + place[1])
    run([sys.executable, "-m", "venv", folder],
        "Python cannot make environments: install its venv package (python3-venv on Debian and Ubuntu)")
    # Only from here: no index, no settings of pip's on this machine, every file checked by its hash.
    run([python, "-m", "pip", "--isolated", "--disable-pip-version-check", "--no-input", "install", "--quiet",
         "--no-cache-dir", "--no-index", "--no-deps", "--require-hashes",
         "--find-links", os.path.join(HERE, "wheels"), "-r", os.path.join(HERE, "requirements.txt")],
        "the packages could not be installed: copy the bundle again, whole")
    run([python, "-c", "import cogov_start, experiments.cli"], "what was installed does not start")
    command = os.path.join(folder, place[0], "cogov" + place[1])
    print("install: ready. Try:")
    print('"%s" compare community.residents=1000 replications=5 out=first' % command)


if __name__ == "__main__":
    main(sys.argv[1:])
