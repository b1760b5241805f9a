#!/bin/sh
# Pin every dependency, with markers so that one list serves all systems and Python versions.
set -eu
cd "$(dirname "$0")/.."
command -v uv >/dev/null || { echo "uv is needed: pip install uv" >&2; exit 1; }

compile() { # NAME EXTRA-OPTIONS...
    name=$1
    shift
    uv pip compile pyproject.toml --universal --upgrade --python-version 3.11 "$@" \
        --no-header --no-annotate --quiet --output-file "requirements/$name.new"
    {
        echo "# Pinned versions for Python 3.11 and later on every system; made by \`make lock\` from pyproject.toml."
        cat "requirements/$name.new"
    } >"requirements/$name.txt"
    rm "requirements/$name.new"
}

compile run
compile dev --extra dev --constraint requirements/run.txt
compile package --extra package --constraint requirements/run.txt
