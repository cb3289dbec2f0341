#!/usr/bin/env bash
# Make .venv: find a Python, install what requirements.lock pins, then this checkout.
#
# Does nothing when .venv is already what the lock and pyproject.toml ask for. Takes package sources from
# whatever pip or uv is configured to use on this machine; asks no questions; writes only .venv and .tools.
set -euo pipefail
unset CDPATH # or cd looks elsewhere first
cd "$(dirname "${BASH_SOURCE[0]}")/.."
exec </dev/null

readonly VENV=.venv TOOLS=.tools
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1
unset VIRTUAL_ENV PYTHONHOME PYTHONPATH || true
# Settings that send packages elsewhere than into .venv.
unset PIP_USER PIP_TARGET PIP_PREFIX PIP_ROOT UV_SYSTEM_PYTHON UV_TARGET UV_PREFIX || true

say() { printf 'setup: %s\n' "$*"; }
fail() { printf 'setup: %s\n' "$*" >&2; exit 1; }

# --- is there anything to do? ---------------------------------------------------------------------

digest() {
    if command -v sha256sum >/dev/null; then sha256sum; elif command -v shasum >/dev/null; then shasum -a 256; else cksum; fi |
        cut -d' ' -f1
}

# The folder is part of the key: an environment that was moved still points at the old place.
key=$({ cat requirements.lock pyproject.toml; pwd -P; } | digest)
stamp=$VENV/.installed
if [ "$(cat "$stamp" 2>/dev/null || true)" = "$key" ] && "$VENV/bin/python" -c '' 2>/dev/null; then
    exit 0
fi

# --- find a Python --------------------------------------------------------------------------------

# True if the command runs at all (a pyenv shim may exist and still fail) and is CPython 3.12 or newer.
usable() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 12) or sys.implementation.name != "cpython")' \
        >/dev/null 2>&1
}

# The interpreter behind a command: the path of a shim would depend on the folder it is called from.
real_path() { "$1" -c 'import sys; print(sys.executable)'; }

find_python() {
    local candidate pyenv=${PYENV_ROOT:-${HOME:-}/.pyenv}/versions
    # 3.12 and 3.13 first: every pinned package has a ready-made build for them.
    for candidate in python3.12 python3.13 "$pyenv"/3.12*/bin/python "$pyenv"/3.13*/bin/python \
        python3 python3.14 python "$pyenv"/*/bin/python; do
        if usable "$candidate"; then
            real_path "$candidate"
            return 0
        fi
    done
    return 1
}

# --- uv, which installs ten times faster than pip, if it can be had ---------------------------------

find_uv() {
    if command -v uv >/dev/null && uv --version >/dev/null 2>&1; then
        command -v uv
    elif "$TOOLS/bin/uv" --version >/dev/null 2>&1; then
        printf '%s\n' "$PWD/$TOOLS/bin/uv"
    else
        return 1
    fi
}

install_uv() {
    local python
    for python in "$@" python3 python; do
        [ -n "$python" ] && "$python" -c 'import venv, ensurepip' >/dev/null 2>&1 || continue
        say "installing uv into $TOOLS"
        if "$python" -m venv --clear "$TOOLS" >/dev/null 2>&1 &&
            "$TOOLS/bin/python" -m pip install --quiet uv >/dev/null 2>&1; then
            return 0
        fi
        say "uv could not be installed; going on with pip"
        return 1
    done
    return 1
}

# uv does not read pip's configuration. Where only pip is configured, pass its settings on.
pass_pip_settings_to_uv() {
    local settings
    settings=$("$1" -m pip config list 2>/dev/null) || return 0
    setting() {
        printf '%s\n' "$settings" | sed -n "s/^[^=]*\.$1='\(.*\)'\$/\1/p" | tail -n 1 | sed 's/\\n/ /g; s/^ *//'
    }
    local index extra links certificate
    index=$(setting index-url) extra=$(setting extra-index-url)
    links=$(setting find-links) certificate=$(setting cert)
    if [ -z "${UV_DEFAULT_INDEX:-}${UV_INDEX_URL:-}${UV_INDEX:-}${UV_EXTRA_INDEX_URL:-}" ]; then
        if [ -n "$index" ]; then export UV_DEFAULT_INDEX="$index"; fi
        if [ -n "$extra" ]; then
            # pip looks at every source for a version; every file is checked against its hash all the same.
            export UV_INDEX="$extra" UV_INDEX_STRATEGY="${UV_INDEX_STRATEGY:-unsafe-best-match}"
        fi
    fi
    if [ -n "$links" ]; then export UV_FIND_LINKS="${UV_FIND_LINKS:-$links}"; fi
    if [ -n "$certificate" ]; then export SSL_CERT_FILE="${SSL_CERT_FILE:-$certificate}"; fi
}

