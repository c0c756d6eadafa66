# SPDX-FileCopyrightText: 2026 The Recorders Authors
# SPDX-License-Identifier: MIT
# shellcheck shell=bash
#
# What examples/run and tests/run have in common. Sourced, not run.

say() { printf '%s\n' "$@"; } # one line per argument

die() {
    printf '%s\n' "$*" >&2
    exit 1
}

# What it takes to build the libraries and the examples, as Debian 12 calls it. The font is for
# machines without a display: without any font the window would be drawn without text.
# shellcheck disable=SC2034 # used by the scripts that source this one
build_packages=(cmake fonts-dejavu-core g++ ninja-build qt6-base-dev)

# What the QML module and the example qmldashboard take in addition.
# shellcheck disable=SC2034
qml_packages=(qml6-module-qtqml qml6-module-qtqml-models qml6-module-qtqml-workerscript
    qml6-module-qtquick qml6-module-qtquick-controls qml6-module-qtquick-layouts
    qml6-module-qtquick-shapes qml6-module-qtquick-templates qml6-module-qtquick-window
    qt6-declarative-dev qt6-declarative-dev-tools)

is_installed() {
    local status
    status=$(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null) || return 1
    [[ $status == installed ]]
}

# require_packages name...: installs those that are missing. Asks for root only if there are any.
require_packages() {
    local missing=() package
    if ! command -v dpkg-query >/dev/null; then
        say "This is not a Debian system. Make sure that it has what Debian calls: $*"
        return
    fi
    for package in "$@"; do
        is_installed "$package" || missing+=("$package")
    done
    ((${#missing[@]})) || return 0

    local as_root=()
    if ((EUID != 0)); then
        command -v sudo >/dev/null || die "These packages are missing: ${missing[*]}
Install them as root and run this again:
    apt-get install --no-install-recommends ${missing[*]}"
        as_root=(sudo)
    fi
    say "Installing what is missing: ${missing[*]}"
    "${as_root[@]}" apt-get update
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install --yes --no-install-recommends "${missing[@]}"
}

# run_logged log-file command...: prints the output only if the command fails.
run_logged() {
    local log=$1 status=0
    shift
    "$@" >"$log" 2>&1 || status=$?
    if ((status)); then
        tail --lines=100 "$log" >&2
        printf 'This command failed (exit code %d): %s\nAll of its output is in %s\n' \
            "$status" "$*" "$log" >&2
    fi
    return "$status"
}

# Shows what is going on: in the last line of a terminal, in its place. Nowhere else.
show_progress() {
    [[ ! -t 1 ]] || printf '\r\e[K%.*s' "$((${COLUMNS:-80} - 1))" "$1"
}

# Says something that stays, on a terminal above what show_progress shows.
say_progress() {
    [[ ! -t 1 ]] || printf '\r\e[K'
    say "$1"
}

# show_build name log-file: copies what Ninja prints to the file, and shows how far it is; where
# there is no terminal, once in a while.
show_build() {
    local line built all shown=0
    while IFS= read -r line; do
        printf '%s\n' "$line"
        [[ $line =~ ^\[([0-9]+)/([0-9]+)\]\ (.*) ]] || continue
        built=${BASH_REMATCH[1]} all=${BASH_REMATCH[2]}
        show_progress "[$1] building, $built/$all, ${BASH_REMATCH[3]##*/}" >&3
        if [[ ! -t 3 ]] && ((built * 5 / all > shown)); then
            shown=$((built * 5 / all))
            say "[$1] building, $built of $all" >&3
        fi
    done 3>&1 >"$2"
}

# configure preset: in .build/<preset>.
configure() {
    mkdir --parents .build/logs
    say "[$1] configuring"
    run_logged ".build/logs/$1-configure.txt" cmake --preset "$1"
}

# configure_and_build preset argument-of-the-build...
configure_and_build() {
    local preset=$1 log=.build/logs/$1-build.txt status=0
    configure "$preset" || return
    say "[$preset] building (the first time takes minutes)"
    cmake --build --preset "$preset" --parallel "$(nproc)" "${@:2}" 2>&1 |
        show_build "$preset" "$log" || status=$?
    show_progress ''
    if ((status)); then
        tail --lines=100 "$log" >&2
        say "It could not be built. All of its output is in $log" >&2
    fi
    return "$status"
}

# Qt wants a private directory for the session; a machine without a session has none.
use_private_runtime_directory() {
    XDG_RUNTIME_DIR=$(mktemp --directory)
    export XDG_RUNTIME_DIR
    chmod 0700 "$XDG_RUNTIME_DIR"
    trap 'rm --recursive --force "$XDG_RUNTIME_DIR"' EXIT
}
