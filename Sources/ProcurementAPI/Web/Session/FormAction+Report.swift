import Foundation
import Inventory
import Storage

extension FormAction {
  /// The operation whose form has a receipt, and lines to check before they count.
  static let report = "stockReport"

  /// The most reports of one file that are shown line by line.
  private static let mostRehearsed = 10

  /// What a report that is only checked would do to the stock; nothing for any other form.
  ///
  /// Not inlined: Swift 6.3.1 crashes in optimised builds while it splits the coroutine that would hold this too.
  @inline(never)
  func rehearsed(_ outcome: Visit.Outcome, _ understood: Understood) async throws -> [ReportRecord] {
    guard outcome.isRehearsal, (1...Self.mostRehearsed).contains(outcome.rows.count),
      let file = understood.files["file"]
    else { return [] }
    let value = { (name: String) in understood.values[name]?.first }
    var defaults = ReportDefaults(
      centre: value("centre").flatMap(Centre.Code.init(rawValue:)),
      day: value("day").flatMap(Day.init),
      key: value("key"),
      corrects: value("corrects")
    )
    defaults.centres = user.principal.isBoundToCentres ? user.principal.centres : nil
    return try await StockReports.rehearse(
      .text(String(decoding: file, as: UTF8.self)),
      defaults: defaults,
      by: Stamp(actor: user.principal.name.rawValue, at: moment),
      in: service.database
    )
  }

  /// Where a report that was taken is shown: its receipt, where it is one.
  static func receipt(_ rows: [[(String, String)]]) -> String? {
    guard rows.count == 1, let row = rows.first else { return nil }
    let value = { (name: String) in row.first { $0.0 == name }?.1 }
    guard let centre = value("centre"), let key = value("key") else { return nil }
    return WebPath("reports", centre, key).description
  }

  /// What is said of reports besides that they were taken.
  static func notes(_ rows: [[(String, String)]]) -> [String] {
    let repeated = rows.filter { row in row.contains { $0 == ("outcome", "repeated") } }.count
    let lines = rows.compactMap { row in row.first { $0.0 == "lines" }.flatMap { Int64($0.1) } }.reduce(0, +)
    var notes: [String] = []
    if rows.count > 1 { notes.append("\(rows.count) reports with \(lines) lines came.") }
    if repeated == rows.count, rows.count == 1 { notes.append("It was taken before, and counts once.") }
    if repeated > 0, rows.count > 1 { notes.append("\(repeated) of them were taken before, and count once.") }
    return notes
  }

  /// The same with the rows of the form in the place of the lines of the table that was made of them: a heading came
  /// first, and rows that were left empty did not come at all.
  func located(_ problem: Problem) -> Problem {
    let tables = form.filledTables.filter { form.files[$0] == nil && (form["table.\($0)"] ?? "").isEmpty }
    guard !tables.isEmpty else { return problem }
    var problem = problem
    problem.errors = problem.errors.map { mistake in
      var mistake = mistake
      // Of several tables the one that has such a column is meant.
      let table =
        tables.count == 1 ? tables[0] : tables.first { form.columns(of: $0).contains(mistake.field) }
      guard let filled = table.map(form.filledRows) else { return mistake }
      mistake.line = mistake.line.flatMap { line in
        filled.indices.contains(line - 2) ? filled[line - 2] + 1 : nil
      }
      return mistake
    }
    return problem
  }
}
