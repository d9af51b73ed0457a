import Foundation
import HTTPTypes
import Inventory
import Procurement
import Storage
import Tabular

/// A form that was sent, done as the API would do it: the same route, roles, scope and operation.
struct FormAction {
  let service: ServedSystem
  let user: Visitor.SignedIn
  let moment: Instant
  let form: SentForm

  func outcome(of name: String) async throws -> Visit.Outcome {
    guard let route = service.routes.routes.first(where: { $0.identifier == name && $0.method != .get })
    else {
      throw Problem.noSuchPage
    }
    try Scope.check(route, user.principal)
    let shape = try service.form(of: route)
    var fields = Fields(shape)
    let known = Set(shape.tables.map(\.name))
    let files = tables().filter { known.contains($0.key) }
    for (key, values) in given() { fields.take(key, values) }
    try Scope.check(&fields, of: user.principal)
    var values = try fields.finished(tables: Set(files.keys))
    for name in files.keys { values[name] = [name] }
    let understood = Understood(values: values, files: files, form: .json, page: nil, origin: nil)
    let (once, asShown) = (once, asShown)
    let conditions: ConditionalDatabase.Condition = { connection in
      try once(connection)
      try asShown(connection)
    }
    let database = ConditionalDatabase(base: service.database, conditions: conditions)
    if form["_leave"] != nil, route.mayBeLeft {
      let draft = try JobDraft(understood, route, of: user.principal)
      let moment = moment
      _ = try await database.write { try Job.ask(draft, at: moment, in: $0) }
      return Visit.Outcome(notes: [], rows: [], sent: form, isRehearsal: false)
    }
    let stamp = Stamp(actor: user.principal.name.rawValue, at: moment)
    let answer = try await service.perform(route, understood, by: user.principal, at: stamp, on: database)
    var outcome = Visit.Outcome(
      notes: answer.notes,
      rows: Self.rows(answer.body),
      sent: form,
      isRehearsal: values["dry-run"] != nil
    )
    outcome.secret = outcome.rows.first?.first { $0.0 == "secret" }?.1
    if !outcome.isRehearsal { outcome.next = Self.page(made: name, outcome.rows, form) }
    if outcome.isRehearsal, name == Self.rollout {
      outcome.rollout = try JSONDecoder().decode(RolloutPlan.self, from: Data(answer.body.utf8))
    }
    guard name == Self.report else { return outcome }
    outcome.notes = Self.notes(outcome.rows)
    outcome.next = Self.receipt(outcome.rows)
    outcome.records = try await rehearsed(outcome, understood)
    return outcome
  }

  /// The values of the operation's parameters; a field that was left empty says nothing.
  private func given() -> [(String, [String])] {
    var names: [String] = []
    for (name, value) in form.fields where !value.isEmpty && !Self.isOurs(name) && !names.contains(name) {
      names.append(name)
    }
    return names.map { name in (name, form.all(name).filter { !$0.isEmpty }) }
  }

  private static func isOurs(_ name: String) -> Bool {
    name.hasPrefix("_") || name.hasPrefix("table.") || name.hasPrefix("cell.")
  }

  /// The tables of the operation: a file, a text that was pasted (`table.file`), or rows of fields (`cell.item`).
  private func tables() -> [String: [UInt8]] {
    var tables = form.files
    for (name, value) in form.fields where name.hasPrefix("table.") && !value.isEmpty {
      let table = String(name.dropFirst(6))
      if tables[table] == nil { tables[table] = Array(Self.separated(value).utf8) }
    }
    for table in form.filledTables where tables[table] == nil { tables[table] = Array(rows(of: table).utf8) }
    return tables
  }

  /// What is pasted from a spreadsheet has tabs between its cells.
  private static func separated(_ text: String) -> String {
    let lines = text.replacing("\r\n", with: "\n")
    guard lines.prefix(while: { $0 != "\n" }).contains("\t") else { return lines }
    return lines.split(separator: "\n").map { line in
      CSVText.line(line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init))
    }.joined()
  }

  /// Rows that were filled in field by field; an empty one was not filled in.
  private func rows(of table: String) -> String {
    let columns = form.columns(of: table)
    let cells = columns.map { form.cells($0, of: table) }
    let lines = form.filledRows(of: table).map { row in cells.map { row < $0.count ? $0[row] : "" } }
    return CSVText.line(columns) + lines.map { CSVText.line($0) }.joined()
  }

  /// A page's form counts once, however often its button is pressed; only looked at, it does not count.
  private var once: @Sendable (any Connection) throws -> Void {
    guard form["dryRun"] == nil, let key = form["_once"], (1...64).contains(key.utf8.count) else {
      return { _ in }
    }
    let (name, stamp) = (user.principal.name, Stamp(actor: user.principal.name.rawValue, at: moment))
    return { connection in
      try KeptAnswer.claim("form \(key)", of: name, digest: "form", by: stamp, in: connection)
    }
  }

  /// What the operation answered, as rows of cells with the names of their columns.
  private static func rows(_ body: String) -> [[(String, String)]] {
    guard let json = try? JSONSerialization.jsonObject(with: Data(body.utf8)) else { return [] }
    let objects = (json as? [[String: Any]]) ?? [json as? [String: Any] ?? [:]]
    return objects.prefix(200).map { object in
      object.sorted { $0.key < $1.key }.compactMap { key, value in
        value is [Any] || value is [String: Any] ? nil : (key, "\(value)")
      }
    }
  }
}
