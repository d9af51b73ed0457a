import Foundation
import Planning
import Storage
import TestSupport
import Testing

@testable import Inventory
@testable import Procurement
@testable import ProcurementAPI

/// What a reporter sends and what comes back.
@Suite struct ReportPageTests {
  private static let head = [("centre", Sample.own), ("day", "2020-06-15")]

  private static func rows(_ rows: [(item: String, counted: String)]) -> [(String, String)] {
    head + rows.flatMap { [("cell.item", $0.item), ("cell.lot", ""), ("cell.counted", $0.counted)] }
  }

  @Test(arguments: Backend.available)
  func `a report that was taken has a receipt with its lines and what it corrected`(backend: Backend)
    async throws
  {
    try await LiveServer.run(on: backend) { server in
      let visitor = WebVisitor(server)
      try await visitor.signIn(as: "reporter")
      let taken = try await visitor.submit(
        "stockReport",
        on: "/reports/new",
        Self.rows([("SWAB-NP", "1200")])
      )
      #expect(taken.status == 303 && taken.location == "/reports/\(Sample.own)/2020-06-15")
      let receipt = try await visitor.get(taken.location ?? "")
      #expect(receipt.status == 200 && receipt.text.contains("Done."))
      #expect(receipt.text.contains("+1,200") && receipt.text.contains("1,200\u{00A0}swabs"))
      let again = try await visitor.submit(
        "stockReport",
        on: "/reports/new",
        Self.rows([("SWAB-NP", "1200")])
      )
      let repeated = try await visitor.get(again.location ?? "")
      #expect(repeated.text.contains("It was taken before, and counts once."))
      // No reporting day is set, and what came is there all the same.
      let calendar = try await visitor.get("/reports")
      #expect(calendar.paths.contains("/reports/\(Sample.own)/2020-06-15"))
      #expect(try await visitor.get("/reports/\(Sample.foreign)/2020-06-15").status == 403)
      #expect(try await visitor.get("/reports/\(Sample.own)/never").status == 404)
    }
  }

  @Test func `a report that is only checked is shown line by line, and nothing is kept`() async throws {
    try await LiveServer.run(on: .sqlite) { server in
      let visitor = WebVisitor(server)
      try await visitor.signIn(as: "reporter")
      let rows = Self.rows([("SWAB-NP", "1200"), ("PCR-MIX", "300")])
      let checked = try await visitor.submit("stockReport", on: "/reports/new", rows + [("dryRun", "true")])
      #expect(checked.status == 200 && checked.text.contains("What it would do"))
      #expect(checked.text.contains("+1,200") && checked.text.contains("+300"))
      #expect(try await visitor.get("/reports/\(Sample.own)/2020-06-15").status == 404)
    }
  }

  @Test func `a mistake names the row of the form, and every row comes back`() async throws {
    try await LiveServer.run(on: .sqlite) { server in
      let visitor = WebVisitor(server)
      visitor.language = "fr"
      try await visitor.signIn(as: "reporter")
      var rows = [("SWAB-NP", "1"), ("", ""), ("", ""), ("PCR-MIX", "2"), ("VTM-3ML", "3")]
      rows += [("SWAB-OP", "4"), ("PLATE-96", "plusieurs")]
      let refused = try await visitor.submit(
        "stockReport",
        on: "/reports/new",
        Self.rows(rows.map { (item: $0.0, counted: $0.1) })
      )
      #expect(refused.status == 422)
      #expect(refused.text.contains("value=\"plusieurs\"") && refused.text.contains("value=\"PLATE-96\""))
      #expect(refused.text.contains("<td class=\"n\">7</td><td>compté</td><td>plusieurs</td>"))
      #expect(refused.text.contains("un nombre entier à partir de 0"))
      #expect(refused.text.contains("1 erreur dans la déclaration"))
    }
  }

