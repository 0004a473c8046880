import Files
import Foundation
import ToolSupport

// Mutated files against every reader and the cleaning: nothing may trap, hang, eat memory, or depend on the pieces a file
// arrives in. `FuzzReaders --inputs 1000000 --seed 1` from the package root; one input again with `--reader csv --only 17`.

let settings = try FuzzSettings(CommandLine.arguments.dropFirst())
let seeds = try SeedCorpus(folder: settings.corpus)
// One input again shows where it traps.
if settings.only == nil { FailureReport.install() }
Watchdog.start(limit: settings.secondsAllowed * 5)
var isClean = true
for target in FuzzTarget.allCases where settings.reader == nil || settings.reader == target {
  var campaign = FuzzCampaign(target: target, seed: settings.seed, seeds: seeds)
  campaign.run(settings.only.map { $0..<($0 + 1) } ?? 0..<settings.inputs, secondsAllowed: settings.secondsAllowed)
  print(campaign.summary)
  isClean = isClean && campaign.failures.isEmpty
}
let peak = PeakMemory.bytes ?? 0
print("peak memory \(peak >> 20) MiB")
if peak > settings.memoryAllowed {
  print("FAILURE: more than \(settings.memoryAllowed >> 20) MiB")
  isClean = false
}
exit(isClean ? 0 : 1)
