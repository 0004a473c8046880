import Corpora
import Foundation

// Reading speed on one core, the whole way the commands go: a file in, rows with text and label out.

let sample = try ReadingSample.prepare(in: ".build/reading-bench")
print("reading \(sample.title), one core")

var results: [ReadingResult] = []
for format in ReadingSample.Format.allCases {
  let path = sample.path(format)
  let options = sample.options
  let rows = try CorpusReader.read(path, options: options).count
  let seconds = try bestOf(7) { _ = try CorpusReader.read(path, options: options) }
  let other = PythonReader.bestSeconds(of: path, format: format, textKey: options.textKey)
  if other == nil { print("\(format.twin): not installed for \(PythonReader.executable), so not compared") }
  results.append(
    ReadingResult(
      format: format, megabytesPerSecond: Double(sample.size(format)) / 1e6 / seconds, rows: rows,
      versusTwin: other.map { $0 / seconds }))
}
for result in results { print(result.line) }
try BenchFile.merge(results.map(\.measurement), into: ".build/bench.json")
print("added to .build/bench.json")
