package import Inventory
import Planning
package import Storage

extension PlanRun {
  /// Tasks that a large run is cut into; each then holds several items.
  static let mostTasks = 500

  /// Makes a run: reads the ledger once for what the whole panel teaches and for the digests, freezes all other inputs, and
  /// leaves the tasks to be worked on.
  package static func make(
    _ parameters: PlanParameters,
    by stamp: Stamp,
    in database: any Database
  ) async throws -> PlanRun {
    let parameters = try parameters.validated()
    let asOf = parameters.asOf
    guard asOf <= stamp.at.day else {
      throw PlanError.notADay(asOf, expected: "a day up to today, \(stamp.at.day)")
    }
    let survey = try await database.read { connection in
      try LedgerSurvey(parameters, knownAt: stamp.at, in: connection)
    }
    guard !survey.items.isEmpty else {
      throw PlanError.notADay(asOf, expected: "a day by which some stock was recorded")
    }
    let panel = try PlanJSON.text(await survey.reader.panel(leadWeeks: parameters.leadWeeks))
    return try await database.write { connection in
      let inputs = try freeze(survey, parameters, knownAt: stamp.at, in: connection)
      return try store(inputs, parameters, panel: panel, by: stamp, in: connection)
    }
  }

  private static func freeze(
    _ survey: LedgerSurvey,
    _ parameters: PlanParameters,
    knownAt: Instant,
    in connection: any Connection
  ) throws -> [(inputs: PlanTask.Inputs, digest: String)] {
    let surroundings = try PlanSurroundings(asOf: parameters.asOf, knownAt: knownAt, in: connection)
    var tasks: [(inputs: PlanTask.Inputs, digest: String)] = []
    let size = max(1, (survey.items.count + mostTasks - 1) / mostTasks)
    for start in stride(from: 0, to: survey.items.count, by: size) {
      let part = survey.items[start..<min(start + size, survey.items.count)]
      let frozen = try surroundings.freeze(part.map(\.sku), in: connection)
      tasks.append((.items(frozen), LedgerSurvey.digest(of: part.map(\.digest))))
    }
    for kit in surroundings.kits where !kit.components.isEmpty {
      let parts = survey.items.filter { item in kit.components.contains { $0.item == item.sku } }
      guard !parts.isEmpty else { continue }
      let frozen = try surroundings.freeze(parts.map(\.sku), in: connection)
      tasks.append((.kit(kit, components: frozen), LedgerSurvey.digest(of: parts.map(\.digest))))
    }
    return tasks
  }

  private static func store(
    _ tasks: [(inputs: PlanTask.Inputs, digest: String)],
    _ parameters: PlanParameters,
    panel: String,
    by stamp: Stamp,
    in connection: any Connection
  ) throws -> PlanRun {
    let asked = try PlanJSON.text(parameters)
    let texts = try tasks.map { try PlanJSON.text($0.inputs) }
    var digest = SHA256()
    for part in [asked, rules, panel] + zip(texts, tasks).flatMap({ [$0, $1.digest] }) {
      digest.update("\(part.utf8.count):\(part)".utf8)
    }
    let rows = try connection.query(
      """
      INSERT INTO plan_run (as_of, known_at, parameters, rules, panel, inputs_digest, tasks, state, actor,
        started_at)
      VALUES (\(parameters.asOf), \(stamp.at), \(asked), \(rules), \(panel), \(digest.hex()),
        \(Int64(tasks.count)), 'running', \(stamp.actor), \(stamp.at))
      RETURNING id
      """
    )
    guard let id = try rows.first?.decode(as: ID.self) else { throw PlanError.noSuchRun(0) }
    try connection.insert(
      into: "plan_task",
      columns: ["run_id", "task", "inputs", "ledger_digest", "state"]
    ) { writer in
      for (index, task) in tasks.enumerated() {
        writer.value(id)
        writer.integer(Int64(index + 1))
        writer.text(texts[index])
        writer.text(task.digest)
        writer.text("waiting")
        try writer.endRow()
      }
    }
    let run = try find(id, in: connection)
    try Audit.record("plan.make", subject: "plan \(id.rawValue)", after: run, by: stamp, in: connection)
    return run
  }
}

/// One pass over the ledger: which items it has, what is read of each, and what the panel teaches.
struct LedgerSurvey: Sendable {
  private(set) var items: [Entry] = []
  private(set) var reader: PanelReader

  struct Entry: Sendable {
    let sku: Item.SKU
    let digest: String
  }

  init(_ parameters: PlanParameters, knownAt: Instant, in connection: any Connection) throws {
    let categories = Dictionary(
      uniqueKeysWithValues: try Item.all(in: connection).map { ($0.sku, $0.category) }
    )
    var items: [Entry] = []
    var reader = PanelReader(seed: parameters.seed)
    let scope = DemandReading.Scope(window: parameters.window, knownAt: knownAt)
    try DemandReading.forEachItem(scope, in: connection) { sku, readings in
      reader.add(readings, category: categories[sku] ?? "")
      items.append(Entry(sku: sku, digest: Self.digest(of: readings)))
    }
    (self.items, self.reader) = (items, reader)
  }

  static func digest(of readings: [DemandReading]) -> String {
    SHA256.hex(readings.map(\.line).joined().utf8)
  }

  static func digest(of digests: [String]) -> String { SHA256.hex(digests.joined().utf8) }
}
