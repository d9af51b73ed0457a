import Foundation
import Inventory

/// A JSON value as it was written.
indirect enum AwardNode: Decodable, Equatable {
  case null
  case flag(Bool)
  case integer(Int)
  case number(Double)
  case text(String)
  case list([AwardNode])
  case object([String: AwardNode])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode([String: AwardNode].self) {
      self = .object(value)
    } else if let value = try? container.decode([AwardNode].self) {
      self = .list(value)
    } else if let value = try? container.decode(String.self) {
      self = .text(value)
    } else if let value = try? container.decode(Bool.self) {
      self = .flag(value)
    } else if let value = try? container.decode(Int.self) {
      self = .integer(value)
    } else {
      self = .number(try container.decode(Double.self))
    }
  }

  /// The value as a finding shows it: short values whole, others by their kind.
  var shown: String {
    switch self {
    case .null: "null"
    case .flag(let value): String(value)
    case .integer(let value): String(value)
    case .number(let value): String(value)
    case .text(let value): value
    case .list(let values): "a list of \(values.count)"
    case .object: "an object"
    }
  }
}

/// What is wrong with a file, gathered while it is read to its end.
final class AwardFindings {
  private(set) var findings: [Finding] = []

  func add(_ path: String, found: String, expected: String) {
    findings.append(Finding(field: path, found: found, expected: expected))
  }
}

/// A place in the file: its path and what is written there, nil where nothing is.
struct AwardField {
  let path: String
  let node: AwardNode?
  let findings: AwardFindings

  var isAbsent: Bool { node == nil || node == .null }

  func refuse(expected: String) { findings.add(path, found: node?.shown ?? "", expected: expected) }

  /// The member of an object; nothing where this is no object.
  subscript(_ key: String) -> AwardField {
    let members: [String: AwardNode] = if case .object(let members) = node { members } else { [:] }
    let inner = path.isEmpty ? key : "\(path).\(key)"
    return AwardField(path: inner, node: members[key], findings: findings)
  }

  /// Refuses a value that is no object, and every member that is not among `keys`.
  func expectObject(_ keys: Set<String>) -> Bool {
    guard case .object(let members) = node else {
      refuse(expected: "an object with \(keys.sorted().joined(separator: ", "))")
      return false
    }
    for key in members.keys.sorted() where !keys.contains(key) {
      self[key].refuse(expected: "one of the keys \(keys.sorted().joined(separator: ", "))")
    }
    return true
  }

  /// The elements of a list; none where it is absent.
  var elements: [AwardField] {
    guard !isAbsent else { return [] }
    guard case .list(let nodes) = node else {
      refuse(expected: "a list")
      return []
    }
    return nodes.enumerated().map { index, node in
      AwardField(path: "\(path)[\(index)]", node: node, findings: findings)
    }
  }

  /// A whole number within `range`; nil where it is absent or refused.
  func integer(_ range: ClosedRange<Int> = 0...AwardField.largest) -> Int? {
    guard !isAbsent else { return nil }
    guard case .integer(let value) = node, range.contains(value) else {
      let top =
        range.upperBound >= AwardField.largest
        ? "at least \(range.lowerBound)"
        : "from \(range.lowerBound) to \(range.upperBound)"
      refuse(expected: "a whole number \(top)")
      return nil
    }
    return value
  }

  func required<Value>(_ value: Value?, _ expected: String) -> Value? {
    if isAbsent { findings.add(path, found: "", expected: expected) }
    return value
  }

  func requiredInteger(_ range: ClosedRange<Int> = 0...AwardField.largest) -> Int? {
    required(integer(range), "a whole number of at least \(range.lowerBound)")
  }

  /// A text that is not empty; nil where it is absent or refused.
  var text: String? {
    guard !isAbsent else { return nil }
    guard case .text(let value) = node, !value.isEmpty else {
      refuse(expected: "a text")
      return nil
    }
    return value
  }

  var requiredText: String? { required(text, "a text") }

  var day: Int? {
    guard !isAbsent else { return nil }
    guard case .text(let text) = node, let day = Day(text) else {
      refuse(expected: "a day as 2026-03-01")
      return nil
    }
    return Int(day.rawValue)
  }

  func choice<Value: RawRepresentable & CaseIterable>(_ type: Value.Type) -> Value?
  where Value.RawValue == String {
    guard !isAbsent else { return nil }
    guard case .text(let text) = node, let value = Value(rawValue: text) else {
      refuse(expected: "one of \(Value.allCases.map(\.rawValue).joined(separator: ", "))")
      return nil
    }
    return value
  }

  /// Prices and quantities above this are refused, so that no product leaves 64 bits.
  static let largest = 1_000_000_000
}
