import Foundation

/// How many processor cores this process may keep busy.
public enum ProcessorCount {
  /// Physical cores among the processors the process may run on, no more than its control group's quota; at least 1.
  public static func usablePhysicalCores() -> Int {
    let processors = allowedProcessors()
    let cores = Set(processors.map(coreIdentity)).count
    return max(1, min(cores, quota() ?? cores))
  }

  private static func allowedProcessors() -> [Int] {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let allowed = processors(inStatus: status)
    return allowed.isEmpty ? Array(0..<max(1, ProcessInfo.processInfo.activeProcessorCount)) : allowed
  }

  /// The processors of the line `Cpus_allowed_list: 0-3,8`; empty when there is none, or none that can be read.
  static func processors(inStatus text: String) -> [Int] {
    guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix("Cpus_allowed_list:") }) else { return [] }
    let list = line.drop { $0 != ":" }.dropFirst().filter { !$0.isWhitespace }
    return list.split(separator: ",").flatMap { part -> [Int] in
      let ends = part.split(separator: "-").compactMap { Int($0) }
      guard let first = ends.first, let last = ends.last, first >= 0, first <= last, last < 65_536 else { return [] }
      return Array(first...last)
    }
  }

  /// Two hardware threads of one core share this name; where the system does not say, each is its own core.
  private static func coreIdentity(_ processor: Int) -> String {
    let folder = "/sys/devices/system/cpu/cpu\(processor)/topology/"
    guard let package = line(folder + "physical_package_id"), let core = line(folder + "core_id") else {
      return "processor \(processor)"
    }
    return "\(package) \(core)"
  }

  private static func quota() -> Int? {
    line("/sys/fs/cgroup/cpu.max").flatMap(cores(inQuota:))
  }

  /// Cores granted by the content of `cpu.max`: `<microseconds> <period>`, rounded up; nil for `max`.
  static func cores(inQuota text: String) -> Int? {
    let parts = text.split(separator: " ").compactMap { Int($0) }
    guard parts.count == 2, parts[0] > 0, parts[1] > 0 else { return nil }
    return (parts[0] - 1) / parts[1] + 1
  }

  private static func line(_ path: String) -> String? {
    try? String(contentsOfFile: path, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