  @Test func `a form of another session comes back as a page that keeps what was filled in`() async throws {
    try await LiveServer.run(on: .sqlite) { server in
      let visitor = WebVisitor(server)
      try await visitor.signIn(as: "reporter")
      let fields = [("_token", "old"), ("_back", "/reports/new")] + Self.rows([("SWAB-NP", "1200")])
      let page = try await visitor.post("/do/stockReport", fields)
      #expect(page.status == 403 && page.text.hasPrefix("<!doctype html>"))
      #expect(page.text.contains("value=\"1200\"") && page.text.contains("access.form"))
      #expect(page.formToken != "old" && !page.formToken.isEmpty)
      let foreign = try await visitor.post(
        "/do/stockReport",
        fields,
        headers: ["Sec-Fetch-Site": "cross-site"]
      )
      #expect(foreign.status == 403 && foreign.text.hasPrefix("<!doctype html>"))
      #expect(!foreign.text.contains("1200"))
    }
  }
}

/// What the pages say where nothing is known.
@Suite struct UnknownTests {
  @Test func `the overview calls nothing in order that nobody reported`() async throws {
    try await LiveServer.run(on: .sqlite) { server in
      let visitor = WebVisitor(server)
      try await visitor.signIn(as: "buyer")
      let page = try await visitor.get("/")
      #expect(page.text.contains("No stock was reported yet: what is short is unknown."))
      #expect(page.text.contains("No report was expected in the last two weeks."))
      #expect(page.text.contains(": nothing reported</title>") && !page.text.contains(": no alert</title>"))
    }
  }

  @Test func `a reporter's map says nothing of the centres of others`() async throws {
    let database = try await Sample.season(on: .sqlite)
    try await LiveServer.run(with: database, clock: { PageTests.morning }) { server in
      let visitor = WebVisitor(server)
      try await visitor.signIn(as: "reporter")
      let own = try await visitor.get("/").text
      #expect(own.contains(": not shown to you</title>") && !own.contains(": nothing reported</title>"))
      let buyer = WebVisitor(server)
      try await buyer.signIn(as: "buyer")
      #expect(try await !buyer.get("/").text.contains("not shown to you"))
    }
  }

  @Test func `what is on the way comes from the same orders and transfers as the plan's`() async throws {
    let database = try await Sample.season(on: .sqlite)
    try await database.read { connection in
      var seen = 0
      for item in try Item.all(in: connection) {
        let parts = try ComingPart.all(of: item.id, in: connection)
        let sums = Dictionary(
          parts.map { ("\($0.centre) \($0.day?.description ?? "")", $0.quantity) },
          uniquingKeysWith: +
        )
        let dated = try DatedComing.all(of: item.id, in: connection)
        let expected = dated.map { ("\($0.centre) \($0.day?.description ?? "")", $0.quantity) }
        #expect(sums == Dictionary(uniqueKeysWithValues: expected))
        seen += parts.count
      }
      #expect(seen > 0)
    }
    await database.close()
  }
}

@Suite struct ItemChartTests {
  /// Sunday, 18 October 2020.
  private let sunday = Day(rawValue: 18_553)

  private func forecast(from day: Day) -> PlanLine.Forecast {
    let week = PlanLine.Week(from: day, mean: 7_000, quantiles: [5, 7, 10, 12])
    return PlanLine.Forecast(
      pattern: .smooth,
      isSurging: false,
      borrowed: nil,
      scenarios: [],
      weeks: [week]
    )
  }

  @Test(arguments: 0...6 as ClosedRange<Int64>)
  func `past weeks are whole, and the same weeks as the forecast's`(later: Int64) {
    let begin = sunday - 6
    let window = ItemChart.window(4, endingBy: sunday + later, with: forecast(from: begin))
    #expect(window.lastDay == sunday)
    #expect((window.firstDay - begin) % 7 == 0)
    #expect(ItemChart.window(4, endingBy: sunday + later, with: nil).lastDay == sunday)
  }

  @Test func `a week that is past and foretold is one row of the table`() {
    let begin = sunday - 6
    let chart = ItemChart(
      title: "Swabs",
      unit: "swabs",
      past: [.init(firstDay: begin, used: 15, known: 3)],
      forecast: forecast(from: begin),
      run: nil,
      language: .english
    )
    let name = Language.english.day(begin)
    #expect(
      chart.markup.text.contains(
        "<tr><td>\(name)</td><td class=\"n\">15</td><td class=\"n\">3</td><td class=\"n\">5</td>"
      )
    )
    #expect(chart.markup.text.components(separatedBy: "<td>\(name)</td>").count == 2)
  }
}
