import Inventory
import Planning
package import Tabular

extension GapAnalysis {
  var table: TextTable { TextTable(GapRow.columns, rows: rows.map(\.cells)) }

  var traceTable: TextTable {
    TextTable(
      [.init("category"), .init("area"), .init("what"), .init("value"), .init("source")],
      rows: trace.map { [$0.category.rawValue, $0.area, $0.what, $0.value, $0.source] }
    )
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
      "\(singleMachineSites.count)", utilisation.map(percent) ?? unknown,
      belowMinimum.joined(separator: " "), "\(supplierRisk.count)",
    ]
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

  private var rule: String {
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

  package var cells: [String] {
    [
      machine.rawValue, category.rawValue, organisation.rawValue, standing.rawValue,
      commissionedYear.map(String.init) ?? unknown, months.map { "\($0 / 12)" } ?? unknown,
      expectedLife.map(String.init) ?? unknown, endsIn.map(String.init) ?? unknown,
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

  var placeTable: TextTable {
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
        place.seconds.map(minutes) ?? unknown,
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
