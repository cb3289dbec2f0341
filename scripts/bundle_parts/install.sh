#!/bin/sh
# Install cogov @VERSION@ from this folder, without internet:  sh install.sh [FOLDER]
# Looks for a Python @PYTHON@; what is missing is said in one line.
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd) || exit 1
unset PYTHONHOME PYTHONPATH VIRTUAL_ENV
any=
for python in python@PYTHON@ python3 python "${PYENV_ROOT:-${HOME:-}/.pyenv}"/versions/@PYTHON@*/bin/python; do
    "$python" -c '' >/dev/null 2>&1 || continue
    any=${any:-$python}
    if "$python" "$here/install.py" --fits >/dev/null 2>&1; then
        exec "$python" "$here/install.py" "$@"
    fi
done
if [ -z "$any" ]; then
    echo "install: needs Python @PYTHON@, found no Python at all in PATH" >&2
    exit 1
fi
exec "$any" "$here/install.py" "$@"
