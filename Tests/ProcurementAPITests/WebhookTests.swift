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

  private static func options(allowsPrivate: Bool = true) -> ServerOptions {
    var options = ServerOptions()
    options.allowsPrivateWebhooks = allowsPrivate
    options.jobPause = .milliseconds(50)
    return options
  }

  private static func add(_ address: String, types: String = #"["report"]"#, to server: LiveServer)
    async throws
    -> Reply
  {
    try await server.send(
      "POST",
      "/v1/webhooks",
      as: "administrator",
      body: #"{"name":"erp","url":"\#(address)","type":\#(types)}"#
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

  @Test func `after the last attempt it is given up`() async throws {
    let database = try await Backend.sqlite.migrated(Schema.migrations)
    let name = try #require(Webhook.Name(rawValue: "erp"))
    let draft = WebhookDraft(name: name, url: "https://example.org/", types: ["order"], secret: "whsec_x")
    try await database.write { connection in
      _ = try Webhook.add(draft, by: .test, in: connection)
      var now = Stamp.test.at
      try Webhook.ping(name, body: "{}", at: now, in: connection)
      for attempt in 1...(WebhookDelivery.pauses.count + 1) {
        let found = try #require(try WebhookAttempt.next(now: now, lease: 1_000, in: connection))
        #expect(found.delivery.attempts == Int64(attempt))
        #expect(try WebhookAttempt.next(now: now, lease: 1_000, in: connection) == nil, "a lease holds")
        try found.end(status: nil, problem: "nobody there", at: now, in: connection)
        now = Instant(rawValue: now.rawValue + 86_400_000)
      }
      let last = try #require(try WebhookDelivery.list(of: name, in: connection).first)
      #expect(last.state == .failed && last.dueAt == nil && last.doneAt != nil)
      #expect(try WebhookAttempt.next(now: now, lease: 1_000, in: connection) == nil)
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
