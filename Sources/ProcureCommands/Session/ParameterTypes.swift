package import ArgumentParser
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
      kinds.merge(limited.decimals.mapValues { .number($0) }) { _, limited in limited }
    }
    return kinds
  }

  /// By which something is known: a run, a plan, an alert.
  static let numbers = 1...ValueKind.greatest
  /// Of what is counted.
  static let amounts = 0...ValueKind.greatest

  /// How the command line spells the name of a property.
  static func kebab(_ label: some StringProtocol) -> String {
    if label.utf8.allSatisfy({ $0 > 0x5A }) { return String(label) }
    return label.reduce(into: "") { $0 += $1.isUppercase ? "-\($1.lowercased())" : String($1) }
  }
}

/// Arguments of which some numbers have limits: a shell is told of them by the command, a program by the description of
/// the service.
package protocol LimitedArguments: ParsableArguments {
  /// Of whole numbers, by the options' names.
  static var limits: [String: ClosedRange<Int>] { get }
  /// Of other numbers.
  static var decimals: [String: ClosedRange<Double>] { get }
}

extension LimitedArguments {
  package static var decimals: [String: ClosedRange<Double>] { [:] }

  package func validate() throws { try checkLimits() }

  /// - Throws: `ValidationError` for the first number beyond the limits of its option.
  package func checkLimits() throws {
    for child in Mirror(reflecting: self).children {
      guard let label = child.label?.dropFirst(), let given = child.value as? any GivenParameter else {
        continue
      }
      let name = ParameterTypes.kebab(label)
      switch given.value {
      case let number as any BinaryInteger: try check(name, number)
      case let quantity as Quantity: try check(name, quantity.units)
      case let number as Double: try check(name, number)
      default: break
      }
    }
  }

  /// - Throws: `ValidationError` for a number beyond the limits of its option.
  func check(_ name: String, _ value: some BinaryInteger) throws {
    guard let range = Self.limits[name], !range.contains(Int(clamping: value)) else { return }
    throw ValidationError(
      "--\(name) is \(value); expected a whole number from \(range.lowerBound) to \(range.upperBound)"
    )
  }

  private func check(_ name: String, _ value: Double) throws {
    guard let range = Self.decimals[name], !range.contains(value) else { return }
    throw ValidationError("--\(name) is \(value); expected \(ValueKind.words(range))")
  }
}

/// What an option was given, or is by default.
private protocol GivenParameter { var value: Any { get } }
extension Option: GivenParameter { fileprivate var value: Any { wrappedValue } }

private protocol GroupOfParameters { static var content: any ParsableArguments { get } }
extension OptionGroup: GroupOfParameters {
  fileprivate static var content: any ParsableArguments { Value() }
}

private protocol DeclaredParameter { static var kind: ValueKind? { get } }
extension Option: DeclaredParameter {
  fileprivate static var kind: ValueKind? { (Value.self as? any KnownKind.Type)?.valueKind }
}
extension Argument: DeclaredParameter {
  /// A whole number that stands by itself names something.
  fileprivate static var kind: ValueKind? {
    let kind = (Value.self as? any KnownKind.Type)?.valueKind
    return kind == .wholeNumber ? .integer(ParameterTypes.numbers) : kind
  }
}

private protocol KnownKind { static var valueKind: ValueKind? { get } }
extension Int64: KnownKind { fileprivate static var valueKind: ValueKind? { .wholeNumber } }
extension UInt64: KnownKind {
  fileprivate static var valueKind: ValueKind? { .integer(ParameterTypes.amounts) }
}
extension Int: KnownKind { fileprivate static var valueKind: ValueKind? { .wholeNumber } }
extension Quantity: KnownKind {
  fileprivate static var valueKind: ValueKind? { .integer(ParameterTypes.amounts) }
}
extension Double: KnownKind { fileprivate static var valueKind: ValueKind? { .number(nil) } }
extension Day: KnownKind { fileprivate static var valueKind: ValueKind? { .day } }
extension Code: KnownKind { fileprivate static var valueKind: ValueKind? { .code } }
extension Optional: KnownKind {
  fileprivate static var valueKind: ValueKind? { (Wrapped.self as? any KnownKind.Type)?.valueKind }
}
extension Array: KnownKind {
  fileprivate static var valueKind: ValueKind? { (Element.self as? any KnownKind.Type)?.valueKind }
}
