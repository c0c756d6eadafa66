#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Recorders Authors
# SPDX-License-Identifier: MIT
#
# Lets tests/ctest.sh run one test that ends as the scenario says, beside one that passes, and
# checks its verdict:
#     runner.sh scenario scratch-directory directory-of-ctest.sh

set -euo pipefail
scenario=$1 scratch=$2 tests=$3
# shellcheck source=tests/setup.sh
source "$tests/setup.sh"
# shellcheck source=tests/ctest.sh
source "$tests/ctest.sh"

rm --recursive --force "$scratch"
mkdir --parents "$scratch/.build/dev"
cd "$scratch"

# What the test does, run by run.
assertion='echo "PASS   : tst_X::other()"; echo "FAIL!  : tst_X::adds() Compared values differ"
    echo "   Actual (sum): 1"; echo "PASS   : tst_X::third()"; exit 1'
case $scenario in
passing) script='true' ;;
failing) script=$assertion ;;
flaky) script="if [ ! -e second ]; then touch second; $assertion; fi" ;;
unsteady) script="if [ -e second ] && [ ! -e third ]; then touch third; exit 0; fi; touch second; $assertion" ;;
crashing) script='echo "before it"; kill -SEGV $$' ;;
reported) script='echo "==1==ERROR: AddressSanitizer: heap-use-after-free"; exit 1' ;;
stuck) script='sleep 30' ;;
unlawful) script='echo "FAIL!  : tst_X::adds() (conservation law broken: registered=2)"; exit 1' ;;
unmatched) script='echo nothing that is expected' ;;
worse) script="if [ -e second ]; then kill -SEGV \$\$; fi; touch second; $assertion" ;;
nested) script='echo "    Start 9: inner"; echo "1/9 Test #1: inner ...   Passed  0.01 sec"; exit 1' ;;
killed) script='kill -KILL $PPID' ;;
empty) script= ;;
*) die "There is no scenario called '$scenario'." ;;
esac
printf '%s\n' "$script" >test.sh

cat >CMakePresets.json <<'END'
{
    "version": 6,
    "configurePresets": [{ "name": "dev", "binaryDir": "${sourceDir}/.build/dev" }],
    "testPresets": [{ "name": "dev", "configurePreset": "dev", "output": { "outputOnFailure": true } }]
}
END
if [[ $scenario == empty ]]; then
    : >.build/dev/CTestTestfile.cmake
else
    cat >.build/dev/CTestTestfile.cmake <<END
add_test(judged "sh" "$scratch/test.sh")
set_tests_properties(judged PROPERTIES TIMEOUT 2 WORKING_DIRECTORY "$scratch")
add_test(other "true")
END
    if [[ $scenario == unmatched ]]; then
        echo 'set_tests_properties(judged PROPERTIES PASS_REGULAR_EXPRESSION "what;is expected to come")' \
            >>.build/dev/CTestTestfile.cmake
    fi
fi

passed=0 failed=0 skipped=0 unsteady=0
run_tests dev >output.txt

# expect what text...: in what the summary is told of failures (failures) or flakiness (flaky).
expect() {
    local -n told=$1
    local text
    for text in "${@:2}"; do
        [[ "${told[*]}" == *"$text"* ]] || die "$1 does not say '$text', but '${told[*]}'"
    done
}
# expect_counts passed failed is_ended
expect_counts() {
    [[ "$passed $failed $is_ended" == "$*" ]] ||
        die "passed, failed, is_ended are '$passed $failed $is_ended' instead of '$*'
$(cat output.txt)"
}

case $scenario in
passing) expect_counts 2 0 0 ;;
failing)
    expect_counts 1 1 0
    expect failures 'dev: judged failed' 'tst_X::adds() Compared values differ' 'Actual (sum): 1'
    [[ "${failures[*]}" != *third* ]] || die "what passed is taken for a part of the failure"
    ;;
flaky)
    expect_counts 2 0 0
    expect flaky 'FLAKY' 'dev: judged' 'Compared values differ' 'tst_X::third()'
    ;;
unsteady)
    expect_counts 1 1 0
    expect failures 'dev: judged failed'
    ;;
crashing)
    expect failures 'dev: judged crashed' 'before it'
    ((is_ended)) || die "the run goes on after a crash"
    ;;
reported)
    expect failures 'dev: judged failed' 'heap-use-after-free'
    ((is_ended)) || die "the run goes on after the report of a sanitizer"
    ;;
stuck)
    expect failures 'dev: judged timed out'
    ((is_ended)) || die "the run goes on after a timeout"
    ;;
unlawful)
    expect failures 'dev: judged failed' 'conservation law broken'
    ((is_ended)) || die "the run goes on after a broken law"
    ;;
unmatched)
    expect_counts 1 1 0
    expect failures 'dev: judged failed'
    ;;
worse)
    expect_counts 1 1 1
    expect failures 'dev: judged failed'
    ;;
nested)
    expect_counts 1 1 0
    expect failures 'dev: judged failed'
    ;;
killed)
    ((failed == 1)) || die "that ctest was killed is no failure"
    expect failures 'have no result'
    ;;
empty)
    expect_counts 0 1 0
    expect failures 'have no result'
    ;;
esac
if ((is_ended)) && [[ $scenario != worse ]] && grep --quiet 'running it alone' output.txt; then
    die "it was given another chance"
fi
