import Inventory
import Planning
import Tabular

// For a spreadsheet: one number a cell, nothing where nobody knows it, and a last column that says what is not known.

extension GapAnalysis {
  var sheet: TextTable { TextTable(GapRow.sheetColumns, rows: rows.map(\.sheetCells)) }
}

extension GapRow {
  fileprivate static let sheetColumns: [TextTable.Column] = [
    .init("category"), .init("area"), .init("people", .right), .init("need", .right),
    .init("in service", .right), .init("to confirm", .right), .init("coming", .right),
    .init("not asked", .right), .init("gap at least", .right), .init("gap at most", .right),
    .init("per million", .right), .init("verdict"), .init("limit minutes", .right),
    .init("people beyond", .right), .init("people unknown", .right), .init("percent beyond", .right),
    .init("single", .right), .init("use percent", .right), .init("use year", .right), .init("use unit"),
    .init("below minimum", .right), .init("below minimum at"), .init("minimum unknown", .right),
    .init("maker gone", .right), .init("status"),
  ]

  fileprivate var sheetCells: [String] {
    let share = latest.flatMap { use in
      use.share.map { ($0.value * Fraction(100)).decimal(places: 1) }
    }
    return [
      category.rawValue, area, number(people), need?.text(places: 2) ?? "", "\(confirmed)", "\(toConfirm)",
      "\(coming)", "\(silent.count)", gapAtLeast?.text(places: 2) ?? "", gapAtMost?.text(places: 2) ?? "",
      gapPerMillion?.text(places: 2) ?? "", verdict.rawValue, "\(travelLimitMinutes)",
      percentBeyond == nil ? "" : number(peopleBeyond), number(peopleUnknown), percentBeyond?.text() ?? "",
      "\(singleMachineSites.count)", share ?? "", latest.map { "\($0.year)" } ?? "", latest?.unit ?? "",
      minimumActivity == nil ? "" : "\(belowMinimum.count)", belowMinimum.map(\.site).joined(separator: " "),
      "\(minimumUnknown.count)",
      "\(supplierRisk.count)", status,
    ]
  }

  /// The latest use in a unit of which a capacity is known, else the latest.
  private var latest: MachineUse? { use.first { $0.share != nil } ?? use.first }

  private var status: String {
    let missing = [
      need == nil ? "need" : nil, gapAtMost == nil ? "gap" : nil,
      people != nil && percentBeyond == nil ? "beyond limit" : nil, latest?.share == nil ? "use" : nil,
    ].compactMap(\.self)
    let others = use.filter { $0 != latest }.map { "\($0.year) in \($0.unit)" }
    let rest = others.isEmpty ? "" : "; use also of \(others.joined(separator: ", "))"
    return (missing.isEmpty ? "known" : "unknown: \(missing.joined(separator: ", "))") + rest
  }
}

extension AgeAnalysis {
  var table: TextTable { TextTable(AgeRow.columns, rows: rows.map(\.cells)) }
  var machineTable: TextTable { TextTable(MachineAge.columns, rows: machines.map(\.cells)) }
  var sheet: TextTable { TextTable(AgeRow.sheetColumns, rows: rows.map(\.sheetCells)) }
  var machineSheet: TextTable { TextTable(MachineAge.sheetColumns, rows: machines.map(\.sheetCells)) }
}

extension AgeRow {
  fileprivate static let sheetColumns: [TextTable.Column] = [
    .init("category"), .init("≤ 5 years", .right), .init("5 to 10", .right), .init("> 10", .right),
    .init("≤ 5 years percent", .right), .init("5 to 10 percent", .right), .init("> 10 percent", .right),
    .init("age unknown", .right), .init("to confirm", .right), .init("state unknown", .right),
    .init("60/30/10"), .init("past its life", .right), .init("status"),
  ]

  fileprivate var sheetCells: [String] {
    let counts = [upToFive, fiveToTen, overTen]
    let percents = counts.map { count in
      known == 0 ? "" : Fraction(Int128(100 * count), Int128(known)).decimal(places: 1)
    }
    return [category] + counts.map { "\($0)" } + percents
      + [
        "\(ageUnknown)", "\(toConfirm)", "\(stateUnknown)", rule, "\(pastExpectedLife)",
        known == 0 ? "unknown: no age is known" : "known",
      ]
  }
}

extension MachineAge {
  fileprivate static let sheetColumns: [TextTable.Column] = columns + [.init("status")]

  fileprivate var sheetCells: [String] {
    let missing = [
      months == nil ? "age" : nil, expectedLife == nil ? "expected life" : nil,
      endsIn == nil ? "end" : nil,
    ].compactMap(\.self)
    return cells(unknownAs: "")
      + [missing.isEmpty ? "known" : "unknown: \(missing.joined(separator: ", "))"]
  }
}

extension AccessAnalysis {
  /// What the times are, in a sentence.
  var assumption: String {
    let counts = sources.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
    let formula = sources[TravelTime.Source.formula.rawValue] == nil ? "" : " (formula: \(road))"
    return "Times to the nearest machine in service or to confirm, departments by source: "
      + "\(counts.joined(separator: ", "))\(formula). Catchment steps: "
      + "\(steps.map(String.init).joined(separator: ", ")) min."
  }

  var sheet: TextTable {
    let limits = rows.first?.bands.map(\.limitMinutes) ?? []
    var table = TextTable(
      [.init("sites taken"), .init("sites", .right)]
        + limits.flatMap { limit -> [TextTable.Column] in
          [.init("within \(limit) min", .right), .init("within \(limit) min percent", .right)]
        } + [.init("journey unknown", .right), .init("people", .right)]
    )
    for row in rows {
      let bands = row.bands.flatMap { ["\($0.people)", $0.percent.text()] }
      table.rows.append(
        [row.assumption.rawValue, "\(row.sites.count)"] + bands + ["\(row.unknown)", "\(people)"]
      )
    }
    return table
  }

  var placeSheet: TextTable {
    var table = placeTable(unknownAs: "")
    table.columns.append(.init("status"))
    for index in places.indices {
      table.rows[index].append(places[index].seconds == nil ? "unknown: journey" : "known")
    }
    return table
  }
}

/// Empty where nobody knows it.
private func number(_ value: Int64?) -> String { value.map { "\($0)" } ?? "" }
