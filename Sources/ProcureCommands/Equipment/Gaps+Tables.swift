import Inventory
import Planning
package import Tabular

extension GapAnalysis {
  var table: TextTable { TextTable(GapRow.columns, rows: rows.map(\.cells)) }

}

extension GapTrace: Listed {
  package static let columns: [TextTable.Column] = [
    .init("category"), .init("area"), .init("what"), .init("value"), .init("source"),
  ]
  package var cells: [String] { [category, area, what, value, source] }
}

extension OutputOptions {
  /// The figures and below them what they come from; for a spreadsheet the latter alone, for a program both.
  func write(_ table: TextTable, explainedBy trace: [GapTrace], json value: some Encodable) throws {
    if format == .table { Terminal.write(table.text(width: Terminal.width) + "\n") }
    try write(TextTable(GapTrace.columns, rows: trace.map(\.cells)), json: value)
  }
}

extension GapRow: Listed {
  package static let columns: [TextTable.Column] = [
    .init("category"), .init("area"), .init("people", .right), .init("need", .right),
    .init("in service", .right), .init("to confirm", .right), .init("coming", .right),
    .init("not asked", .right), .init("gap", .right), .init("per million", .right), .init("verdict"),
    .init("beyond limit", .right), .init("single", .right), .init("use", .right), .init("below minimum"),
    .init("maker gone", .right),
  ]

  package var cells: [String] {
    [
      category.rawValue, area, people.map(grouped) ?? "", need?.text() ?? unknown, "\(confirmed)",
      "\(toConfirm)", "\(coming)", "\(silent.count)", gap, gapPerMillion?.text(places: 2) ?? unknown,
      verdict.rawValue, percentBeyond.map { "\($0.text()) % > \(travelLimitMinutes) min" } ?? unknown,
      "\(singleMachineSites.count)", used,
      below, "\(supplierRisk.count)",
    ]
  }

  /// `icm (2024); unknown at 3`.
  private var below: String {
    let known = belowMinimum.map { "\($0.site) (\($0.year))" }.joined(separator: " ")
    let silent = minimumUnknown.isEmpty ? "" : "unknown at \(minimumUnknown.count)"
    return [known, silent].filter { !$0.isEmpty }.joined(separator: "; ")
  }

  /// `62 % (2025)`, the latest year first; with its unit where there are several, each for itself.
  private var used: String {
    guard !use.isEmpty else { return unknown }
    return use.map { use in
      let share = use.share.map(percent) ?? unknown
      let isAlone = self.use.count == 1 && use.share != nil
      return isAlone ? "\(share) (\(use.year))" : "\(share) (\(use.year), \(use.unit))"
    }.joined(separator: "; ")
  }

  /// `3.2`, or `1.2 to 3.2` where machines are to be confirmed.
  private var gap: String {
    guard let least = gapAtLeast?.text(), let most = gapAtMost?.text() else { return unknown }
    return least == most ? most : "\(least) to \(most)"
  }
}

extension AgeRow: Listed {
  package static let columns: [TextTable.Column] = [
    .init("category"), .init("≤ 5 years", .right), .init("5 to 10", .right), .init("> 10", .right),
    .init("age unknown", .right), .init("to confirm", .right), .init("state unknown", .right),
    .init("60/30/10"), .init("past its life", .right),
  ]

  package var cells: [String] {
    [
      category, share(upToFive), share(fiveToTen), share(overTen), "\(ageUnknown)", "\(toConfirm)",
      "\(stateUnknown)", rule, "\(pastExpectedLife)",
    ]
  }

  /// `3 (60 %)`, rounded to the nearest whole percent, halves up.
  private func share(_ count: Int64) -> String {
    known == 0 ? "\(count)" : "\(count) (\(Rounding.halfUp.divide(100 * count, by: known)) %)"
  }

  var rule: String {
    guard let youngEnough, let middleSmallEnough, let oldSmallEnough else { return unknown }
    let broken = [
      youngEnough ? nil : "too few young", middleSmallEnough ? nil : "too many in the middle",
      oldSmallEnough ? nil : "too many old",
    ].compactMap(\.self)
    return broken.isEmpty ? "kept" : broken.joined(separator: ", ")
  }
}

extension MachineAge: Listed {
  package static let columns: [TextTable.Column] = [
    .init("machine"), .init("category"), .init("organisation"), .init("standing"), .init("since", .right),
    .init("age in years", .right), .init("expected life", .right), .init("ends in", .right), .init("past"),
  ]

  package var cells: [String] { cells(unknownAs: unknown) }

  func cells(unknownAs word: String) -> [String] {
    [
      machine.rawValue, category.rawValue, organisation.rawValue, standing.rawValue,
      commissionedYear.map(String.init) ?? word, months.map { "\($0 / 12)" } ?? word,
      expectedLife.map(String.init) ?? word, endsIn.map(String.init) ?? word,
      isPast.map { $0 ? "yes" : "no" } ?? unknown,
    ]
  }
}

extension AccessAnalysis {
  var table: TextTable {
    let limits = rows.first?.bands.map(\.limitMinutes) ?? []
    var table = TextTable(
      [.init("sites taken"), .init("sites", .right)] + limits.map { .init("within \($0) min", .right) }
        + [.init("journey unknown", .right)]
    )
    for row in rows {
      let bands = row.bands.map { "\(grouped($0.people)) (\($0.percent.text()) %)" }
      table.rows.append(
        [row.assumption.rawValue, "\(row.sites.count)"] + bands + [grouped(row.unknown)]
      )
    }
    return table
  }

  var placeTable: TextTable { placeTable(unknownAs: unknown) }

  func placeTable(unknownAs word: String) -> TextTable {
    var table = TextTable([
      .init("department"), .init("name"), .init("people", .right), .init("nearest"),
      .init("minutes", .right), .init("time from"), .init("detail"), .init("plain per million", .right),
      .init("catchment per million", .right),
    ])
    for place in places {
      table.add(
        place.department,
        place.name,
        grouped(place.people),
        place.nearest ?? unknown,
        place.seconds.map(minutes) ?? word,
        place.source?.rawValue ?? unknown,
        place.sourceDetail,
        place.plainPerMillion.text(places: 2),
        place.catchmentPerMillion.text(places: 2)
      )
    }
    return table
  }
}

/// `1,234,567`.
func grouped(_ number: Int64) -> String { "\(Quantity(number))" }

/// `62 %`: a share as a whole percentage, halves away from zero.
func percent(_ share: ExactFigure) -> String { "\((share.value * Fraction(100)).decimal(places: 0)) %" }

/// Whole minutes, halves up.
func minutes(_ seconds: Int64) -> String { "\(Rounding.halfUp.divide(seconds, by: 60))" }
