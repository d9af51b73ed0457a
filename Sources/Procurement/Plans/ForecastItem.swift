package import Inventory
import Planning
package import Storage

extension PlanLine {
  /// The forecast of one item from the ledger, without storing anything: the network's first, then the centres' by code.
  /// The whole panel is read once, because the other series say how to read this one.
  package static func forecast(
    of sku: Item.SKU,
    _ parameters: PlanParameters,
    knownAt: Instant,
    in database: any Database
  ) async throws -> [PlanLine] {
    let parameters = try parameters.validated()
    let survey = try await database.read { connection in
      _ = try Item.find(sku, in: connection)
      return try LedgerSurvey(parameters, knownAt: knownAt, in: connection)
    }
    let panel = await survey.reader.panel(leadWeeks: parameters.leadWeeks)
    return try await database.read { connection in
      let surroundings = try PlanSurroundings(asOf: parameters.asOf, knownAt: knownAt, in: connection)
      let frozen = try surroundings.freeze([sku], in: connection)
      var lines: [PlanLine] = []
      let scope = DemandReading.Scope(window: parameters.window, knownAt: knownAt, items: [sku])
      try DemandReading.forEachItem(scope, in: connection) { _, readings in
        guard let item = frozen.first else { return }
        lines += ItemPlanner(parameters: parameters, panel: panel).lines(for: item, readings: readings)
      }
      return lines
    }
  }
}
