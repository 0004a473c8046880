#!/usr/bin/env bash
# A language model on the unlabelled IMDB reviews: 1,465 steps of 32 x 128 characters.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
find_texts "$data/imdb/unsup.csv" "$data/imdb/unsup.json"
"$commands/pretrain" --data "$texts" --text-key "$text_key" --nhid 512 --batch-size 32 --seq-length 128 --lr 0.002 \
  --clip 1 --train-iters 1465 --save "$results/imdb.safetensors" --report "$results/pretrain_imdb.json"
