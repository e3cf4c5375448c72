#!/usr/bin/env bash
# Builds with warnings as errors, checks the format and runs every test, browser tests included.
# Ends with a line "N passed, N failed".
set -uo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

find_chromium() {
    local name
    for name in "${WDFIS_CHROMIUM:-}" chromium chromium-browser google-chrome; do
        [ -n "$name" ] && command -v "$name" && return 0
    done
    return 1
}

if ! WDFIS_CHROMIUM=$(find_chromium); then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "Installing Chromium for the browser tests…"
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null
    fi
    if ! WDFIS_CHROMIUM=$(find_chromium); then
        echo "The browser tests need Chromium. Install the package 'chromium' (apt-get install chromium), or set WDFIS_CHROMIUM to its path." >&2
        echo "0 passed, 1 failed"
        exit 1
    fi
fi
export WDFIS_CHROMIUM

# The sign-in tests run against an OpenID provider, those of mail against a relay, both from the npm registry: their versions and hashes stand in Wdfis.Tests/Provider/package-lock.json.
find_node() {
    local name
    for name in "${WDFIS_NODE:-}" node nodejs; do
        [ -n "$name" ] && command -v "$name" >/dev/null && [ "$("$name" -p 'process.versions.node.split(".")[0] >= 20')" = true ] && command -v "$name" && return 0
    done
    return 1
}

if ! WDFIS_NODE=$(find_node) || ! command -v npm >/dev/null; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "Installing Node for the sign-in tests…"
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq nodejs npm >/dev/null
    fi
    if ! WDFIS_NODE=$(find_node) || ! command -v npm >/dev/null; then
        echo "The sign-in tests need Node 20 or later, and npm. Install the packages 'nodejs' and 'npm', or set WDFIS_NODE to its path." >&2
        echo "0 passed, 1 failed"
        exit 1
    fi
fi
export WDFIS_NODE

fail() { echo "$1" >&2; echo "0 passed, 1 failed"; exit 1; }
(cd Wdfis.Tests/Provider && npm ci --no-audit --no-fund --ignore-scripts --loglevel=error) || fail "The OpenID provider for the sign-in tests could not be installed (npm ci in Wdfis.Tests/Provider)."
dotnet restore Wdfis.sln --locked-mode || fail "The packages could not be restored."
dotnet build Wdfis.sln --no-restore -warnaserror || fail "The build failed."
dotnet format Wdfis.sln --no-restore --verify-no-changes --severity warn || fail "The format check failed: run 'dotnet format Wdfis.sln'."

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
dotnet test Wdfis.Tests --no-build --nologo --logger "trx;LogFileName=all.trx" --results-directory "$results" "$@"
code=$?
count() { grep -o " $1=\"[0-9]*\"" "$results/all.trx" | head -1 | grep -o '[0-9]*'; }
if [ ! -f "$results/all.trx" ]; then
    fail "The tests did not run."
fi
passed=$(count passed); failed=$(count failed); total=$(count total)
# What was neither passed nor failed did not run: on CI that counts as failed.
missing=$((total - passed - failed))
[ "$missing" -gt 0 ] && { echo "$missing tests did not run." >&2; failed=$((failed + missing)); code=1; }
[ "$failed" -eq 0 ] && [ "$code" -ne 0 ] && failed=1
echo "$passed passed, $failed failed"
exit "$code"
