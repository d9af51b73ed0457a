import AsyncHTTPClient
import Foundation
import Inventory
import NIOCore
import NIOHTTP1

/// Work that was left to a server: no proxy in between gives up on it, and it goes on where nobody waits any more.
struct RemoteJob {
  private let path: String
  private let server: RemoteServer

  /// Nil where the answer came at once.
  init?(_ headers: HTTPHeaders, on server: RemoteServer) {
    guard headers.first(name: "Preference-Applied") == "respond-async",
      let path = headers.first(name: "Location")
    else { return nil }
    (self.path, self.server) = (path, server)
  }

  private struct State: Decodable {
    var state: String
    var progress: String?
    var isOver: Bool { ["finished", "failed", "cancelled"].contains(state) }
  }

  /// Waits until the work is over, and says on standard error how far it has come.
  /// - Throws: `RemoteRefusal` with what the work was refused for, or where it was cancelled.
  func result() async throws -> (ByteBuffer, HTTPHeaders) {
    let started = ContinuousClock.now
    var (pause, told) = (Duration.milliseconds(50), "")
    while true {
      let state = try await state()
      if state.isOver { break }
      try await Task.sleep(for: pause)
      pause = min(pause * 2, .seconds(2))
      guard ContinuousClock.now - started > .seconds(3) else { continue }
      if told.isEmpty {
        let number = path.split(separator: "/").last ?? ""
        Terminal.note("Job \(number) goes on if you stop waiting: procure job show \(number)")
      }
      let news = state.progress ?? state.state
      if news != told { Terminal.note(news) }
      told = news
    }
    return try await server.read(path + "/result", accept: "*/*")
  }

  private func state() async throws -> State {
    let (body, _) = try await server.read(path, accept: "application/json")
    guard let state = try? JSONDecoder().decode(State.self, from: Data(body.readableBytesView)) else {
      throw RemoteRefusal.unreachable(server.address, "it does not say what became of the work")
    }
    return state
  }
}
