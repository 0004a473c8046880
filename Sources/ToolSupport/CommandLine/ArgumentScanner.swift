import ArgumentParser
import Models

/// One pass over a command line, from left to right.
struct ArgumentScanner {
  private let arguments: [String]
  private let command: CommandName
  private let offered: [String: OptionArity]
  private let historical: [String: HistoricalOption]
  private let shortSpellings: [String: String]
  private var position = 0
  private var result = NormalizedArguments(arguments: [])

  init(_ arguments: [String], command: CommandName, offered: [String: OptionArity]) {
    self.arguments = arguments
    self.command = command
    self.offered = offered
    historical = HistoricalOption.table(for: command)
    shortSpellings = HistoricalOption.shortSpellings(for: command)
  }

  mutating func scan() throws -> NormalizedArguments {
    while position < arguments.count {
      let argument = arguments[position]
      position += 1
      if argument == "--" {
        result.arguments += arguments[(position - 1)...]
        break
      }
      guard let option = option(in: argument) else {
        result.arguments.append(argument)
        continue
      }
      try take(option, typed: argument)
    }
    return result
  }

  /// An option as typed: its name in dashed spelling, and the value behind `=` where there is one.
  private struct TypedOption {
    var name: String
    var attached: String?
  }

  private func option(in argument: String) -> TypedOption? {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let head = Self.dashed(String(parts[0]))
    let attached = parts.count > 1 ? String(parts[1]) : nil
    if let name = shortSpellings[head] {
      return TypedOption(name: name, attached: attached)
    }
    guard head.hasPrefix("--"), head.count > 2 else { return nil }
    return TypedOption(name: String(head.dropFirst(2)), attached: attached)
  }

  private mutating func take(_ typed: TypedOption, typed argument: String) throws {
    var option = typed
    if case .renamed(let today)? = historical[option.name]?.treatment {
      option.name = today
    }
    if option.name == "version" { result.requestsVersion = true }
    // A name that is offered wins over its history: `--save` means something in pretrain and nothing in transfer.
    if let arity = offered[option.name] {
      try keep(option, arity: arity)
    } else if let former = historical[option.name] {
      try drop(option, former)
    } else {
      result.arguments.append("--" + option.name + (option.attached.map { "=" + $0 } ?? ""))
    }
  }

  private mutating func keep(_ option: TypedOption, arity: OptionArity) throws {
    let name = "--" + option.name
    if let attached = option.attached {
      try refuseTransformer(option.name, attached)
      // The parser takes `--name=` for a missing value, but an empty word for an empty value.
      result.arguments += attached.isEmpty && arity != .flag ? [name, ""] : [name + "=" + attached]
      return
    }
    switch arity {
    case .flag:
      result.arguments.append(name)
    case .one:
      guard let value = try nextValue(of: option.name) else {
        result.arguments.append(name)
        return
      }
      try refuseTransformer(option.name, value)
      if value.hasPrefix("-") {
        result.arguments.append(name + "=" + value)
      } else {
        result.arguments += [name, value]
      }
    case .list where option.name == "label-map":
      // Joined one by one, since an entry may begin with the sign of a number.
      let values = nextValues { !$0.hasPrefix("-") || ($0.dropFirst().first?.isNumber == true && $0.contains("=")) }
      result.arguments += values.isEmpty ? [name] : values.map { name + "=" + $0 }
    case .list:
      let values = nextValues()
      let mayBeEmpty = ["valid", "test"].contains(option.name)
      result.arguments += [name] + (values.isEmpty && mayBeEmpty ? [DataSelection.noneWord] : values)
    }
  }

  private mutating func drop(_ option: TypedOption, _ former: HistoricalOption) throws {
    var values: [String] = option.attached.map { [$0] } ?? []
    if option.attached == nil {
      switch former.arity {
      case .flag: break
      case .one: values = try nextValue(of: option.name).map { [$0] } ?? []
      case .list: values = nextValues()
      }
    }
    switch former.treatment {
    case .renamed:
      break
    case .noEffect(let reason):
      note(option.name, reason)
    case .unavailable(let reason):
      throw unavailable("--" + option.name, reason)
    case .limited(let accepted, let noEffect, let reason):
      guard let value = values.first else {
        throw ValidationError("Missing value for '--\(option.name)'.")
      }
      guard accepted.contains(where: { $0.lowercased() == value.lowercased() }) else {
        throw unavailable("--\(option.name) \(value)", reason)
      }
      note("\(option.name) \(value)", noEffect)
    }
  }

  private mutating func note(_ name: String, _ reason: String) {
    result.notices.append("--\(name) has no effect in \(command): \(reason).")
  }

  private func unavailable(_ what: String, _ reason: String) -> ValidationError {
    ValidationError("\(what) is not available yet: \(reason).")
  }

  private func refuseTransformer(_ name: String, _ value: String) throws {
    guard name == "model", value.lowercased() == "transformer" else { return }
    throw unavailable("--model \(value)", "this version has the recurrent models \(CellKind.list)")
  }

  /// The value behind an option that takes one; nil at the end of the line, where the parser says what is missing.
  private mutating func nextValue(of name: String) throws -> String? {
    guard position < arguments.count, arguments[position] != "--" else { return nil }
    let value = arguments[position]
    if isKnownOption(value) {
      throw ValidationError("Missing value for '--\(name)': '\(value)' is an option itself.")
    }
    position += 1
    return value
  }

  private mutating func nextValues(
    where isValue: (String) -> Bool = { !$0.hasPrefix("-") || $0 == "-" }
  ) -> [String] {
    let rest = arguments[position...].prefix(while: isValue)
    position += rest.count
    return Array(rest)
  }

  private func isKnownOption(_ argument: String) -> Bool {
    guard argument.hasPrefix("--"), let option = option(in: argument) else { return false }
    return ["help", "version"].contains(option.name) || offered[option.name] != nil || historical[option.name] != nil
  }

  private static func dashed(_ name: String) -> String {
    String(name.map { $0 == "_" ? "-" : $0 })
  }
}
