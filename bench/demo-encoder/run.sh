#!/bin/sh
# Vocabulary, training, folders, check: everything from nothing. Needs python3-torch and libopenblas0-pthread.
#   ./run.sh [WORK] [MINUTES_OF_PROCESSOR_TIME] [OUT]
set -e
cd "$(dirname "$0")"
work=${1:-/tmp/nightjar-demo-encoder}
minutes=${2:-13.2}
out=${3:-$work/out}
export PYTHONDONTWRITEBYTECODE=1 OMP_NUM_THREADS=1
python3 train.py "$work" "$minutes"
python3 export.py "$work" "$out"
python3 check.py "$out"
