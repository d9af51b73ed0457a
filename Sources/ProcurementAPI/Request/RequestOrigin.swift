import Inventory

/// Where in a request stood what the operation got, so that what is wrong is told by the place where the caller finds it.
struct RequestOrigin: Codable, Equatable, Sendable {
  /// Nil where the lines of the table are lines of CSV.
  var rows: RowOrigin?
  /// The members of the body; nil where it is no object.
  var members: Set<String>?
  /// The parameters that stood in the path or the query.
  var elsewhere: Set<String> = []

  /// The pointer to a member that is there, or should be; nil for what belongs elsewhere.
  func pointer(to key: String) -> String? {
    members == nil || elsewhere.contains(key) ? nil : "/\(JSONPointer.token(key))"
  }

  func mistake(_ finding: Finding) -> Problem.Mistake {
    var mistake = rows?.mistake(finding) ?? .init(finding)
    if finding.line == nil, members?.contains(finding.field) == true {
      mistake.pointer = pointer(to: finding.field)
    }
    return mistake
  }

  func mistake(_ refused: CallRefusal.Mistake) -> Problem.Mistake {
    var mistake = Problem.Mistake(refused)
    mistake.pointer = pointer(to: mistake.field)
    return mistake
  }
}

extension Problem.Mistake {
  init(_ refused: CallRefusal.Mistake) {
    self.init(field: refused.parameter.key, found: refused.found, expected: refused.expected)
  }
}

extension Signature.Parameter {
  /// What a value of it is, in words: `a value: the campaign's code`.
  package var expectation: String {
    let plain = meaning.hasSuffix(".") ? String(meaning.dropLast()) : meaning
    // What begins with an abbreviation keeps its capitals.
    let isWord = plain.dropFirst().first.map { $0.isLowercase || $0 == " " } ?? false
    let begun = isWord ? plain.prefix(1).lowercased() + plain.dropFirst() : plain
    return begun.isEmpty ? "a value" : "a value: \(begun)"
  }
}
