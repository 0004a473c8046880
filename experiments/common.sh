# Read by the experiment scripts: where the commands, the data and the results are.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
data=${1:-data}
commands=.build/release
results=experiments/results
mkdir -p "$results"

# The first of the given files that exists, with the key its text has.
find_texts() {
  local file
  for file in "$@"; do
    if [[ -e $file ]]; then
      texts=$file
      if [[ $file == *.csv ]]; then text_key=text; else text_key=sentence; fi
      return
    fi
  done
  printf 'none of these files is there: %s\n' "$*" >&2
  exit 1
}
