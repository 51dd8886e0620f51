#!/usr/bin/env bash
# A cluster to play with: a private PostgreSQL and N nodes, with everything below data/cluster of the current directory.
# Ctrl-C or SIGTERM lets the nodes leave and then ends PostgreSQL; a second one ends the nodes at once. When this script
# is killed, the nodes leave by themselves, and PostgreSQL ends after the last of them.
# With --node K it runs one node of a cluster that is there already: one that was killed, or one more.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
home=$PWD/data/cluster
data=$home/postgresql
as_server=()
declare -A nodes=() # names by process id
leaving=0 result=0

main() {
    local count=${1-} only="" k port=7999
    [[ $count =~ ^[1-9]$ ]] || give_up 2 "Write ./run.sh --cluster N [--node K] [node arguments], N and K from 1 to 9."
    shift
    if [ "${1-}" = --node ]; then
        only=${2-}
        [[ $only =~ ^[1-9]$ ]] || give_up 2 "--node is '$only', but must be from 1 to 9."
        shift 2
    fi

    find_postgresql
    mkdir -p "$home"
    make_secret "$home/cluster.secret"
    make_secret "$home/database.secret"
    CARILLON_CLUSTER_SECRET=$(<"$home/cluster.secret")
    export CARILLON_CLUSTER_SECRET
    if [ -n "$only" ]; then
        connect "$(server_port)" || give_up 5 "No cluster runs in $home: start one with ./run.sh --cluster $count"
        node_command "$only" $((port + only)) --set node.port-search=true "$@"
        exec "${command[@]}"
    fi

    ! server_port >/dev/null ||
        give_up 4 "A cluster runs in $home already. For one more node: ./run.sh --cluster $count --node K"
    make_database
    trap leave INT TERM HUP
    start_server "$(free_port 5433)"
    connect "$(server_port)"
    local ports=()
    for ((k = 1; k <= count; k++)); do
        port=$(free_port $((port + 1)))
        ports[k]=$port
        echo "http://127.0.0.1:$port/scheduler-monitoring"
    done
    for ((k = 1; k <= count && leaving == 0; k++)); do
        node_command "$k" "${ports[k]}" "$@"
        start_node "node-$k"
    done
    watch "$count"
    kill -INT "$server"
    wait "$server" || true
    exit $result
}

give_up() {
    echo "$2" >&2
    exit "$1"
}

# Makes a secret that nobody else reads, once.
make_secret() {
    [ -s "$1" ] || (umask 077 && head -c 32 /dev/urandom | base64 | tr -d '=\n' | tr '+/' '-_' >"$1")
}

free_port() {
    local port=$1
    while (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do port=$((port + 1)); done
    echo "$port"
}

find_postgresql() {
    binaries=$(find /usr/lib/postgresql/*/bin -name initdb -printf '%h\n' 2>/dev/null | sort -V | tail -n 1) || true
    [ -n "$binaries" ] || binaries=$(dirname "$(command -v initdb || echo missing)")
    [ -x "$binaries/initdb" ] ||
        give_up 1 "A cluster keeps its records in PostgreSQL, which is missing: apt-get install postgresql"
    if [ "$(id -u)" -eq 0 ]; then # which PostgreSQL refuses to run as
        as_server=(setpriv --reuid=postgres --regid=postgres --clear-groups)
    fi
}

# Makes the database, as a whole or not at all.
make_database() {
    [ ! -d "$data" ] || return 0
    rm -rf "$data.new" && mkdir "$data.new"
    if [ ${#as_server[@]} -gt 0 ]; then
        chown postgres "$data.new" "$home/database.secret"
        "${as_server[@]}" test -w "$data.new" ||
            give_up 1 "The user postgres, as whom PostgreSQL runs for root, cannot reach $home."
    fi
    {
        "${as_server[@]}" "$binaries/initdb" -D "$data.new" -U carillon -E UTF8 --no-locale \
            -A scram-sha-256 --pwfile "$home/database.secret" &&
            "${as_server[@]}" "$binaries/postgres" --single -D "$data.new" postgres <<<'CREATE DATABASE carillon'
    } >"$data.log" 2>&1 || give_up 1 "The database could not be made: $(tail -n 5 "$data.log")"
    mv "$data.new" "$data"
}

start_server() {
    "${as_server[@]}" setsid setpriv --pdeathsig TERM "$binaries/postgres" -D "$data" -c listen_addresses=127.0.0.1 \
        -c "port=$1" -c unix_socket_directories= -c max_connections=300 </dev/null >>"$data.log" 2>&1 &
    server=$!
    until server_port >/dev/null; do
        kill -0 "$server" 2>/dev/null || give_up 1 "PostgreSQL did not start: $(tail -n 5 "$data.log")"
        sleep 0.1
    done
}

# The port of the server that uses the data, if it takes connections.
server_port() {
    local port
    port=$(sed -n 4p "$data/postmaster.pid" 2>/dev/null) && [ -n "$port" ] &&
        "$binaries/pg_isready" -q -h 127.0.0.1 -p "$port" && echo "$port"
}

connect() {
    [ -n "$1" ] || return 1
    CARILLON_STORE_CONNECTION_STRING="Host=127.0.0.1;Port=$1;Database=carillon;Username=carillon"
    CARILLON_STORE_CONNECTION_STRING+=";Password=$(<"$home/database.secret")"
    export CARILLON_STORE_CONNECTION_STRING
}

node_command() {
    command=(dotnet "$root/artifacts/bin/Carillon.Node/release/carillon.dll" node --config "$root/hocon/cluster.conf")
    command+=(--set "node.name=node-$1" --set "node.urls=http://127.0.0.1:$2" --set "node.data-dir=$home/node-$1" "${@:3}")
}

# A session of its own keeps Ctrl-C from the node, which would take it and the SIGTERM of this script for two signals.
start_node() {
    local output
    exec {output}> >(trap '' INT TERM HUP && exec sed -u "s/^/$1 | /")
    setsid setpriv --pdeathsig TERM "${command[@]}" </dev/null >&"$output" 2>&1 &
    nodes[$!]=$1
    exec {output}>&-
}

# What a signal does.
# shellcheck disable=SC2317
leave() {
    leaving=1
    [ ${#nodes[@]} -eq 0 ] || kill -TERM "${!nodes[@]}" 2>/dev/null || true
}

# Returns when every node has ended, of itself or because it was told to.
watch() {
    local ended code what
    while [ ${#nodes[@]} -gt 0 ]; do
        code=0
        wait -n -p ended "$server" "${!nodes[@]}" || code=$?
        [ -n "${ended:-}" ] || continue # a signal came
        if [ $code -gt 128 ]; then what="was killed (SIG$(kill -l $code))"; else what="has ended with exit code $code"; fi
        [ "$ended" != "$server" ] || give_up 1 "PostgreSQL $what, so the nodes are told to leave: see $data.log"
        [ $leaving -eq 1 ] || echo "${nodes[$ended]} (process $ended) $what." \
            "To start it again: ./run.sh --cluster $1 --node ${nodes[$ended]#node-}" >&2
        unset "nodes[$ended]"
        [ $code -eq 0 ] || { [ $leaving -eq 0 ] && [ ${#nodes[@]} -gt 0 ]; } || result=$code
    done
}

main "$@"
