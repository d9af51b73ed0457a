import Inventory

/// Where the lines of an operation's table stood in what was sent. The table that is made of them has a heading in
/// line 1.
enum RowOrigin: Codable, Equatable, Sendable {
  /// Elements of a member of a JSON body.
  case member(String)
  /// Lines of NDJSON, by their numbers from 1: empty ones make no line of a table.
  case lines([Int])

  /// What is wrong in a line of the table, told by the place where the caller finds it.
  func mistake(_ finding: Finding) -> Problem.Mistake {
    guard let line = finding.line else { return .init(finding) }
    switch self {
    case .member(let name):
      let field = JSONPointer.token(finding.field)
      return .init(finding, pointer: line < 2 ? "/\(name)" : "/\(name)/\(line - 2)/\(field)")
    case .lines(let numbers):
      var mistake = Problem.Mistake(finding)
      mistake.line = numbers.indices.contains(line - 2) ? numbers[line - 2] : numbers.first
      return mistake
    }
  }
}

/// The place of a value in JSON (RFC 6901).
enum JSONPointer {
  /// A member's name as a part of a pointer.
  static func token(_ name: String) -> String {
    name.replacing("~", with: "~0").replacing("/", with: "~1")
  }
}
