import Inventory
package import Tabular

extension Equipment: Listed {
  package static let columns: [TextTable.Column] = [
    .init("machine"), .init("category"), .init("organisation"), .init("site"), .init("maker"), .init("model"),
    .init("since", .right), .init("lifecycle"), .init("function"), .init("certainty"),
  ]
  package var cells: [String] {
    [
      code.rawValue, category.rawValue, organisation.rawValue, centre?.rawValue ?? unknown,
      manufacturer ?? unknown, model ?? unknown, commissionedYear.map(String.init) ?? unknown,
      lifecycle.rawValue + (isConfirmed ? "" : "?"), function.rawValue, certainty,
    ]
  }
}

extension Equipment.StatusEntry: Listed {
  package static let columns: [TextTable.Column] = [
    .init("since"), .init("axis"), .init("state"), .init("reason"), .init("by"), .init("recorded"),
  ]
  package var cells: [String] { ["\(since)", axis.rawValue, state, reason, actor, "\(recordedAt)"] }
}

extension PresenceCell: Listed {
  package static let columns: [TextTable.Column] = [
    .init("organisation"), .init("category"), .init("presence"), .init("in service", .right),
    .init("to confirm", .right),
  ]
  package var cells: [String] {
    [
      organisation.rawValue, category.rawValue, presence.rawValue,
      presence == .unknown ? unknown : "\(confirmed)", presence == .unknown ? unknown : "\(toConfirm)",
    ]
  }
}

extension Availability: Listed {
  package static let columns: [TextTable.Column] = [
    .init("known days", .right), .init("up", .right), .init("degraded", .right), .init("down", .right),
    .init("failures", .right), .init("availability ‰", .right), .init("days between failures", .right),
  ]
  package var cells: [String] {
    [
      "\(knownDays)", "\(upDays)", "\(degradedDays)", "\(downDays)", "\(failures)",
      perMille.map(String.init) ?? unknown, meanDaysBetweenFailures.map(String.init) ?? "no failure",
    ]
  }
}
