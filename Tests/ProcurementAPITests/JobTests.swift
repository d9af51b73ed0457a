import AsyncHTTPClient
import Foundation
import Inventory
import Logging
import NIOCore
import NIOHTTP1
import ProcureCommands
import Procurement
import Storage
import TestSupport
import Testing

@testable import ProcurementAPI

/// Work that is left to be done: asked for, looked after, taken up by whoever is there, done once.
struct JobTests {
  private static let leaving = ["Prefer": "respond-async"]
  private static let csv = "item,lot,expiry,counted\nPCR-MIX,L1,2020-12-31,960\n"
  private static let report = "/v1/stock/reports?centre=berard&day=2020-06-08&key=monday"

  private static func options(jobs: Int = 2) -> ServerOptions {
    var options = ServerOptions()
    options.jobs = jobs
    (options.jobPause, options.jobBeat) = (.milliseconds(50), .milliseconds(20))
    return options
  }

  private static func leave(
    _ server: LiveServer,
    as user: String = "all",
    headers: [String: String] = leaving
  )
    async throws -> Reply
  {
    try await server.send("POST", report, as: user, headers: headers, body: csv, type: "text/csv")
  }

  /// The job once it is over.
  private static func over(_ path: String, on server: LiveServer, as user: String = "all") async throws
    -> Reply
  {
    for _ in 0..<1_500 {
      let reply = try await server.get(path, as: user)
      let state = try #require(Job.State(rawValue: reply.object["state"] as? String ?? ""))
      if state.isOver { return reply }
      try await Task.sleep(for: .milliseconds(40))
    }
    Issue.record("\(path) does not end")
    return try await server.get(path, as: user)
  }

  @Test(arguments: Backend.available)
  func `what is left is done, and its result is the answer that would have come`(backend: Backend)
    async throws
  {
    try await LiveServer.run(on: backend, options: Self.options()) { server in
      let left = try await Self.leave(server, as: "reporter")
      #expect(left.status == 202)
      #expect(left.header("Preference-Applied") == "respond-async")
      let path = try #require(left.header("Location"))
      let job = try await Self.over(path, on: server, as: "reporter")
      #expect(job.object["state"] as? String == "finished")
      #expect(job.object["status"] as? Int == 201)
      let result = try await server.get(path + "/result", as: "reporter")
      #expect(result.status == 200)
      #expect(result.list.first?["lines"] as? Int == 1)
      // It has the form that was asked for with the job, and no other.
      for (query, accept, status) in [
        ("?format=json", "*/*", 200), ("?format=xlsx", "*/*", 406), ("", "text/csv", 406),
        ("", "text/csv, application/*;q=0.1", 200),
      ] {
        let again = try await server.get(
          path + "/result" + query,
          as: "reporter",
          headers: ["Accept": accept]
        )
        #expect(again.status == status, "\(query) \(accept)")
        #expect(status == 200 || again.code == "request.accept")
      }
      let positions = try await server.get("/v1/stock/positions?day=2020-06-10", as: "reporter")
      #expect(positions.list.first?["usable"] as? Int == 960)
      // Others do not learn of it, whoever keeps the service does.
      #expect(try await server.get(path, as: "buyer").code == "job.not-found")
      #expect(try await server.get("/v1/jobs", as: "buyer").list.isEmpty)
      #expect(try await server.get("/v1/jobs", as: "administrator").list.count == 1)
      #expect(try await server.get("/v1/jobs?state=waiting", as: "reporter").list.isEmpty)
      let metrics = try await server.get("/metrics", as: nil)
      #expect(metrics.text.contains("procure_jobs_waiting 0\n"))
    }
  }

