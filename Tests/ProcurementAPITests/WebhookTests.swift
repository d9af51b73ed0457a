import AsyncHTTPClient
import Foundation
import Inventory
import Procurement
import Storage
import Synchronization
import TestSupport
import Testing

@testable import ProcurementAPI

/// Other systems are told what happens: signed, again until they take it, and nowhere that they should not lead.
struct WebhookTests {
  /// A system that is told things, and takes them as its script says.
  private final class Receiver: Sendable {
    let heard = Mutex<[LocalListener.Request]>([])
    let address: String
    private let listener: LocalListener
    private let statuses: Mutex<[Int]>

    init(answering statuses: [Int] = []) throws {
      listener = try #require(LocalListener())
      address = listener.address + "/procure"
      self.statuses = Mutex(statuses)
      listener.start { request in
        self.heard.withLock { $0.append(request) }
        let status = self.statuses.withLock { $0.isEmpty ? 204 : $0.removeFirst() }
        return .init(status: status, body: "")
      }
    }

    func stop() { listener.stop() }

    /// What was heard, once it is as much as wanted.
    func heard(_ count: Int) async throws -> [LocalListener.Request] {
      for _ in 0..<500 {
        let all = heard.withLock(\.self)
        if all.count >= count { return all }
        try await Task.sleep(for: .milliseconds(20))
      }
      return heard.withLock(\.self)
    }
  }

