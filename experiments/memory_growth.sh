#!/usr/bin/env bash
# Peak memory of training with 10 MB and with 1 GB of text, which are to be the same within 50 MB.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
work=$(mktemp -d "$results/memory.XXXXXX")
trap 'rm -rf "$work"' EXIT

# Texts of about a kilobyte, all different.
texts() {
  awk -v bytes="$1" 'BEGIN {
    print "sentence"
    for (row = 0; written < bytes; row++) {
      line = ""
      for (word = 0; word < 110; word++) line = line sprintf("word%d ", (row * 7919 + word * 104729) % 99991)
      print line
      written += length(line) + 1
    }
  }'
}

measure() {
  texts "$2" > "$work/$1.csv"
  for pass in first second; do
    "$commands/pretrain" --lazy --data "$work/$1.csv" --nhid 256 --batch-size 32 --seq-length 64 --train-iters 60 \
      --eval-iters 5 --save "$work/$1.safetensors" --report "$work/$1.json" --quiet > "$work/$1.log"
    peak=$(sed -n 's/.*"peak_memory_bytes": \([0-9]*\).*/\1/p' "$work/$1.json")
    printf '%-6s text, %-6s run: %5d MB\n' "$1" "$pass" $((peak / 1000000))
  done
}

measure 10MB 10000000
small=$peak
measure 1GB 1000000000
difference=$(((peak > small ? peak - small : small - peak) / 1000000))
printf 'difference: %d MB\n' "$difference"
[[ $difference -le 50 ]]
