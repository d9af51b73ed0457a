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
  private static let channels = [Audit.channel, "reports", Webhook.channel]

  /// Lays out what happens, and lets each webhook's lane run beside it: one that does not answer keeps no other waiting.
  func run() async throws {
    let (bell, ring) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    ring.yield()
    let (database, pause) = (service.database, service.options.jobPause)
    let lanes = WebhookLanes(most: service.options.webhooksAtOnce)
    await cancelWhenGracefulShutdown {
      await withTaskGroup(of: Void.self) { group in
        for channel in Self.channels {
          group.addTask { await database.follow(channel) { ring.yield() } }
        }
        group.addTask {
          while (try? await Task.sleep(for: pause)) != nil { ring.yield() }
          ring.finish()
        }
        group.addTask {
          await withDiscardingTaskGroup { sending in
            for await _ in bell {
              for webhook in await due() where lanes.enter(webhook) {
                sending.addTask { await run(webhook, in: lanes) }
              }
              // What comes in quick succession is told together.
              try? await Task.sleep(for: Self.rest)
            }
            sending.cancelAll()
          }
        }
        await group.waitForAll()
      }
    }
  }

  /// Lays out what is new.
  /// - Returns: the webhooks that something is due for.
  private func due() async -> [Webhook.ID] {
    let service = service
    do {
      // Most services have none: they are asked without taking a writer's place.
      guard try await service.database.read({ try !Webhook.all(in: $0).isEmpty }) else { return [] }
      try await layOut()
      return try await service.database.read { try WebhookAttempt.due(now: service.clock(), in: $0) }
    } catch {
      warn("webhooks could not be told", error)
      return []
    }
  }

  private func layOut() async throws {
    let service = service
    while try await service.database.write({ connection in
      try Webhook.layOut(at: service.clock(), body: { try AnswerJSON.text(Event($0)) }, in: connection)
    }) > 0 {}
  }

  /// Sends what is due for one webhook, one message after the other.
  private func run(_ webhook: Webhook.ID, in lanes: WebhookLanes) async {
    repeat {
      do {
        while !Task.isCancelled, try await lanes.inPlace({ try await deliver(to: webhook) }) {}
      } catch { warn("a webhook could not be told", error) }
    } while lanes.goesOn(webhook) && !Task.isCancelled
  }

  /// Sends what is longest due; false where nothing is.
  private func deliver(to webhook: Webhook.ID) async throws -> Bool {
    let service = service
    let attempt = try await service.database.write {
      try WebhookAttempt.next(of: webhook, now: service.clock(), lease: Self.lease, in: $0)
    }
    guard let attempt else { return false }
    let sender = WebhookSender(allowsPrivate: service.options.allowsPrivateWebhooks)
    let outcome = await sender.send(attempt, at: service.clock())
    let isCutShort = Task.isCancelled && outcome.status == nil
    // Even where the server is stopping: what was told must be known.
    try await Task {
      try await service.database.write {
        guard !isCutShort else { return try attempt.release(at: service.clock(), in: $0) }
        try attempt.end(status: outcome.status, problem: outcome.problem, at: service.clock(), in: $0)
      }
    }.value
    return true
  }

  /// That the server stops is nothing to be warned of.
  private func warn(_ message: Logger.Message, _ error: any Error) {
    guard !Task.isCancelled else { return }
    logger.warning(message, metadata: ["error": "\(error)"])
  }
}
