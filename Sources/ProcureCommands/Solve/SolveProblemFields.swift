import Inventory
import Planning
import Tabular

/// A problem file that cannot be solved, with every wrong line at once.
struct ProblemFileError: DomainError, Equatable {
  let name: String
  let findings: [Finding]

  var kind: ErrorKind { .invalid }
  var code: String { "solve.bad-file" }
  var description: String {
    "\(name) is not solved: \(findings.count == 1 ? "one thing is" : "\(findings.count) things are") wrong with it"
  }
}

/// Reads one object of a problem field by field and notes everything that is wrong instead of stopping.
///
/// A class because the notes are shared by all objects of a file; it lives for one reading.
final class ProblemFields {
  private let path: String
  private let line: Int
  private let notes: ProblemNotes
  private var unread: [String: JSONText] = [:]
  private var known: [String] = []

  init(_ text: JSONText, path: String, notes: ProblemNotes) {
    (self.path, self.notes, line) = (path, notes, text.line)
    if case .object(let members) = text.value {
      for (key, value) in members where unread.updateValue(value, forKey: key) != nil {
        notes.add(value, at(key), found: "the key twice", "the key once")
      }
    } else {
      notes.add(text, path.isEmpty ? "the file" : path, "an object")
    }
  }

  private func at(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

  /// Nil where the key is missing or `null`: not declared.
  private func take(_ key: String) -> JSONText? {
    known.append(key)
    guard let value = unread.removeValue(forKey: key) else { return nil }
    if case .word("null") = value.value { return nil }
    return value
  }

  /// Whether the key is there, read or not, right or wrong.
  func holds(_ key: String) -> Bool { unread[key] != nil }

  private func missing(_ key: String, _ expected: String) {
    notes.findings.append(.init(line: line, field: at(key), found: "", expected: expected))
  }

  func integer(_ key: String, in range: ClosedRange<Int> = 0...SharingLimits.quantity) -> Int? {
    guard let text = take(key) else { return nil }
    let expected = "a whole number from \(range.lowerBound) to \(range.upperBound)"
    guard case .number(let digits) = text.value, let value = Int(digits), range ~= value else {
      notes.add(text, at(key), expected)
      return nil
    }
    return value
  }

  func required(_ key: String, in range: ClosedRange<Int> = 0...SharingLimits.quantity) -> Int {
    let isMissing = unread[key] == nil
    let value = integer(key, in: range)
    if isMissing { missing(key, "a whole number from \(range.lowerBound)") }
    return value ?? range.lowerBound
  }

  func flag(_ key: String) -> Bool? {
    guard let text = take(key) else { return nil }
    if case .word(let word) = text.value { return word == "true" }
    notes.add(text, at(key), "true or false")
    return nil
  }

  func text(_ key: String) -> String? {
    guard let text = take(key) else { return nil }
    guard case .string(let value) = text.value, !value.isEmpty else {
      notes.add(text, at(key), "a text in quotes")
      return nil
    }
    return value
  }

  func code(_ key: String) -> String {
    let isMissing = unread[key] == nil
    let value = text(key)
    if isMissing { missing(key, "a code in quotes") }
    return value ?? ""
  }

  /// A calendar day as a number of days.
  func day(_ key: String) -> Int? {
    guard let text = take(key) else { return nil }
    guard case .string(let value) = text.value, let day = Day(value) else {
      notes.add(text, at(key), "a day as \"2020-03-16\"")
      return nil
    }
    return Int(day.rawValue)
  }

  func requiredDay(_ key: String) -> Int {
    let isMissing = unread[key] == nil
    let value = day(key)
    if isMissing { missing(key, "a day as \"2020-03-16\"") }
    return value ?? 0
  }

  /// A use that must be there: unknown is not zero.
  func requiredUse(_ key: String) -> Planning.DailyUse {
    let isMissing = unread[key] == nil
    let value = use(key)
    if isMissing { missing(key, "units a day, 0 if there is none") }
    return value ?? DailyUse(0)
  }

  /// `12.5`, or `{"quantity": 350, "days": 28}` as it was counted.
  func use(_ key: String) -> Planning.DailyUse? {
    guard let text = take(key) else { return nil }
    if case .object = text.value {
      let fields = ProblemFields(text, path: at(key), notes: notes)
      defer { fields.refuseTheRest() }
      return Planning.DailyUse(
        fields.required("quantity"),
        perDays: fields.required("days", in: 1...SharingLimits.days)
      )
    }
    guard case .number(let digits) = text.value, let use = Self.use(digits) else {
      notes.add(text, at(key), "units a day, such as 12.5, or {\"quantity\": 350, \"days\": 28}")
      return nil
    }
    return use
  }

  /// A decimal with up to six places is exact: 12.5 a day is 125 in ten days.
  private static func use(_ digits: String) -> Planning.DailyUse? {
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    let places = parts.count == 2 ? parts[1].count : 0
    guard parts.count <= 2, places <= 6, let quantity = Int(parts.joined()), quantity >= 0,
      quantity <= SharingLimits.quantity
    else { return nil }
    return Planning.DailyUse(quantity, perDays: (0..<places).reduce(1) { power, _ in power * 10 })
  }

  func choice<Choice: RawRepresentable & CaseIterable>(
    _ key: String,
    of type: Choice.Type
  ) -> Choice? where Choice.RawValue == String {
    guard let text = take(key) else { return nil }
    guard case .string(let value) = text.value, let choice = Choice(rawValue: value) else {
      notes.add(text, at(key), "one of \(Choice.allCases.map(\.rawValue).joined(separator: ", "))")
      return nil
    }
    return choice
  }

  func object<Value>(_ key: String, read: (ProblemFields) -> Value) -> Value? {
    guard let text = take(key) else { return nil }
    let fields = ProblemFields(text, path: at(key), notes: notes)
    defer { fields.refuseTheRest() }
    return read(fields)
  }

  /// The objects of a list, in order; nil when the key is missing.
  func list<Value>(_ key: String, read: (ProblemFields) -> Value) -> [Value]? {
    guard let text = take(key) else { return nil }
    guard case .array(let elements) = text.value else {
      notes.add(text, at(key), "a list")
      return nil
    }
    return elements.enumerated().map { index, element in
      let fields = ProblemFields(element, path: "\(at(key))[\(index)]", notes: notes)
      defer { fields.refuseTheRest() }
      return read(fields)
    }
  }

  func requiredList<Value>(_ key: String, read: (ProblemFields) -> Value) -> [Value] {
    if unread[key] == nil { missing(key, "a list") }
    return list(key, read: read) ?? []
  }

  /// Refuses the keys that nothing has asked for.
  func refuseTheRest() {
    for (key, value) in unread.sorted(by: { $0.key < $1.key }) {
      notes.add(value, at(key), found: "a key that is not known", "one of \(known.joined(separator: ", "))")
    }
  }
}

/// Everything that is wrong with a file.
final class ProblemNotes {
  var findings: [Finding] = []

  func add(_ text: JSONText, _ field: String, found: String? = nil, _ expected: String) {
    findings.append(.init(line: text.line, field: field, found: found ?? text.shown, expected: expected))
  }
}
