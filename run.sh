#!/usr/bin/env bash
# Builds Carillon and starts one node with a SQLite store under ./data and a few sample jobs, or with --cluster N a
# cluster of N nodes with a PostgreSQL of its own (eng/cluster.sh).
# Arguments go to the node, for example: ./run.sh --set carillon.node.urls=http://127.0.0.1:8001
# The first line of output is the link to open; the node itself prints it, so it is the address that it listens on.
set -euo pipefail
cd "$(dirname "$0")"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

if ! dotnet --list-sdks 2>/dev/null | grep -q '^10\.'; then
    echo "Carillon needs the .NET 10 SDK: https://dotnet.microsoft.com/download/dotnet/10.0" >&2
    exit 1
fi

# A terminal shows that something happens, on a line that is gone before the link comes.
on_terminal() { if [ -t 2 ]; then printf '%b' "$1" >&2; fi; }

log=artifacts/run-build.log
mkdir -p artifacts
on_terminal 'Building; the first time takes about a minute ...'
if ! dotnet build src/Carillon.Node -c Release -nodeReuse:false >"$log" 2>&1 </dev/null; then
    on_terminal '\r\033[K'
    cat "$log" >&2
    echo "The build failed." >&2
    exit 1
fi
on_terminal '\r\033[K'

if [ "${1-}" = --cluster ]; then
    shift
    exec eng/cluster.sh "$@"
fi

# In the place of this script, so that Ctrl-C and SIGTERM reach the node.
exec dotnet artifacts/bin/Carillon.Node/release/carillon.dll node --config hocon/standalone.conf "$@"
