package import Tabular

extension StatedGap {
  /// Reads a table of what centres lack; everything wrong in it is told at once.
  package static func drafts(from input: consuming ByteInput) throws -> [StatedGap] {
    let columns: [Sheet.Column] = [
      .init("category_code"), .init("centre_code"), .init("missing"), .init("source"),
    ]
    var seen: Set<String> = []
    return try Sheet.values(of: input, columns: columns) { row in
      let category = row.code("category_code", of: EquipmentCategory.self)
      let centre = row.code("centre_code", of: Centre.self)
      let missing = row.integer("missing", in: -20...20)
      let source = row.nonEmpty("source")
      guard let category, let centre, let missing, let source else { return nil }
      guard seen.insert("\(category) \(centre)").inserted else {
        row.report("centre_code", found: "\(centre) \(category) again", expected: "one line for both")
        return nil
      }
      return StatedGap(category: category, centre: centre, missing: missing, source: source)
    }
  }
}
