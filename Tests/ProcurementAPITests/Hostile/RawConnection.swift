import NIOCore
import NIOPosix

/// A connection that sends whatever bytes a test wants, and reads what comes back.
enum RawConnection {
  /// What came back until the other side closed, or until nothing more was waited for.
  struct Outcome {
    var text: String
    var isClosed: Bool

    /// The status of each answer, in their order.
    var statuses: [Int] {
      text.split(separator: "\r\n").compactMap { line in
        line.hasPrefix("HTTP/1.1 ") ? Int(line.dropFirst(9).prefix(3)) : nil
      }
    }
  }

  /// Sends bytes on a connection of their own, and says where `ending` that nothing more will come.
  static func send(
    _ bytes: [UInt8],
    to port: Int,
    ending: Bool = true,
    waiting: Duration = .seconds(300)
  ) async throws -> Outcome {
    try await open(to: port).executeThenClose { inbound, outbound in
      // The other side may have closed before it took everything.
      try? await outbound.write(ByteBuffer(bytes: bytes))
      if ending { outbound.finish() }
      return await collected(inbound, waiting: waiting)
    }
  }

  /// Sends bytes piece by piece, each once something came back for those before it, and reads on when all are sent.
  /// - Throws: what keeps a piece from being sent.
  static func send(pieces: [[UInt8]], to port: Int) async throws -> Outcome {
    try await open(to: port).executeThenClose { inbound, outbound in
      var answers = inbound.makeAsyncIterator()
      var text = ByteBuffer()
      for piece in pieces {
        try await outbound.write(ByteBuffer(bytes: piece))
        if text.readableBytes == 0, let part = try await answers.next() { text.writeImmutableBuffer(part) }
        // The other side may need a moment to take it badly.
        try await Task.sleep(for: .milliseconds(50))
      }
      outbound.finish()
      while let part = try await answers.next() { text.writeImmutableBuffer(part) }
      return Outcome(text: String(buffer: text), isClosed: true)
    }
  }

  private static func open(to port: Int) async throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
    try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .channelOption(.allowRemoteHalfClosure, value: true)
      .connect(host: "127.0.0.1", port: port) { channel in
        channel.eventLoop.makeCompletedFuture {
          try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
            wrappingChannelSynchronously: channel,
            configuration: .init(isOutboundHalfClosureEnabled: true)
          )
        }
      }
  }

  private static func collected(_ inbound: NIOAsyncChannelInboundStream<ByteBuffer>, waiting: Duration) async
    -> Outcome
  {
    let received = Received()
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        do { for try await part in inbound { await received.take(part) } } catch {}
        await received.close()
      }
      group.addTask { try? await Task.sleep(for: waiting) }
      await group.next()
      group.cancelAll()
    }
    return await received.outcome
  }

  private actor Received {
    private var buffer = ByteBuffer()
    private var isClosed = false
    func take(_ part: ByteBuffer) { buffer.writeImmutableBuffer(part) }
    func close() { if !Task.isCancelled { isClosed = true } }
    var outcome: Outcome { Outcome(text: String(buffer: buffer), isClosed: isClosed) }
  }
}

extension RawConnection {
  /// A request as text, with a token that may do everything.
  static func request(_ method: String, _ target: String, headers: [String] = [], body: [UInt8]? = nil)
    -> [UInt8]
  {
    var lines = [
      "\(method) \(target) HTTP/1.1", "Host: localhost", "Connection: close",
      "Authorization: Bearer \(Sample.secret(of: "all"))",
    ]
    lines += headers
    if let body { lines += ["Content-Type: application/json", "Content-Length: \(body.count)"] }
    return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + (body ?? [])
  }
}
