#!/usr/bin/env bash
# Everything that must hold before a change lands; `npm test` and CI run this and nothing else.
set -euo pipefail
cd "$(dirname "$0")/.."

step() { printf '\n== %s\n' "$*" >&2; }

if [ -z "${CHROMIUM_PATH:-}" ] && ! command -v chromium >/dev/null && ! command -v chromium-browser >/dev/null && ! command -v google-chrome >/dev/null; then
  step 'browser: installing chromium with apt'
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo 'No Chromium found. Install it (Debian: apt-get install chromium) or set CHROMIUM_PATH.' >&2
    exit 1
  fi
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null
fi

step 'format and lint';   npm run -s lint
step 'types';             npm run -s types
step 'arrows';            npm run -s arrows
step 'dead code';         npm run -s dead-code
step 'intents';           npm run -s intents:check
step 'build';             npm run -s build
# Tests run from the sources; learned once here, not at the same time in each of them.
step 'learn';             npm run -s match </dev/null
# Two workers on two cores; jest ends them when their files are done, so a failed test that left a server open holds nothing up.
step 'unit, contract and door tests'; npm run -s test:unit
# One after the other: each starts processes and a browser of its own. In jest's own process only --forceExit does the same,
# after every result is told.
step 'journeys, faults, browser';     npm run -s test:journeys
