#!/usr/bin/env bash
# report-picture.sh RUNFOLDER [PICTURE]: photographs the head of a run's report as the README shows it.
# docs/report.png is of experiments/emodb-adapted.yaml: ./undertone run experiments/emodb-adapted.yaml, then
# scripts/report-picture.sh runs/emodb-adapted docs/report.png
set -eu
run=$(readlink -f "${1:?RUNFOLDER is missing: runs/emodb-adapted}")
picture=$(readlink -m "${2:-report.png}")
[[ -r $run/report.html ]] || { echo "report-picture: no report.html in $run; './undertone report $run' writes it." >&2; exit 2; }
command -v chromium >/dev/null || { echo "report-picture: chromium is missing; on Debian: apt-get install chromium" >&2; exit 2; }
profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT
chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
  --disable-component-update --disable-sync --hide-scrollbars --user-data-dir="$profile" --window-size=1280,1640 \
  --virtual-time-budget=20000 --screenshot="$picture" "file://$run/report.html" 2>/dev/null
echo "$picture"