  @Test(arguments: Backend.available)
  func `what is wrong is said at once, and what the work meets is its result`(backend: Backend) async throws {
    try await LiveServer.run(on: backend, options: Self.options()) { server in
      let wrong = try await server.send("POST", "/v1/plans", headers: Self.leaving, body: #"{"horizon":"x"}"#)
      #expect(wrong.status == 400)
      #expect(
        try await server.send("POST", "/v1/plans", as: "buyer", headers: Self.leaving).code == "access.role"
      )
      let known = try await server.send("POST", "/v1/transfers/99/agree", headers: Self.leaving)
      #expect(known.status == 202)
      let path = try #require(known.header("Location"))
      let job = try await Self.over(path, on: server)
      #expect(job.object["state"] as? String == "failed")
      let result = try await server.get(path + "/result")
      #expect(result.status == 404 && result.code == "transfer.not-found")
      // A secret is told to whoever waits for it, and kept nowhere.
      let token = try await server.send(
        "POST",
        "/v1/tokens",
        headers: Self.leaving,
        body: #"{"user":"buyer","label":"x"}"#
      )
      #expect(token.status == 201)
    }
  }

  @Test(arguments: Backend.available)
  func `one key is one job`(backend: Backend) async throws {
    try await LiveServer.run(on: backend, options: Self.options()) { server in
      let headers = Self.leaving.merging(["Idempotency-Key": "k1"]) { first, _ in first }
      let first = try await Self.leave(server, headers: headers)
      let again = try await Self.leave(server, headers: headers)
      #expect(first.status == 202 && again.status == 202)
      #expect(again.header("Idempotency-Replayed") == "true")
      #expect(first.header("Location") != nil && first.header("Location") == again.header("Location"))
      #expect(try await server.get("/v1/jobs").list.count == 1)
    }
  }

  @Test(arguments: Backend.available)
  func `what waits can be stopped, once`(backend: Backend) async throws {
    try await LiveServer.run(on: backend, options: Self.options(jobs: 0)) { server in
      let path = try #require(try await Self.leave(server).header("Location"))
      #expect(try await server.get(path).object["state"] as? String == "waiting")
      #expect(try await server.get(path + "/result").code == "job.unfinished")
      #expect(try await server.send("DELETE", path, as: "buyer").code == "job.not-found")
      // An auditor sees every job, and stops none.
      #expect(try await server.get(path, as: "auditor").status == 200)
      #expect(try await server.send("DELETE", path, as: "auditor").code == "job.not-found")
      #expect(try await server.send("DELETE", path).object["state"] as? String == "cancelled")
      #expect(try await server.send("DELETE", path).code == "job.over")
      #expect(try await server.get(path + "/result").code == "job.cancelled")
    }
  }

  /// A server that took the job and was never heard of again.
  private static func dead(_ database: any Database, storing: Bool) async throws {
    let long = Instant(rawValue: LiveServer.now.rawValue - 3_600_000)
    try await database.write { connection in
      let claim = try #require(try JobClaim.next(for: "dead", now: long, lease: 1, in: connection))
      if storing { try claim.markStored(at: long, in: connection) }
    }
  }

  @Test(arguments: Backend.available)
  func `a server that died is replaced, and nothing is done twice`(backend: Backend) async throws {
    for storing in [false, true] {
      let database = try await backend.migrated(Schema.migrations)
      try await Sample.load(into: database)
      let values = ["centre": ["berard"], "day": ["2020-06-08"], "file": ["body"]]
      let understood = Understood(
        values: values,
        files: ["body": Array(Self.csv.utf8)],
        form: .json,
        page: nil,
        origin: nil
      )
      let draft = try Self.draft("stock report", understood, of: "all")
      let job = try await database.write { try Job.ask(draft, at: LiveServer.now, in: $0) }
      try await Self.dead(database, storing: storing)
      try await LiveServer.run(with: database, options: Self.options(), clock: { LiveServer.now }) { server in
        let path = "/v1/jobs/\(job.id.rawValue)"
        let over = try await Self.over(path, on: server)
        #expect(over.object["attempts"] as? Int == 2)
        #expect(over.object["state"] as? String == (storing ? "failed" : "finished"))
        let result = try await server.get(path + "/result")
        #expect(result.code == (storing ? "job.interrupted" : nil), "\(result.text)")
        let positions = try await server.get("/v1/stock/positions?day=2020-06-10")
        #expect(positions.list.isEmpty == storing)
      }
    }
  }

