package import Storage
package import Tabular

/// An analyser and what it can do in a week.
package struct Analyser: Sendable {
  let reference: Equipment.Code
  let centre: Centre.Code
  let category: EquipmentCategory.Code
  let model: String
  let quantity: Int64
  let testsPerWeek: Int64
  let commissioned: Day
  let certainty: String

  /// Reads a table of analysers; everything wrong in it is told at once.
  package static func all(from input: consuming ByteInput) throws -> [Analyser] {
    try Sheet.values(
      of: input,
      columns: [
        .init("reference"), .init("centre_code"), .init("category_code"), .init("model"), .init("quantity"),
        .init("tests_per_run"), .init("runs_per_day"), .init("days_per_week"), .init("commissioned_on"),
        .init("certainty"),
      ]
    ) { row in
      let reference = row.code("reference", of: Equipment.self)
      let centre = row.code("centre_code", of: Centre.self)
      let category = row.code("category_code", of: EquipmentCategory.self)
      let model = row.nonEmpty("model")
      let quantity = row.integer("quantity", in: 1...99)
      let tests = row.integer("tests_per_run", in: 1...10_000)
      let runs = row.integer("runs_per_day", in: 1...24)
      let days = row.integer("days_per_week", in: 1...7)
      let commissioned = row.day("commissioned_on")
      let certainty = row.nonEmpty("certainty")
      guard let reference, let centre, let category, let model, let quantity, let tests, let runs, let days,
        let commissioned, let certainty
      else { return nil }
      return Analyser(
        reference: reference,
        centre: centre,
        category: category,
        model: model,
        quantity: quantity,
        testsPerWeek: tests * runs * days,
        commissioned: commissioned,
        certainty: certainty
      )
    }
  }

  /// The analyser as a line of the register, at the organisation of its centre.
  package func draft(in connection: any Connection) throws -> Equipment.Draft {
    Equipment.Draft(
      code: reference,
      organisation: try Centre.find(centre, in: connection).organisation,
      centre: centre,
      category: category,
      quantity: quantity,
      manufacturer: nil,
      model: model,
      serial: nil,
      udi: nil,
      commissionedYear: Int64(commissioned.year),
      commissionedOn: commissioned,
      price: nil,
      weeklyCapacity: testsPerWeek,
      lifecycle: .inService,
      isConfirmed: true,
      function: .up,
      note: "",
      source: "illustrative",
      certainty: certainty
    )
  }
}
