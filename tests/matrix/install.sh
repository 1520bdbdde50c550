#!/bin/sh
# Have a Matrix homeserver for tests/matrix, in an environment of its own: install.sh [PYTHON]
# Works a second time, and then offline. Where it cannot be installed the tests are left out, but never in CI.
set -eu
cd "$(dirname "$0")/../.."
folder=.cache/synapse
stamp=$folder/.installed
lock=.locks/synapse.txt
cmp -s "$lock" "$stamp" && "$folder/bin/python" -c 'import synapse' 2>/dev/null && exit 0
echo "installing Synapse for the Matrix tests"
rm -rf "$folder"
mkdir -p .cache
if sh .ci/venv "${1:-python3}" "$folder" && "$folder/bin/python" -m pip install -q --disable-pip-version-check \
    --only-binary :all: --require-hashes -r "$lock"; then
    cp "$lock" "$stamp"
    exit 0
fi
echo "Synapse could not be installed; 'make synapse' tries again. Until then tests/matrix is left out." >&2
test -z "${CI:-}"
