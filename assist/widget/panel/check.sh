#!/bin/sh
# Where Node is there: build the panel anew and compare it, byte for byte, with what is committed.
set -eu
cd "$(dirname "$0")"
if ! command -v npm >/dev/null; then
    echo "no Node here: the panel's file is taken as it is"
    exit 0
fi
if ! [ -d node_modules ] && ! npm ci --no-audit --no-fund --silent; then
    echo "npm could not fetch what package-lock.json names; with a network, try again" >&2
    exit 3
fi
npm run --silent check
