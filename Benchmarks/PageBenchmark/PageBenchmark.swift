import ArgumentParser
import AsyncHTTPClient
import Foundation
import Inventory
import Logging
import NIOCore
import NIOHTTP1
import ProcureCommands
import ProcurementAPI
import Storage

/// How long the pages take, on the demonstration's network and on one of 3,000 centres: from the request to the last
/// byte, beside an answer of the same server that reads nothing, in the same run.
@main struct PageBenchmark: AsyncParsableCommand {
  @Option(help: "Centres of the made-up network; 0 leaves it out.") var centres = 3_000
  @Option(help: "How often each page is opened.") var times = 15

  func run() async throws {
    let folder = NSTemporaryDirectory() + "page-benchmark-\(ProcessInfo.processInfo.processIdentifier)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await measure(try await Network.demonstration(in: folder), "the demonstration, 20 sites", goal: 50)
    if centres > 0 {
      try await measure(try await Network.made(of: centres, in: folder), "\(centres) centres", goal: 300)
    }
  }

  private func measure(_ network: Network, _ title: String, goal: Double) async throws {
    let database = try DatabaseURL(network.database).open(remembering: Memory())
    let now = Instant(Day(network.day) ?? Day(rawValue: 0), hour: 9)
    var options = ServerOptions()
    (options.port, options.rate, options.burst) = (0, 1_000_000, 1_000_000)
    options.stockPause = .seconds(30)
    let system = ServedSystem(
      operations: try CommandOperations(),
      database: database,
      options: options,
      clock: { now }
    )
    let server = Server(system, logger: Logger(label: "pages") { _ in SwiftLogNoOpLogHandler() })
    let (ports, started) = AsyncStream.makeStream(of: Int.self)
    let running = Task(executorPreference: system.work) { try await server.run { started.yield($0) } }
    for await port in ports {
      try await report(network, port, title, goal)
      break
    }
    running.cancel()
    _ = await running.result
    await database.close()
  }

  private func report(_ network: Network, _ port: Int, _ title: String, _ goal: Double) async throws {
    print("\(title): median of \(times), goal \(Int(goal)) ms")
    print("page".padded(40) + "       ms   slowest     kB   × nothing")
    let nothing = try await times("/health", port).median
    var slow: [String] = []
    for path in Self.paths {
      guard let place = Self.filled(path, network.names) else { continue }
      let (found, bytes) = (try await times(place, port), try await size(place, port))
      guard let bytes else { continue }
      if found.median > goal { slow.append(place) }
      print(
        place.padded(40)
          + String(
            format: "%9.1f %9.1f %6.1f %11.1f",
            found.median,
            found.slowest,
            Double(bytes) / 1000,
            found.median / nothing
          )
      )
    }
    print(slow.isEmpty ? "every page within the goal\n" : "beyond the goal: \(slow.joined(separator: " "))\n")
  }

  private func times(_ path: String, _ port: Int) async throws -> (median: Double, slowest: Double) {
    var found: [Double] = []
    for _ in 0..<times {
      let start = ContinuousClock.now
      _ = try await fetch(path, port)
      found.append((ContinuousClock.now - start) / .milliseconds(1))
    }
    found.sort()
    return (found[found.count / 2], found[found.count - 1])
  }

  /// Nil for a page that this network does not have.
  private func size(_ path: String, _ port: Int) async throws -> Int? {
    let (isThere, bytes) = try await fetch(path, port)
    return isThere ? bytes : nil
  }

  private func fetch(_ path: String, _ port: Int) async throws -> (isThere: Bool, bytes: Int) {
    let request = HTTPClientRequest(url: "http://127.0.0.1:\(port)\(path)")
    let response = try await HTTPClient.shared.execute(request, timeout: .minutes(2))
    return (response.status == .ok, try await response.body.collect(upTo: 1 << 26).readableBytes)
  }

  private static func filled(_ path: String, _ names: [String: String]) -> String? {
    var filled = path
    for (name, value) in names { filled = filled.replacing("{\(name)}", with: value) }
    return filled.contains("{") ? nil : filled
  }

  /// The pages that read most, one of each kind.
  private static let paths = [
    "/", "/stock", "/stock?item={item}", "/stock/items/{item}", "/stock/centres/{centre}",
    "/stock/centres/{centre}/items/{item}", "/reports", "/campaigns", "/orders", "/orders/agreements",
    "/shortages",
    "/shortages?item={item}", "/sharing/new?item={item}", "/sharing/transfers", "/planning",
    "/planning/{run}", "/equipment",
    "/equipment/machines/{machine}", "/equipment/ages", "/equipment/gaps",
    "/equipment/access?category={category}", "/equipment/gaps/explained?category={category}",
    "/equipment/ages/explained", "/equipment/access/explained?category={category}",
    "/equipment/sites", "/equipment/renewals", "/innovations", "/surveys", "/access-programmes", "/jobs",
    "/administration", "/administration/audit", "/administration/quality",
  ]
}

extension String {
  fileprivate func padded(_ width: Int) -> String {
    padding(toLength: max(width, count), withPad: " ", startingAt: 0)
  }
}
