import Foundation
import Inventory
import Procurement
import Storage
import Tabular
import TestSupport
import Testing

@testable import ProcurementAPI

/// Whatever a page says of itself it says in the reader's language: no English word stands on a French page, but for
/// what people wrote, such as the note on a machine.
@Suite struct FrenchPageTests {
  /// Words that English cannot do without, and that are none in French.
  private static let english = Set(
    """
    the of and with from nobody lacks lack otherwise would usable coming needs reported which is are was were been \
    this that these more less least until before after within each every others none unknown out \
    suppliers orders order by its there than no not for reports received sent draft closed cancelled network sea \
    imaging digital health counted finished failed waiting running months weeks days day week years year month \
    only may must can could should when where who why what how left late due made make asked open
    """.split(separator: " ").map(String.init)
  )

  /// Words in the sense of the list: hyphens and apostrophes belong to them, so that codes are none of its words.
  private static func englishWords(in text: String) -> [String] {
    text.lowercased().split { !($0.isLetter || $0.isNumber || "-_/".contains($0)) }.map(String.init)
      .filter(english.contains)
  }

  /// What people wrote: the cells of the seeds that have such words, the longest first, and the campaigns' titles.
  private static func written(in database: any Database) async throws -> [String] {
    var cells: Set<String> = []
    let folder = Sample.root.appending(path: "seeds")
    for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    where file.pathExtension == "csv" {
      let text = try String(contentsOf: file, encoding: .utf8)
      for cell in text.split(whereSeparator: { "\n,\"".contains($0) }) { cells.insert(String(cell)) }
      for cell in text.split(separator: "\"") { cells.insert(String(cell)) }
    }
    let parts = cells.flatMap { cell in
      [cell] + cell.split(whereSeparator: { "|;".contains($0) }).map(String.init)
    }.map { $0.trimmingCharacters(in: .whitespaces) }
    let titles = try await database.read { connection in
      try Campaign.all(in: connection).map(\.terms.title) + WhatIf.all(in: connection).map(\.title)
        + PracticeSurvey.all(in: connection).map(\.terms.title)
    }
    return Set(parts + titles).filter { (6..<400).contains($0.count) && !englishWords(in: $0).isEmpty }
      .sorted { ($1.count, $0) < ($0.count, $1) }
  }

  /// The texts of a page, and those that are read aloud or shown when pointed at.
  private static func texts(of page: String) -> [String] {
    var texts: [String] = []
    for piece in page.replacing(/<(code|script)[^>]*>.*?<\/(code|script)>/.dotMatchesNewlines(), with: " ")
      .split(separator: "<", omittingEmptySubsequences: true)
    {
      let halves = piece.split(separator: ">", maxSplits: 1, omittingEmptySubsequences: false)
      for name in ["aria-label", "title", "placeholder", "data-label"] {
        if let value = String(halves[0]).between(" \(name)=\"", "\"") { texts.append(value) }
      }
      if halves.count == 2 { texts.append(String(halves[1])) }
    }
    return texts.map { text in
      text.replacing("&#39;", with: "'").replacing("&quot;", with: "\"").replacing("&amp;", with: "&")
        .trimmingCharacters(in: .whitespacesAndNewlines)
    }.filter { !$0.isEmpty }
  }

  /// What is left of English on pages when what people wrote is taken out.
  private static func left(_ pages: [(path: String, text: String)], _ written: [String]) -> [String] {
    var seen: Set<String> = []
    var left: [String] = []
    for page in pages {
      for text in texts(of: page.text) where seen.insert(text).inserted && !englishWords(in: text).isEmpty {
        let rest = written.reduce(text) { $0.replacing($1, with: "") }
        if !englishWords(in: rest).isEmpty { left.append("\(page.path): \(rest)") }
      }
    }
    return left
  }

  /// Pages that a day which is over, and forms with mistakes, bring about.
  private static func others(_ visitor: WebVisitor) async throws -> [(path: String, text: String)] {
    var pages: [(path: String, text: String)] = []
    let past = "?day=2020-08-31"
    for path in [
      "/", "/shortages", "/orders", "/sharing/transfers", "/stock", "/orders/agreements", "/campaigns",
      "/campaigns/PCR-2020-08-24", "/orders/CA-2020-00030",
    ] {
      pages.append((path + past, try await visitor.get(path + past).text))
    }
    pages.append(("no day", try await visitor.get("/?day=yesterday").text))
    _ = try await visitor.get("/?day=2020-10-19")
    let forms: [(String, String, [(String, String)])] = [
      (
        "stockReport", "/reports/new",
        [("centre", "berard"), ("day", "2020-10-19"), ("cell.item", "SWAB-NP"), ("cell.counted", "douze")]
      ),
      (
        "stockReport", "/reports/new",
        [
          ("centre", "berard"), ("day", "2020-10-19"), ("dryRun", "true"), ("cell.item", "SWAB-NP"),
          ("cell.counted", "12"),
        ]
      ),
      ("campaignNew", "/campaigns/new", [("code", "X"), ("title", "X")]),
      ("tokenCreate", "/administration", [("user", "buyer"), ("label", "fr"), ("days", "0")]),
      ("tokenCreate", "/administration", [("user", "buyer"), ("label", "test"), ("days", "3")]),
      ("tokenCreate", "/administration", [("user", "buyer"), ("label", "neuf"), ("days", "3")]),
    ]
    for (operation, page, fields) in forms {
      pages.append((operation, try await visitor.submit(operation, on: page, fields).text))
    }
    return pages
  }

  @Test func `no English stands on a French page but what people wrote`() async throws {
    let database = try await Sample.season(on: .sqlite)
    let written = try await Self.written(in: database)
    try await LiveServer.run(with: database, clock: { PageTests.morning }) { server in
      let visitor = WebVisitor(server)
      visitor.language = "fr"
      try await visitor.signIn(as: "all")
      var pages = try await WebCrawl(visitor).texts
      pages += try await Self.others(visitor)
      let reporter = WebVisitor(server)
      reporter.language = "fr"
      try await reporter.signIn(as: "reporter")
      for path in [
        "/administration", "/stock/centres/\(Sample.foreign)", "/nothing", "/stock/items/NOPE",
        "/equipment/machines/nope", "/shortages/999999",
      ] {
        pages.append((path, try await reporter.get(path).text))
      }
      #expect(pages.count > 60)
      #expect(Self.left(pages, written) == [])
    }
  }

  @Test func `the words that are looked for are found`() {
    let page = "<p title=\"late by a week\">Réseau</p><p>lot 7: nobody has <code>the code</code></p>"
    #expect(Self.left([("/", page)], []) == ["/: late by a week", "/: lot 7: nobody has"])
    #expect(Self.left([("/", page)], ["nobody has", "late by a week"]) == [])
  }
}
