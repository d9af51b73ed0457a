/// One thing wrong with a file: where, what was found, what was expected.
struct InputProblem: Equatable, CustomStringConvertible {
  let line: Int
  let field: String
  let found: String
  let expected: String

  var description: String { "line \(line), \(field): found \(found), expected \(expected)" }
}

/// Every problem of a file at once; nothing of the file was used.
struct InputProblems: Error, Equatable, CustomStringConvertible {
  /// Problems listed; a file in the wrong format would otherwise repeat one sentence a million times.
  static let limit = 200

  let file: String
  private(set) var first: [InputProblem] = []
  private(set) var count = 0

  init(file: String) { self.file = file }

  mutating func add(_ line: Int, _ field: String, found: String, expected: String) {
    count += 1
    guard first.count < Self.limit else { return }
    first.append(InputProblem(line: line, field: field, found: found, expected: expected))
  }

  var description: String {
    let heading = "\(file): \(count) problem\(count == 1 ? "" : "s"), nothing was forecast"
    let rest = count > first.count ? ["… and \(count - first.count) more"] : []
    let lines = first.enumerated().sorted { ($0.1.line, $0.0) < ($1.1.line, $1.0) }
    return ([heading] + lines.map(\.element.description) + rest).joined(separator: "\n  ")
  }
}
