# SPDX-FileCopyrightText: 2026 The Recorders Authors
# SPDX-License-Identifier: MIT
# shellcheck shell=bash
#
# The jobs format, tidy, clazy and lint: what can be said of the sources without running them; a
# warning is an error. Sourced by tests/run.
#
# All but format look at the product: include, src, inspector and examples. Tests break on purpose
# what is checked, and would take as long again. Headers are looked at where they are included.
#
# A file takes clang-tidy 5 to 15 seconds, most of it for headers: all of them take 15 minutes on two
# processors. So lint looks at what has changed, the newest first, as long as there is time, and says
# what it left out.

# shellcheck disable=SC2034 # used by the scripts that source this one
lint_packages=(clang clang-tidy-14 clazy)

# The files of the repository, those included that are not committed yet, each ended by a null.
all_files() {
    if git -c safe.directory='*' rev-parse --is-inside-work-tree >/dev/null 2>&1; then
        git -c safe.directory='*' ls-files -z --cached --others --exclude-standard |
            while IFS= read -r -d '' file; do
                [[ ! -e $file ]] || printf '%s\0' "$file"
            done
    else
        find . \( -path ./.build -o -path ./.git \) -prune -o -type f -printf '%P\0' | sort --zero-terminated
    fi
}

source_files() { all_files | tr '\0' '\n' | grep --extended-regexp '\.(h|cpp)$'; }

check_format() {
    local files=() bad=() log=.build/logs/format.txt status=0
    mapfile -t files < <(source_files)
    say "[format] checking ${#files[@]} files"
    if ((${#files[@]} == 0)); then
        say "[format] no source files were found: that cannot be right"
        report format 0 1 "no files found"
        return
    fi
    mkdir --parents .build/logs
    # Many files at a time: it takes longer to start than to check one.
    printf '%s\0' "${files[@]}" | xargs --null --max-args=100 \
        clang-format-14 --dry-run --Werror >"$log" 2>&1 || status=$?
    if ((status)); then
        mapfile -t bad < <(sed --quiet 's/^\(.*\):[0-9]*:[0-9]*: error: .*/\1/p' "$log" | sort --unique)
        say "[format] these files are not formatted; clang-format-14 -i <file> mends that:"
        ((${#bad[@]})) || tail --lines=20 "$log"
        printf '    %s\n' "${bad[@]}"
        report format 0 1 "${#bad[@]} of ${#files[@]} files"
    else
        report format 1 0 "${#files[@]} files"
    fi
}

product_sources() { all_files | tr '\0' '\n' | grep --extended-regexp '^(src|inspector|examples)/.*\.cpp$'; }

tidy_file() { clang-tidy-14 -p .build/tidy --quiet --warnings-as-errors='*' "$1"; }

# By both tools: clazy takes a second or two, with the checks that the environment names.
lint_file() {
    local status=0
    clazy-standalone -p .build/tidy "$1" || status=$?
    tidy_file "$1" || status=$?
    return "$status"
}

read_clazy_checks() {
    CLAZY_CHECKS=$(sed --quiet 's/^ *"CLAZY_CHECKS": "\(.*\)",*$/\1/p' CMakePresets.json)
    export CLAZY_CHECKS
    [[ -n $CLAZY_CHECKS ]] || die "CMakePresets.json does not name the checks of clazy."
}

# analyse_file tool deadline results file: appends what became of it to results/verdicts. What the
# tool has printed is beside that.
analyse_file() {
    local left=$(($2 - $(date +%s))) status=124 # as timeout has it
    if ((left > 0)); then
        status=0
        # shellcheck disable=SC2016 # expanded by the shell that it starts
        timeout "$left" bash -c "$1"' "$1"' bash "$4" >"$3/${4//\//_}.txt" 2>&1 || status=$?
    fi
    case $status in
    0) printf 'clean %s\n' "$4" ;;
    124) printf 'left %s\n' "$4" ;;
    *) printf 'bad %s\n' "$4" ;;
    esac >>"$3/verdicts"
}
export -f analyse_file lint_file tidy_file

# analyse job seconds tool file...: in this order, as many at a time as there are processors. Sets
# the caller's passed and failed, the numbers of files, and left, the names of those that there was
# no time for.
analyse() {
    local job=$1 deadline=$(($(date +%s) + $2)) tool=$3 results=.build/logs/$1 verdict file
    shift 3
    passed=0 failed=0 left=()
    rm --recursive --force "$results"
    mkdir --parents "$results"
    : >"$results/verdicts"
    # shellcheck disable=SC2016 # expanded by the shell that xargs starts
    printf '%s\0' "$@" | xargs --null --max-args=1 --max-procs="$(nproc)" \
        bash -c 'analyse_file "$@"' bash "$tool" "$deadline" "$results"
    while read -r verdict file; do
        case $verdict in
        clean) passed=$((passed + 1)) ;;
        left) left+=("$file") ;;
        *)
            failed=$((failed + 1))
            say "[$job] $file:"
            grep --invert-match --extended-regexp '^[0-9]+ (warning|error)s? (generated|treated as)' \
                "$results/${file//\//_}.txt" || say "nothing is said of it, but the tool failed"
            ;;
        esac
    done <"$results/verdicts"
}

