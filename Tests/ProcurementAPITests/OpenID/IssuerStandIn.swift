import Foundation
import JWTKit
import NIOCore
import NIOPosix
import Synchronization

/// What an identity provider shows of itself: its keys, at an address. Counts how often it was asked.
final class IssuerStandIn: Sendable {
  private let state = Mutex<(keys: String, asked: Int, isDown: Bool)>((#"{"keys":[]}"#, 0, false))

  var asked: Int { state.withLock { $0.asked } }

  func show(_ keys: [JWK]) throws {
    let set = try JSONEncoder().encode(["keys": keys])
    state.withLock { $0.keys = String(decoding: set, as: UTF8.self) }
  }

  func goDown() { state.withLock { $0.isDown = true } }

  /// Answers while a test runs.
  func serve<Result: Sendable>(_ body: (_ address: String) async throws -> Result) async throws -> Result {
    let server = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .bind(host: "127.0.0.1", port: 0) { channel in
        channel.eventLoop.makeCompletedFuture {
          try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
        }
      }
    let port = server.channel.localAddress?.port ?? 0
    let answering = Task { try await answer(server) }
    defer { answering.cancel() }
    return try await body("http://127.0.0.1:\(port)/keys")
  }

  private func answer(_ server: NIOAsyncChannel<NIOAsyncChannel<ByteBuffer, ByteBuffer>, Never>) async throws
  {
    try await server.executeThenClose { connections in
      for try await connection in connections { try? await answer(on: connection) }
    }
  }

  private func answer(on connection: NIOAsyncChannel<ByteBuffer, ByteBuffer>) async throws {
    try await connection.executeThenClose { inbound, outbound in
      var request = ""
      for try await part in inbound {
        request += String(buffer: part)
        if request.contains("\r\n\r\n") { break }
      }
      try await outbound.write(ByteBuffer(string: response))
    }
  }

  private var response: String {
    state.withLock { state in
      state.asked += 1
      let status = state.isDown ? "500 Internal Server Error" : "200 OK"
      let head = "HTTP/1.1 \(status)\r\nContent-Type: application/json\r\nConnection: close"
      return "\(head)\r\nContent-Length: \(state.keys.utf8.count)\r\n\r\n\(state.keys)"
    }
  }
}
