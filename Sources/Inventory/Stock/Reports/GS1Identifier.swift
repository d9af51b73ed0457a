extension GS1Element {
  /// An application identifier with the shape of its field.
  struct Identifier: Equatable, Sendable {
    let code: String
    /// Characters; nil where the field ends with FNC1.
    let fixedLength: Int?
    let longest: Int
    let isNumeric: Bool

    private init(_ code: String, digits length: Int) {
      (self.code, fixedLength, longest, isNumeric) = (code, length, length, true)
    }
    private init(_ code: String, upTo longest: Int, numeric: Bool = false) {
      (self.code, fixedLength, self.longest, isNumeric) = (code, nil, longest, numeric)
    }

    static let all: [Identifier] =
      [
        Identifier("01", digits: 14), Identifier("02", digits: 14), Identifier("10", upTo: 20),
        Identifier("11", digits: 6), Identifier("12", digits: 6), Identifier("13", digits: 6),
        Identifier("15", digits: 6), Identifier("16", digits: 6), Identifier("17", digits: 6),
        Identifier("20", digits: 2), Identifier("21", upTo: 20), Identifier("30", upTo: 8, numeric: true),
        Identifier("37", upTo: 8, numeric: true), Identifier("240", upTo: 30), Identifier("241", upTo: 30),
        Identifier("400", upTo: 30), Identifier("7003", upTo: 10, numeric: true),
      ] + (710...716).map { Identifier("\($0)", upTo: 20) }

    static var list: String { "(01), (10), (11), (17) or (21)" }

    static func leading(_ text: Substring) -> Identifier? { all.first { text.hasPrefix($0.code) } }

    func accepts(_ value: String) -> Bool {
      guard !value.isEmpty, value.utf8.count <= longest else { return false }
      guard fixedLength == nil || value.utf8.count == fixedLength else { return false }
      return isNumeric
        ? value.utf8.allSatisfy(\.isDigit)
        : value.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }

    var expectation: String {
      let kind = isNumeric ? "digits" : "characters"
      return fixedLength.map { "\($0) \(kind)" } ?? "1 to \(longest) \(kind)"
    }
  }
}