# Everything. What an hour does not suffice for is a failure.
tidy_all() {
    local begin=$SECONDS passed failed left files
    mapfile -t files < <(product_sources)
    if ((${#files[@]} == 0)); then
        report tidy 0 1 "no files found"
        return
    fi
    if ! configure tidy; then
        report tidy 0 1 "did not configure"
        return
    fi
    say "[tidy] looking at ${#files[@]} files (takes 15 minutes on two processors)"
    analyse tidy 3600 tidy_file "${files[@]}"
    report tidy "$passed" "$((failed + ${#left[@]}))" "${#left[@]} not looked at, $((SECONDS - begin)) s"
}

# A build, so that what did not change comes from the compiler cache. It goes on after an error, to
# show them all.
clazy_all() {
    local begin=$SECONDS
    if configure_and_build clazy -- -k 0; then
        report clazy 1 0 "$((SECONDS - begin)) s"
    else
        grep --extended-regexp ': (warning|error): ' .build/logs/clazy-build.txt | sort --unique || true
        report clazy 0 1 "see .build/logs/clazy-build.txt"
    fi
}

repository() { git -c safe.directory='*' "$@"; }

# The revision since which changes are looked at, or nothing if there is no history that has one: of
# the newest commit that is a day older than this one, and that 20 commits ago, the nearer one.
lint_base() {
    local since=${RECORDERS_LINT_SINCE:-} newest commits=() commit
    if [[ -n $since ]]; then
        repository rev-parse --verify --quiet "$since^{commit}" ||
            die "RECORDERS_LINT_SINCE is '$since', which is no revision of this repository."
        return
    fi
    newest=$(repository log -1 --format=%ct 2>/dev/null) || return 0
    mapfile -t commits < <(repository log --first-parent -21 --format='%ct %H')
    for commit in "${commits[@]:1}"; do
        if ((newest - ${commit% *} >= 24 * 60 * 60)); then
            break
        fi
    done
    [[ -z ${commit:-} ]] || printf '%s\n' "${commit#* }"
}

# changed_files revision: what is not committed yet first, then the newest commits first; each once.
changed_files() {
    {
        repository diff --relative --name-only HEAD
        repository ls-files --others --exclude-standard
        repository log --relative --format= --name-only "$1..HEAD"
    } | awk '!seen[$0]++'
}

# The sources to look at for the files that the input names: the file itself; for a header the one
# beside it, and those that include it.
affected_sources() {
    local sources file name stem
    sources=$(product_sources)
    while IFS= read -r file; do
        case $file in
        *.cpp) grep --line-regexp --fixed-strings -- "$file" <<<"$sources" || true ;;
        *.h)
            name=${file##*/}
            stem=${name%.h}
            grep --extended-regexp "/${stem%_p}\.cpp$" <<<"$sources" || true
            # shellcheck disable=SC2086 # names without blanks
            grep --files-with-matches --extended-regexp \
                "^#include [\"<](.*/)?${name//./\\.}[\">]" $sources /dev/null || true
            ;;
        esac
    done | awk '!seen[$0]++'
}

require_lint() {
    lint_minutes=${RECORDERS_LINT_MINUTES:-3}
    [[ $lint_minutes =~ ^[1-9][0-9]*$ ]] ||
        die "RECORDERS_LINT_MINUTES is '$lint_minutes', but must be a number of minutes."
    lint_since=$(lint_base) || exit
    read_clazy_checks
}

# What has changed. (The other parts of this job are the jobs format and docs.)
lint_changes() {
    local begin=$SECONDS files passed failed left
    if [[ -z $lint_since ]]; then
        say "[lint] there is no history that says what has changed: nothing is looked at"
        report lint 0 0 "without history, nothing is looked at"
        return
    fi
    mapfile -t files < <(changed_files "$lint_since" | affected_sources)
    say "[lint] ${#files[@]} sources are concerned by what has changed since ${lint_since:0:12}"
    if ((${#files[@]} == 0)); then
        report lint 0 0 "nothing has changed"
        return
    fi
    if ! configure tidy; then
        report lint 0 1 "did not configure"
        return
    fi
    analyse lint $((lint_minutes * 60)) lint_file "${files[@]}"
    if ((${#left[@]})); then
        say "[lint] not looked at, as $lint_minutes minutes (RECORDERS_LINT_MINUTES) are over:"
        printf '    %s\n' "${left[@]}"
    fi
    report lint "$passed" "$failed" "${#left[@]} not looked at, $((SECONDS - begin)) s"
}
