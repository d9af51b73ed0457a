import Inventory
import Storage
import Tabular

extension Season {
  /// The centres' first two reports. Each begins with some weeks of stock, unequal; what was used before the first
  /// count nobody knows, and the week before the season is taken to have been like its first.
  mutating func open() async throws {
    let sunday = world.weeks[0] - 1
    for (index, centre) in world.centres.enumerated() {
      let used = wanted(at: centre, inWeek: 0)
      var shelf = Shelves()
      var earlier: [ReportedLot] = []
      for part in kit.components {
        let use = part.stockNeeded(for: used).units
        let kept = Rounding.up.divide(use * SeasonRules.openingDays(ofCentre: index), by: 7)
        let batch = Shelves.Batch(lot: "OPENING", expiry: sunday + expiry(of: part.item), quantity: kept)
        shelf.put(batch, of: part.item)
        let before = Shelves.Batch(lot: batch.lot, expiry: batch.expiry, quantity: kept + use)
        earlier.append(ReportedLot(item: part.item, batch: before, used: nil))
        usedLately[centre, default: [:]][part.item] = [
          Shelves.Batch(lot: batch.lot, expiry: batch.expiry, quantity: use)
        ]
      }
      shelves[centre] = shelf
      try await send(earlier, from: centre, for: sunday - 7, at: stamp(centre.rawValue, sunday - 6))
      let lines = reportLines(of: centre)
      try await send(lines, from: centre, for: sunday, at: stamp(centre.rawValue, sunday + 1))
    }
  }

  /// The reports on a week, sent on the Monday after it: one centre is late once, one sends a correction once.
  mutating func report(week index: Int) async throws {
    let sunday = world.weeks[index] + 6
    for centre in world.centres {
      let lines = reportLines(of: centre)
      if centre.rawValue == SeasonRules.late.centre && index == SeasonRules.late.week {
        delayed = (centre, sunday, lines)
        continue
      }
      if centre.rawValue == SeasonRules.corrected.centre && index == SeasonRules.corrected.week {
        try await sendWithCorrection(lines, from: centre, for: sunday)
        continue
      }
      try await send(lines, from: centre, for: sunday, at: stamp(centre.rawValue, sunday + 1))
    }
  }

  /// Sends the report that was held back, two days late.
  mutating func sendDelayed() async throws {
    guard let (centre, sunday, lines) = delayed else { return }
    delayed = nil
    try await send(lines, from: centre, for: sunday, at: stamp(centre.rawValue, sunday + 3))
  }

  private func sendWithCorrection(
    _ lines: [ReportedLot],
    from centre: Centre.Code,
    for sunday: Day
  ) async throws {
    let wrong = lines.enumerated().map { index, line in index == 0 ? line.miscounted : line }
    try await send(wrong, from: centre, for: sunday, at: stamp(centre.rawValue, sunday + 1))
    try await send(
      lines,
      from: centre,
      for: sunday,
      at: stamp(centre.rawValue, sunday + 1, hour: 9),
      key: "\(sunday)-corrected",
      corrects: sunday.description
    )
  }

  private func send(
    _ lines: [ReportedLot],
    from centre: Centre.Code,
    for day: Day,
    at stamp: Stamp,
    key: String? = nil,
    corrects: String? = nil
  ) async throws {
    let defaults = ReportDefaults(
      centre: centre,
      day: day,
      key: key ?? day.description,
      origin: .interface,
      corrects: corrects
    )
    let table = ReportedLot.header + lines.map(\.text).joined()
    _ = try await StockReports.take(.text(table), defaults: defaults, by: stamp, in: database)
  }

  /// What a centre says: for each lot that it used or still has, what it used and what lies there.
  private func reportLines(of centre: Centre.Code) -> [ReportedLot] {
    let shelf = shelves[centre] ?? Shelves()
    var lines: [ReportedLot] = []
    for item in items {
      let used = usedLately[centre]?[item] ?? []
      let batches = shelf.batches[item] ?? []
      for batch in batches where batch.quantity > 0 || used.contains(where: { $0.lot == batch.lot }) {
        let use = used.first { $0.lot == batch.lot }?.quantity ?? 0
        lines.append(ReportedLot(item: item, batch: batch, used: use))
      }
    }
    return lines
  }

  func expiry(of item: Item.SKU) -> Int64 { shelfLife[item] ?? 365 }
}

/// A line of a centre's report: a lot as it lies there, and what was used of it.
struct ReportedLot: Sendable {
  let item: Item.SKU
  var batch: Shelves.Batch
  /// Nil where the centre does not say: unknown, not nothing.
  let used: Int64?

  static let header = "item,lot,expiry,counted,used\n"

  var text: String {
    let use = used.map(String.init) ?? ""
    return CSVText.line([item.rawValue, batch.lot, "\(batch.expiry)", "\(batch.quantity)", use])
  }

  /// The line with ten units too many: a slip of the pen, corrected later.
  var miscounted: ReportedLot {
    var line = self
    line.batch.quantity += 10
    return line
  }
}
