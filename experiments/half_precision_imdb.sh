#!/usr/bin/env bash
# The language model of pretrain_imdb.sh in float32 and in float16 with a dynamic loss scale: bits per character, speed,
# and the loss scales of the half-precision run.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
find_texts "$data/imdb/unsup.csv" "$data/imdb/unsup.json"
for precision in float32 float16; do
  "$commands/pretrain" --data "$texts" --text-key "$text_key" --nhid 512 --batch-size 32 --seq-length 128 --lr 0.002 \
    --clip 1 --train-iters 1465 --precision "$precision" --save "$results/imdb-$precision.safetensors" \
    --logdir "$results/imdb-$precision" --report "$results/half_precision_$precision.json"
done
number() { sed -n "s/.*\"$2\": \([0-9.e-]*\).*/\1/p" "$results/half_precision_$1.json"; }
for key in validation_bpc test_bpc characters_per_second skipped_steps loss_scale; do
  printf '%-24s float32 %12.4f   float16 %12.4f\n' "$key" "$(number float32 $key)" "$(number float16 $key)"
done
printf 'loss scales of float16: '
sed -n 's/.*"loss_scale": \([0-9.]*\).*/\1/p' "$results/imdb-float16/metrics.jsonl" | uniq -c | awk '{printf "%s x %s  ", $2, $1}'
printf '\n'