  /// How many were somewhere at once.
  private final class Peak: Sendable {
    private let state = Mutex((now: 0, most: 0))
    var most: Int { state.withLock(\.most) }
    func enter() { state.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) } }
    func leave() { state.withLock { $0.now -= 1 } }
  }

  private static func options(allowsPrivate: Bool = true) -> ServerOptions {
    var options = ServerOptions()
    options.allowsPrivateWebhooks = allowsPrivate
    options.jobPause = .milliseconds(50)
    return options
  }

  private static func add(
    _ address: String,
    types: String = #"["report"]"#,
    as name: String = "erp",
    to server: LiveServer
  ) async throws -> Reply {
    try await server.send(
      "POST",
      "/v1/webhooks",
      as: "administrator",
      body: #"{"name":"\#(name)","url":"\#(address)","type":\#(types)}"#
    )
  }

  private static func report(_ key: String, on server: LiveServer) async throws {
    let path = "/v1/stock/reports?centre=berard&day=2020-06-15&key=\(key)"
    let table = "item,counted\nSWAB-NP,\(key.count)\n"
    let reply = try await server.send("POST", path, body: table, type: "text/csv")
    try #require(reply.status < 300, "\(reply.text)")
  }

  /// The deliveries once they hold.
  private static func deliveries(
    on server: LiveServer,
    until holds: ([[String: Any]]) -> Bool
  ) async throws -> [[String: Any]] {
    for _ in 0..<500 {
      let list = try await server.get("/v1/webhooks/erp/deliveries", as: "auditor").list
      if holds(list) { return list }
      try await Task.sleep(for: .milliseconds(20))
    }
    return try await server.get("/v1/webhooks/erp/deliveries", as: "auditor").list
  }

  @Test(arguments: Backend.available)
  func `what happens is told, signed with the secret that was shown once`(backend: Backend) async throws {
    let receiver = try Receiver()
    try await LiveServer.run(on: backend, options: Self.options()) { server in
      let added = try await Self.add(receiver.address, to: server)
      let secret = try #require(added.object["secret"] as? String)
      #expect(secret.hasPrefix("whsec_"))
      try await Self.report("one", on: server)
      let heard = try #require(try await receiver.heard(1).first)
      #expect(heard.path == "/procure")
      #expect(heard.body.contains(#""action":"stock.report""#) && heard.body.contains("report berard/one"))
      let (id, time) = (heard.headers["webhook-id"] ?? "", heard.headers["webhook-timestamp"] ?? "")
      let code = WebhookSender.signature(id, time, heard.body, secret: secret)
      #expect(heard.headers["webhook-signature"] == code)
      let told = try await Self.deliveries(on: server) { $0.first?["state"] as? String == "delivered" }
      #expect(told.count == 1 && told.first?["status"] as? Int == 204)
      // The secret is shown once: neither the list nor the log has it.
      #expect(try await !server.get("/v1/webhooks", as: "auditor").text.contains(secret))
      #expect(try await !server.get("/v1/audit", as: "auditor").text.contains(secret))
    }
    receiver.stop()
  }

  @Test func `a signature is that of the standard's own example`() {
    let code = WebhookSender.signature(
      "msg_p5jXN8AQM9LWM0D4loKWxJek",
      "1614265330",
      #"{"test": 2432232314}"#,
      secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    )
    #expect(code == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
  }

  @Test(arguments: Backend.available)
  func `what was not taken waits for its next time, and can be sent at once`(backend: Backend) async throws {
    let receiver = try Receiver(answering: [500])
    try await LiveServer.run(on: backend, options: Self.options()) { server in
      _ = try await Self.add(receiver.address, to: server)
      try await Self.report("one", on: server)
      let failed = try await Self.deliveries(on: server) { $0.first?["problem"] != nil }
      let first = try #require(failed.first)
      #expect(first["state"] as? String == "waiting" && first["attempts"] as? Int == 1)
      #expect(first["problem"] as? String == "it answered 500")
      let due = Instant(rawValue: LiveServer.now.rawValue + 5_000)
      #expect(first["dueAt"] as? String == "\(due)")
      let number = try #require(first["id"] as? Int)
      let path = "/v1/webhook-deliveries/\(number)/repeat"
      #expect(try await server.send("POST", path, as: "administrator").status == 200)
      let told = try await Self.deliveries(on: server) { $0.first?["state"] as? String == "delivered" }
      #expect(told.first?["state"] as? String == "delivered")
      #expect(try await receiver.heard(2).count == 2)
    }
    receiver.stop()
  }

  @Test(arguments: Backend.available)
  func `an address of the own network is refused, and the log of deliveries says why`(backend: Backend)
    async throws
  {
    let receiver = try Receiver()
    try await LiveServer.run(on: backend, options: Self.options(allowsPrivate: false)) { server in
      let secure = receiver.address.replacing("http://", with: "https://")
      _ = try await Self.add(secure, to: server)
      try await Self.report("one", on: server)
      let told = try await Self.deliveries(on: server) { $0.first?["problem"] != nil }
      #expect((told.first?["problem"] as? String)?.contains("not on the public internet") == true, "\(told)")
      #expect(receiver.heard.withLock(\.count) == 0)
    }
    receiver.stop()
  }

  @Test(arguments: Backend.available)
  func `one that never answers keeps no other from being told`(backend: Backend) async throws {
    // Nobody takes the calls from its queue.
    let silent = try #require(LocalListener())
    let receiver = try Receiver()
    try await LiveServer.run(on: backend, options: Self.options()) { server in
      #expect(try await Self.add(silent.address, as: "silent", to: server).status == 201)
      #expect(try await Self.add(receiver.address, to: server).status == 201)
      for key in ["a", "bb", "ccc", "dddd"] { try await Self.report(key, on: server) }
      let heard = try await receiver.heard(4)
      let subjects = heard.compactMap { $0.body.firstMatch(of: /report berard\/[a-d]+/)?.output }
      #expect(subjects.map(String.init) == ["a", "bb", "ccc", "dddd"].map { "report berard/\($0)" })
      let waiting = try await server.get("/v1/webhooks/silent/deliveries", as: "auditor").list
      #expect(waiting.count == 4 && waiting.allSatisfy { $0["state"] as? String == "waiting" })
      #expect(waiting.map { $0["attempts"] as? Int } == [0, 0, 0, 1], "one after the other")
    }
    // A server that stops gives back what it had not told.
    receiver.stop()
    silent.stop()
  }

  @Test(arguments: Backend.available)
  func `two servers never send to one webhook at once`(backend: Backend) async throws {
    let database = try await backend.migrated(Schema.migrations)
    let name = try #require(Webhook.Name(rawValue: "erp"))
    let draft = WebhookDraft(name: name, url: "https://example.org/", types: ["order"], secret: "whsec_x")
    let webhook = try await database.write {
      try Webhook.add(draft, allowsPlain: false, by: .test, in: $0).id
    }
    let now = Stamp.test.at
    for _ in 0..<3 { try await database.write { try Webhook.ping(name, body: "{}", at: now, in: $0) } }
    let attempts = try await withThrowingTaskGroup(of: WebhookAttempt?.self) { group in
      for _ in 0..<4 {
        group.addTask {
          try await database.write { try WebhookAttempt.next(of: webhook, now: now, lease: 1_000, in: $0) }
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    let taken = attempts.compactMap(\.self)
    #expect(taken.count == 1)
    let first = try #require(taken.first)
    try await database.write { connection in
      try first.release(at: now, in: connection)
      let again = try #require(
        try WebhookAttempt.next(of: webhook, now: now, lease: 1_000, in: connection)
      )
      #expect(again.delivery.id == first.delivery.id && again.delivery.attempts == 1)
      try again.end(status: 204, problem: nil, at: now, in: connection)
      let next = try #require(try WebhookAttempt.next(of: webhook, now: now, lease: 1_000, in: connection))
      #expect(next.delivery.id != first.delivery.id)
      // A server that died holds it no longer than its lease.
      let later = Instant(rawValue: now.rawValue + 1_001)
      #expect(try WebhookAttempt.next(of: webhook, now: later, lease: 1_000, in: connection) != nil)
    }
    await database.close()
  }

  @Test func `only so many webhooks are sent to at once, each lane open once`() async throws {
    let lanes = WebhookLanes(most: 2)
    let id = Webhook.ID(rawValue: 1)
    #expect(lanes.enter(id) && !lanes.enter(id))
    #expect(lanes.goesOn(id), "it was announced again")
    #expect(!lanes.goesOn(id) && lanes.enter(id))
    let peak = Peak()
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<20 {
        group.addTask {
          await lanes.inPlace {
            peak.enter()
            await Task.yield()
            peak.leave()
          }
        }
      }
    }
    #expect((1...2).contains(peak.most))
  }

  @Test func `why nothing was answered is told in words`() async throws {
    let sender = WebhookSender(allowsPrivate: true)
    let closed = try #require(LocalListener())
    closed.stop()
    let told = await sender.send(try await Self.attempt(closed.address), at: Stamp.test.at)
    #expect(told.problem == "it refused the connection")
    let nowhere = await sender.send(try await Self.attempt("https://erp.invalid/"), at: Stamp.test.at)
    #expect(nowhere.problem == "erp.invalid leads nowhere")
    let spoken = try await LiveServer.run(on: .sqlite) { server in
      await sender.send(try await Self.attempt("https://127.0.0.1:\(server.port)/"), at: Stamp.test.at)
    }
    #expect(spoken.problem == "TLS with it failed: it may not speak TLS")
    let late = ConnectionFailure.words(HTTPClientError.deadlineExceeded, patience: 15)
    #expect(late == "it did not answer within 15 s")
  }

  private static func attempt(_ address: String) async throws -> WebhookAttempt {
    let database = try await Backend.sqlite.migrated(Schema.migrations)
    let name = try #require(Webhook.Name(rawValue: "erp"))
    let draft = WebhookDraft(name: name, url: address, types: ["order"], secret: "whsec_x")
    let attempt = try await database.write { connection in
      let webhook = try Webhook.add(draft, allowsPlain: true, by: .test, in: connection).id
      try Webhook.ping(name, body: "{}", at: Stamp.test.at, in: connection)
      return try WebhookAttempt.next(of: webhook, now: Stamp.test.at, lease: 1_000, in: connection)
    }
    await database.close()
    return try #require(attempt)
  }

  @Test(arguments: Backend.available)
  func `an address that cannot be called is refused when it is given`(backend: Backend) async throws {
    try await LiveServer.run(on: backend, options: Self.options(allowsPrivate: false)) { server in
      for address in [
        "http://erp.example.org/", "https://", "https:///procure", "https://:443/", "https://erp:99999/",
        "https://erp:0/", "https://erp:/", "https://[::1]:x/", "https://a@erp/", "HTTPS://erp/ x",
        "mailto:erp",
      ] {
        let reply = try await Self.add(address, to: server)
        #expect(reply.code == "webhook.invalid", "\(address): \(reply.text)")
        let mistake = (reply.object["errors"] as? [[String: Any]])?.first
        #expect(mistake?["field"] as? String == "url" && mistake?["pointer"] as? String == "/url")
      }
      for (name, address) in [("a", "https://erp.example.org"), ("b", "https://[2606:2800::1]:8443/x?y=1")] {
        #expect(try await Self.add(address, as: name, to: server).status == 201, "\(address)")
      }
    }
  }

  @Test func `after the last attempt it is given up`() async throws {
    let database = try await Backend.sqlite.migrated(Schema.migrations)
    let name = try #require(Webhook.Name(rawValue: "erp"))
    let draft = WebhookDraft(name: name, url: "https://example.org/", types: ["order"], secret: "whsec_x")
    try await database.write { connection in
      let webhook = try Webhook.add(draft, allowsPlain: false, by: .test, in: connection).id
      var now = Stamp.test.at
      try Webhook.ping(name, body: "{}", at: now, in: connection)
      for attempt in 1...(WebhookDelivery.pauses.count + 1) {
        let found = try #require(try WebhookAttempt.next(of: webhook, now: now, lease: 1_000, in: connection))
        #expect(found.delivery.attempts == Int64(attempt))
        #expect(
          try WebhookAttempt.next(of: webhook, now: now, lease: 1_000, in: connection) == nil,
          "a lease holds"
        )
        try found.end(status: nil, problem: "nobody there", at: now, in: connection)
        now = Instant(rawValue: now.rawValue + 86_400_000)
      }
      let last = try #require(try WebhookDelivery.list(of: name, in: connection).first)
      #expect(last.state == .failed && last.dueAt == nil && last.doneAt != nil)
      #expect(try WebhookAttempt.next(of: webhook, now: now, lease: 1_000, in: connection) == nil)
    }
    await database.close()
  }

  @Test(arguments: Backend.available)
  func `what is wrong with a webhook is said at once; a paused one is told nothing`(backend: Backend)
    async throws
  {
    let receiver = try Receiver()
    try await LiveServer.run(on: backend, options: Self.options()) { server in
      let wrong = try await Self.add("ftp://example.org", types: #"["user","order"]"#, to: server)
      #expect(wrong.code == "webhook.invalid")
      #expect((wrong.object["errors"] as? [[String: Any]])?.count == 2, "\(wrong.text)")
      #expect(try await Self.add(receiver.address, to: server).status == 201)
      #expect(try await Self.add(receiver.address, to: server).code == "webhook.name-taken")
      let path = "/v1/webhooks/erp"
      #expect(try await server.send("POST", path + "/pause", as: "buyer").code == "access.role")
      let paused = try await server.send("POST", path + "/pause", as: "administrator")
      #expect(paused.object["pausedAt"] != nil)
      try await Self.report("one", on: server)
      _ = try await server.send("POST", path + "/resume", as: "administrator")
      try await Self.report("two", on: server)
      _ = try await server.send("POST", path + "/ping", as: "administrator")
      let heard = try await receiver.heard(2)
      #expect(heard.count { $0.body.contains("report berard/two") } == 1)
      #expect(heard.count { $0.body.contains("webhook.ping") } == 1)
      #expect(heard.allSatisfy { !$0.body.contains("report berard/one") })
      #expect(try await server.send("DELETE", path, as: "administrator").status == 200)
      #expect(try await server.get(path + "/deliveries", as: "auditor").code == "webhook.not-found")
      #expect(
        try await server.send("POST", "/v1/webhook-deliveries/9/repeat", as: "administrator").code
          == "webhook.delivery-not-found"
      )
    }
    receiver.stop()
  }

  @Test func `only addresses of the public internet are public`() {
    for address in ["93.184.216.34", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946"] {
      #expect(PublicAddress.isPublic(address), "\(address)")
    }
    let closed = [
      "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.16.0.1", "172.31.255.255",
      "192.0.0.8",
      "192.168.1.1", "198.18.0.1", "224.0.0.1", "255.255.255.255", "::", "::1", "::ffff:10.0.0.1",
      "::ffff:127.0.0.1",
      "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "2001:db8::1", "2002:7f00:1::", "2001:0:1::",
      "nonsense", "",
    ]
    for address in closed { #expect(!PublicAddress.isPublic(address), "\(address)") }
    #expect(PublicAddress.isPublic("172.32.0.1") && PublicAddress.isPublic("100.128.0.1"))
  }
}
