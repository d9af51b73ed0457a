import Inventory
import Procurement
import Storage
import TestSupport
import Testing

@testable import ProcurementAPI

/// The form by which a rollout is planned, as a browser without scripts sends it.
@Suite struct RolloutFormTests {
  private static let page = "/sharing/rollouts/new?of=item:PLATE-96"

  /// What is sent: the named fields, two arrivals and the centres that are given a target.
  private static func fields(
    _ named: [(String, String)],
    arrivals: [(day: String, quantity: String, origin: String)],
    targets: [(centre: String, ready: String, target: String)]
  ) -> [(String, String)] {
    var fields = [("_given", "arrivals.sku,targets.centre,targets.ready_on")] + named
    for arrival in arrivals {
      fields += [
        ("cell.arrivals.sku", "PLATE-96"), ("cell.arrivals.day", arrival.day),
        ("cell.arrivals.quantity", arrival.quantity), ("cell.arrivals.origin", arrival.origin),
      ]
    }
    for target in targets {
      fields += [
        ("cell.targets.centre", target.centre), ("cell.targets.ready_on", target.ready),
        ("cell.targets.target", target.target), ("cell.targets.first_tranche", ""),
      ]
    }
    return fields
  }

  private static let head = [
    ("code", "PLATES"), ("title", "New plates"), ("item", "PLATE-96"), ("pack", "2"), ("day", "2020-10-19"),
    ("because", "a new protocol"),
  ]
  private static let arrivals = [
    (day: "2020-10-20", quantity: "20", origin: "a gift"), (day: "", quantity: "", origin: ""),
  ]
  private static let targets = [
    (centre: "berard", ready: "2020-10-19", target: "10"),
    (centre: "bergonie", ready: "2020-10-19", target: ""),
    (centre: "curie-paris", ready: "2020-10-22", target: "16"),
  ]

  private static func planned(_ database: any Database) async throws -> [RolloutSummary] {
    try await database.read { try RolloutSummary.list(in: $0) }
  }

  @Test(arguments: Backend.available)
  func `a rollout is looked at, planned and planned again`(backend: Backend) async throws {
    let database = try await Sample.season(on: backend)
    try await LiveServer.run(with: database, clock: { PageTests.morning }) { server in
      let visitor = WebVisitor(server)
      try await visitor.signIn(as: "planner")
      let form = try await visitor.get(Self.page)
      #expect(form.status == 200 && form.text.utf8.count < 100_000)
      let sent = Self.fields(Self.head, arrivals: Self.arrivals, targets: Self.targets)
      let look = sent + [("dryRun", "true"), ("_once", "the same"), ("_revision", "0")]
      for _ in 0..<2 { #expect(try await visitor.submit("rolloutPlan", on: Self.page, look).status == 200) }
      let looked = try await visitor.submit("rolloutPlan", on: Self.page, look)
      #expect(
        looked.text.contains("Looked at, nothing was kept.") && looked.text.contains("What would be planned")
      )
      // 20 plates in packs of 2: ten to the one who is ready first, ten of sixteen to the other.
      #expect(looked.text.contains("The last centre would begin on 22\u{00A0}Oct\u{00A0}2020."))
      #expect(looked.text.contains("<span class=\"tag bad\">6</span>"))
      #expect(looked.text.contains("value=\"a new protocol\"") && looked.text.contains("value=\"a gift\""))
      #expect(try await Self.planned(database) == [])

      let made = try await visitor.submit("rolloutPlan", on: Self.page, sent)
      #expect(made.status == 303 && made.location == "/sharing/rollouts/PLATES")
      #expect(try await visitor.get("/sharing/rollouts").text.contains("New plates"))

      let again = "/sharing/rollouts/new?again=PLATES"
      #expect(try await visitor.get("/sharing/rollouts/PLATES").paths.contains(again))
      let known = try await visitor.get(again).text
      #expect(known.contains("value=\"a gift\"") && known.contains("value=\"16\""))
      #expect(known.contains("name=\"_revision\" value=\"1\""))
      let later = Self.fields(
        [("code", "PLATES"), ("day", "2020-10-19"), ("because", "twice as many")],
        arrivals: [(day: "2020-10-20", quantity: "26", origin: "a gift")],
        targets: []
      )
      #expect(try await visitor.submit("rolloutPlan", on: again, later).status == 303)
      let plan = try await database.read { try RolloutPlan.find("PLATES", in: $0) }
      #expect(plan.revision == 2 && plan.targets.map(\.planned) == [Quantity(10), Quantity(16)])
      // What a form showed that is old, or as if it were new, plans nothing.
      for (revision, status) in [("0", 428), ("1", 412)] {
        let stale = try await visitor.submit("rolloutPlan", on: again, later + [("_revision", revision)])
        #expect(stale.status == status && stale.text.contains("request.if-match"))
      }
      #expect(try await database.read { try RolloutPlan.revision(of: "PLATES", in: $0) } == 2)
    }
  }

  @Test(arguments: ["en", "fr"])
  func `what is wrong is told with its row, and what was filled in stays`(language: String) async throws {
    let database = try await Sample.season(on: .sqlite)
    try await LiveServer.run(with: database, clock: { PageTests.morning }) { server in
      let visitor = WebVisitor(server)
      visitor.language = language
      try await visitor.signIn(as: "buyer")
      var targets = Self.targets
      targets[2].target = "many"
      let sent = Self.fields(Self.head, arrivals: Self.arrivals, targets: targets)
      let page = try await visitor.submit("rolloutPlan", on: Self.page, sent)
      #expect(page.status == 422)
      let found =
        language == "fr" ? "<td class=\"n\">3</td><td>cible</td>" : "<td class=\"n\">3</td><td>target</td>"
      #expect(page.text.contains(found) && page.text.contains("value=\"many\""))
      let both = sent + [("fromOrders", "true")]
      let undecided = try await visitor.submit("rolloutPlan", on: Self.page, both)
      #expect(undecided.status == 400)
      #expect(undecided.text.contains(language == "fr" ? "pas les deux <code>" : "not both <code>"))
      let nobody = Self.fields(Self.head, arrivals: Self.arrivals, targets: [])
      let refused = try await visitor.submit("rolloutPlan", on: Self.page, nobody)
      #expect(refused.status == 422)
      #expect(refused.text.contains(language == "fr" ? "au moins un centre" : "at least one centre"))
      #expect(try await Self.planned(database) == [])
    }
  }

  @Test func `who may not plan has no form, and what nobody knows is not there`() async throws {
    let database = try await Sample.season(on: .sqlite)
    try await LiveServer.run(with: database, clock: { PageTests.morning }) { server in
      for (user, status) in [("reporter", 403), ("auditor", 403), ("planner", 200)] {
        let visitor = WebVisitor(server)
        try await visitor.signIn(as: user)
        #expect(try await visitor.get("/sharing/rollouts/new").status == status)
        let sent = Self.fields(Self.head, arrivals: [], targets: [])
        let page = try await visitor.submit("rolloutPlan", on: "/", sent)
        #expect(page.status == (status == 200 ? 422 : 403))
      }
      let visitor = WebVisitor(server)
      try await visitor.signIn(as: "planner")
      for query in ["of=item:NOTHING", "of=kit:NOTHING", "of=nothing:PLATE-96", "again=NOTHING"] {
        #expect(try await visitor.get("/sharing/rollouts/new?\(query)").status == 404, "\(query)")
      }
      #expect(try await visitor.get("/sharing/rollouts/new?of=nothing").status == 200)
    }
  }
}
