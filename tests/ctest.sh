# SPDX-FileCopyrightText: 2026 The Recorders Authors
# SPDX-License-Identifier: MIT
# shellcheck shell=bash
#
# Runs the tests of a preset, shows how far it is, and judges what failed. Sourced by tests/run.
#
# A test that failed by an assertion is run three more times, alone. If it passes each time it is
# flaky: the run goes on, and names it at the end. A crash, a timeout, a sanitizer's report and a
# broken conservation law end the run: another attempt would prove nothing. A test without a result,
# because ctest ended early, is a failure, too.

repetitions=3
unforgivable='ERROR: (Address|Leak|Thread)Sanitizer|WARNING: ThreadSanitizer|runtime error: |Received signal|^QFATAL'
# The words of the tests themselves, and expressions that QtTest and CHECK print.
unforgivable+='|conservation law broken|isConserved[(]|isDrained[(]|disagreement'

failures=() # of all jobs: what the summary says of each test that failed
flaky=()    # and of each that passed when it was repeated
is_ended=0  # 1: what is left of the run is not worth while

# Whether a line of ctest says what became of a test: the next one of as many as there are. (A test
# that runs ctest itself prints such lines as well.)
is_result() {
    [[ $1 =~ ^\ *([0-9]+)/([0-9]+)\ Test\ +#[0-9]+:\  ]] &&
        ((BASH_REMATCH[1] == number + 1 && (count == 0 || BASH_REMATCH[2] == count)))
}

# Reads such a line into the caller's variables number, count, test, verdict and seconds.
read_result() {
    [[ $1 =~ ^\ *([0-9]+)/([0-9]+)\ Test\ +#[0-9]+:\ ([^ ]+)\ \.*\ *(.*[^ ])\ +([0-9.]+)\ sec ]] || return
    number=${BASH_REMATCH[1]} count=${BASH_REMATCH[2]} test=${BASH_REMATCH[3]}
    seconds=${BASH_REMATCH[5]}
    case ${BASH_REMATCH[4]} in
    Passed) verdict=passed ;;
    *Skipped* | *Disabled*) verdict=skipped ;;
    *Timeout*) verdict='timed out' ;;
    *Exception*) verdict=crashed ;;
    *) verdict=failed ;;
    esac
}

# first_failure output-file: the first lines that say what was wrong, of QtTest with what belongs to
# them; without such lines the last ones.
first_failure() {
    local lines
    lines=$(awk -v pattern="^FAIL!|$unforgivable" '
        !found && $0 ~ pattern { found = 1; isQtTest = /^FAIL!/ }
        found { if (n++ && (n > 6 || (isQtTest && /^[A-Z!]+ *: |^Totals:/))) exit; print }' "$1")
    [[ -n $lines ]] || lines=$(grep --invert-match '^[[:space:]]*$' "$1" | tail --lines=5)
    printf '%s\n' "${lines:-(it has printed nothing)}"
}

# run_again preset test output-file: whether it passes each time. Otherwise the file has the output
# of the time when it did not.
run_again() {
    local i output=$3.again name=${2//./\\.}
    for ((i = 1; i <= repetitions; i++)); do
        say "[$1] $2 failed; running it alone, $i of $repetitions"
        if ! ctest --preset "$1" --tests-regex "^$name\$" --timeout 300 --no-tests=error \
            >"$output" 2>&1 ||
            ! grep --extended-regexp --quiet "Test +#[0-9]+: $name .* Passed " "$output"; then
            mv "$output" "$3"
            return 1
        fi
    done
}

indent() { sed 's/^/        /'; }

# judge preset test verdict output-file: of a test that did not pass.
judge() {
    local first verdict=$3
    if [[ $verdict == failed ]] && ((!is_ended)); then
        first=$(cat "$4")
        if run_again "$1" "$2" "$4"; then
            passed=$((passed + 1))
            unsteady=$((unsteady + 1))
            flaky+=("$(printf '  FLAKY  %s: %s failed, and passed %d times when it was repeated\n%s' \
                "$1" "$2" "$repetitions" "$(indent <<<"$first")")")
            return
        fi
        if grep --extended-regexp --quiet "$unforgivable|\*\*\*(Exception|Timeout)" "$4"; then
            is_ended=1
        fi
    fi
    failed=$((failed + 1))
    first=$(first_failure "$4" | indent)
    failures+=("$(printf '  %s: %s %s\n%s' "$1" "$2" "$verdict" "$first")")
}

# run_tests preset ctest-argument...: sets the caller's passed, failed, skipped and unsteady, the
# number of the flaky ones, and is_ended.
run_tests() {
    local preset=$1 outputs=$PWD/.build/logs/$1-tests process status=0
    local line more number=0 count=0 test='?' verdict=failed seconds=0 output='' left i
    local tests=() verdicts=()
    passed=0 failed=0 skipped=0 unsteady=0
    rm --recursive --force "$outputs"
    mkdir --parents "$outputs"

    # In a process group of its own, which is stopped with all that the tests have started.
    exec {results}< <(exec setsid ctest --preset "$@" --timeout 300 --no-tests=error 2>&1)
    process=$!
    # shellcheck disable=SC2064 # the process of now
    trap "kill -TERM -- -$process 2>/dev/null; exit 130" HUP INT TERM
    while IFS= read -r line <&"$results"; do
        if [[ $line =~ ^\ +Start\ +[0-9]+:\ (.*) ]]; then
            ((!is_ended)) || break
            output=
            show_progress "[$preset] $number/$count, running ${BASH_REMATCH[1]}"
        elif is_result "$line"; then
            ((!is_ended)) || break
            # What ctest has to say of an expression that it missed takes more than a line.
            while ! read_result "$line" && IFS= read -r more <&"$results"; do
                line+=" $more"
            done
            output=
            case $verdict in
            passed) passed=$((passed + 1)) ;;
            skipped) skipped=$((skipped + 1)) ;;
            *)
                output=$outputs/$test.txt
                : >"$output"
                tests+=("$test")
                verdicts+=("$verdict")
                [[ $verdict == failed ]] || is_ended=1
                ;;
            esac
            say_progress "[$preset] $number/$count $verdict: $test, $seconds s"
        elif [[ -n $output ]]; then
            say_progress "$line"
            printf '%s\n' "$line" >>"$output"
            if [[ $line =~ $unforgivable ]]; then
                is_ended=1
            fi
        fi
    done
    if ((is_ended)); then
        say_progress "[$preset] the run ends here"
        kill -TERM -- "-$process" 2>/dev/null || true
    fi
    exec {results}<&-
    wait "$process" || status=$?
    trap - HUP INT TERM

    for i in "${!tests[@]}"; do
        judge "$preset" "${tests[i]}" "${verdicts[i]}" "$outputs/${tests[i]}.txt"
    done
    left=$((count - number))
    if ((is_ended)); then
        skipped=$((skipped + left))
    elif ((count == 0 || left > 0 || (status && !${#tests[@]}))); then
        failed=$((failed + 1))
        failures+=("  $preset: $left tests have no result, ctest ended with exit code $status")
    fi
}
