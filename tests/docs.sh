# SPDX-FileCopyrightText: 2026 The Recorders Authors
# SPDX-License-Identifier: MIT
# shellcheck shell=bash
#
# The job docs: qdoc makes the documentation, lupdate collects the texts. Neither fails by itself
# when it warns. Sourced by tests/run.

# shellcheck disable=SC2034 # used by the scripts that source this one
docs_packages=(qt6-documentation-tools)

# run_qdoc headers-of-Qt log: makes .build/doc, which must not exist, with what cmake has generated
# for the preset dev.
run_qdoc() {
    local qdoc module options=(-I "$PWD/include" -I "$PWD/.build/dev/include" -I "$1")
    qdoc=$(qmake6 -query QT_HOST_BINS)/qdoc || return
    for module in QtCore QtGui QtWidgets QtQml; do
        options+=(-I "$1/$module")
    done
    run_logged "$2" "$qdoc" "${options[@]}" src/doc/recorders.qdocconf
}

# documentation_is_clean headers-of-Qt log: whether qdoc has warned of nothing, and written pages
# that are the same on each machine.
documentation_is_clean() {
    local pages=() with_paths
    if grep --extended-regexp '(warning|error): ' "$2"; then
        say "[docs] qdoc must not warn of anything. All of its output is in $2"
        return 1
    fi
    mapfile -t pages < <(find .build/doc -name '*.html')
    if ((${#pages[@]} == 0)); then
        say "[docs] qdoc has written no page. All of its output is in $2"
        return 1
    fi
    # Not as a part of a longer path: where this is /recorders, include/recorders/core is none.
    with_paths=$(grep --recursive --files-with-matches --perl-regexp \
        "(?<![\\w./-])(\\Q$PWD/\\E|\\Q$1\\E)" .build/doc) || {
        (($? == 1)) && return 0
        return 1
    }
    say "[docs] these files have a path of this machine:" "$with_paths"
    return 1
}

make_documentation() {
    local log=.build/logs/docs-qdoc.txt headers
    headers=$(qmake6 -query QT_INSTALL_HEADERS) || return
    rm --recursive --force .build/doc
    run_qdoc "$headers" "$log" && documentation_is_clean "$headers" "$log"
}

# Whether the class of each text is known: see the script.
collect_texts() {
    local scratch=.build/logs/docs-texts lupdate
    lupdate=$(qmake6 -query QT_HOST_BINS)/lupdate || return
    mkdir --parents "$scratch"
    run_logged .build/logs/docs-lupdate.txt cmake -DLUPDATE="$lupdate" -DSOURCES=inspector \
        -DHEADERS=include -DSCRATCH="$scratch" -P tests/auto/translations/translations.cmake
}

check_docs() {
    local begin=$SECONDS passed=0 failed=0
    if ! configure dev; then
        report docs 0 1 "did not configure"
        return
    fi
    say "[docs] making the documentation, collecting the texts"
    if make_documentation; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
    if collect_texts; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
    report docs "$passed" "$failed" "qdoc and lupdate, $((SECONDS - begin)) s"
}