python=$(find_python) || python=
uv=$(find_uv) || { install_uv "$python" && uv=$(find_uv); } || uv=
if [ -z "$python" ] && [ -n "$uv" ]; then
    export UV_PYTHON_INSTALL_DIR="${UV_PYTHON_INSTALL_DIR:-$PWD/$TOOLS/python}"
    python=$("$uv" python find '>=3.12' 2>/dev/null) || {
        say "no Python 3.12 or newer on this machine; fetching one into $TOOLS"
        "$uv" python install --quiet 3.12 >/dev/null 2>&1 &&
            python=$("$uv" python find 3.12 2>/dev/null)
    } || python=
fi
[ -n "$python" ] || fail "needs Python 3.12 or newer (found none in PATH or pyenv, and uv could not fetch one)"

# --- the environment --------------------------------------------------------------------------------

# An environment whose Python is gone or too old is made afresh; any other is brought up to date.
fresh=
if ! usable "$VENV/bin/python"; then fresh=yes; fi

with_uv() {
    pass_pip_settings_to_uv "$python"
    if [ -n "$fresh" ]; then "$uv" venv --quiet --clear --python "$python" "$VENV" || return 1; fi
    # What is built from source is built with the pinned setuptools; a package that asks for a hatchling of its own
    # gets that one.
    sed -n '/^setuptools==/,/[^\\]$/p' requirements.lock >"$VENV/build-constraints.txt"
    "$uv" pip install --quiet --python "$VENV/bin/python" --require-hashes \
        --build-constraints "$VENV/build-constraints.txt" -r requirements.lock || return 1
    "$uv" pip install --quiet --python "$VENV/bin/python" --no-deps --no-build-isolation -e .
}

with_pip() {
    if [ -n "$fresh" ]; then
        "$python" -m venv --clear "$VENV" ||
            fail "$python cannot make environments: install its venv package (python3-venv on Debian), or uv"
    elif ! "$VENV/bin/python" -m pip --version >/dev/null 2>&1; then
        "$VENV/bin/python" -m ensurepip >/dev/null || fail "$VENV has no pip: delete the folder and try again"
    fi
    "$VENV/bin/python" -m pip install --quiet --require-hashes -r requirements.lock || return 1
    "$VENV/bin/python" -m pip install --quiet --no-deps --no-build-isolation -e .
}

say "installing the pinned packages into $VENV with $("$python" --version 2>&1) (a minute or two, once)"
rm -f "$stamp"
if [ -n "$uv" ] && with_uv; then
    :
else
    if [ -n "$uv" ]; then say "uv did not manage; trying pip"; fi
    with_pip || fail "the packages could not be installed: see the message above"
fi
# Ready-made bytecode: without it (uv writes none, and some machines forbid Python to) every start translates a
# thousand modules anew, which takes three times as long as the rest of a short run.
# A file that does not translate (a template for another Python) is read from its source, as before.
say "translating the packages, so that every start is quick"
env -u PYTHONDONTWRITEBYTECODE "$VENV/bin/python" -m compileall -qq -j 0 -x '[/\\]tests?[/\\]' \
    "$VENV"/lib/python3*/site-packages sim scenarios experiments analysis >/dev/null 2>&1 || true

printf '%s\n' "$key" >"$stamp"
say "ready: $VENV/bin/cogov"
