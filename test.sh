#!/usr/bin/env bash
# Format, lint, types, then all tests; arguments go to pytest. Needs Python 3.11+ only.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
source .ci/environment.sh
environment requirements-dev.txt

failed=()
check() {
    "$@" || failed+=("$*")
}
export PATH="$PWD/.venv/bin:$PATH"
check ruff format --check --quiet .
check ruff check --quiet .
check mypy --strict
check pytest -n 2 "$@"
if ((${#failed[@]})); then
    printf 'failed: %s\n' "${failed[@]}" >&2
    exit 1
fi
