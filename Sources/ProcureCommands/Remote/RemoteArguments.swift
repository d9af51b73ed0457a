import ProcurementAPI

/// What a command line says, by the names of the command's parameters. ArgumentParser has found it in order before.
struct RemoteArguments: Equatable {
  /// A flag that is set has no value.
  private(set) var values: [String: [String]] = [:]

  init(_ arguments: [String], of signature: Signature) throws(RemoteRefusal) {
    let options = signature.parameters.filter { $0.kind != .positional }
    var positionals: [String] = []
    var rest = arguments.dropFirst(signature.words.count)[...]
    var isOver = false
    while let argument = rest.popFirst() {
      if isOver || argument == "-" || !argument.hasPrefix("-") {
        positionals.append(argument)
      } else if argument == "--" {
        isOver = true
      } else {
        try take(argument, &rest, options)
      }
    }
    take(positionals, signature.parameters.filter { $0.kind == .positional })
  }

  private mutating func take(
    _ argument: String,
    _ rest: inout ArraySlice<String>,
    _ options: [Signature.Parameter]
  ) throws(RemoteRefusal) {
    let halves = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = halves[0] == "-f" ? "format" : String(halves[0].drop { $0 == "-" })
    guard let parameter = options.first(where: { $0.name == name }) else { throw .unknown(argument) }
    if parameter.kind == .flag {
      values[name] = []
    } else if halves.count == 2 {
      values[name, default: []].append(String(halves[1]))
    } else if let value = rest.popFirst() {
      values[name, default: []].append(value)
    }
  }

  private mutating func take(_ texts: [String], _ positionals: [Signature.Parameter]) {
    var rest = texts[...]
    for parameter in positionals {
      if parameter.isRepeating {
        if !rest.isEmpty { values[parameter.name] = Array(rest) }
        rest = []
      } else if let text = rest.popFirst() {
        values[parameter.name] = [text]
      }
    }
  }
}
