import Foundation
import Testing

/// Results that cannot be written: noticed before the work, and what stood there stays.
@Suite struct UnwritableCommandTests {
  /// Each command with its results, and its report, at a path.
  private static func writers(_ path: String) -> [String] {
    [
      ReviewSamples.pretrain + "2 --save \(path)",
      "run-classifier --threads 1 --data test.csv --load \(ReviewSamples.classifier) --save-probs \(path)",
      "run-classifier --threads 1 --data test.csv --load \(ReviewSamples.classifier) --write-results \(path)",
      ReviewSamples.transfer + " --load lang_model.safetensors --write-results \(path)",
      "generate --threads 1 --load lang_model.safetensors --gen-length 5 --save \(path)",
      ReviewSamples.pretrain + "2 --report \(path)",
      "run-classifier --threads 1 --data test.csv --load \(ReviewSamples.classifier) --report \(path)",
      ReviewSamples.transfer + " --load lang_model.safetensors --report \(path)",
      "generate --threads 1 --load lang_model.safetensors --gen-length 5 --report \(path)",
    ]
  }

  @Test(arguments: ["train.csv/x", "/proc/x", "train.csv/deep/x"])
  func foldersThatTakeNoFiles(path: String) throws {
    try ReviewSamples.useModel { bench in
      let before = try bench.snapshot()
      for line in Self.writers(path) {
        let run = try bench.run(line + " --quiet")
        #expect(run.status == 1, "\(line)")
        #expect(run.errors.hasPrefix("Error: cannot write \(path): "), "\(line)\n\(run.errors)")
        #expect(run.errors.split(separator: "\n").count == 1)
        #expect(run.output.isEmpty)
        #expect(try bench.snapshot() == before, "\(line)")
      }
    }
  }

  /// Folders of one letter, from where the command runs: what walks up a path must end there.
  @Test func shortRelativeFoldersAreMade() throws {
    try ReviewSamples.useModel { bench in
      try bench.succeed(ReviewSamples.pretrain + "2 --save r/m.safetensors")
      try bench.succeed(ReviewSamples.pretrain + "2 --save s/t/m --logdir l")
      try bench.succeed(ReviewSamples.transfer + " --load r/m.safetensors --save-results u/v")
      try bench.succeed("generate --threads 1 --load r/m.safetensors --gen-length 5 --save g")
      for name in ["r/m.safetensors", "s/t/m", "l/metrics.jsonl", "u/v/classifier.safetensors", "g"] {
        #expect(bench.exists(name), "\(name)")
      }
      let left = try bench.snapshot().keys.filter { $0.hasSuffix(".train_lock") }
      #expect(left.isEmpty)
    }
  }

  @Test func aFolderInPlaceOfAFile() throws {
    try ReviewSamples.useModel { bench in
      try bench.write("x", to: "taken/inside")
      for line in Self.writers("taken") { try bench.expectFailure(line, "cannot write taken: it is a folder") }
    }
  }

  @Test func aResultFolderBelowAFile() throws {
    try ReviewSamples.useModel { bench in
      try bench.write("x", to: "lang_model_transfer/taken")
      try bench.expectFailure(
        ReviewSamples.transfer + " --load lang_model.safetensors --save-results taken",
        "cannot write lang_model_transfer/taken/classifier.safetensors: lang_model_transfer/taken is not a folder")
    }
  }

  @Test func aFullDiskLeavesTheOldFile() throws {
    try ReviewSamples.useModel { bench in
      let disk = bench.path("disk")
      try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: false)
      // Needs the superuser; elsewhere the library's tests on /dev/full have to do.
      guard mount(disk) else { return }
      defer { _ = Self.system("umount", disk) }
      try bench.write("old model", to: "disk/m.safetensors")
      try bench.write("old probabilities", to: "disk/p.npy")
      try bench.write("old text", to: "disk/t.txt")
      let before = try bench.snapshot()
      for (line, file) in [
        (ReviewSamples.pretrain + "2 --nhid 64 --save disk/m.safetensors", "disk/m.safetensors"),
        (
          "generate --threads 1 --load lang_model.safetensors --gen-length 20000 --seed 1 --save disk/t.txt",
          "disk/t.txt"
        ),
      ] {
        let run = try bench.run(line + " --quiet")
        #expect(run.status == 1)
        #expect(
          run.errors == "Error: cannot write \(file): no space left on device; the previous file is unchanged\n")
        #expect(try bench.snapshot() == before)
      }
    }
  }

  private func mount(_ folder: String) -> Bool {
    Self.system("mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", folder)
  }

  private static func system(_ arguments: String...) -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}
