import Inventory
import Logging
import ServiceLifecycle
import Storage

/// Reads the whole network's stock now and then, so that what it leaves in memory is there before anybody asks: after
/// the start and on a new day the first page would else wait for all of it to be computed, and after thousands of
/// reports each centre's first page for what they moved there.
struct StockReader: Service {
  let service: ServedSystem
  let logger: Logger
  let pause: Duration

  func run() async throws {
    await cancelWhenGracefulShutdown {
      repeat {
        let clock = ContinuousClock()
        let taken = await clock.measure { await read() }
        service.isWarm.set()
        // However much moves, three quarters of the time belong to others.
        await rest(atLeast: max(.seconds(1), taken * 3))
      } while !Task.isCancelled
    }
  }

  private var ahead: PositionsAhead {
    PositionsAhead(UseWindow(endingOn: service.clock().day), in: service.database)
  }

  private func read() async {
    do { try await ahead.read() } catch {
      logger.warning("the stock could not be read ahead", metadata: ["error": "\(error)"])
    }
  }

  private func rest(atLeast least: Duration) async {
    do { try await ahead.rest(atLeast: least, atMost: pause) } catch { try? await Task.sleep(for: pause) }
  }
}
