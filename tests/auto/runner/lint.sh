#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Recorders Authors
# SPDX-License-Identifier: MIT
#
# Lets tests/lint.sh do one of its jobs, and checks what it reports:
#     lint.sh scenario scratch-directory directory-of-lint.sh
# shellcheck disable=SC2016 # expanded by the stand-ins

set -euo pipefail
# shellcheck source=tests/setup.sh
source "$3/setup.sh"
# shellcheck source=tests/lint.sh
source "$3/lint.sh"
# shellcheck source=tests/auto/runner/standins.sh
source "${BASH_SOURCE[0]%/*}/standins.sh"

# The repository around the scratch directory is not the one that is looked at.
export HOME=$scratch GIT_CONFIG_NOSYSTEM=1 GIT_CEILING_DIRECTORIES=${scratch%/*}
unset GIT_DIR GIT_WORK_TREE RECORDERS_LINT_SINCE RECORDERS_LINT_MINUTES
stand_in cmake <<<'[[ $* != *--build* ]] || ! grep -rn CLAZY src | sed "s/\$/: warning: /" | grep .'
stand_in clang-tidy-14 <<<'sleep "$(sed -n "s/.*SLEEP //p" "${@: -1}" | grep . || echo 0)"; ! grep -n TIDY "${@: -1}"'
stand_in clazy-standalone <<<'! grep -n CLAZY "${@: -1}"'
stand_in clang-format-14 <<<'! grep -Hn FORMAT "${@:3}" | sed "s/FORMAT.*/1: error: code should be formatted/" | grep .'
echo '            "CLAZY_CHECKS": "level1",' >CMakePresets.json
printf '%s\n' .build bin >.gitignore

# commit days-ago file text...: makes each file say its text.
commit() {
    local date
    date=$(($(date +%s) - $1 * 24 * 60 * 60))
    shift
    [[ -d .git ]] || git init --quiet .
    while (($#)); do
        echo "$2" >"$1"
        shift 2
    done
    git add .
    GIT_AUTHOR_DATE=$date GIT_COMMITTER_DATE=$date git -c user.name=x -c user.email=x@example.org \
        commit --quiet --message x
}

lint() {
    require_lint
    lint_changes
}

case $scenario in
format_clean)
    touch src/a.cpp tests/tst_a.cpp
    check_format >output.txt 2>&1
    expect_report 'format 1 passed, 0 failed'
    ;;
format_fault)
    touch src/a.cpp
    echo 'FORMAT' >tests/tst_a.cpp
    check_format >output.txt 2>&1
    expect_report 'format 0 passed, 1 failed'
    expect_output '    tests/tst_a.cpp'
    refuse_output 'src/a.cpp'
    ;;
tidy_clean)
    touch src/a.cpp inspector/b.cpp
    echo 'TIDY' >tests/tst_a.cpp
    tidy_all >output.txt 2>&1
    expect_report 'tidy 2 passed, 0 failed'
    ;;
tidy_warning)
    touch src/a.cpp
    echo 'TIDY 1' >inspector/b.cpp
    tidy_all >output.txt 2>&1
    expect_report 'tidy 1 passed, 1 failed'
    expect_output '[tidy] inspector/b.cpp:' '1:TIDY 1'
    ;;
tidy_nothing)
    tidy_all >output.txt 2>&1
    expect_report 'tidy 0 passed, 1 failed'
    ;;
clazy_clean)
    clazy_all >output.txt 2>&1
    expect_report 'clazy 1 passed, 0 failed'
    ;;
clazy_warning)
    echo 'CLAZY 1' >src/a.cpp
    clazy_all >output.txt 2>&1
    expect_report 'clazy 0 passed, 1 failed'
    expect_output 'CLAZY 1'
    ;;
clean)
    commit 3 src/old.cpp 'TIDY CLAZY'
    commit 1 src/a.cpp 'int a;'
    commit 0 src/b.cpp 'int b;' tests/tst_b.cpp 'TIDY'
    lint >output.txt 2>&1
    expect_report 'lint 1 passed, 0 failed: 0 not looked at'
    ;;
warning)
    commit 3 src/a.cpp 'int a;'
    commit 0 src/b.cpp 'CLAZY' src/c.cpp 'TIDY' src/d.cpp ''
    echo 'TIDY, not committed' >src/e.cpp
    lint >output.txt 2>&1
    expect_report 'lint 1 passed, 3 failed'
    expect_output '[lint] src/b.cpp:' '[lint] src/c.cpp:' '[lint] src/e.cpp:'
    ;;
header)
    commit 3 src/a_p.h '' src/a.cpp 'TIDY' src/b.cpp '#include "core/a_p.h" // TIDY' src/c.cpp 'TIDY'
    commit 0 src/a_p.h 'int a;'
    lint >output.txt 2>&1
    expect_report 'lint 0 passed, 2 failed'
    refuse_output 'src/c.cpp'
    ;;
late)
    nproc() { echo 1; }
    commit 3 src/a.cpp 'int a;'
    commit 0 src/b.cpp 'int b;'
    commit 0 src/c.cpp 'SLEEP 20'
    require_lint
    lint_minutes=0
    lint_changes >output.txt 2>&1
    expect_report 'lint 0 passed, 0 failed: 2 not looked at'
    expect_output 'not looked at' '    src/b.cpp' '    src/c.cpp'
    ;;
newest)
    commit 3 src/a.cpp 'int a;'
    commit 0 src/b.cpp 'int b;'
    commit 0 src/c.cpp 'int c;'
    echo 'int d;' >src/d.cpp
    require_lint
    order=$(changed_files "$lint_since" | affected_sources | paste --serial --delimiters=' ')
    [[ $order == 'src/d.cpp src/c.cpp src/b.cpp' ]] || die "the order is $order"
    ;;
cut)
    echo 'SLEEP 20' >src/a.cpp
    mkdir --parents .build/logs
    passed=0 failed=0 left=()
    analyse lint 1 tidy_file src/a.cpp >output.txt 2>&1
    [[ "$passed $failed ${left[*]}" == '0 0 src/a.cpp' ]] || die "passed, failed, left: $passed $failed ${left[*]}"
    ;;
since)
    commit 9 src/a.cpp 'TIDY'
    commit 8 src/b.cpp 'TIDY'
    commit 0 src/c.cpp 'TIDY'
    RECORDERS_LINT_SINCE=HEAD~2
    lint >output.txt 2>&1
    expect_report 'lint 0 passed, 2 failed'
    ;;
twenty)
    commit 3 src/a.cpp ''
    for ((i = 0; i < 30; i++)); do commit 0 src/a.cpp "$i"; done
    [[ $(lint_base) == "$(git rev-parse HEAD~20)" ]] || die "it is not the commit of 20 commits ago"
    ;;
nowhere)
    touch src/a.cpp
    git() { return 1; }
    lint >output.txt 2>&1
    expect_report 'lint 0 passed, 0 failed'
    expect_output 'there is no history'
    ;;
shallow)
    commit 0 src/a.cpp 'TIDY'
    lint >output.txt 2>&1
    expect_report 'lint 0 passed, 0 failed'
    expect_output 'there is no history'
    ;;
unknown)
    commit 0 src/a.cpp ''
    if (RECORDERS_LINT_SINCE=nonsense lint) >output.txt 2>&1; then
        die "a revision that does not exist is no error"
    fi
    expect_output "'nonsense'"
    ;;
*) die "There is no scenario called '$scenario'." ;;
esac
