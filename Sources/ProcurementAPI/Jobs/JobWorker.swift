import HTTPTypes
import Inventory
import Logging
import ServiceLifecycle
import Storage

/// Does what callers left to be done, beside any number of other servers on the same database.
struct JobWorker: Service {
  let service: ServedSystem
  let logger: Logger
  /// Unlike any other server's.
  let name = String(UInt64.random(in: .min ... .max), radix: 16)

  /// Milliseconds after which a server that says nothing is taken for dead.
  static let lease: Int64 = 60_000

  /// Works until the server is told to stop; what is under way then is given back.
  func run() async throws {
    await cancelWhenGracefulShutdown {
      await withTaskGroup(of: Void.self) { group in
        for _ in 0..<service.options.jobs { group.addTask { await work() } }
        group.addTask { await keepHouse() }
      }
    }
  }

  private func work() async {
    let (bell, ring) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    ring.yield()
    let (database, pause) = (service.database, service.options.jobPause)
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await database.follow(Job.channel) { ring.yield() } }
      // What another process left, and what a dead server held, is announced by nobody.
      group.addTask {
        while (try? await Task.sleep(for: pause)) != nil { ring.yield() }
        ring.finish()
      }
      for await _ in bell { await workOff() }
      group.cancelAll()
    }
  }

  private func workOff() async {
    let (name, service) = (name, service)
    while !Task.isCancelled {
      do {
        let claim = try await service.database.write {
          try JobClaim.next(for: name, now: service.clock(), lease: Self.lease, in: $0)
        }
        guard let claim else { return }
        await JobPerformance(service: service, logger: logger, claim: claim).run()
      } catch {
        return logger.warning("no job could be taken", metadata: ["error": "\(error)"])
      }
    }
  }

  /// Forgets, once an hour, what is kept only for a while.
  private func keepHouse() async {
    let service = service
    repeat {
      do {
        try await service.database.write { connection in
          let now = service.clock()
          try KeptAnswer.forgetOld(at: now, in: connection)
          try Job.forgetOld(at: now, in: connection)
          try WebhookDelivery.forgetOld(at: now, in: connection)
        }
      } catch { logger.warning("what is old could not be forgotten", metadata: ["error": "\(error)"]) }
    } while (try? await Task.sleep(for: .seconds(3_600))) != nil
  }
}
