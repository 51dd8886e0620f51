#!/usr/bin/env bash
# Makes what docker-compose.yml reads below data/docker: the secrets of the cluster, its database and Grafana, and two
# access tokens, one for people and one for Prometheus. Prints the one for people; run it once.
set -euo pipefail
cd "$(dirname "$0")/../.."
home=data/docker

if [ -e "$home" ]; then
    echo "$home is there already. For new secrets delete it, and the database with: docker compose down --volumes" >&2
    exit 4
fi

secret() { head -c 32 /dev/urandom | base64 | tr -d '=\n' | tr '+/' '-_'; }
hash() { printf %s "$1" | sha256sum | cut -d ' ' -f 1; }

umask 077
mkdir -p "$home"
people=$(secret) prometheus=$(secret) database=$(secret)
cat >"$home/node.env" <<END
CARILLON_CLUSTER_SECRET=$(secret)
CARILLON_STORE_CONNECTION_STRING=Host=postgresql;Database=carillon;Username=carillon;Password=$database
CARILLON__SECURITY__TOKENS__0__NAME=admin
CARILLON__SECURITY__TOKENS__0__ROLE=admin
CARILLON__SECURITY__TOKENS__0__HASH=sha256:$(hash "$people")
CARILLON__SECURITY__TOKENS__1__NAME=prometheus
CARILLON__SECURITY__TOKENS__1__ROLE=viewer
CARILLON__SECURITY__TOKENS__1__HASH=sha256:$(hash "$prometheus")
END
cat >"$home/postgresql.env" <<END
POSTGRES_USER=carillon
POSTGRES_PASSWORD=$database
POSTGRES_DB=carillon
END
echo "GF_SECURITY_ADMIN_PASSWORD=$(secret)" >"$home/grafana.env"
printf %s "$prometheus" >"$home/prometheus.token"
chmod 644 "$home/prometheus.token" # for the user of the container; the folder keeps others out
echo "The token for the dashboard and the API, shown this once: $people"
