# SPDX-FileCopyrightText: 2026 The Recorders Authors
# SPDX-License-Identifier: MIT
# shellcheck shell=bash
#
# A scratch directory where stand-ins for the tools find the faults that the sources say they have.
# Sourced by the tests of jobs, with the arguments
#     scenario scratch-directory directory-of-the-runner

# shellcheck disable=SC2034 # used by the scripts that source this one
scenario=$1 scratch=$2

# stand_in tool: what it does comes from the input.
stand_in() {
    {
        echo '#!/usr/bin/env bash'
        cat
    } >"bin/$1"
    chmod +x "bin/$1"
}

rm --recursive --force "$scratch"
mkdir --parents "$scratch"/{bin,inspector,src/doc,include,tests}
cd "$scratch" || exit
export PATH=$scratch/bin:$PATH

reports=()
report() { reports+=("$1 $2 passed, $3 failed: $4"); }

# expect_report text: that of the job. expect_output text...: what it has printed. refuse_output likewise.
expect_report() {
    [[ "${reports[*]}" == "$1"* ]] || die "The report is '${reports[*]}' instead of '$1'
$(cat output.txt)"
}
expect_output() {
    local text
    for text in "$@"; do
        grep --quiet --fixed-strings -- "$text" output.txt || die "'$text' is not in the output:
$(cat output.txt)"
    done
}
refuse_output() {
    ! grep --fixed-strings -- "$1" output.txt || die "'$1' is in the output:
$(cat output.txt)"
}
