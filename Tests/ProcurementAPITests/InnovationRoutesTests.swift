import Foundation
import Planning
import TestSupport
import Testing

/// Equipment and innovation over HTTP: planners decide, centres speak for themselves, everybody reads.
struct InnovationRoutesTests {
  private static let survey = """
    {"code": "robots", "title": "Robots", "opens": "2020-01-01", "closes": "2099-12-31", "minimum": 1,
     "rows": [{"number": 1, "question": "Is there one?", "kind": "yes_no"}]}
    """

  private static func answers(of centre: String) -> String {
    #"{"rows": [{"centre_code": "\#(centre)", "question": 1, "answer": "yes"}]}"#
  }

  @Test(arguments: Backend.available)
  func `a centre answers a survey for itself alone, and sees its own answer`(backend: Backend) async throws {
    try await LiveServer.run(on: backend) { server in
      #expect(try await server.send("POST", "/v1/surveys", as: "buyer", body: Self.survey).status == 403)
      let drawn = try await server.send("POST", "/v1/surveys", as: "planner", body: Self.survey)
      #expect(drawn.status == 201, "\(drawn.text)")
      #expect(try await server.send("POST", "/v1/surveys/robots/open", as: "planner").status == 200)
      let path = "/v1/surveys/robots/answers"
      let foreign = try await server.send(
        "POST",
        path,
        as: "reporter",
        body: Self.answers(of: Sample.foreign)
      )
      #expect(foreign.code == "access.centre", "\(foreign.text)")
      let own = try await server.send("POST", path, as: "reporter", body: Self.answers(of: Sample.own))
      #expect(own.status == 200, "\(own.text)")
      let others = try await server.send("POST", path, as: "planner", body: Self.answers(of: Sample.foreign))
      #expect(others.status == 200, "\(others.text)")
      let seen = try await server.get(path, as: "reporter").text
      #expect(seen.contains(Sample.own) && !seen.contains(Sample.foreign), "\(seen)")
      #expect(try await server.get(path, as: "auditor").text.contains(Sample.foreign))
      #expect(try await server.get("/v1/surveys/robots/results", as: "reporter").status == 200)
    }
  }

  @Test(arguments: Backend.available)
  func `a centre says how far it is, and another cannot say it for it`(backend: Backend) async throws {
    try await LiveServer.run(on: backend) { server in
      let made = try await server.send(
        "POST",
        "/v1/innovations",
        as: "planner",
        body:
          #"{"code": "scopes", "title": "Scopes", "kind": "equipment", "owner": "imaging", "source": "letter"}"#
      )
      #expect(made.status == 201, "\(made.text)")
      let asked = #"{"state": "asked"}"#
      let path = "/v1/innovations/scopes/centres"
      let own = try await server.send("PUT", "\(path)/\(Sample.own)", as: "reporter", body: asked)
      #expect(own.status == 200, "\(own.text)")
      let foreign = try await server.send("PUT", "\(path)/\(Sample.foreign)", as: "reporter", body: asked)
      #expect(foreign.code == "access.centre", "\(foreign.text)")
      #expect(try await server.get("/v1/innovations/scopes", as: "reporter").text.contains(Sample.own))
    }
  }

  @Test(
    .enabled(if: (try? HiGHS()) != nil, "the solver library is not installed: skipped"),
    arguments: Backend.available
  )
  func `a planner makes a renewal plan under a scenario, and everybody reads it`(backend: Backend)
    async throws
  {
    try await LiveServer.run(on: backend) { server in
      let prices = """
        category_code,purpose,price_cents,source,certainty
        mri-linac,purchase,900000000,letter,stated

        """
      let taken = try await server.send(
        "POST",
        "/v1/machine-prices?since=2020-01-01",
        as: "planner",
        body: prices,
        type: "text/csv"
      )
      #expect(taken.status == 200, "\(taken.text)")
      let drawn = #"{"code": "cut", "title": "Half"}"#
      #expect(try await server.send("POST", "/v1/scenarios", as: "planner", body: drawn).status == 201)
      let changed = try await server.send(
        "POST",
        "/v1/scenarios/cut/changes",
        as: "planner",
        body: #"{"budgetCut": 50}"#
      )
      #expect(changed.status == 200, "\(changed.text)")
      let asked = #"{"years": 4, "budget": "40M", "category": ["mri-linac"], "scenario": "cut"}"#
      let plan = try await server.send("POST", "/v1/renewals", as: "planner", body: asked)
      #expect(plan.status == 201, "\(plan.text)")
      #expect(plan.object["number"] as? Int == 1)
      #expect(plan.object["scenario"] as? String == "cut")
      #expect(try await server.get("/v1/renewals/1", as: "reporter").status == 200)
      #expect(try await server.get("/v1/renewals/1/explanation", as: "buyer").status == 200)
      #expect(try await server.send("POST", "/v1/renewals/1/check", as: "auditor").status == 200)
      #expect(try await server.get("/v1/renewals/comparison?numbers=1&numbers=1", as: "buyer").status == 200)
    }
  }
}