  @Test(arguments: Backend.available)
  func `a plan that was cut short goes on where it stopped`(backend: Backend) async throws {
    let database = try await Sample.season(on: backend)
    let now = Instant(try #require(Day("2020-10-19")), hour: 9)
    let values = ["as-of": ["2020-10-18"], "horizon": ["4"], "paths": ["50"]]
    let understood = Understood(values: values, files: [:], form: .json, page: nil, origin: nil)
    let draft = try Self.draft("plan run", understood, of: "planner")
    let begun = Instant(rawValue: now.rawValue - 3_600_000)
    let (job, run) = try await Self.abandoned(draft, at: begun, in: database)
    try await LiveServer.run(with: database, options: Self.options(), clock: { now }) { server in
      let path = "/v1/jobs/\(job.id.rawValue)"
      let over = try await Self.over(path, on: server)
      #expect(over.object["state"] as? String == "finished", "\(over.text)")
      let result = try await server.get(path + "/result")
      #expect(result.object["id"] as? Int == Int(run.id.rawValue), "\(result.text)")
      #expect(result.object["state"] as? String == "finished")
      #expect(over.object["progress"] == nil, "what is finished is not on its way")
    }
  }

  /// A job whose server made the plan's run and died.
  private static func abandoned(_ draft: JobDraft, at begun: Instant, in database: any Database) async throws
    -> (Job, PlanRun)
  {
    let job = try await database.write { connection in
      let job = try Job.ask(draft, at: begun, in: connection)
      _ = try JobClaim.next(for: "dead", now: begun, lease: 1, in: connection)
      return job
    }
    var parameters = PlanParameters(asOf: try #require(Day("2020-10-18")))
    (parameters.horizon, parameters.paths) = (4, 50)
    let stamp = Stamp(actor: "planner", at: begun)
    return (job, try await PlanRun.make(parameters, by: stamp, in: database))
  }

  private static func draft(_ words: String, _ understood: Understood, of user: String) throws -> JobDraft {
    let route = try #require(
      RouteTable.all.routes.first { $0.words.joined(separator: " ") == words && $0.mayBeLeft }
    )
    let name = try #require(User.Name(rawValue: user))
    return try JobDraft(understood, route, of: Principal(name: name, roles: []))
  }

  /// Work that never ends, unless it is told to.
  private struct Endless: Operations {
    let signatures: [Signature]

    func perform(_ call: Call) async throws -> Answer {
      call.watch?.report("1 of 2")
      try await Task.sleep(for: .seconds(3_600))
      return Answer(body: "{}")
    }
  }

  /// A worker with endless work, for as long as a test looks on.
  private static func working(
    on database: any Database,
    _ body: (Job, Task<Void, any Error>) async throws -> Void
  ) async throws {
    try await Sample.load(into: database)
    let operations = Endless(signatures: try CommandOperations().signatures)
    let service = ServedSystem(
      operations: operations,
      database: database,
      options: options(),
      clock: { LiveServer.now }
    )
    let understood = Understood(values: [:], files: [:], form: .json, page: nil, origin: nil)
    let draft = try Self.draft("alert watch", understood, of: "all")
    let job = try await database.write { try Job.ask(draft, at: LiveServer.now, in: $0) }
    let worker = JobWorker(
      service: service,
      logger: .init(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
    )
    let running = Task { try await worker.run() }
    try await becomes(job, in: database) { $0.progress == "1 of 2" }
    try await body(job, running)
    running.cancel()
    _ = await running.result
    await database.close()
  }

  private static func becomes(_ job: Job, in database: any Database, _ holds: (Job) -> Bool) async throws {
    var last = job
    for _ in 0..<500 {
      last = try await database.read { try Job.find(job.id, in: $0) }
      if holds(last) { return }
      try await Task.sleep(for: .milliseconds(20))
    }
    Issue.record("the job stays \(last)")
  }

  @Test(arguments: Backend.available)
  func `what runs says how far it is, and is stopped when somebody asks`(backend: Backend) async throws {
    let database = try await backend.migrated(Schema.migrations)
    try await Self.working(on: database) { job, _ in
      _ = try await database.write { try Job.cancel(job.id, at: LiveServer.now, in: $0) }
      try await Self.becomes(job, in: database) { $0.state == .cancelled && $0.endedAt != nil }
    }
  }

  @Test(arguments: Backend.available)
  func `a server that stops gives back what it has not done`(backend: Backend) async throws {
    let database = try await backend.migrated(Schema.migrations)
    try await Self.working(on: database) { job, running in
      running.cancel()
      _ = await running.result
      try await Self.becomes(job, in: database) { $0.state == .waiting }
    }
  }

  @Test(arguments: Backend.available)
  func `how far it came is told of what did not end well, not of what is finished`(backend: Backend)
    async throws
  {
    let database = try await backend.migrated(Schema.migrations)
    let user = try #require(User.Name(rawValue: "all"))
    for (status, told) in [(200, nil), (422, "1 of 2")] as [(Int64, String?)] {
      let job = try await database.write { connection in
        let draft = JobDraft(user: user, operation: "plan run", route: "x", request: "{}")
        let asked = try Job.ask(draft, at: LiveServer.now, in: connection)
        let claim = try #require(
          try JobClaim.next(for: "w", now: LiveServer.now, lease: 1_000, in: connection)
        )
        _ = try claim.hold(progress: "1 of 2", now: LiveServer.now, lease: 1_000, in: connection)
        let result = JobResult(status: status, contentType: "application/json", body: "{}", notes: [])
        try claim.end(result, at: LiveServer.now, in: connection)
        return try Job.find(asked.id, in: connection)
      }
      #expect(job.progress == told && job.state == (status == 200 ? .finished : .failed))
    }
    await database.close()
  }

  @Test func `a reader of events sees a job come to its end`() async throws {
    try await LiveServer.run(on: .sqlite, options: Self.options()) { server in
      var request = HTTPClientRequest(url: "http://127.0.0.1:\(server.port)/v1/events?types=job")
      request.headers.add(name: "Authorization", value: "Bearer \(Sample.secret(of: "reporter"))")
      let response = try await HTTPClient.shared.execute(request, timeout: .minutes(1))
      var (text, isAsked) = ("", false)
      for try await part in response.body {
        text += String(buffer: part)
        if !isAsked { _ = try await Self.leave(server, as: "reporter") }
        isAsked = true
        if text.contains(#""state":"finished""#) { break }
      }
      #expect(text.contains("event: job\ndata: {"))
      #expect(!text.contains("id: "))
    }
  }

  @Test(arguments: Backend.available)
  func `what ended long ago is forgotten`(backend: Backend) async throws {
    let database = try await backend.migrated(Schema.migrations)
    let user = try #require(User.Name(rawValue: "all"))
    let draft = JobDraft(user: user, operation: "x", route: "POST /x", request: "{}")
    try await database.write { connection in
      let old = try Job.ask(draft, at: LiveServer.now, in: connection)
      let claim = try #require(
        try JobClaim.next(for: "a", now: LiveServer.now, lease: 1_000, in: connection)
      )
      try claim.markStored(at: LiveServer.now, in: connection)
      let result = JobResult(status: 200, contentType: "text/csv", body: "a\n", notes: ["one", "two"])
      try claim.end(result, at: LiveServer.now, in: connection)
      #expect(try Job.result(old.id, in: connection) == result)
      let waiting = try Job.ask(draft, at: LiveServer.now, in: connection)
      try Job.forgetOld(at: Instant(rawValue: LiveServer.now.rawValue + Job.lifetime), in: connection)
      #expect(try Job.all(in: connection).count == 2)
      try Job.forgetOld(at: Instant(rawValue: LiveServer.now.rawValue + Job.lifetime + 1), in: connection)
      #expect(try Job.all(in: connection).map(\.id) == [waiting.id])
    }
    await database.close()
  }
}
