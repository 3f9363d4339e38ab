#!/usr/bin/env bash
# scripts/default-model.sh: trains models/default anew, on all speakers of EMO-DB with the settings of
# experiments/default-model.yaml, and writes the figures of docs/results/default-model.md into its card. Needs EMO-DB
# (./undertone corpora fetch emodb). The same features and the same machine give the same bytes.
set -eu
here=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")
cd "$here"
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
./undertone train svm-compare --like experiments/default-model.yaml --corpus emodb --test-speakers 0 --results default-model --out "$made/default"
./undertone results embed "$made/default/README.md"
rm -rf models/default
mkdir -p models
mv "$made/default" models/default
echo "models/default is new. What it is worth: ./undertone run experiments/default-model.yaml and default-model-elsewhere.yaml, then ./undertone results write default-model runs/default-model runs/default-model-elsewhere"
