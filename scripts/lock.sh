#!/usr/bin/env bash
# Pin every package anew (all extras, all platforms, Python 3.12 and newer) with hashes and no address.
#
# Versions already in requirements.lock stay unless pyproject.toml rules them out; pass --upgrade to renew them.
set -euo pipefail
unset CDPATH # or cd looks elsewhere first
cd "$(dirname "${BASH_SOURCE[0]}")/.."
PATH="$PATH:$PWD/.tools/bin"
command -v uv >/dev/null || { echo "lock: needs uv (make setup puts one into .tools)" >&2; exit 1; }
uv pip compile pyproject.toml --all-extras --universal --python-version 3.12 --generate-hashes \
    --no-header --no-emit-index-url --no-emit-find-links --quiet --output-file requirements.lock "$@" >/dev/null
