import Foundation
import HTTPTypes
import Hummingbird
import Inventory
import NIOCore
import ServiceLifecycle
import Storage

/// What happens, as server-sent events (HTML Living Standard §9.2): read from the log of changes, whichever server
/// made them, and resumed where the reader left off.
struct EventStream {
  let service: ServedSystem
  let principal: Principal
  /// The nouns that are asked for; empty for all.
  let types: Set<String>
  let start: AuditPosition
  /// Whether the reader may still come in: asked again and again, so that a revoked token ends its streams.
  let stillHolds: @Sendable () async -> Bool

  /// What wakes a stream; what another process wrote into a file is found by the next heartbeat.
  private static let channels = [Audit.channel, "reports", Job.channel]

  var response: Response {
    let stream = self
    var response = Response(
      status: .ok,
      body: ResponseBody { writer in
        defer { stream.service.streams.leave() }
        try await stream.write(to: &writer)
        try await writer.finish(nil)
      }
    )
    response.headers = [
      .contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-store",
    ]
    // Asks a proxy in front not to hold events back.
    if let name = HTTPField.Name("X-Accel-Buffering") { response.headers[name] = "no" }
    return response
  }

  private func write(to writer: inout any ResponseBodyWriter) async throws {
    let (bell, ring) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    ring.yield()
    let (database, heartbeat) = (service.database, service.options.heartbeat)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for channel in Self.channels {
        group.addTask { await database.follow(channel) { ring.yield() } }
      }
      group.addTask {
        while true {
          try await Task.sleep(for: heartbeat)
          ring.yield()
        }
      }
      defer { group.cancelAll() }
      var (position, jobs) = (start, JobNews(service: service, principal: principal, types: types))
      try await writer.write(ByteBuffer(string: "retry: 3000\n\n"))
      for await _ in bell.cancelOnGracefulShutdown() {
        guard await stillHolds() else { return }
        // A line that says nothing keeps the connection, and finds out whether anybody is there.
        let known = position
        let news = try await news(after: &position) + jobs.next()
        if position != known { ring.yield() }
        try await writer.write(ByteBuffer(string: news.isEmpty ? ":\n\n" : news))
      }
    }
  }

  /// What followed, as it is written; the rest comes with the next sound of the bell, which is rung for it.
  private func news(after position: inout AuditPosition) async throws -> String {
    let (known, centres) = (position, principal.centresFollowed)
    let entries = try await service.database.read {
      try AuditEntry.following(known, of: centres, in: $0)
    }
    var text = ""
    for entry in entries {
      position.pass(entry)
      let event = Event(entry)
      if isWanted(event) { text += event.text(position) }
    }
    return text
  }

  private func isWanted(_ event: Event) -> Bool {
    let mayAudit = !principal.roles.isDisjoint(with: [.auditor, .administrator])
    return (types.isEmpty || types.contains(event.type)) && (mayAudit || !Event.private.contains(event.type))
  }
}

extension Principal {
  /// The centres whose chains of the log are told; nil for every chain.
  var centresFollowed: Set<Centre.Code>? { isBoundToCentres ? centres : nil }
}

extension Database {
  /// Rings for each change on a channel, and once more each time that listening begins: a connection that broke has told
  /// nobody what happened meanwhile. Returns when its task is cancelled.
  func follow(_ channel: String, _ ring: @Sendable () -> Void) async {
    while !Task.isCancelled {
      if let changes = try? await changes(on: channel) {
        ring()
        for await _ in changes { ring() }
      }
      try? await Task.sleep(for: .seconds(1))
    }
  }
}

/// One change, without what it changed: whoever may see that asks for it.
struct Event: Encodable {
  /// The noun: `order`, `alert`, `report`.
  let type: String
  let action: String
  let subject: String
  let centre: Centre.Code?
  let at: Instant

  /// Everything that the log tells of, and jobs.
  static let types: Set = [
    "access", "agreement", "alert", "allocation", "campaign", "category", "centre", "department", "equipment",
    "forecast", "innovation", "item", "job", "kit", "lot", "maker", "norm", "offer", "order", "pitch", "plan",
    "planning", "price", "renewal", "report", "rollout", "scenario", "siting", "stock", "supplier", "survey",
    "token", "transfer", "travel", "user", "webhook",
  ]

  /// What only auditors and administrators follow.
  static let `private`: Set = ["user", "token", "webhook"]

  init(_ entry: AuditEntry) {
    type = entry.noun
    (action, subject, centre, at) = (entry.action, entry.subject, entry.centre, entry.at)
  }

  func text(_ position: AuditPosition) -> String {
    let data = (try? AnswerJSON.text(self)) ?? "{}"
    let lines = data.split(separator: "\n").map { "data: \($0)\n" }.joined()
    return "id: \(position.text)\nevent: \(type)\n\(lines)\n"
  }
}
