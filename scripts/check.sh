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
# The same engine without windows, where it can be had: pages of tests open in a tenth of the time.
if [ -z "${CHROMIUM_PATH:-}" ] && ! command -v chromium-headless-shell >/dev/null && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  step 'browser: installing chromium-headless-shell with apt'
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium-headless-shell; } >/dev/null ||
    echo 'Not to be had here; the tests use Chromium itself.' >&2
fi

# One command of package.json; what it says is shown in one piece, with what became of it.
part() {
  local said end=passed
  SECONDS=0
  said=$(npm run -s "$1" 2>&1 </dev/null) || end=FAILED
  printf '\n== %s: %s, %d s\n%s\n' "$1" "$end" "$SECONDS" "$said" >&2
  [ "$end" = passed ]
}
export -f part
# Nothing here waits for another, so two run at a time, the longest first; every failure is shown, and any of them ends the check here.
# `match` reads nothing: the tests run from the sources, and these learn the intents once now, not at the same time in each of them.
printf '%s\n' build types intents:check match dead-code lint arrows | xargs -P 2 -n 1 bash -c 'part "$0"'

# Units, contracts, doors, journeys, faults and browsers in one run: while a journey waits, the other worker has the core. Jest ends its
# workers when their files are done, and --forceExit itself, after every result is told: a failed test that left a server open holds nothing up.
step 'tests'; npm run -s test:all
