# SPDX-FileCopyrightText: 2026 The Recorders Authors
# SPDX-License-Identifier: MIT
# shellcheck shell=bash
#
# The job debian13 of tests/run, which sources this: it lets tests/run do its work within a Debian 13.
#
# That Debian is in .build/debian13/root, with the compiler cache of its own, and is reused. What it
# needs of this machine, /proc and /dev, is mounted in a namespace that vanishes with the processes
# in it, however they end: nothing outside ever sees a mount, and nothing removes files through one.

debian13_root=.build/debian13/root

# Where this machine gets its own packages from. Nothing if it does not say.
debian_mirror() {
    sed --quiet 's/^URIs:[[:space:]]*\([^[:space:]]*\).*/\1/p;T;q' \
        /etc/apt/sources.list.d/debian.sources 2>/dev/null || true
}

require_debian13() {
    ((EUID == 0)) || die "The job debian13 makes a Debian of its own and changes into it, which
takes root. Run it as root, or the other jobs without it."
    (require_packages debootstrap) || true
    command -v debootstrap >/dev/null ||
        die "The job debian13 needs debootstrap, which is missing and could not be installed."
}

make_debian13() {
    [[ ! -d $debian13_root ]] || return 0
    local mirror
    mirror=$(debian_mirror)
    say "[debian13] making a Debian 13 from ${mirror:-the usual mirror}"
    rm --recursive --force --one-file-system "$debian13_root.new"
    mkdir --parents "$debian13_root.new"
    # Without a mirror debootstrap takes its own default.
    run_logged .build/logs/debian13-debootstrap.txt unshare --mount \
        debootstrap --variant=minbase trixie "$debian13_root.new" ${mirror:+"$mirror"} || return
    mv "$debian13_root.new" "$debian13_root"
}

# Copies the sources. What was built of them before is kept, unless that run did not end without a
# warning: what is not compiled again says nothing.
copy_sources() {
    local copy=$debian13_root/recorders
    mkdir --parents "$copy"
    [[ -e $copy/.build/no-warnings ]] ||
        rm --recursive --force --one-file-system "$copy/.build"
    rm --force "$copy/.build/no-warnings"
    find "$copy" -mindepth 1 -maxdepth 1 ! -name .build \
        -exec rm --recursive --force --one-file-system {} +
    all_files | tar --create --null --files-from=- | tar --extract --directory="$copy"
    cp --dereference /etc/resolv.conf /etc/hosts "$debian13_root/etc/"
}

# The arguments of unshare that run a command in there: enter_debian13=(...)
# shellcheck disable=SC2016 # expanded by the shell in the namespace
enter_debian13=(--mount --pid --fork --kill-child bash -c '
    set -e
    mount --types proc proc "$1/proc"
    mount --rbind /dev "$1/dev"
    exec chroot "$1" env --ignore-environment --chdir=/recorders \
        ${http_proxy:+"http_proxy=$http_proxy"} ${https_proxy:+"https_proxy=$https_proxy"} \
        HOME=/root LC_ALL=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin "${@:2}"
' bash "$debian13_root")

# debian13 job...: of tests/run. A warning of CMake, a compiler or a tool of Qt is a failure.
debian13() {
    local begin=$SECONDS logs=$debian13_root/recorders/.build/logs log=.build/logs/debian13.txt
    local process line status=0 passed=0 failed=0 warnings remark=''
    mkdir --parents .build/logs
    if ! make_debian13 || ! copy_sources; then
        report debian13 0 1 "there is no Debian 13"
        failures+=("  debian13: there is no Debian 13 to work in")
        return
    fi

    : >"$log"
    exec {output}< <(exec unshare "${enter_debian13[@]}" bash tests/run "$@" </dev/null 2>&1)
    process=$!
    # shellcheck disable=SC2064 # the process of now; it would not heed another signal
    trap "kill -KILL $process 2>/dev/null; exit 130" HUP INT TERM
    while IFS= read -r line <&"$output"; do
        say "[debian13] $line"
        printf '%s\n' "$line" >>"$log"
    done
    exec {output}<&-
    wait "$process" || status=$?
    trap - HUP INT TERM

    if [[ $(tail --lines=1 "$log") =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed$ ]]; then
        passed=${BASH_REMATCH[1]} failed=${BASH_REMATCH[2]}
    fi
    if ((status && !failed)); then
        failed=1
        failures+=("  debian13: tests/run ended with exit code $status, see $log")
    elif ((failed)); then
        failures+=("  debian13: see $log")
    fi
    warnings=$(grep --extended-regexp --ignore-case --no-filename '\bwarning\b' \
        "$logs"/*-configure.txt "$logs"/*-build.txt) || true
    if [[ -n $warnings ]]; then
        failed=$((failed + 1))
        remark=', with warnings'
        failures+=("  debian13: there were warnings, see $logs" "$(head --lines=20 <<<"$warnings" | indent)")
    elif ((!status)); then
        touch "$debian13_root/recorders/.build/no-warnings"
    fi
    report debian13 "$passed" "$failed" "$((SECONDS - begin)) s$remark"
}
