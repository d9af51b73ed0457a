import Inventory
import Tabular

/// Where the lines of an operation's table stood in what was sent. The table that is made of them has a heading in
/// line 1.
enum RowOrigin: Codable, Equatable, Sendable {
  /// Elements of a member of a JSON body.
  case member(String)
  /// Lines of NDJSON, by their numbers from 1: empty ones make no line of a table.
  case lines([Int])
  /// Lines of a report in JSON, counted from 1: elements of `lines`, or of the whole body where nothing stands beside
  /// them. What stands beside them holds for every line but those that say it themselves, by the member's name.
  case report(beside: [String: [Int]]?)

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
    case .report(let beside):
      var mistake = Problem.Mistake(finding)
      let field = JSONPointer.token(finding.field)
      if let lines = beside?[finding.field], !lines.contains(line) {
        mistake.pointer = "/\(field)"
      } else {
        mistake.pointer = (beside == nil ? "" : "/lines") + "/\(line - 1)/\(field)"
      }
      return mistake
    }
  }

  /// Where the lines of a report stood in a body of JSON.
  init(ofReport body: JSONText) {
    guard case .object(let members) = body.value else {
      self = .report(beside: nil)
      return
    }
    var beside: [String: [Int]] = [:]
    for (name, _) in members where name != "lines" { beside[name] = [] }
    if !beside.isEmpty, case .array(let lines)? = members.last(where: { $0.key == "lines" })?.value.value {
      for (index, line) in lines.enumerated() {
        guard case .object(let own) = line.value else { continue }
        for (name, _) in own { beside[name]?.append(index + 1) }
      }
    }
    self = .report(beside: beside)
  }
}

/// The place of a value in JSON (RFC 6901).
enum JSONPointer {
  /// A member's name as a part of a pointer.
  static func token(_ name: String) -> String {
    name.replacing("~", with: "~0").replacing("/", with: "~1")
  }
}
