/// A part of a model that holds trained arrays: its own, and those of the parts that it is made of.
///
/// Members have the names of the Swift properties that hold them, so that an array's path says where it stands in the
/// code: `layers.0.hiddenWeight`. What files call it is the business of key maps.
public protocol Module {
  /// The parts in the order of optimizer states.
  var members: [ModuleMember] { get }
}

/// A named part of a module.
public struct ModuleMember {
  enum Content {
    case parameter(Parameter)
    case module(any Module)
  }

  let name: String
  let content: Content

  /// A trained array of the module itself.
  public static func parameter(_ name: String, _ parameter: Parameter) -> ModuleMember {
    ModuleMember(name: name, content: .parameter(parameter))
  }

  /// A module within the module.
  public static func module(_ name: String, _ module: any Module) -> ModuleMember {
    ModuleMember(name: name, content: .module(module))
  }

  /// Modules of one kind, one behind the other, which are numbered from 0.
  public static func modules(_ name: String, _ modules: [any Module]) -> ModuleMember {
    .module(name, ModuleList(modules: modules))
  }
}

private struct ModuleList: Module {
  let modules: [any Module]

  var members: [ModuleMember] { modules.enumerated().map { .module("\($0)", $1) } }
}

extension Module {
  /// All arrays of the tree with their paths, depth first; one that several modules share stands where it is met first.
  public var parameters: [NamedParameter] {
    var seen: Set<ObjectIdentifier> = []
    var found: [NamedParameter] = []
    collect("", &seen, &found)
    return found
  }

  private func collect(_ prefix: String, _ seen: inout Set<ObjectIdentifier>, _ found: inout [NamedParameter]) {
    for member in members {
      switch member.content {
      case .parameter(let parameter):
        guard seen.insert(ObjectIdentifier(parameter)).inserted else { continue }
        found.append(NamedParameter(prefix + member.name, parameter))
      case .module(let module): module.collect(prefix + member.name + ".", &seen, &found)
      }
    }
  }
}
