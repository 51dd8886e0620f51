#!/usr/bin/env bash
# Installs what the tests need and is missing, builds everything once, and runs every test project.
# The last line is always "N passed, N failed, N skipped"; the exit code is 0 only when nothing failed.
set -uo pipefail
cd "$(dirname "$0")" || exit 1
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
export results=$PWD/artifacts/test-results

# Projects that start servers and processes run one at a time, last: two at once would wait for each other.
alone="Carillon.Hosting.Tests Carillon.Node.Tests Carillon.Conformance.Tests Carillon.EndToEnd.Tests"

main() {
    has_sdk || give_up "The tests need the .NET 10 SDK: https://dotnet.microsoft.com/download/dotnet/10.0"
    install_missing
    rm -rf "$results" && mkdir -p "$results" || give_up "$results cannot be written."
    build
    test_projects
    sum_up
}

has_sdk() {
    dotnet --list-sdks 2>/dev/null | grep -q '^10\.'
}

install_missing() {
    local missing=()
    compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
    command -v promtool >/dev/null || missing+=(prometheus)
    command -v amtool >/dev/null || missing+=(prometheus-alertmanager)
    [ ${#missing[@]} -gt 0 ] || return 0

    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        if [ -t 0 ]; then as_root=(sudo); else as_root=(sudo -n); fi
        "${as_root[@]}" true 2>/dev/null || give_up "As root, run: apt-get install ${missing[*]}"
    fi
    command -v apt-get >/dev/null || give_up "Install what the tests need: ${missing[*]} (there is no apt-get to do it)."

    echo "Installing ${missing[*]}"
    local log=artifacts/apt.log
    mkdir -p artifacts
    local install=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}")
    if ! "${install[@]}" </dev/null >$log 2>&1; then
        { "${as_root[@]}" apt-get update && "${install[@]}"; } </dev/null >>$log 2>&1 || {
            tail -n 20 $log
            give_up "apt-get could not install ${missing[*]}; all it said is in $log."
        }
    fi

    # The packages start servers of their own; the tests start private ones.
    for service in "${missing[@]}"; do
        if [ -d /run/systemd/system ]; then
            "${as_root[@]}" systemctl disable --now "$service" >>$log 2>&1
        else
            "${as_root[@]}" service "$service" stop >>$log 2>&1
        fi
    done
}

build() {
    local log=$results/build.log begin=$SECONDS
    if ! dotnet build Cluster.sln -c Release -nodeReuse:false >"$log" 2>&1; then
        grep -E ': (error|warning) ' "$log" | sort -u | head -n 50 | grep . || tail -n 50 "$log"
        give_up "The build failed; all it said is in ${log#"$PWD"/}."
    fi
    echo "Built in $((SECONDS - begin)) s"
}

test_projects() {
    local quick=() slow=() project
    for project in tests/*/*.Tests.csproj; do
        project=$(basename "$project" .csproj)
        if [[ " $alone " == *" $project "* ]]; then slow+=("$project"); else quick+=("$project"); fi
    done
    run_each 2 "${quick[@]}"
    run_each 1 "${slow[@]}"
}

# Runs projects, so many at once. xargs keeps them in the foreground, so that Ctrl-C reaches them all.
run_each() {
    local at_once=$1
    shift
    [ $# -eq 0 ] || printf '%s\0' "$@" | xargs -0 -P "$at_once" -I{} bash -c 'run_project "$1"' run {}
}

# Runs one project, and leaves "passed failed skipped" in its .count file. A project that ran no test, or ended in
# another way than by passing all its tests, has at least one failure.
run_project() {
    local name=$1 log=$results/$1.log trx=$results/$1.trx begin=$EPOCHREALTIME code=0 note=""
    dotnet test "artifacts/bin/$name/release/$name.dll" --results-directory "$results/$name" \
        --logger "trx;LogFileName=$trx" --blame-hang-timeout 4m --blame-hang-dump-type none </dev/null >"$log" 2>&1 || code=$?

    local total=0 passed=0 failed=0 counters
    if counters=$(grep -o '<Counters [^>]*' "$trx" 2>/dev/null); then
        total=$(grep -o ' total="[0-9]*' <<<"$counters" | tr -dc 0-9)
        passed=$(grep -o ' passed="[0-9]*' <<<"$counters" | tr -dc 0-9)
        failed=$(grep -o ' failed="[0-9]*' <<<"$counters" | tr -dc 0-9)
    fi
    if [ "$total" -eq 0 ]; then
        failed=1 note="  ran no test"
    elif [ $code -ne 0 ] && [ "$failed" -eq 0 ]; then
        failed=1 note="  ended with exit code $code"
    fi
    local skipped=$((total > passed + failed ? total - passed - failed : 0))
    echo "$passed $failed $skipped" >"$results/$name.count"

    local took
    took=$(awk "BEGIN { printf \"%.1f\", $EPOCHREALTIME - $begin }")
    {
        printf '%-30s %5d passed, %d failed, %d skipped %7s s%s\n' "$name" "$passed" "$failed" "$skipped" "$took" "$note"
        [ "$failed" -eq 0 ] || cat "$log"
    } >"$log.shown"
    cat "$log.shown"
}
export -f run_project

sum_up() {
    local project passed=0 failed=0 skipped=0 p f s
    for project in tests/*/*.Tests.csproj; do
        project=$(basename "$project" .csproj)
        if ! read -r p f s 2>/dev/null <"$results/$project.count"; then
            echo "$project did not end"
            p=0 f=1 s=0
        fi
        ((passed += p, failed += f, skipped += s))
    done
    echo "All in $SECONDS s"
    echo "$passed passed, $failed failed, $skipped skipped"
    [ "$failed" -eq 0 ]
}

give_up() {
    echo "$1"
    echo "0 passed, 1 failed, 0 skipped"
    exit 1
}

main
