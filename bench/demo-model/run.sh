#!/bin/sh
# Corpus, tokenizer, training, GGUF: everything from nothing. Needs python3-torch, python3-numpy, python3-regex, python3-jinja2.
#   ./run.sh [WORK] [MINUTES] [OUT.gguf]
set -e
cd "$(dirname "$0")"
work=${1:-/tmp/nightjar-demo}
minutes=${2:-80}
out=${3:-$work/nightjar-demo.gguf}
export PYTHONDONTWRITEBYTECODE=1
mkdir -p "$work"
python3 check_template.py
[ -f "$work/corpus.txt" ] || python3 -m corpus.build "$work/corpus.txt" 90 7
[ -f "$work/tokenizer.json" ] || python3 bpe.py "$work/corpus.txt" "$work/tokenizer.json" 1792
nice -n 10 python3 train.py --work "$work" --minutes "$minutes"
python3 export_gguf.py --work "$work" "$out"
python3 check.py "$out"
