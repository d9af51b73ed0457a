import Inventory
import Logging
import ServiceLifecycle
import Storage

/// Reads the whole network's stock now and then, so that what it leaves in memory is there before anybody asks: after
/// the start and on a new day the first page would else wait for all of it to be computed.
struct StockReader: Service {
  let service: ServedSystem
  let logger: Logger
  let pause: Duration

  func run() async throws {
    await cancelWhenGracefulShutdown {
      repeat {
        do { try await read() } catch {
          logger.warning("the stock could not be read ahead", metadata: ["error": "\(error)"])
        }
      } while (try? await Task.sleep(for: pause)) != nil
    }
  }

  private func read() async throws {
    try await PositionsAhead(UseWindow(endingOn: service.clock().day), in: service.database).read()
  }
}
