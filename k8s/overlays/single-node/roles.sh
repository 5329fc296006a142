#!/bin/sh
# Runs once, when the volume is empty: the role that serves. The one that migrates is the image's own.
set -eu
psql -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d "$POSTGRES_DB" -v "password=$(cat /run/secrets/postgres/serve-password)" <<'SQL'
create role afterword login password :'password';
SQL
