#!/usr/bin/env bash
# The language model of pretrain_imdb.sh on IMDB; a fifth of the training reviews chooses the penalty.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
find_texts "$data/imdb/train.csv" "$data/imdb/train.json"
train=$texts
find_texts "$data/imdb/test.csv" "$data/imdb/test.json"
"$commands/transfer" --load "$results/imdb.safetensors" --data "$train" --test "$texts" --split .8 \
  --text-key "$text_key" --concat-max --concat-min --concat-mean --save-results imdb \
  --report "$results/transfer_imdb.json"
