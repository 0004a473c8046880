#!/usr/bin/env bash
# The language model of pretrain_imdb.sh on SST: its last state alone, and with the largest, smallest and mean state.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
sst=(--data "$data/binary_sst/train.csv" --valid "$data/binary_sst/val.csv" --test "$data/binary_sst/test.csv")
"$commands/transfer" --load "$results/imdb.safetensors" "${sst[@]}" --save-results sst_last_state \
  --report "$results/transfer_sst_last_state.json"
"$commands/transfer" --load "$results/imdb.safetensors" "${sst[@]}" --concat-max --concat-min --concat-mean \
  --save-results sst --report "$results/transfer_sst.json"
