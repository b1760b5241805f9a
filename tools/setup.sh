#!/bin/sh
# Set up everything `make run` or `make test` needs on Debian or Ubuntu: Python, .venv, pinned packages, Qt's
# system libraries. System packages are installed as root or with sudo, after saying so; where that is not
# allowed, the exact command is printed. Usage: tools/setup.sh run|test|package
set -eu
cd "$(dirname "$0")/.."
goal=$1

say() { printf '%s\n' "poseapp set-up: $*"; }
fail() {
    printf '%s\n' "poseapp set-up: $*" >&2
    exit 1
}

# install_system WHY PACKAGE... : 0 when installed, 1 when it is not allowed here
install_system() {
    why=$1
    shift
    if ! command -v apt-get >/dev/null; then
        say "$why is missing; install it with your system's package manager (Debian names: $*)."
        return 1
    fi
    if [ "$(id -u)" = 0 ]; then
        as_root=""
    elif command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
        as_root="sudo"
    else
        say "$why is missing. Please run: sudo apt-get update && sudo apt-get install -y $*"
        return 1
    fi
    say "$why is missing. Installing the system packages: $*"
    log=$(mktemp)
    if $as_root env DEBIAN_FRONTEND=noninteractive sh -c \
        'apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@"' sh "$@" >"$log" 2>&1; then
        rm "$log"
        return 0
    fi
    tail -n 5 "$log" >&2
    rm "$log"
    say "that did not work. Please run: sudo apt-get update && sudo apt-get install -y $*"
    return 1
}

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
    for candidate in "${PYTHON:-}" python3 python3.14 python3.13 python3.12 python3.11; do
        if [ -n "$candidate" ] && command -v "$candidate" >/dev/null && new_enough "$candidate"; then
            echo "$candidate"
            return 0
        fi
    done
    return 1
}

make_venv() {
    python=$(find_python) || {
        install_system "Python 3.11 or newer" python3 python3-venv || exit 1
        python=$(find_python) || fail "Python 3.11 or newer is needed; this system's python3 is older."
    }
    "$python" -c 'import ensurepip, venv' 2>/dev/null || install_system "Python's venv module" python3-venv || exit 1
    say "making the virtual environment .venv ($("$python" --version))"
    rm -rf .venv
    "$python" -m venv .venv
}

# Shared libraries that Qt's wheels expect from the system, as LIBRARY:DEBIAN-PACKAGE.
qt_offscreen="libEGL.so.1:libegl1 libGL.so.1:libgl1 libxkbcommon.so.0:libxkbcommon0 libfontconfig.so.1:libfontconfig1
    libdbus-1.so.3:libdbus-1-3 libglib-2.0.so.0:libglib2.0-0"
qt_window="libxkbcommon-x11.so.0:libxkbcommon-x11-0 libxcb-cursor.so.0:libxcb-cursor0 libxcb-icccm.so.4:libxcb-icccm4
    libxcb-keysyms.so.1:libxcb-keysyms1 libxcb-shape.so.0:libxcb-shape0"

install_qt_libraries() {
    [ "$(uname -s)" = Linux ] || return 0
    present=$(/sbin/ldconfig -p 2>/dev/null || true)
    missing=""
    for entry in $qt_offscreen $qt_window; do
        case "$present" in
            *"${entry%%:*} "*) ;;
            *) missing="$missing ${entry##*:}" ;;
        esac
    done
    # The window needs them; what runs without one does not, so this alone stops nothing.
    # shellcheck disable=SC2086 - a list of package names
    [ -z "$missing" ] || install_system "A system library for the window" $missing || true
}

# What the packaged application takes from the system, and what builds, packs and tries it.
install_for_packaging() {
    [ "$(uname -s)" = Linux ] || return 0
    present=$(/sbin/ldconfig -p 2>/dev/null || true)
    missing=""
    version=$(.venv/bin/python -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    entries="libpulse.so.0:libpulse0 libspeechd.so.2:libspeechd2"
    # Debian's Python leaves its shared library to a package of its own.
    .venv/bin/python -c 'import sys; sys.exit(sys.base_prefix != "/usr")' &&
        entries="$entries libpython$version.so.1.0:libpython$version"
    for entry in $entries; do
        case "$present" in
            *"${entry%%:*} "*) ;;
            *) missing="$missing ${entry##*:}" ;;
        esac
    done
    for entry in objcopy:binutils xz:xz-utils Xvfb:xvfb; do
        command -v "${entry%%:*}" >/dev/null || missing="$missing ${entry##*:}"
    done
    # shellcheck disable=SC2086 - a list of package names
    [ -z "$missing" ] || install_system "Something to make the package with" $missing || exit 1
}

if [ "$goal" = package ]; then
    install_qt_libraries
    install_for_packaging
    exit 0
fi

{ [ -x .venv/bin/python ] && new_enough .venv/bin/python && .venv/bin/python -m pip --version >/dev/null 2>&1; } || make_venv
install_qt_libraries
say "installing the pinned Python packages (a minute or two the first time)"
list=requirements/run.txt
[ "$goal" = test ] && list=requirements/dev.txt
.venv/bin/python -m pip install --quiet --disable-pip-version-check -r "$list" ||
    fail "the Python packages could not be installed; is this computer online?"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
touch .venv/ready-to-run
[ "$goal" = run ] || touch .venv/ready-to-test
say "ready"
