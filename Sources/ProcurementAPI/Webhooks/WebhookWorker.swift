import Inventory
import Logging
import ServiceLifecycle
import Storage

/// Tells webhooks what happens, beside any number of other servers on the same database.
struct WebhookWorker: Service {
  let service: ServedSystem
  let logger: Logger

  /// Milliseconds after which an attempt of a server that died is made again.
  private static let lease: Int64 = 60_000
  /// How long news may wait for more of them.
  private static let rest = Duration.milliseconds(50)
  /// What announces that something may have to be told.
  private static let channels = ["alerts", "orders", "plans", "reports", Webhook.channel]

  func run() async throws {
    let (bell, ring) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    ring.yield()
    let (database, pause) = (service.database, service.options.jobPause)
    await cancelWhenGracefulShutdown {
      await withTaskGroup(of: Void.self) { group in
        for channel in Self.channels {
          group.addTask { await database.follow(channel) { ring.yield() } }
        }
        group.addTask {
          while (try? await Task.sleep(for: pause)) != nil { ring.yield() }
          ring.finish()
        }
        for await _ in bell {
          await work()
          // What comes in quick succession is told together.
          try? await Task.sleep(for: Self.rest)
        }
        group.cancelAll()
      }
    }
  }

  private func work() async {
    do {
      // Most services have none: they are asked without taking a writer's place.
      guard try await service.database.read({ try !Webhook.all(in: $0).isEmpty }) else { return }
      try await layOut()
      while !Task.isCancelled, try await deliver() {}
    } catch {
      logger.warning("webhooks could not be told", metadata: ["error": "\(error)"])
    }
  }

  private func layOut() async throws {
    let service = service
    while try await service.database.write({ connection in
      try Webhook.layOut(at: service.clock(), body: { try AnswerJSON.text(Event($0)) }, in: connection)
    }) > 0 {}
  }

  /// Sends what is longest due; false where nothing is.
  private func deliver() async throws -> Bool {
    let service = service
    let attempt = try await service.database.write {
      try WebhookAttempt.next(now: service.clock(), lease: Self.lease, in: $0)
    }
    guard let attempt else { return false }
    let sender = WebhookSender(allowsPrivate: service.options.allowsPrivateWebhooks)
    let outcome = await sender.send(attempt, at: service.clock())
    try await service.database.write {
      try attempt.end(status: outcome.status, problem: outcome.problem, at: service.clock(), in: $0)
    }
    return true
  }
}
