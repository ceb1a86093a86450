# Sourced by run.sh and test.sh: makes .venv with the pinned packages of one requirements file, once.

find_python() {
    local name
    for name in python3 python3.14 python3.13 python3.12 python3.11 python; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$name"
            return
        fi
    done
    echo "Python 3.11 or newer is needed and was not found." >&2
    return 1
}

make_environment() {
    local python
    python=$(find_python)
    echo "Making .venv ($("$python" --version)) ..." >&2
    rm -rf .venv
    if ! "$python" -m venv .venv; then
        rm -rf .venv
        echo "This Python cannot make environments; on Debian and Ubuntu: apt install python3-venv" >&2
        return 1
    fi
}

# A stamp keeps the sum of the files that were installed, so that a second start installs nothing.
environment() {
    local stamp=".venv/installed-$1" sum
    sum=$(cat requirements.txt "$1" | cksum)
    if [[ -f $stamp && $(<"$stamp") == "$sum" ]] && .venv/bin/python -c '' 2>/dev/null; then
        return
    fi
    .venv/bin/python -c '' 2>/dev/null || make_environment
    echo "Installing $1 ..." >&2
    .venv/bin/python -m pip install --quiet --quiet --disable-pip-version-check -r "$1" >&2
    echo "$sum" > "$stamp"
}
