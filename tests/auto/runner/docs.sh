#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Recorders Authors
# SPDX-License-Identifier: MIT
#
# Lets tests/docs.sh do its job, and checks what it reports:
#     docs.sh scenario scratch-directory directory-of-docs.sh
# shellcheck disable=SC2016 # expanded by the stand-ins

set -euo pipefail
# shellcheck source=tests/setup.sh
source "$3/setup.sh"
# shellcheck source=tests/docs.sh
source "$3/docs.sh"
# shellcheck source=tests/auto/runner/standins.sh
source "${BASH_SOURCE[0]%/*}/standins.sh"

stand_in qmake6 <<<'[[ $2 == QT_HOST_BINS ]] && echo "$PWD/bin" || echo "$PWD/qt"'
# Of qdoc, the file src/doc/recorders.qdocconf is what it prints, and inspector/page what it writes.
stand_in qdoc <<<'mkdir -p .build/doc; cp inspector/page .build/doc/index.html; cat src/doc/recorders.qdocconf >&2'
stand_in cmake <<<'[[ $* != *translations.cmake* ]] || ! grep -r "text without a class" inspector'
echo 'qt.qdoc: Parse source files for "X"' >src/doc/recorders.qdocconf
echo '<code>include/recorders/core</code>' >inspector/page

case $scenario in
clean)
    check_docs >output.txt 2>&1
    expect_report 'docs 2 passed, 0 failed'
    ;;
stale)
    mkdir --parents .build/doc && touch .build/doc/old.html
    check_docs >output.txt 2>&1
    expect_report 'docs 2 passed, 0 failed'
    [[ ! -e .build/doc/old.html ]] || die "what was there before is still there"
    ;;
warning)
    echo 'x.qdoc:1: (qdoc) warning: Cannot find X' >>src/doc/recorders.qdocconf
    check_docs >output.txt 2>&1
    expect_report 'docs 1 passed, 1 failed'
    expect_output 'Cannot find X'
    ;;
empty)
    stand_in qdoc <<<'true'
    check_docs >output.txt 2>&1
    expect_report 'docs 1 passed, 1 failed'
    ;;
failing)
    stand_in qdoc <<<'exit 1'
    check_docs >output.txt 2>&1
    expect_report 'docs 1 passed, 1 failed'
    ;;
path)
    echo "<code>$PWD/include</code>" >inspector/page
    check_docs >output.txt 2>&1
    expect_report 'docs 1 passed, 1 failed'
    expect_output 'index.html'
    ;;
text)
    echo 'text without a class' >inspector/a.cpp
    check_docs >output.txt 2>&1
    expect_report 'docs 1 passed, 1 failed'
    ;;
*) die "There is no scenario called '$scenario'." ;;
esac
