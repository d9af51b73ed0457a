import ArgumentParser
import Inventory
import ProcurementAPI

/// What the parameters of a command are declared as, by their names.
enum ParameterTypes {
  static func kinds(of arguments: any ParsableArguments) -> [String: ValueKind] {
    var kinds: [String: ValueKind] = [:]
    for child in Mirror(reflecting: arguments).children {
      guard let label = child.label, label.first == "_" else { continue }
      let type = type(of: child.value)
      if let group = type as? any GroupOfParameters.Type {
        kinds.merge(self.kinds(of: group.content)) { first, _ in first }
      } else if let declared = type as? any DeclaredParameter.Type {
        kinds[kebab(label.dropFirst())] = declared.kind
      }
    }
    if let limited = type(of: arguments) as? any LimitedArguments.Type {
      kinds.merge(limited.limits.mapValues { .integer($0) }) { _, limited in limited }
    }
    return kinds
  }

  /// How the command line spells the name of a property.
  static func kebab(_ label: some StringProtocol) -> String {
    if label.utf8.allSatisfy({ $0 > 0x5A }) { return String(label) }
    return label.reduce(into: "") { $0 += $1.isUppercase ? "-\($1.lowercased())" : String($1) }
  }
}

/// Arguments of which some whole numbers have limits: a shell is told of them by the command, a program by the
/// description of the service.
protocol LimitedArguments: ParsableArguments {
  /// By the options' names.
  static var limits: [String: ClosedRange<Int>] { get }
}

extension LimitedArguments {
  /// - Throws: `ValidationError` for a number beyond the limits of its option.
  func check(_ name: String, _ value: some BinaryInteger) throws {
    guard let range = Self.limits[name], !range.contains(Int(clamping: value)) else { return }
    throw ValidationError(
      "--\(name) is \(value); expected a whole number from \(range.lowerBound) to \(range.upperBound)"
    )
  }
}

private protocol GroupOfParameters { static var content: any ParsableArguments { get } }
extension OptionGroup: GroupOfParameters {
  fileprivate static var content: any ParsableArguments { Value() }
}

private protocol DeclaredParameter { static var kind: ValueKind? { get } }
extension Option: DeclaredParameter {
  fileprivate static var kind: ValueKind? { (Value.self as? any KnownKind.Type)?.valueKind }
}
extension Argument: DeclaredParameter {
  fileprivate static var kind: ValueKind? { (Value.self as? any KnownKind.Type)?.valueKind }
}

private protocol KnownKind { static var valueKind: ValueKind? { get } }
extension Int64: KnownKind { fileprivate static var valueKind: ValueKind? { .wholeNumber } }
extension UInt64: KnownKind { fileprivate static var valueKind: ValueKind? { .wholeNumber } }
extension Int: KnownKind { fileprivate static var valueKind: ValueKind? { .wholeNumber } }
extension Quantity: KnownKind { fileprivate static var valueKind: ValueKind? { .wholeNumber } }
extension Double: KnownKind { fileprivate static var valueKind: ValueKind? { .number } }
extension Day: KnownKind { fileprivate static var valueKind: ValueKind? { .day } }
extension Code: KnownKind { fileprivate static var valueKind: ValueKind? { .code } }
extension Optional: KnownKind {
  fileprivate static var valueKind: ValueKind? { (Wrapped.self as? any KnownKind.Type)?.valueKind }
}
extension Array: KnownKind {
  fileprivate static var valueKind: ValueKind? { (Element.self as? any KnownKind.Type)?.valueKind }
}
