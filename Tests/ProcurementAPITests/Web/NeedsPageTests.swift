import Foundation
import Inventory
import Procurement
import Storage
import TestSupport
import Testing

@testable import ProcurementAPI

/// A centre's answer to a call for needs, as its pharmacist gives it.
@Suite struct NeedsPageTests {
  private static let page = "/campaigns/AUTUMN/needs?centre=\(Sample.own)"

  private static func said(_ database: any Database) async throws -> [Need] {
    try await database.read { connection in
      try Need.all(of: Campaign.find("AUTUMN", in: connection).id, in: connection)
    }
  }

  @Test(arguments: Backend.available)
  func `a reporter finds the call, answers it for the own centre and sees no other's answer`(backend: Backend)
    async throws
  {
    let database = try await Sample.season(on: backend)
    try await LiveServer.run(with: database, clock: { PageTests.morning }) { server in
      try await PageTests.addOpenWork(on: server)
      let theirs = #"{"quantity":4321,"because":"a secret of theirs"}"#
      let other = "/v1/campaigns/AUTUMN/needs/\(Sample.foreign)/SWAB-NP"
      #expect(try await server.send("PUT", other, as: "buyer", body: theirs).status == 200)
      let visitor = WebVisitor(server)
      try await visitor.signIn(as: "reporter")
      #expect(try await visitor.get("/").paths.contains("/campaigns/AUTUMN/needs"))
      #expect(try await visitor.get("/stock/centres/\(Sample.own)").paths.contains(Self.page))
      let empty = try await visitor.get("/campaigns/AUTUMN/needs")
      #expect(empty.status == 200 && empty.text.contains("What CLB needs"))
      #expect(empty.text.contains("Nothing was said yet.") && !empty.text.contains("4,321"))
      #expect(!empty.text.contains("a secret of theirs"))

      let fields = [
        ("campaign", "AUTUMN"), ("centre", Sample.own), ("item", "SWAB-NP"), ("quantity", "2500"),
        ("tolerance", "300"), ("because", "the winter"),
      ]
      let done = try await visitor.submit("needSet", on: Self.page, fields)
      #expect(done.status == 303 && done.location == Self.page)
      let page = try await visitor.get(Self.page).text
      #expect(page.contains("<strong>2,500 + 300</strong>") && page.contains("the winter"))
      let later =
        fields.filter { $0.0 != "quantity" } + [
          ("quantity", "700"), ("neededBy", "2020-11-10"), ("add", "true"),
        ]
      #expect(try await visitor.submit("needSet", on: Self.page, later).status == 303)
      let own = try await Self.said(database).filter { $0.centre.rawValue == Sample.own }
      #expect(own.map(\.quantity.units).sorted() == [700, 2500])
    }
  }

  @Test func `a foreign centre's call, a wrong answer and one that comes late are refused`() async throws {
    let database = try await Sample.season(on: .sqlite)
    try await LiveServer.run(with: database, clock: { PageTests.morning }) { server in
      try await PageTests.addOpenWork(on: server)
      let visitor = WebVisitor(server)
      visitor.language = "fr"
      try await visitor.signIn(as: "reporter")
      let foreign = "/campaigns/AUTUMN/needs?centre=\(Sample.foreign)"
      #expect(try await visitor.get(foreign).status == 403)
      func answer(_ centre: String, _ quantity: String) async throws -> WebVisitor.Page {
        try await visitor.submit(
          "needSet",
          on: Self.page,
          [("campaign", "AUTUMN"), ("centre", centre), ("item", "SWAB-NP"), ("quantity", quantity)]
        )
      }
      #expect(try await answer(Sample.foreign, "5").status == 403)
      let wrong = try await answer(Sample.own, "many")
      #expect(wrong.status == 422 || wrong.status == 400)
      // It stays where it was filled in, and nowhere else.
      #expect(wrong.text.components(separatedBy: "value=\"many\"").count == 2)
      #expect(try await server.send("POST", "/v1/campaigns/AUTUMN/close").status == 200)
      #expect(try await answer(Sample.own, "5").status == 409)
      let closed = try await visitor.get(Self.page).text
      #expect(
        !closed.contains("action=\"/do/needSet\"") && closed.contains("Les besoins ne sont pas recueillis")
      )
      #expect(try await Self.said(database) == [])
      let auditor = WebVisitor(server)
      try await auditor.signIn(as: "auditor")
      #expect(try await auditor.get(Self.page).status == 403)
    }
  }
}
