import Inventory
package import Tabular

/// The columns of a position that a command shows beside centre and item.
enum PositionColumns { case stock, use, age }

extension [StockPosition] {
  func table(_ groups: [PositionColumns]) -> TextTable {
    let titles: [TextTable.Column] = [.init("centre"), .init("item")] + groups.flatMap(\.titles)
    return TextTable(
      titles,
      rows: map { position in
        [position.centre.rawValue, position.item.rawValue] + groups.flatMap { $0.cells(of: position) }
      }
    )
  }
}

extension PositionColumns {
  fileprivate var titles: [TextTable.Column] {
    switch self {
    case .stock:
      ["on hand", "held", "expired", "expires unused", "usable"].map { .init($0, .right) }
    case .use: ["usable", "use a day", "days of cover"].map { .init($0, .right) }
    case .age: [.init("reported"), .init("days ago", .right)]
    }
  }

  fileprivate func cells(of position: StockPosition) -> [String] {
    let stock = position.stock
    return switch self {
    case .stock:
      [stock.onHand, stock.held, stock.expired, position.unusedAtExpiry, stock.usable]
        .map { $0.map { Quantity($0).description } ?? unknown }
    case .use: [Quantity(stock.usable).description, position.use.perDay, position.cover.description]
    case .age: [position.reported?.description ?? "never", position.age.map { String($0) } ?? unknown]
    }
  }
}

extension DailyUse {
  /// With one decimal, rounded half up.
  fileprivate var perDay: String {
    guard let tenths = units(in: 10, rounding: .halfUp) else { return ProcureCommands.unknown }
    return "\(tenths / 10).\(tenths % 10)"
  }
}

extension Consumption: Listed {
  package static let columns: [TextTable.Column] = [
    .init("centre"), .init("item"), .init("from"), .init("to"), .init("used", .right),
    .init("days without stock", .right), .init("adjusted", .right),
  ]
  package var cells: [String] {
    [
      centre.rawValue, item.rawValue, firstDay.description, lastDay.description,
      used?.description ?? unknown, String(daysWithoutStock), adjusted?.description ?? unknown,
    ]
  }
}

extension TestsPossible: Listed {
  package static let columns: [TextTable.Column] = [
    .init("centre"), .init("kit"), .init("tests", .right), .init("runs out first"),
    .init("oldest figure, days", .right),
  ]
  package var cells: [String] {
    let ages = components.map(\.ageDays)
    let oldest = ages.contains(nil) ? unknown : ages.compactMap(\.self).max().map { String($0) } ?? unknown
    return [
      centre.rawValue, kit.rawValue, Quantity(tests).description, binding?.rawValue ?? "machines", oldest,
    ]
  }
}

extension ExpiringLot: Listed {
  package static let columns: [TextTable.Column] = [
    .init("expiry"), .init("centre"), .init("item"), .init("lot"), .init("quantity", .right), .init("held"),
  ]
  package var cells: [String] {
    [
      expiry.description, centre.rawValue, item.rawValue, lot, quantity.description, isHeld ? "yes" : "no",
    ]
  }
}
